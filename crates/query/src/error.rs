//! What is wrong with a text, and where: in bytes for programs, in characters for people.

use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("at character {character}: {message}")]
pub struct SyntaxError {
    /// Byte offset into the text; always on the border of a character.
    pub at: usize,
    /// The same place as people count it, from 1.
    pub character: usize,
    pub message: String,
}

impl SyntaxError {
    pub(crate) fn new(text: &str, at: usize, message: impl Into<String>) -> Self {
        let before = text.get(..at).unwrap_or(text);
        Self { at: before.len(), character: before.chars().count().saturating_add(1), message: message.into() }
    }
}
