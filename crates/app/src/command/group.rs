//! `watchbell group`: groups and their members.

use super::{Configured, desk, user_named};
use crate::terminal::say;
use actions::{Tx, account, setup};
use anyhow::{Result, anyhow};
use clap::{Args, Subcommand};
use domain::GroupId;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct Group {
    #[command(flatten)]
    configured: Configured,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Add {
        name: String,
        #[arg(long, default_value = "")]
        description: String,
    },
    AddMember {
        group: String,
        user: String,
    },
    RemoveMember {
        group: String,
        user: String,
    },
    List,
}

pub(super) fn named(tx: &Tx, name: &str) -> Result<GroupId> {
    let catalog = tx.catalog();
    let found = catalog.groups().find(|(_, group)| group.eq_ignore_ascii_case(name)).map(|(id, _)| id);
    found.ok_or_else(|| anyhow!("there is no group “{name}”; `watchbell group list` shows all"))
}

pub(crate) async fn run(input: Group) -> Result<ExitCode> {
    let desk = desk(&input.configured.read()?).await?;
    let operator = setup::operator();
    match input.verb {
        Verb::Add { name, description } => {
            let mut tx = desk.write().await?;
            let group = account::create_group(&mut tx, &operator, &name, &description).await?;
            tx.commit().await?;
            say(&format!("{name} is group {group}."));
        }
        Verb::AddMember { group, user } => {
            let mut tx = desk.write().await?;
            let (id, member) = (named(&tx, &group)?, user_named(&mut tx, &user).await?);
            let new = account::add_member(&mut tx, &operator, id, member.id).await?;
            tx.commit().await?;
            say(&format!("{user} {} {group}.", if new { "is now in" } else { "was already in" }));
        }
        Verb::RemoveMember { group, user } => {
            let mut tx = desk.write().await?;
            let (id, member) = (named(&tx, &group)?, user_named(&mut tx, &user).await?);
            let was = account::remove_member(&mut tx, &operator, id, member.id).await?;
            tx.commit().await?;
            say(&format!("{user} {} {group}.", if was { "is no longer in" } else { "was not in" }));
        }
        Verb::List => {
            for (id, name) in desk.read().await?.catalog().groups() {
                say(&format!("{:>6}  {name}", id.0));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
