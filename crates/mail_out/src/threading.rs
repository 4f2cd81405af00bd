//! What keeps a conversation together: subject tags and references.

mod references;
mod subject;

pub use references::{references, trim_references};
pub use subject::{reply_subject, subject_with_tag};
