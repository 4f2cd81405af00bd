//! How what a verb refuses becomes a status.

use actions::Error;
use axum::http::StatusCode;

#[must_use]
pub fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Forbidden(_) | Error::Disabled(_) => StatusCode::FORBIDDEN,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What may be told to whoever asked: never the inside of an internal error, which is logged here instead.
#[must_use]
pub fn public_message(error: &Error) -> String {
    match error {
        Error::Internal(inner) => {
            tracing::error!(error = format!("{inner:#}"), "internal error");
            "Internal Server Error".to_owned()
        }
        Error::Unavailable(inner) => {
            tracing::warn!(error = inner, "temporarily unavailable");
            "Temporarily unavailable; please try again.".to_owned()
        }
        other => other.to_string(),
    }
}
