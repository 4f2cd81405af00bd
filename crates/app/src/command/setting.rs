//! `watchbell setting`: options of the whole installation.

use super::{Configured, desk};
use crate::terminal::say;
use actions::setup::{self, SettingView};
use anyhow::Result;
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct Setting {
    #[command(flatten)]
    configured: Configured,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Every setting with what holds; a star marks those that somebody chose.
    List,
    /// What holds for one, by its name or RTIR's.
    Get {
        name: String,
    },
    Set {
        name: String,
        value: String,
    },
    /// Back to the default.
    Reset {
        name: String,
    },
}

pub(crate) async fn run(input: Setting) -> Result<ExitCode> {
    let desk = desk(&input.configured.read()?).await?;
    let operator = setup::operator();
    match input.verb {
        Verb::List => {
            for view in setup::settings(&desk.read().await?, &operator)? {
                let mark = if view.is_chosen { "*" } else { " " };
                say(&format!("{mark} {:<34} {}", view.setting.name, one_line(&view)));
            }
        }
        Verb::Get { name } => {
            let wanted = setup::setting_named(&name)?;
            let views = setup::settings(&desk.read().await?, &operator)?;
            for view in views.iter().filter(|view| view.setting.name == wanted.name) {
                say(&view.value);
            }
        }
        Verb::Set { name, value } => change(&desk, &name, Some(&value)).await?,
        Verb::Reset { name } => change(&desk, &name, None).await?,
    }
    Ok(ExitCode::SUCCESS)
}

fn one_line(view: &SettingView) -> String {
    match &view.problem {
        Some(problem) => format!("{} (unusable: {problem})", view.setting.default.replace('\n', "; ")),
        None => view.value.replace('\n', "; "),
    }
}

async fn change(desk: &actions::Desk, name: &str, value: Option<&str>) -> Result<()> {
    let mut tx = desk.write().await?;
    let setting = setup::setting_named(name)?;
    let changed = setup::set_settings(&mut tx, &setup::operator(), &[(name, value)]).await?;
    let holds = setting.kind.shown(tx.catalog().setting_text(setting.name)).to_owned();
    tx.commit().await?;
    say(&format!("{} {} “{holds}”.", setting.name, if changed > 0 { "is now" } else { "was already" }));
    Ok(())
}
