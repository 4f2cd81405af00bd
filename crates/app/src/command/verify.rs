//! `watchbell verify`: is everything still as it was recorded?

use super::{Configured, desk};
use crate::terminal::say;
use anyhow::Result;
use std::process::ExitCode;

pub(crate) async fn run(input: Configured) -> Result<ExitCode> {
    let desk = desk(&input.read()?).await?;
    let report = actions::verify::verify(&desk).await?;
    for finding in &report.findings {
        say(&finding.to_string());
    }
    say(&format!(
        "{} tickets, {} changes, {} contents: {} finding(s)",
        report.tickets,
        report.changes,
        report.blobs,
        report.findings.len()
    ));
    Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
