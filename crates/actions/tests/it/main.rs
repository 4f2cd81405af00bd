//! The verbs, on both databases.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

mod story;
