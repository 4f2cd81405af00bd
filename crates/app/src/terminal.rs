//! Writing for the person at the terminal: results on standard output, one sentence of trouble on standard error.

use std::io::Write;

pub(crate) fn say(line: &str) {
    // a closed pipe is the reader's choice, not an error of ours
    let _ = writeln!(std::io::stdout(), "{line}");
}

pub(crate) fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
