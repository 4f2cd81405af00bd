//! The LMTP door's view of the intake: each recipient is a queue and an action, and several recipients that mean the same are
//! one message.

use std::sync::Arc;

use futures_util::future::join_all;

use super::{Arriving, Came, Intake, later};
use crate::lmtp::{self, Answer, Envelope, Trouble};

/// Queue and action (no queue for an address of bounces), with the first address that stood for them and the number of a ticket in it.
#[derive(Clone)]
struct Way {
    queue: String,
    action: &'static str,
    address: String,
    ticket: String,
}

impl lmtp::Intake for Intake {
    fn knows<'a>(&'a self, address: &'a str) -> Answer<'a, Result<bool, Trouble>> {
        Box::pin(async move { Ok(self.ways(&[address.to_owned()]).await?.into_iter().any(|way| way.is_some())) })
    }

    fn accept(&self, envelope: Envelope, raw: Arc<Vec<u8>>) -> Answer<'_, Vec<Result<(), Trouble>>> {
        Box::pin(async move {
            match self.ways(&envelope.to).await {
                Ok(ways) => {
                    let recipients = envelope.to.iter().map(String::as_str).collect();
                    let came = Came { door: "lmtp", sender: envelope.from.as_deref(), recipients };
                    match self.filtered(&came, raw).await {
                        Ok(raw) => self.store_each_way(envelope, &ways, raw).await,
                        Err(trouble) => vec![Err(trouble); envelope.to.len()],
                    }
                }
                Err(trouble) => vec![Err(trouble); envelope.to.len()],
            }
        })
    }
}

impl Intake {
    async fn ways(&self, addresses: &[String]) -> Result<Vec<Option<Way>>, Trouble> {
        let tx = self.desk.read().await.map_err(|error| {
            tracing::error!(%error, "addresses cannot be looked up");
            later()
        })?;
        let catalog = tx.catalog();
        let way = |address: &String| {
            if catalog.verp().is_some_and(|verp| verp.named(address).is_some()) {
                // bounces go where their letter was from; nothing else goes there
                let address = address.clone();
                return Some(Way { queue: String::new(), action: "correspond", address, ticket: String::new() });
            }
            let (queue, action) = catalog.route(address).filter(|(queue, _)| !queue.disabled)?;
            Some(Way { queue: queue.name.clone(), action, address: address.clone(), ticket: number(address).to_owned() })
        };
        Ok(addresses.iter().map(way).collect())
    }

    async fn store_each_way(&self, envelope: Envelope, ways: &[Option<Way>], raw: Arc<Vec<u8>>) -> Vec<Result<(), Trouble>> {
        let mut different: Vec<&Way> = Vec::new();
        for way in ways.iter().flatten() {
            if !different.iter().any(|known| same(known, way)) {
                different.push(way);
            }
        }
        let arriving = |raw: Arc<Vec<u8>>, way: &Way| Arriving {
            door: "lmtp",
            sender: envelope.from.clone(),
            recipient: way.address.clone(),
            queue: way.queue.clone(),
            action: way.action.to_owned(),
            ticket: way.ticket.clone(),
            raw,
        };
        let mut messages: Vec<Arriving> = different.iter().map(|way| arriving(raw.clone(), way)).collect();
        drop(raw);
        let stored = join_all(messages.drain(..).map(|message| self.write(message))).await;
        let fate = |way: &Way| different.iter().position(|known| same(known, way)).and_then(|index| stored.get(index)).cloned();
        ways.iter()
            .map(|way| way.as_ref().map_or_else(|| Err(gone()), |way| fate(way).unwrap_or_else(|| Err(later())).map(drop)))
            .collect()
    }
}

/// `reports+42@csirt.example` is for ticket 42 (TC-183).
fn number(address: &str) -> &str {
    let extension = address.rsplit_once('@').and_then(|(local, _)| local.split_once('+')).map_or("", |(_, extension)| extension);
    if extension.len() <= 18 && extension.bytes().all(|byte| byte.is_ascii_digit()) { extension } else { "" }
}

fn same(one: &Way, other: &Way) -> bool {
    let is_for_bounces = one.queue.is_empty();
    (&one.queue, one.action, &one.ticket) == (&other.queue, other.action, &other.ticket)
        && (!is_for_bounces || one.address == other.address)
}

/// Known when the recipient was announced, no more when the message came.
fn gone() -> Trouble {
    Trouble { temporary: false, message: "No such address here".to_owned() }
}
