//! Telling a firewall of Countermeasures (IR-223): the rule notes the call in its transaction, a job makes it after the commit, and the
//! outcome is a comment of the system.

use crate::{
    Actor, Desk, Door, Result, Tx,
    message::NewMessage,
    ticket::{Reply, comment},
};
use domain::Ticket;
use jiff::SignedDuration;
use serde_json::{Value, json};
pub use storage::hook::Hook;

/// How long a call may take before it is made again.
const CLAIM: SignedDuration = SignedDuration::from_mins(5);
/// A firewall that does not answer for so long is told nothing more; the comment on the ticket says so.
const GIVE_UP: SignedDuration = SignedDuration::from_hours(24);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// What a comment tells of an answer.
const LONGEST_ANSWER: usize = 2_000;

/// Puts the call with what holds now into the queue of the job.
pub(crate) async fn note(tx: &mut Tx, ticket: &Ticket) -> Result<()> {
    let catalog = tx.catalog();
    let held = storage::custom_field::of_tickets(&mut tx.db, &[ticket.id]).await?;
    let values = |name: &str| -> Vec<&str> {
        let field = catalog.field_named(ticket.queue, name).map(|field| field.id);
        held.iter().filter(|(_, id, _)| Some(*id) == field).map(|(_, _, content)| content.as_str()).collect()
    };
    let one = |name: &str| values(name).first().map_or(Value::Null, |value| json!(value));
    let payload = json!({
        "installation": catalog.installation(),
        "ticket": ticket.id.0,
        "subject": ticket.subject,
        "status": ticket.status,
        "ip": values("IP"),
        "netmask": one("Netmask"),
        "port": one("Port"),
        "where_blocked": one("Where Blocked"),
        "url": format!("{}/tickets/{}", tx.desk().public_url(), ticket.id),
        "at": tx.now().to_string(),
        // tells a call that was made twice from two calls
        "delivery": tx.random_hex(),
    });
    let now = tx.now();
    Ok(storage::hook::insert(&mut tx.db, ticket.id, &payload.to_string(), now).await?)
}

/// Calls to make now; nobody else gets them for a while.
pub async fn claim(desk: &Desk, limit: i64) -> Result<Vec<Hook>> {
    let mut tx = desk.write().await?;
    let now = tx.now();
    let until = now.checked_add(CLAIM).unwrap_or(now);
    let hooks = storage::hook::claim(&mut tx.db, now, until, limit).await?;
    tx.commit().await?;
    Ok(hooks)
}

/// What became of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// With what the other side said.
    Done(String),
    /// Worth another try.
    Deferred(String),
    /// Will never succeed.
    Refused(String),
}

pub async fn settle(desk: &Desk, hook: &Hook, fate: Fate) -> Result<()> {
    let mut tx = desk.write().await?;
    let now = tx.now();
    let too_old = now.duration_since(hook.created) > GIVE_UP;
    let (state, error, text) = match fate {
        Fate::Deferred(error) if !too_old => {
            let pause = SignedDuration::from_secs(1 << hook.tries.clamp(1, 12)).min(LONGEST_PAUSE);
            let until = now.checked_add(pause).unwrap_or(now);
            storage::hook::postpone(&mut tx.db, hook.id, until, &error).await?;
            return tx.commit().await;
        }
        Fate::Done(answer) => ("done", String::new(), told("The firewall was told", hook, &answer)),
        Fate::Deferred(error) | Fate::Refused(error) => {
            let text = told("The firewall could not be told; please look after it by hand", hook, &error);
            ("failed", error, text)
        }
    };
    if storage::hook::settle(&mut tx.db, hook.id, state, &error).await? {
        let message = NewMessage { automatic: true, no_autoopen: true, ..NewMessage::text(text) };
        comment(&mut tx, &Actor::system(Door::Cli), Reply { ticket: hook.ticket, message, time_taken: 0 }).await?;
    }
    tx.commit().await
}

fn told(what: &str, hook: &Hook, answer: &str) -> String {
    let payload: Value = serde_json::from_str(&hook.payload).unwrap_or_default();
    let status = payload.get("status").and_then(Value::as_str).unwrap_or_default();
    let answer: String = answer.trim().chars().filter(|c| !c.is_control() || *c == '\n').take(LONGEST_ANSWER).collect();
    let head = format!("{what} (status “{status}”, try {}).", hook.tries);
    if answer.is_empty() { head } else { format!("{head}\n\n{answer}") }
}

/// HMAC-SHA256 (RFC 2104) in hex: what the receiver checks a call's body with.
#[must_use]
pub fn signature(secret: &[u8], body: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    const BLOCK: usize = 64;
    let mut key = if secret.len() > BLOCK { Sha256::digest(secret).to_vec() } else { secret.to_vec() };
    key.resize(BLOCK, 0);
    let pad = |byte: u8| key.iter().map(|one| one ^ byte).collect::<Vec<u8>>();
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(body).finalize();
    hex::encode(Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_rfc_4231() {
        assert_eq!(
            signature(b"Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            signature(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }
}
