//! For tests that are no Rust programs: prints the address of a fresh, empty PostgreSQL database, and drops it when its
//! standard input ends. The database lives as long as this process, so whoever asked keeps it running.

use std::io::{self, Read, Write};
use testkit::postgres;

/// Empty, so it never changes.
const TEMPLATE: &str = "watchbell_empty";

fn main() -> io::Result<()> {
    postgres::ensure_template(TEMPLATE, |_| {});
    let url = postgres::fresh_database(TEMPLATE);
    let mut out = io::stdout();
    writeln!(out, "{url}")?;
    out.flush()?;
    io::stdin().read_to_end(&mut Vec::new())?;
    postgres::drop_database(&url);
    Ok(())
}
