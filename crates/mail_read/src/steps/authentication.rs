//! What the mail server before us found out about the sender.

use crate::incoming::Incoming;
use domain::authentication::{Verdict, verdicts};

/// Of the topmost field: those below may be the sender's own.
pub fn authentication(incoming: &Incoming) -> Vec<Verdict> {
    incoming.header("Authentication-Results").map(verdicts).unwrap_or_default()
}
