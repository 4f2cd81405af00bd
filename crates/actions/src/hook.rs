//! Telling a firewall of Countermeasures (IR-223), and other receivers what rules want them to know: the rule notes the call in its
//! transaction, a job makes it after the commit. The outcome is a comment of the system, or an entry in the log of the rule.

use crate::{
    Actor, Desk, Door, Error, Result, Tx,
    message::NewMessage,
    notify,
    ticket::{Reply, comment},
};
use domain::{RuleId, Ticket, TicketId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
pub use storage::hook::{Hook, RuleCall};
use storage::rule::Run;

/// How long a call may take before it is made again; longer than any that a job makes.
const CLAIM: SignedDuration = SignedDuration::from_mins(5);
/// A firewall that does not answer for so long is told nothing more; the comment on the ticket says so.
const GIVE_UP: SignedDuration = SignedDuration::from_hours(24);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// What a comment tells of an answer.
const LONGEST_ANSWER: usize = 2_000;

/// What a firewall is told: the ticket as it was when its status changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// Tells a call that was made twice from two calls.
    pub delivery: String,
    pub installation: String,
    pub ticket: i64,
    pub url: String,
    pub subject: String,
    pub status: String,
    /// Single addresses, networks and ranges.
    pub ip: Vec<String>,
    pub netmask: Option<String>,
    pub port: Option<String>,
    pub where_blocked: Option<String>,
    pub at: String,
}

/// Puts the call with what holds now into the queue of the job; it is made at `due`, and until then can be taken back.
pub(crate) async fn note(tx: &mut Tx, ticket: &Ticket, due: Timestamp) -> Result<()> {
    let catalog = tx.catalog();
    let held = storage::custom_field::of_tickets(&mut tx.db, &[ticket.id]).await?;
    let values = |name: &str| {
        let field = catalog.field_named(ticket.queue, name).map(|field| field.id);
        held.iter().filter(move |(_, id, _)| Some(*id) == field).map(|(_, _, content)| content.clone())
    };
    let payload = Payload {
        delivery: tx.random_hex(),
        installation: catalog.installation().to_owned(),
        ticket: ticket.id.0,
        url: format!("{}/tickets/{}", tx.desk().public_url(), ticket.id),
        subject: ticket.subject.clone(),
        status: ticket.status.clone(),
        ip: values("IP").collect(),
        netmask: values("Netmask").next(),
        port: values("Port").next(),
        where_blocked: values("Where Blocked").next(),
        at: tx.now().to_string(),
    };
    let payload = serde_json::to_string(&payload).map_err(|error| Error::Internal(error.into()))?;
    let now = tx.now();
    Ok(storage::hook::insert(&mut tx.db, ticket.id, &payload, (now, due), None).await?)
}

/// Notes a call of somebody whom the configuration names, with everything that templates know and what is asking.
pub(crate) async fn call(tx: &mut Tx, cause: notify::Cause<'_>, rule: RuleId, receiver: &str) -> Result<()> {
    let mut told = notify::known(tx, cause).await?;
    told["delivery"] = tx.random_hex().into();
    told["rule"] = cause.rule.into();
    told["at"] = tx.now().to_string().into();
    let due = notify::held_until(tx, cause).await?;
    let call = RuleCall { rule, change: cause.change.id, receiver: receiver.to_owned() };
    let now = tx.now();
    Ok(storage::hook::insert(&mut tx.db, cause.ticket.id, &told.to_string(), (now, due), Some(&call)).await?)
}

/// After an undoing: calls of the act that still wait are not made, and a firewall that was told already hears what holds again.
pub(crate) async fn take_back(tx: &mut Tx, ticket: TicketId, noted: Timestamp) -> Result<()> {
    storage::hook::withdraw(&mut tx.db, ticket, noted).await?;
    if storage::hook::was_told(&mut tx.db, ticket, noted).await? {
        let ticket = crate::access::load(tx, ticket, false).await?;
        let now = tx.now();
        note(tx, &ticket, now).await?;
    }
    Ok(())
}

/// Calls to make now; nobody else gets them for a while.
pub async fn claim(desk: &Desk, limit: i64) -> Result<Vec<Hook>> {
    let mut look = desk.read().await?;
    let now = look.now();
    if !storage::hook::is_due(&mut look.db, now).await? {
        return Ok(vec![]);
    }
    drop(look);
    let mut tx = desk.write().await?;
    let now = tx.now();
    let until = now.checked_add(CLAIM).unwrap_or(now);
    let hooks = storage::hook::claim(&mut tx.db, now, until, limit).await?;
    tx.commit().await?;
    Ok(hooks)
}

/// How many calls wait, and how many were given up.
pub async fn counts(desk: &Desk) -> Result<(i64, i64)> {
    let mut tx = desk.read().await?;
    Ok(storage::hook::counts(&mut tx.db).await?)
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
        Fate::Done(answer) => ("done", String::new(), answer),
        Fate::Deferred(error) | Fate::Refused(error) => ("failed", error.clone(), error),
    };
    if !storage::hook::settle(&mut tx.db, hook.id, state, &error).await? {
        return tx.commit().await;
    }
    if let Some(call) = &hook.rule {
        log(&mut tx, hook, call, (state == "done", &text)).await?;
    } else {
        let what = if state == "done" {
            "The firewall was told"
        } else {
            "The firewall could not be told; please look after it by hand"
        };
        let text = told(what, hook, &text);
        let message = NewMessage { automatic: true, no_autoopen: true, ..NewMessage::text(text) };
        comment(&mut tx, &Actor::system(Door::Cli), Reply { ticket: hook.ticket, message, time_taken: 0 }).await?;
    }
    tx.commit().await
}

/// In the log of the rule, if there still is one.
async fn log(tx: &mut Tx, hook: &Hook, call: &RuleCall, (done, said): (bool, &str)) -> Result<()> {
    let rules = storage::rule::all(&mut tx.db).await?;
    if rules.iter().any(|rule| rule.id == call.rule.0) {
        let told = format!("{} (try {}): {}", call.receiver, hook.tries, cut(said));
        let (error, note) = if done { (None, told) } else { (Some(told), String::new()) };
        let (rule, change, ran) = (call.rule, call.change, tx.now());
        let run = Run { rule, ticket: hook.ticket, change, ran, error, milliseconds: 0, note };
        storage::rule::insert_runs(&mut tx.db, &[run]).await?;
    }
    Ok(())
}

fn cut(answer: &str) -> String {
    answer.trim().chars().filter(|c| !c.is_control() || *c == '\n').take(LONGEST_ANSWER).collect()
}

fn told(what: &str, hook: &Hook, answer: &str) -> String {
    let status = serde_json::from_str::<Payload>(&hook.payload).map(|payload| payload.status).unwrap_or_default();
    let answer = cut(answer);
    let head = format!("{what} (status “{status}”, try {}).", hook.tries);
    if answer.is_empty() { head } else { format!("{head}\n\n{answer}") }
}
