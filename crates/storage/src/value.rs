//! A value of a statement, whichever driver gets it.

use crate::{Instant, instant::to_microseconds};
use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Bool(Option<bool>),
    Integer(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    Time(Option<Timestamp>),
}

/// For people: `NULL`, a number, or what stands in quotes.
impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bool(Some(value)) => value.fmt(f),
            Self::Integer(Some(value)) => value.fmt(f),
            Self::Text(Some(value)) => write!(f, "'{value}'"),
            Self::Bytes(Some(value)) => write!(f, "{} bytes", value.len()),
            Self::Time(Some(value)) => value.fmt(f),
            _ => f.write_str("NULL"),
        }
    }
}

macro_rules! from {
    ($($type:ty => $variant:ident),* $(,)?) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(Some(value))
            }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::$variant(value)
            }
        }
    )*};
}
from! { bool => Bool, i64 => Integer, String => Text, Vec<u8> => Bytes }

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}
impl From<Instant> for Value {
    fn from(instant: Instant) -> Self {
        Self::Time(Some(instant.0))
    }
}
impl From<Option<Timestamp>> for Value {
    fn from(moment: Option<Timestamp>) -> Self {
        Self::Time(moment.map(to_microseconds))
    }
}
