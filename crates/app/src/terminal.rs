//! Writing for the person at the terminal: results on standard output, one sentence of trouble on standard error.

use std::io::{IsTerminal, Write};

pub(crate) fn say(line: &str) {
    // a closed pipe is the reader's choice, not an error of ours
    let _ = writeln!(std::io::stdout(), "{line}");
}

pub(crate) fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Asks a person whether it is meant; where nobody sits at the terminal, whoever wrote the script has decided.
pub(crate) fn confirmed(question: &str) -> std::io::Result<bool> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        return Ok(true);
    }
    let mut out = std::io::stdout();
    write!(out, "{question} [y/N] ")?;
    out.flush()?;
    let mut answer = String::new();
    input.read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}
