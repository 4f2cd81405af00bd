//! `watchbell queue`: queues and their addresses.

use super::{Configured, desk};
use crate::terminal::say;
use actions::setup;
use anyhow::{Result, anyhow};
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct Queue {
    #[command(flatten)]
    configured: Configured,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Makes a queue; the lifecycle decides what its tickets are.
    Add {
        name: String,
        #[arg(long, default_value = "default")]
        lifecycle: String,
        #[arg(long, default_value = "")]
        description: String,
    },
    /// Sets where a queue receives mail; an empty address takes it away.
    Address {
        name: String,
        #[arg(long)]
        correspond: Option<String>,
        #[arg(long)]
        comment: Option<String>,
    },
    List,
}

pub(crate) async fn run(input: Queue) -> Result<ExitCode> {
    let desk = desk(&input.configured.read()?).await?;
    let operator = setup::operator();
    match input.verb {
        Verb::Add { name, lifecycle, description } => {
            let mut tx = desk.write().await?;
            let id = setup::create_queue(&mut tx, &operator, &name, &lifecycle, &description).await?;
            tx.commit().await?;
            say(&format!("{name} is queue {id}."));
        }
        Verb::Address { name, correspond, comment } => {
            let mut tx = desk.write().await?;
            let queue = tx
                .catalog()
                .queue_named(&name)
                .cloned()
                .ok_or_else(|| anyhow!("there is no queue “{name}”; `watchbell queue list` shows all"))?;
            let kept = |given: Option<String>, old: &Option<domain::person::EmailAddress>| {
                given.or_else(|| old.as_ref().map(ToString::to_string))
            };
            let (correspond, comment) = (kept(correspond, &queue.correspond_address), kept(comment, &queue.comment_address));
            setup::set_queue_addresses(&mut tx, &operator, queue.id, correspond.as_deref(), comment.as_deref()).await?;
            tx.commit().await?;
            say(&format!("{}: {} / {}", queue.name, correspond.as_deref().unwrap_or("-"), comment.as_deref().unwrap_or("-")));
        }
        Verb::List => {
            for queue in desk.read().await?.catalog().queues() {
                let address = queue.correspond_address.as_ref().map_or("-", |address| address.as_str());
                say(&format!(
                    "{:>6}  {:<32} {:<18} {address}{}",
                    queue.id.0,
                    queue.name,
                    queue.lifecycle,
                    if queue.disabled { " disabled" } else { "" }
                ));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
