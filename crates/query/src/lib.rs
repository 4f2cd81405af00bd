//! The search language (TC-253): text to tree, tree to text, and a judge in memory for automation.
//! What the fields mean is left to `storage`, which turns a tree into SQL, and to whoever gives the `Facts`.

mod complete;
mod edit;
mod error;
mod judge;
mod lexer;
mod parser;
mod print;
mod tree;

pub use complete::{Expected, Wants, expected};
pub use edit::{Edit, Join, Place, added, at, edited};
pub use error::SyntaxError;
pub use judge::{Facts, UnknownField, matches};
pub use parser::{MAX_DEPTH, MAX_TERMS, MAX_TEXT, parse};
pub use tree::{Field, Op, Query, Span, Term, Value, fields};
