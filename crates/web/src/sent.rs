//! What stands around the forms of all pages: whoever sends one after their session ended is led through the sign-in with all
//! that was typed, and a form that was sent leaves neither draft nor lock behind.

use actions::presence::{self, Doing};
use actions::{Actor, Result, account, draft, lock};
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use domain::preference;
use http_door::{App, actor_of_cookies, cookie_value, urls};

use crate::beside::REFRESH;
use crate::form::submission::Submission;
use crate::place::{Place, draft_key};
use crate::{draft as drafts, sign_in};

/// Where a verdict that began in a list leads back to; set by the script.
const BACK: &str = "verdict";
/// Verdicts on a row of a list.
const VERDICTS: &[&str] = &["reply", "comment", "close", "link", "edit", "merge", "forward"];

pub(crate) async fn around_forms(State(app): State<App>, request: Request, next: Next) -> Response {
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    let here = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let is_form = Place::of(uri.path()).is_form() || uri.path() == urls::DRAFTS;
    // what a script sends by itself is no use of the session
    if request.method() != Method::POST || !is_form || headers.contains_key(REFRESH) {
        return next.run(request).await;
    }
    let actor = match actor_of_cookies(&app, &headers).await {
        Ok(Some(actor)) => actor,
        Ok(None) => return keep(&app, &headers, &here, request).await,
        // the page itself says what is wrong
        Err(_) => return next.run(request).await,
    };
    let mut response = next.run(request).await;
    if response.status() == StatusCode::SEE_OTHER {
        match finish(&app, &actor, &uri).await {
            Ok(true) => lead_back(&uri, &headers, &mut response),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the draft or lock of a form that was sent is still there"),
        }
    }
    response
}

/// The sign-in form, with what was sent in it.
async fn keep(app: &App, headers: &HeaderMap, here: &str, request: Request) -> Response {
    let Some(address) = drafts::address_of(headers, app, here) else {
        return sign_in::again(&crate::visit::sent_from(headers, app).unwrap_or_else(urls::home), "");
    };
    let Ok(form) = Submission::from_request(request, app).await;
    sign_in::again(&address, &drafts::content(&form))
}

/// Whether this person goes on with the next row.
async fn finish(app: &App, actor: &Actor, uri: &Uri) -> Result<bool> {
    let mut tx = app.desk.write().await?;
    if let Some(key) = draft_key(&uri.to_string()) {
        draft::discard(&mut tx, actor, &key).await?;
    }
    if let Some(id) = Place::locked_by(uri) {
        lock::form_is_done(&mut tx, actor, id).await?;
        // gone from sight with this very change is no failure
        let _ = presence::note(&mut tx, actor, id, Some(Doing::Looking)).await;
    }
    let goes_on = account::preferences(&mut tx, actor).await?.flag(preference::NEXT_AFTER_VERDICT);
    tx.commit().await?;
    Ok(goes_on)
}

/// To the list that the verdict began in, where the next row waits.
fn lead_back(uri: &Uri, headers: &HeaderMap, response: &mut Response) {
    let is_verdict = match Place::of(uri.path()) {
        Place::Part(_, part) => VERDICTS.contains(&part),
        Place::New => true,
        _ => false,
    };
    let list = cookie_value(headers, BACK).map(|value| value.replace("%3B", ";"));
    let Some(list) = list.as_deref().and_then(urls::local_path).filter(|_| is_verdict) else { return };
    if let Ok(address) = HeaderValue::from_str(list) {
        response.headers_mut().insert(header::LOCATION, address);
        let spent = format!("{BACK}=; Path=/; SameSite=Lax; Max-Age=0");
        if let Ok(spent) = HeaderValue::from_str(&spent) {
            response.headers_mut().append(header::SET_COOKIE, spent);
        }
    }
}
