//! The command line; one file a command.

mod constituency;
mod demo;
mod group;
mod init;
mod mail;
mod mail_gate;
mod queue;
mod rules;
mod serve;
mod setting;
mod token;
mod user;
mod verify;

use crate::config::Config;
use actions::{Desk, SystemClock};
use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode, sync::Arc};

/// Incident response for CSIRTs: tickets, mail, investigations, countermeasures.
#[derive(Parser)]
#[command(name = "watchbell", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The whole product in one process with the demo world, on this machine only.
    #[command(after_help = "Example:\n  watchbell demo --http 127.0.0.1:8080 --data ./watchbell-demo")]
    Demo(demo::Demo),
    /// Production: web, API, mail and jobs in one process.
    #[command(after_help = "Example:\n  watchbell serve --config /etc/watchbell/watchbell.toml")]
    Serve(serve::Serve),
    /// Creates or upgrades the schema and plants what a fresh installation needs.
    #[command(
        after_help = "Example:\n  watchbell init --name csirt.example --organization csirt.example --admin alma --admin-email alma@csirt.example"
    )]
    Init(init::Init),
    /// Walks the history's hash chains and every stored content; exit code 1 when anything was altered.
    #[command(after_help = "Example:\n  watchbell verify")]
    Verify(Configured),
    /// Accounts.
    #[command(
        after_help = "Example:\n  watchbell user add dana --email dana@csirt.example --real-name 'Dana Duty' --team DutyTeam"
    )]
    User(user::User),
    /// Groups and their members.
    #[command(after_help = "Example:\n  watchbell group add-member DutyTeam dana")]
    Group(group::Group),
    /// Queues and their addresses.
    #[command(after_help = "Example:\n  watchbell queue address 'Incident Reports' --correspond reports@csirt.example")]
    Queue(queue::Queue),
    /// Constituencies with their queues and teams.
    #[command(after_help = "Example:\n  watchbell constituency add EDUNET --correspond edunet@csirt.example")]
    Constituency(constituency::Constituency),
    /// Options of the whole installation.
    #[command(after_help = "Example:\n  watchbell setting set overdue_after_days 5")]
    Setting(setting::Setting),
    /// Automation rules and templates as a file.
    #[command(after_help = "Example:\n  watchbell rules export > rules.yaml\n  watchbell rules import rules.yaml")]
    Rules(rules::Rules),
    /// API tokens.
    #[command(after_help = "Example:\n  watchbell token add dana --description 'import script' --days 90")]
    Token(token::Token),
    /// Whether the mail server and the queues agree.
    #[command(after_help = "Example:\n  watchbell mail aliases /etc/aliases")]
    Mail(mail::Mail),
    /// Reads one message on standard input and hands it to a running Watchbell: the pipe for /etc/aliases.
    #[command(
        after_help = "Example:\n  reports: \"|watchbell mail-gate --queue 'Incident Reports' --action correspond --url http://127.0.0.1:8080\""
    )]
    MailGate(mail_gate::MailGate),
}

/// Where the configuration is.
#[derive(Args, Clone, Debug)]
pub(crate) struct Configured {
    /// Configuration file; without it /etc/watchbell/watchbell.toml, if there is one, and the environment.
    #[arg(long)]
    config: Option<PathBuf>,
}

impl Configured {
    fn read(&self) -> Result<Config> {
        Config::read(self.config.as_deref())
    }
}

/// Of each worker, in bytes; pages that are not used cost nothing.
const STACK: usize = 16 << 20;

pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    if let Command::MailGate(gate) = &arguments.command {
        // must work, and fail softly, on a mail server that has nothing else of ours
        return Ok(mail_gate::run(gate));
    }
    // rules call verbs that call rules: deeper than the usual two megabytes carry
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build().context("cannot start")?;
    runtime.block_on(async {
        match arguments.command {
            Command::Demo(input) => demo::run(input).await,
            Command::Serve(input) => serve::run(input).await,
            Command::Init(input) => init::run(input).await,
            Command::Verify(input) => verify::run(input).await,
            Command::User(input) => user::run(input).await,
            Command::Group(input) => group::run(input).await,
            Command::Queue(input) => queue::run(input).await,
            Command::Constituency(input) => constituency::run(input).await,
            Command::Setting(input) => setting::run(input).await,
            Command::Rules(input) => rules::run(input).await,
            Command::Token(input) => token::run(input).await,
            Command::Mail(input) => mail::run(input).await,
            Command::MailGate(_) => Ok(ExitCode::SUCCESS),
        }
    })
}

/// A desk on the configured database, whose schema must be there already.
async fn desk(config: &Config) -> Result<Desk> {
    let desk = open(config).await?;
    if !desk.db().is_current().await? {
        anyhow::bail!("the database is not set up for this version; run `watchbell init` first");
    }
    Ok(desk)
}

async fn open(config: &Config) -> Result<Desk> {
    Desk::open(&config.database_url, Arc::new(SystemClock), config.surroundings())
        .await
        .with_context(|| format!("cannot open the database {}", config.database_url_without_password()))
}

/// Somebody by login, for commands that name people.
async fn user_named(tx: &mut actions::Tx, name: &str) -> Result<domain::person::User> {
    actions::account::user_named(tx, name)
        .await
        .map_err(|_| anyhow::anyhow!("there is no user “{name}”; `watchbell user list` shows all"))
}
