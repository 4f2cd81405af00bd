//! Which messages a message answers.

use crate::incoming::Incoming;

/// The nearest ancestors, and the first one: that is where we put the ticket's own reference.
const MOST_NEAREST: usize = 20;

/// Their ids, the most telling first, each once.
pub fn answered(incoming: &Incoming) -> Vec<&str> {
    let nearest = incoming.in_reply_to.iter().chain(incoming.references.iter().rev()).take(MOST_NEAREST);
    let mut ids: Vec<&str> = Vec::new();
    for id in nearest.chain(incoming.references.first()) {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    ids
}
