//! `watchbell init`: schema, seeds, and the first administrator.

use super::{Configured, open};
use crate::terminal::say;
use actions::{
    account::{self, NewUser},
    setup::{self, Install},
};
use anyhow::{Context, Result, bail};
use clap::Args;
use domain::fourth_type::FourthType;
use std::{
    io::{BufRead, IsTerminal},
    process::ExitCode,
};

#[derive(Args)]
pub(crate) struct Init {
    #[command(flatten)]
    configured: Configured,
    /// Name in the subject tags of mails: [name #123].
    #[arg(long, default_value = "watchbell")]
    name: String,
    /// Domain in Message-IDs; it must never change afterwards.
    #[arg(long)]
    organization: Option<String>,
    /// Address that mail comes from when a queue has none of its own.
    #[arg(long)]
    correspond: Option<String>,
    /// The same for comments.
    #[arg(long)]
    comment: Option<String>,
    /// Time zone of the office hours.
    #[arg(long, default_value = "UTC")]
    time_zone: String,
    /// What sets due dates: standard (promises of service levels) or classic (the historic scheme by time of arrival).
    #[arg(long, value_parser = ["standard", "classic"], default_value = "standard")]
    service_levels: String,
    /// What the fourth type of ticket and its queue are called: Countermeasures or Blocks.
    #[arg(long, value_parser = ["countermeasure", "block"], default_value = "countermeasure")]
    fourth_type: String,
    /// Login of the first administrator; the password is read from standard input.
    #[arg(long)]
    admin: Option<String>,
    #[arg(long, requires = "admin")]
    admin_email: Option<String>,
}

pub(crate) async fn run(input: Init) -> Result<ExitCode> {
    let config = input.configured.read()?;
    if jiff::tz::TimeZone::get(&input.time_zone).is_err() {
        bail!("there is no time zone “{}”; use a name such as Europe/Oslo", input.time_zone);
    }
    let desk = open(&config).await?;
    let organization = input.organization.clone().unwrap_or_else(|| host_of(&config.public_url).to_owned());
    let install = Install {
        installation: input.name.clone(),
        organization,
        correspond_address: input.correspond.clone(),
        comment_address: input.comment.clone(),
        time_zone: input.time_zone.clone(),
        fourth_type: FourthType::parse(&input.fourth_type).unwrap_or_default(),
    };
    let planted = setup::install(&desk, &install).await?;
    if planted && let Some(scheme @ setup::Scheme::Classic) = setup::Scheme::parse(&input.service_levels) {
        let mut tx = desk.write().await?;
        setup::choose_scheme(&mut tx, &setup::operator(), scheme, "").await?;
        tx.commit().await?;
    }
    say(if planted { "The database is set up." } else { "The database is up to date." });
    if let Some(name) = &input.admin {
        let password = read_password(name)?;
        let mut tx = desk.write().await?;
        let new = NewUser {
            name: name.clone(),
            email: input.admin_email,
            privileged: true,
            password: Some(password),
            ..NewUser::default()
        };
        let user = account::create_user(&mut tx, &setup::operator(), new).await?;
        setup::make_administrator(&mut tx, user.id).await?;
        tx.commit().await?;
        say(&format!("{name} may do everything now."));
    } else if planted {
        say("Nobody can sign in yet: run `watchbell init --admin NAME` to make the first administrator.");
    }
    Ok(ExitCode::SUCCESS)
}

/// The password's first line on standard input; asked for when a person sits there.
pub(super) fn read_password(name: &str) -> Result<String> {
    if std::io::stdin().is_terminal() {
        say(&format!("Password for {name} (it will be shown while you type):"));
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("cannot read the password from standard input")?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() {
        bail!("a password is needed on standard input");
    }
    Ok(password)
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or("watchbell.invalid")
}
