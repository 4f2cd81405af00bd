//! `watchbell user`: accounts from the shell.

use super::{Configured, desk, init::read_password, user_named};
use crate::terminal::say;
use actions::{
    account::{self, NewUser},
    setup,
};
use anyhow::Result;
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct User {
    #[command(flatten)]
    configured: Configured,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Makes an account; the password is read from standard input.
    Add {
        name: String,
        #[arg(long)]
        email: Option<String>,
        #[arg(long, default_value = "")]
        real_name: String,
        #[arg(long)]
        time_zone: Option<String>,
        /// A group to join at once, such as DutyTeam.
        #[arg(long)]
        team: Option<String>,
        /// May do everything.
        #[arg(long)]
        administrator: bool,
        /// A constituent with self-service, not staff.
        #[arg(long)]
        unprivileged: bool,
    },
    /// Sets a password, read from standard input; ends the user's sessions.
    Password { name: String },
    /// Lists accounts.
    List,
}

pub(crate) async fn run(input: User) -> Result<ExitCode> {
    let desk = desk(&input.configured.read()?).await?;
    let operator = setup::operator();
    match input.verb {
        Verb::Add { name, email, real_name, time_zone, team, administrator, unprivileged } => {
            let password = Some(read_password(&name)?);
            let mut tx = desk.write().await?;
            let new = NewUser { name: name.clone(), email, real_name, privileged: !unprivileged, password, time_zone };
            let user = account::create_user(&mut tx, &operator, new).await?;
            if let Some(team) = team {
                let group = super::group::named(&tx, &team)?;
                account::add_member(&mut tx, &operator, group, user.id).await?;
            }
            if administrator {
                setup::make_administrator(&mut tx, user.id).await?;
            }
            tx.commit().await?;
            say(&format!("{name} is user {}.", user.id));
        }
        Verb::Password { name } => {
            let password = read_password(&name)?;
            let mut tx = desk.write().await?;
            let user = user_named(&mut tx, &name).await?;
            account::set_password(&mut tx, &operator, user.id, &password).await?;
            tx.commit().await?;
            say(&format!("The password of {name} is set."));
        }
        Verb::List => {
            let mut tx = desk.read().await?;
            for user in account::all_users(&mut tx, &operator, 10_000).await? {
                let email = user.email.as_ref().map_or("", |email| email.as_str());
                let kind = if user.privileged { "staff" } else { "outside" };
                say(&format!(
                    "{:>6}  {:<24} {:<32} {kind}{}",
                    user.id.0,
                    user.name,
                    email,
                    if user.disabled { " disabled" } else { "" }
                ));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
