//! What comes in a query string or a form, as names and values. Unknown names are ignored; wrong types are the asker's
//! problem to hear about beside the field, so everything is text here and nothing is refused for its shape.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{StatusCode, request::Parts};
use axum::response::Response;
use domain::TicketId;
use std::convert::Infallible;
use std::str::FromStr;

use actions::Error;
use http_door::App;
use http_door::text::t;

use crate::failure::{Failure, failure_page};

/// Names and values in order of writing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(crate) fn parse(text: &[u8]) -> Self {
        Self(serde_urlencoded::from_bytes(text).unwrap_or_default())
    }
    /// The first value of a name; empty when there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }
    /// The same with the spaces around it: for passwords.
    pub(crate) fn exact(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }
    /// The value read as something else; `None` when it is not there or does not read.
    pub(crate) fn read<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }
}

impl FromRequestParts<App> for Parameters {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self::parse(parts.uri.query().unwrap_or_default().as_bytes()))
    }
}

/// A form without files, urlencoded.
pub(crate) struct Form(pub(crate) Parameters);

impl FromRequest<App> for Form {
    type Rejection = Response;
    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        match Bytes::from_request(request, app).await {
            Ok(bytes) => Ok(Self(Parameters::parse(&bytes))),
            Err(_) => Err(failure_page(StatusCode::PAYLOAD_TOO_LARGE, &t("failure-too-large"))),
        }
    }
}

/// A ticket's number in a path; anything else names nothing that exists.
pub(crate) fn ticket_id(text: &str) -> Result<TicketId, Failure> {
    text.parse().map_err(|_| Failure(Error::NotFound))
}
