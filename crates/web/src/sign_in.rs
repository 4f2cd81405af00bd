//! Signing in and out. A name that is guessed at too often has to wait; wrong names and wrong passwords read alike.

use actions::account;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http_door::text::t;
use http_door::{App, MaybeActor, clear_cookie, session_cookie, session_secret, urls};

use crate::component::login::{Login, login};
use crate::failure::Answer;
use crate::flash;
use crate::layout::{Notice, Shell, page};
use crate::parameters::{Form, Parameters};

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
        response.headers_mut().append(header::SET_COOKIE, flash::spent());
    }
    Ok(response)
}

async fn sign_in(State(app): State<App>, Form(input): Form) -> Answer {
    let (name, next) = (input.text("name"), next(&input));
    let refused = |status, key: &str| {
        let error = t(key);
        Ok(card(status, &Login { name, next, error: Some(&error), ..Login::default() }, &[]))
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
    let headers = [(header::LOCATION, next.to_owned()), (header::SET_COOKIE, session_cookie(&app, &secret))];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
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
pub(crate) fn again(next: &str) -> Response {
    let note = t("login-ended");
    card(StatusCode::UNAUTHORIZED, &Login { next, note: Some(&note), ..Login::default() }, &[])
}

fn next(parameters: &Parameters) -> &str {
    urls::local_path(parameters.text("next")).unwrap_or("/")
}

fn card(status: StatusCode, content: &Login<'_>, notices: &[Notice]) -> Response {
    let title = t("login-title");
    let body = login(&Login { action: "/sign-in", ..content.clone() });
    (status, page(&Shell { title: &title, notices, failed: true, ..Shell::default() }, &body)).into_response()
}
