//! The tests of the pages.
#![expect(clippy::unwrap_used, reason = "tests")]

mod gallery;
mod static_files;
