//! What a verb can answer instead of doing what it was asked, by what the asker can do about it.

use domain::Right;

/// One thing wrong with one field of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The input's own name for it: `subject`, `requestors`, `cf-12`.
    pub field: String,
    pub message: String,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the asker may not know that there is.
    #[error("not found")]
    NotFound,
    /// The asker can see it but may not do this.
    #[error("permission denied: this needs the right {0}")]
    Forbidden(Right),
    /// The installation works without it (IR-012); by what many of them are called.
    #[error("{0} are disabled by configuration.")]
    Disabled(&'static str),
    /// The input cannot be used; every reason with the field it belongs to.
    #[error("{}", list(.0))]
    Invalid(Vec<FieldError>),
    /// Somebody else changed it since the asker looked.
    #[error("{0}")]
    Conflict(String),
    /// Trouble that may pass; the same request may be sent again.
    #[error("temporarily unavailable: {0}")]
    Unavailable(String),
    #[error("internal error: {0:#}")]
    Internal(anyhow::Error),
}

/// Only what people search for takes that long.
const TOO_LONG: &str =
    "This search takes too long and was stopped. Ask for less: of a queue, of a time, or for whole words of a message.";

pub type Result<T, E = Error> = std::result::Result<T, E>;

fn list(errors: &[FieldError]) -> String {
    errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join(" ")
}

impl Error {
    /// One field, one message.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError { field: field.into(), message: message.into() }])
    }
    /// For errors found together: none is success.
    pub(crate) fn unless_empty(errors: Vec<FieldError>) -> Result<()> {
        if errors.is_empty() { Ok(()) } else { Err(Self::Invalid(errors)) }
    }
}

impl FieldError {
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl From<storage::Error> for Error {
    fn from(error: storage::Error) -> Self {
        match error {
            storage::Error::NotFound => Self::NotFound,
            storage::Error::Busy(what) => Self::Unavailable(what),
            storage::Error::TooLong => Self::invalid("query", TOO_LONG),
            storage::Error::Search(message) => Self::invalid("query", message),
            other => Self::Internal(other.into()),
        }
    }
}
