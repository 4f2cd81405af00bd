//! `watchbell token`: API tokens.

use super::{Configured, desk, user_named};
use crate::terminal::say;
use actions::{account, setup};
use anyhow::Result;
use clap::{Args, Subcommand};
use domain::TokenId;
use jiff::SignedDuration;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct Token {
    #[command(flatten)]
    configured: Configured,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Makes a token and shows it, this once.
    Add {
        user: String,
        #[arg(long, default_value = "")]
        description: String,
        /// Days until it expires; without it, never.
        #[arg(long)]
        days: Option<u32>,
    },
    List {
        user: String,
    },
    Revoke {
        user: String,
        id: i64,
    },
}

pub(crate) async fn run(input: Token) -> Result<ExitCode> {
    let desk = desk(&input.configured.read()?).await?;
    let operator = setup::operator();
    match input.verb {
        Verb::Add { user, description, days } => {
            let mut tx = desk.write().await?;
            let owner = user_named(&mut tx, &user).await?;
            let expires = days.and_then(|days| tx.now().checked_add(SignedDuration::from_hours(24 * i64::from(days))).ok());
            let token = account::create_token(&mut tx, &operator, owner.id, &description, expires).await?;
            tx.commit().await?;
            say(&token);
        }
        Verb::List { user } => {
            let mut tx = desk.read().await?;
            let owner = user_named(&mut tx, &user).await?;
            for token in account::tokens_of(&mut tx, &operator, owner.id).await? {
                let moment = |moment: Option<jiff::Timestamp>| {
                    moment.map_or_else(|| "never".to_owned(), |moment| moment.strftime("%Y-%m-%d %H:%M").to_string())
                };
                say(&format!(
                    "{:>6}  {:<30} expires {}  used {}",
                    token.id.0,
                    token.description,
                    moment(token.expires),
                    moment(token.used)
                ));
            }
        }
        Verb::Revoke { user, id } => {
            let mut tx = desk.write().await?;
            let owner = user_named(&mut tx, &user).await?;
            account::revoke_token(&mut tx, &operator, owner.id, TokenId(id))
                .await
                .map_err(|_| anyhow::anyhow!("{user} has no token {id}"))?;
            tx.commit().await?;
            say(&format!("Token {id} of {user} is revoked."));
        }
    }
    Ok(ExitCode::SUCCESS)
}
