//! `watchbell constituency`: groups of customers with their own queues and teams.

use super::{Configured, desk};
use crate::terminal::say;
use actions::setup::{self, NewConstituency};
use anyhow::Result;
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct Constituency {
    #[command(flatten)]
    configured: Configured,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Makes the four queues, the groups "DutyTeam NAME" and "ReadOnly NAME", and their rights.
    Add {
        name: String,
        #[arg(long, default_value = "")]
        description: String,
        /// Address of its Incident Reports queue.
        #[arg(long)]
        correspond: Option<String>,
    },
}

pub(crate) async fn run(input: Constituency) -> Result<ExitCode> {
    let desk = desk(&input.configured.read()?).await?;
    let Verb::Add { name, description, correspond } = input.verb;
    let mut tx = desk.write().await?;
    let new = NewConstituency { name: name.clone(), description, correspond_address: correspond };
    setup::create_constituency(&mut tx, &setup::operator(), new).await?;
    tx.commit().await?;
    say(&format!("Constituency {name} has its queues and its team “DutyTeam {name}”."));
    Ok(ExitCode::SUCCESS)
}
