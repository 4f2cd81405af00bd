//! `watchbell constituency`: groups of customers with their own queues and teams (IR-164 … IR-170).

use super::{Configured, desk};
use crate::terminal::{confirmed, say};
use actions::{
    Tx,
    setup::{self, ConstituencyView, NewConstituency},
};
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct Constituency {
    #[command(flatten)]
    configured: Configured,
    /// Says nothing but errors.
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Does not ask whether it is meant.
    #[arg(long, short, global = true)]
    force: bool,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Makes what is missing of the four queues, the groups "DutyTeam NAME" and "ReadOnly NAME", and their rights.
    Add {
        name: String,
        #[arg(long, default_value = "")]
        description: String,
        /// Address of its Incident Reports queue.
        #[arg(long)]
        correspond: Option<String>,
        /// Address for comments on its Incident Reports.
        #[arg(long)]
        comment: Option<String>,
    },
    /// Gives a constituency, its queues and its groups another name.
    Rename { old: String, new: String },
    /// Names all constituencies.
    List,
    /// Shows a constituency's queues, addresses and groups.
    Show { name: String },
}

pub(crate) async fn run(input: Constituency) -> Result<ExitCode> {
    let desk = desk(&input.configured.read()?).await?;
    let mut tx = desk.write().await?;
    let tell = |line: &str| {
        if !input.quiet {
            say(line);
        }
    };
    match input.verb {
        Verb::Add { name, description, correspond, comment } => {
            if find(&tx, &name)?.is_some() {
                tell(&format!("There is a constituency {name}; what is missing of it is added."));
            }
            if !input.force && !confirmed(&format!("Make the queues, groups and rights of constituency {name}?"))? {
                bail!("nothing was changed");
            }
            let new =
                NewConstituency { name: name.clone(), description, correspond_address: correspond, comment_address: comment };
            setup::create_constituency(&mut tx, &setup::operator(), new).await?;
            tx.commit().await?;
            tell(&format!("Constituency {name} has its queues and its team “DutyTeam {name}”."));
        }
        Verb::Rename { old, new } => {
            if !input.force && !confirmed(&format!("Rename constituency {old}, its queues and its groups to {new}?"))? {
                bail!("nothing was changed");
            }
            setup::rename_constituency(&mut tx, &setup::operator(), &old, &new).await?;
            tx.commit().await?;
            tell(&format!("Constituency {old} is called {new} now."));
        }
        Verb::List => {
            for view in setup::constituencies(&tx, &setup::operator())? {
                say(&view.constituency.name);
            }
        }
        Verb::Show { name } => match find(&tx, &name)? {
            Some(view) => show(&view),
            None => bail!("there is no constituency {name}; `watchbell constituency list` names all"),
        },
    }
    Ok(ExitCode::SUCCESS)
}

fn find(tx: &Tx, name: &str) -> Result<Option<ConstituencyView>> {
    let all = setup::constituencies(tx, &setup::operator())?;
    Ok(all.into_iter().find(|view| view.constituency.name.eq_ignore_ascii_case(name.trim())))
}

fn show(view: &ConstituencyView) {
    say(&view.constituency.name);
    for queue in &view.queues {
        let address = queue.correspond_address.as_ref().map_or("no address", |address| address.as_str());
        say(&format!("  queue {}: {address}", queue.name));
    }
    for group in &view.groups {
        say(&format!("  group {group}"));
    }
}
