//! The demo's accounts. Their passwords are public, which is why the demo listens on this machine only.

use actions::{
    Actor, Desk, Door,
    account::{self, NewUser},
    setup,
};
use anyhow::{Context, Result};
use domain::{
    Right, Role,
    right::{Grant, Principal, Scope},
};
use std::path::Path;

const PASSWORD: &str = "watchbell";

/// Login, real name, address, team.
const PEOPLE: [(&str, &str, &str, Option<&str>); 6] = [
    ("admin", "Alma Admin", "alma@staff.csirt.example", None),
    ("dana", "Dana Duty", "dana@staff.csirt.example", Some("DutyTeam")),
    ("tariq", "Tariq Triage", "tariq@staff.csirt.example", Some("DutyTeam")),
    ("hana", "Hana Handler", "hana@staff.csirt.example", Some("DutyTeam")),
    ("greta", "Greta Govnet", "greta@staff.csirt.example", Some("DutyTeam GOVNET")),
    ("carla@campus.example", "Carla Campus", "carla@campus.example", None),
];

pub(crate) struct Account {
    pub(crate) name: String,
    pub(crate) password: &'static str,
    pub(crate) token: String,
}

pub(super) async fn create(desk: &Desk) -> Result<()> {
    let operator = setup::operator();
    let mut tx = desk.write().await?;
    for (name, real_name, email, team) in PEOPLE {
        let new = NewUser {
            name: name.to_owned(),
            email: Some(email.to_owned()),
            real_name: real_name.to_owned(),
            privileged: !name.contains('@'),
            password: Some(PASSWORD.to_owned()),
            time_zone: None,
        };
        let user = account::create_user(&mut tx, &operator, new).await?;
        let group = team.and_then(|team| tx.catalog().groups().find(|(_, name)| *name == team).map(|(id, _)| id));
        if let Some(group) = group {
            account::add_member(&mut tx, &operator, group, user.id).await?;
        }
        if name == "admin" {
            setup::make_administrator(&mut tx, user.id).await?;
        }
    }
    self_service(&mut tx, &operator).await?;
    tx.commit().await?;
    Ok(())
}

/// Constituents may look at the reports they sent.
async fn self_service(tx: &mut actions::Tx, operator: &Actor) -> Result<()> {
    let reports: Vec<_> =
        tx.catalog().queues().filter(|queue| queue.lifecycle == "incident_reports").map(|queue| queue.id).collect();
    for queue in reports {
        account::grant(
            tx,
            operator,
            Grant { principal: Principal::Role(Role::Requestor), right: Right::ShowTicket, scope: Scope::Queue(queue) },
        )
        .await?;
    }
    Ok(())
}

/// Tokens are shown at every start, so the demo keeps them in its folder; the database has their hashes only.
pub(super) async fn with_tokens(desk: &Desk, folder: &Path) -> Result<Vec<Account>> {
    let file = folder.join("tokens");
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    let operator = setup::operator();
    let mut accounts = Vec::new();
    let mut tx = desk.write().await?;
    for (name, ..) in PEOPLE {
        let known = kept
            .lines()
            .filter_map(|line| line.split_once(' '))
            .find(|(owner, _)| *owner == name)
            .map(|(_, token)| token.to_owned());
        let is_valid = match &known {
            Some(token) => account::actor_of_token(&mut tx, token, false).await?.is_some(),
            None => false,
        };
        let token = if let Some(token) = known.filter(|_| is_valid) {
            token
        } else {
            let user = Actor::by_name(&mut tx, name, Door::Cli).await?.id();
            account::create_token(&mut tx, &operator, user, "demo", None).await?
        };
        accounts.push(Account { name: name.to_owned(), password: PASSWORD, token });
    }
    tx.commit().await?;
    let text = accounts.iter().map(|account| format!("{} {}\n", account.name, account.token)).collect::<Vec<_>>().concat();
    std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(accounts)
}
