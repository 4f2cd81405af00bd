//! `watchbell rules`: rules and templates as a file.

use super::{Configured, desk};
use crate::terminal::say;
use actions::setup;
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use std::{path::PathBuf, process::ExitCode};

#[derive(Args)]
pub(crate) struct Rules {
    #[command(flatten)]
    configured: Configured,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Writes all rules and templates as YAML to standard output.
    Export,
    /// Makes what is new in a file and changes what is other than written, by name; with one mistake, nothing of it.
    Import { file: PathBuf },
}

pub(crate) async fn run(input: Rules) -> Result<ExitCode> {
    let desk = desk(&input.configured.read()?).await?;
    let operator = setup::operator();
    match input.verb {
        Verb::Export => say(setup::export_rules(&mut desk.read().await?, &operator).await?.trim_end()),
        Verb::Import { file } => {
            let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let mut tx = desk.write().await?;
            match setup::import_rules(&mut tx, &operator, &text).await {
                Ok(imported) => {
                    tx.commit().await?;
                    say(&format!("{} rules and {} templates were made or changed.", imported.rules, imported.templates));
                }
                Err(actions::Error::Invalid(errors)) => {
                    tx.rollback().await?;
                    let told: Vec<String> = errors.into_iter().map(|error| error.message).collect();
                    bail!("{}: nothing was taken. {}", file.display(), told.join(" "));
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
