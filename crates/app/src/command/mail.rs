//! `watchbell mail`: whether the mail server and the queues agree.

use super::{Configured, desk};
use crate::terminal::say;
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use mail_in::aliases::compare;
use std::{path::PathBuf, process::ExitCode};

/// Larger alias files are made by a program that will not have forgotten us.
const LARGEST: u64 = 64 << 20;

#[derive(Args)]
pub(crate) struct Mail {
    #[command(flatten)]
    configured: Configured,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Compares an alias file of the mail server with the addresses of queues; exit code 1 when something is to be mended.
    Aliases {
        file: PathBuf,
        /// The file is for addresses of this domain; may be given several times. Without it, for all.
        #[arg(long)]
        domain: Vec<String>,
    },
}

pub(crate) async fn run(input: Mail) -> Result<ExitCode> {
    let desk = desk(&input.configured.read()?).await?;
    let Verb::Aliases { file, domain } = input.verb;
    let cannot = || format!("cannot read {}", file.display());
    let size = std::fs::metadata(&file).with_context(cannot)?.len();
    anyhow::ensure!(size <= LARGEST, "{} is larger than any alias file", file.display());
    let text = String::from_utf8_lossy(&std::fs::read(&file).with_context(cannot)?).into_owned();
    let findings = compare(desk.read().await?.catalog().as_ref(), &text, &domain);
    for finding in &findings {
        say(&finding.to_string());
    }
    let wrong = findings.iter().filter(|finding| finding.is_wrong()).count();
    say(&format!("{}: {wrong} to be mended", file.display()));
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
