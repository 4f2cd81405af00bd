//! What keeps a conversation together: subject tags, references, quotes.

mod quote;
mod references;
mod subject;

pub use quote::quote;
pub use references::{references, trim_references};
pub use subject::{reply_subject, subject_with_tag};
