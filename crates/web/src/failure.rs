//! What went wrong, as a page. Forms show `Error::Invalid` and `Error::Conflict` themselves; what reaches this page is
//! what a form cannot help with.

use actions::{Acted, Error};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_door::text::{has, t};
use http_door::{App, public_message, status, urls};
use maud::{Markup, html};

use crate::component::button::{Button, Tone, link};
use crate::constituency::Within;
use crate::flash;
use crate::layout::{Section, Shell, brand, page};
use crate::visit::{Frame, Visit};

/// Any error of a verb, answered by a page of its own.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) Error);

pub(crate) type Answer = Result<Response, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = status(&self.0);
        // what is not there and what may not be seen read alike
        let words = match &self.0 {
            Error::NotFound => t("failure-not-found-words").into_owned(),
            // logged by the way
            Error::Unavailable(_) | Error::Internal(_) => {
                let _ = public_message(&self.0);
                t(if status == StatusCode::SERVICE_UNAVAILABLE { "failure-unavailable-words" } else { "failure-internal-words" })
                    .into_owned()
            }
            Error::Forbidden(right) => {
                let key = format!("failure-forbidden-{}", right.to_string().to_lowercase());
                t(if has(&key) { &key } else { "failure-forbidden-words" }).into_owned()
            }
            other => public_message(other),
        };
        failure_page(status, &words)
    }
}

/// What such a page says, for [`with_frame`].
#[derive(Clone)]
struct Said {
    title: String,
    words: String,
}

/// The page of a status, with `words` beneath its title, as strangers get it.
pub(crate) fn failure_page(status: StatusCode, words: &str) -> Response {
    let title = title(status).into_owned();
    let body = html! {
        section class="panel login failure" {
            div class="login-brand" { (brand()) }
            h1 { (title) }
            (reason(words))
        }
    };
    let mut response = (status, page(&Shell { title: &title, failed: true, ..Shell::default() }, &body)).into_response();
    response.extensions_mut().insert(Said { title, words: words.to_owned() });
    response
}

/// Whoever is signed in keeps the navigation and the looks of every other page. Where the database is in trouble nobody
/// is looked up.
pub(crate) async fn with_frame(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let within = request.extensions().get::<Within>().cloned();
    let acted = Acted::default();
    request.extensions_mut().insert(acted.clone());
    let mut response = next.run(request).await;
    if let Some(cookie) = acted.last().filter(|_| response.status().is_redirection()).and_then(flash::acted) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    let status = response.status();
    let Some(said) = response.extensions().get::<Said>().filter(|_| status.is_client_error()) else { return response };
    let Ok(Some(visit)) = Visit::of(&app, &headers, &uri, within.as_ref()).await else { return response };
    let body = html! {
        section class="panel confirm failure" { h1 { (said.title) } (reason(&said.words)) }
    };
    visit.page(&Frame::new(&said.title, Section::Elsewhere).status(status), &body)
}

fn reason(words: &str) -> Markup {
    html! {
        p { (words) }
        div { (link(&urls::home(), &Button::new(&t("failure-home")).tone(Tone::Normal))) }
    }
}

fn title(status: StatusCode) -> std::borrow::Cow<'static, str> {
    match status {
        StatusCode::NOT_FOUND => t("failure-not-found"),
        StatusCode::FORBIDDEN => t("failure-forbidden"),
        StatusCode::CONFLICT => t("failure-conflict"),
        StatusCode::SERVICE_UNAVAILABLE => t("failure-unavailable"),
        StatusCode::INTERNAL_SERVER_ERROR => t("failure-internal"),
        _ => t("failure-refused"),
    }
}
