//! Reading a query for somebody who is still writing it: what can be read of it, and where it goes wrong.

use crate::{Actor, Tx};
use query::{Query, SyntaxError};

/// A query as far as it could be understood.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// `None` for nothing, and for what has no sense at all.
    pub tree: Option<Query>,
    pub mistake: Option<SyntaxError>,
}

/// Nothing but spaces is no query, and no mistake either.
#[must_use]
pub fn read(tx: &Tx, actor: &Actor, text: &str) -> Reading {
    if text.trim().is_empty() {
        return Reading::default();
    }
    let tree = match query::parse(text) {
        Ok(tree) => tree,
        Err(mistake) => return Reading { tree: None, mistake: Some(mistake) },
    };
    let mistake = storage::search::check(&tree, &super::context(tx, actor)).err().map(|error| {
        let before = text.get(..error.span.start).unwrap_or_default();
        SyntaxError { at: before.len(), character: before.chars().count() + 1, message: error.to_string() }
    });
    Reading { tree: Some(tree), mistake }
}
