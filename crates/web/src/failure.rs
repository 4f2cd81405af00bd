//! What went wrong, as a page. Forms show `Error::Invalid` and `Error::Conflict` themselves; what reaches this page is
//! what a form cannot help with.

use actions::Error;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use http_door::text::t;
use http_door::{public_message, status, urls};
use maud::html;

use crate::component::button::{Button, Tone, link};
use crate::layout::{Shell, brand, page};

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
            other => public_message(other),
        };
        failure_page(status, &words)
    }
}

/// The page of a status, with `words` beneath its title.
pub(crate) fn failure_page(status: StatusCode, words: &str) -> Response {
    let title = match status {
        StatusCode::NOT_FOUND => t("failure-not-found"),
        StatusCode::FORBIDDEN => t("failure-forbidden"),
        StatusCode::CONFLICT => t("failure-conflict"),
        StatusCode::SERVICE_UNAVAILABLE => t("failure-unavailable"),
        StatusCode::INTERNAL_SERVER_ERROR => t("failure-internal"),
        _ => t("failure-refused"),
    };
    let body = html! {
        section class="panel login failure" {
            div class="login-brand" { (brand()) }
            h1 { (title) }
            p { (words) }
            (link(&urls::home(), &Button::new(&t("failure-home")).tone(Tone::Normal)))
        }
    };
    (status, page(&Shell { title: &title, failed: true, ..Shell::default() }, &body)).into_response()
}
