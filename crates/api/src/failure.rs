//! What is answered instead of what was asked for: one JSON object with a message, in RT's words (API-020, API-021).

use crate::answer;
use actions::Error;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

#[derive(Debug)]
pub(crate) struct Failure {
    status: StatusCode,
    message: String,
    allow: Option<&'static str>,
}

pub(crate) type Outcome<T = Response> = Result<T, Failure>;

impl Failure {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), allow: None }
    }
    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }
    pub(crate) fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized")
    }
    pub(crate) fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "Forbidden")
    }
    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not Found")
    }
    /// A PUT to what is not there.
    pub(crate) fn nothing_to_update() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Resource does not exist; use POST to create")
    }
    pub(crate) fn exists_already() -> Self {
        Self::new(StatusCode::CONFLICT, "Resource already exists; use PUT to update")
    }
    pub(crate) fn method(allow: &'static str) -> Self {
        Self { allow: Some(allow), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed") }
    }
    pub(crate) fn not_implemented() -> Self {
        Self::new(StatusCode::NOT_IMPLEMENTED, "Not Implemented")
    }
    pub(crate) fn not_acceptable() -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, "Not Acceptable")
    }
    pub(crate) fn media_type() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type")
    }
    pub(crate) fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large")
    }
    pub(crate) fn precondition() -> Self {
        Self::new(StatusCode::PRECONDITION_FAILED, "Precondition Failed")
    }
    pub(crate) fn is_not_found(&self) -> bool {
        self.status == StatusCode::NOT_FOUND
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::Forbidden(_) => Self::forbidden(),
            Error::Disabled(_) => Self::new(StatusCode::FORBIDDEN, error.to_string()),
            Error::Invalid(_) | Error::Conflict(_) => Self::bad(error.to_string()),
            Error::Unavailable(_) | Error::Internal(_) => Self::new(http_door::status(&error), http_door::public_message(&error)),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = answer::json(self.status, &json!({ "message": self.message }));
        if let Some(allow) = self.allow {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
        }
        response
    }
}
