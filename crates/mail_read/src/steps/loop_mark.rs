//! Recognises our own mail coming back (TC-187).

use crate::incoming::Incoming;

/// Whether the message carries our loop mark: we sent it.
pub fn loop_mark(incoming: &Incoming, our_name: &str) -> bool {
    ["X-RT-Loop-Prevention", "X-Watchbell-Loop"]
        .iter()
        .flat_map(|name| incoming.header_values(name))
        .any(|value| value.trim().eq_ignore_ascii_case(our_name.trim()))
}
