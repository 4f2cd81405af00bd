//! The demo world: constituencies, people, and true-to-life stories told by the same verbs that people use, at moments
//! relative to now. Only reserved networks and names (RFC 5737, RFC 3849, RFC 2606).

mod accounts;
mod stories;
mod teller;

use actions::{
    Desk,
    setup::{self, Install, NewConstituency},
};
use anyhow::Result;
use std::path::Path;

pub(crate) use accounts::Account;

/// Plants what is missing; what is there stays as it is. Returns the accounts with passwords and tokens.
pub(crate) async fn plant(desk: &Desk, with_tickets: bool, folder: &Path) -> Result<Vec<Account>> {
    let install = Install {
        installation: "csirt.example".to_owned(),
        organization: "csirt.example".to_owned(),
        correspond_address: Some("reports@csirt.example".to_owned()),
        comment_address: Some("comment@csirt.example".to_owned()),
        time_zone: "UTC".to_owned(),
        fourth_type: domain::fourth_type::FourthType::default(),
    };
    let fresh = setup::install(desk, &install).await?;
    if fresh {
        queues(desk).await?;
        accounts::create(desk).await?;
        if with_tickets {
            stories::tell(desk).await?;
        }
    }
    accounts::with_tokens(desk, folder).await
}

async fn queues(desk: &Desk) -> Result<()> {
    let operator = setup::operator();
    let mut tx = desk.write().await?;
    for (queue, correspond, comment) in [
        ("Incident Reports", "reports@csirt.example", Some("comment@csirt.example")),
        ("Investigations", "investigations@csirt.example", None),
        ("Countermeasures", "countermeasures@csirt.example", None),
    ] {
        if let Some(id) = tx.catalog().queue_named(queue).map(|queue| queue.id) {
            setup::set_queue_addresses(&mut tx, &operator, id, Some(correspond), comment).await?;
        }
    }
    for (name, description) in [("EDUNET", "Universities and schools"), ("GOVNET", "Ministries and agencies")] {
        let correspond_address = Some(format!("{}@csirt.example", name.to_lowercase()));
        setup::create_constituency(
            &mut tx,
            &operator,
            NewConstituency {
                name: name.to_owned(),
                description: description.to_owned(),
                correspond_address,
                ..NewConstituency::default()
            },
        )
        .await?;
    }
    tx.commit().await?;
    Ok(())
}
