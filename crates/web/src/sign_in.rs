//! Signing in and out. A name that is guessed at too often has to wait; wrong names and wrong passwords read alike.

use actions::{account, draft};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http_door::text::t;
use http_door::{App, MaybeActor, clear_cookie, session_cookie, session_secret, urls};

use crate::component::login::{Login, login};
use crate::draft::restoring;
use crate::failure::Answer;
use crate::flash;
use crate::layout::{Notice, Shell, page};
use crate::parameters::{Form, Parameters};
use crate::place::draft_key;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/sign-in", get(form).post(sign_in)).route("/sign-out", post(sign_out))
}

async fn form(MaybeActor(actor): MaybeActor, parameters: Parameters, headers: HeaderMap) -> Answer {
    let next = next(&parameters);
    if actor?.is_some() {
        return Ok(Redirect::to(next).into_response());
    }
    let notice = flash::read(&headers);
    let mut response = card(StatusCode::OK, &Login { next, ..Login::default() }, notice.as_slice());
    if !notice.is_empty() {
        for cookie in flash::spent() {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    Ok(response)
}

async fn sign_in(State(app): State<App>, Form(input): Form) -> Answer {
    let (name, next, kept) = (input.text("name"), next(&input), input.exact("kept"));
    let refused = |status, key: &str| {
        let error = t(key);
        Ok(card(status, &Login { name, next, kept, error: Some(&error), ..Login::default() }, &[]))
    };
    let now = app.desk.now();
    if !app.sign_ins.allows(name, now) {
        return refused(StatusCode::TOO_MANY_REQUESTS, "login-wait");
    }
    let Some(secret) = account::sign_in(&app.desk, name, input.exact("password")).await? else {
        app.sign_ins.failed(name, now);
        return refused(StatusCode::UNPROCESSABLE_ENTITY, "login-wrong");
    };
    app.sign_ins.succeeded(name);
    let next = if keep(&app, &secret, next, kept).await? { restoring(next) } else { next.to_owned() };
    let headers = [(header::LOCATION, next), (header::SET_COOKIE, session_cookie(&app, &secret))];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// What was typed before the session ended waits as a draft; `false` when there was nothing.
async fn keep(app: &App, secret: &str, next: &str, kept: &str) -> actions::Result<bool> {
    let Some(key) = draft_key(next).filter(|_| !kept.is_empty()) else { return Ok(false) };
    let mut tx = app.desk.write().await?;
    let Some((actor, _)) = account::actor_of_session(&mut tx, secret, false).await? else { return Ok(false) };
    draft::save(&mut tx, &actor, &key, kept).await?;
    tx.commit().await?;
    Ok(true)
}

async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Answer {
    if let Some(secret) = session_secret(&app, &headers) {
        let mut tx = app.desk.write().await?;
        account::sign_out(&mut tx, secret).await?;
        tx.commit().await?;
    }
    let mut response = flash::redirect(&urls::sign_in(None), "signed-out", None);
    if let Ok(cookie) = clear_cookie(&app).parse() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// For somebody whose session ended while they were typing.
/// `kept` is what was being sent to `next`; it goes through the sign-in and becomes a draft.
pub(crate) fn again(next: &str, kept: &str) -> Response {
    let note = t("login-ended");
    card(StatusCode::UNAUTHORIZED, &Login { next, kept, note: Some(&note), ..Login::default() }, &[])
}

fn next(parameters: &Parameters) -> &str {
    urls::local_path(parameters.text("next")).unwrap_or("/")
}

fn card(status: StatusCode, content: &Login<'_>, notices: &[Notice]) -> Response {
    let title = t("login-title");
    let body = login(&Login { action: "/sign-in", ..content.clone() });
    (status, page(&Shell { title: &title, notices, failed: true, ..Shell::default() }, &body)).into_response()
}
