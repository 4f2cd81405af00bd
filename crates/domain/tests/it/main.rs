#![expect(clippy::unwrap_used, reason = "tests")]

mod ip_range;
mod observable;
