//! `watchbell demo`: the product with a story in it, for trying out. Listens on this machine only.

use crate::{config::Config, demo_world, server, terminal::say};
use actions::{Desk, SystemClock};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::{net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc};

#[derive(Args)]
pub(crate) struct Demo {
    /// Address of the web interface and the API.
    #[arg(long, default_value = "127.0.0.1:8080")]
    http: SocketAddr,
    /// Address that takes mail in.
    #[arg(long, default_value = "127.0.0.1:8024")]
    lmtp: SocketAddr,
    /// Folder for the database and the outgoing mail.
    #[arg(long, default_value = "./watchbell-demo")]
    data: PathBuf,
    /// Another database than the one in the folder: `postgres://…`.
    #[arg(long)]
    database: Option<String>,
    /// Accounts, queues and rules, but no tickets.
    #[arg(long)]
    empty: bool,
}

pub(crate) async fn run(input: Demo) -> Result<ExitCode> {
    for address in [input.http, input.lmtp] {
        if !address.ip().is_loopback() {
            bail!(
                "the demo's passwords are public, so it listens on this machine only; {address} is not a loopback address (use `watchbell serve` for real)"
            );
        }
    }
    std::fs::create_dir_all(&input.data).with_context(|| format!("cannot make the folder {}", input.data.display()))?;
    let database_url = input.database.unwrap_or_else(|| format!("sqlite://{}", input.data.join("watchbell.db").display()));
    let mut config = Config::demo(input.http, input.lmtp, database_url, input.data.join("sent"));
    server::start_logging(&config.log)?;
    let listening = server::Listening::bind(&mut config, &server::Roles::all()).await?;
    let desk = Desk::open(&config.database_url, Arc::new(SystemClock), config.surroundings())
        .await
        .with_context(|| format!("cannot open the database {}", config.database_url_without_password()))?;
    let accounts = demo_world::plant(&desk, !input.empty, &input.data).await?;
    say(&format!("Watchbell demo: {}", config.public_url));
    say(&format!(
        "Mail in (LMTP): {}   mail out (Maildir): {}",
        listening.lmtp_address().map_or_else(String::new, |address| address.to_string()),
        input.data.join("sent").display()
    ));
    for account in &accounts {
        say(&format!("  {:<22} password {}   token {}", account.name, account.password, account.token));
    }
    server::run(desk, config, listening).await?;
    Ok(ExitCode::SUCCESS)
}
