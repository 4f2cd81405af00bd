//! Drafts: what is typed into any form is kept on the server, by the script as one types and by *Save draft* without it. Only
//! their owner sees them.

mod list;

use actions::{Error, draft};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use http_door::text::t;
use http_door::{App, urls};

use crate::failure::Answer;
use crate::flash;
use crate::form::submission::Submission;
use crate::parameters::Parameters;
use crate::place::{DRAFT, draft_key};
use crate::visit::{Visit, sent_from};

/// Names the form in what the script sends.
const FORM: &str = "draft-form";
/// Sent by the script, which needs no page.
const SCRIPT: &str = "x-watchbell-script";
/// Buttons of forms, which no draft holds, and what a browser must not keep.
const LEFT_OUT: &[&str] = &[FORM, "redisplay", "launch", "attach", "password"];

pub(crate) fn routes() -> Router<App> {
    Router::new().route(urls::DRAFTS, get(list::show).post(save)).route("/drafts/discard", post(discard))
}

async fn save(visit: Visit, State(app): State<App>, headers: HeaderMap, form: Submission) -> Answer {
    let named = form.text(FORM);
    let address = if named.is_empty() { sent_from(&headers, &app).unwrap_or_default() } else { named.to_owned() };
    let key = draft_key(&address).ok_or_else(|| Error::invalid(FORM, t("failure-not-found-words")))?;
    let mut tx = visit.app.desk.write().await?;
    draft::save(&mut tx, &visit.actor, &key, &content(&form)).await?;
    tx.commit().await?;
    if headers.contains_key(SCRIPT) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(flash::redirect(&restoring(&address), "draft-saved", None))
}

/// What the form would send, as a draft holds it.
pub(crate) fn content(form: &Submission) -> String {
    let inputs: Vec<(&str, &str)> = form.inputs().filter(|(name, _)| !LEFT_OUT.contains(name)).collect();
    serde_urlencoded::to_string(inputs).unwrap_or_default()
}

/// The address of a form that shows its draft.
pub(crate) fn restoring(address: &str) -> String {
    let asked = address.split_once('?').is_some_and(|(_, query)| Parameters::parse(query.as_bytes()).has(DRAFT));
    if asked { address.to_owned() } else { urls::with(address, &[(DRAFT, "restore")]) }
}

async fn discard(visit: Visit, parameters: Parameters, headers: HeaderMap) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    draft::discard(&mut tx, &visit.actor, parameters.text("form")).await?;
    tx.commit().await?;
    if headers.contains_key(SCRIPT) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let next = urls::local_path(parameters.text("next")).map_or_else(urls::drafts, str::to_owned);
    Ok(flash::redirect(&next, "draft-discarded", None))
}

/// Only for the answer to a stranger: what was sent is carried through the sign-in.
pub(crate) fn address_of(headers: &HeaderMap, app: &App, here: &str) -> Option<String> {
    if draft_key(here).is_some() {
        return Some(urls::scoped(here));
    }
    (here.split('?').next() == Some(urls::DRAFTS))
        .then(|| headers.get(header::REFERER).and_then(|_| sent_from(headers, app)))
        .flatten()
        .filter(|address| draft_key(address).is_some())
}
