//! `watchbell serve`: production.

use super::{Configured, desk};
use crate::{
    server::{self, Role, Roles},
    terminal::say,
};
use anyhow::Result;
use clap::Args;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    configured: Configured,
    /// Only these roles, to spread them over processes that share one PostgreSQL.
    #[arg(long, value_delimiter = ',', value_enum)]
    only: Vec<Role>,
}

pub(crate) async fn run(input: Serve) -> Result<ExitCode> {
    let mut config = input.configured.read()?;
    server::start_logging(&config.log)?;
    let roles = if input.only.is_empty() { Roles::all() } else { Roles::of(&input.only) };
    let desk = desk(&config).await?;
    let listening = server::Listening::bind(&mut config, &roles).await?;
    say(&format!("Watchbell {} at {}", env!("CARGO_PKG_VERSION"), config.public_url));
    server::run(desk, config, listening).await?;
    Ok(ExitCode::SUCCESS)
}
