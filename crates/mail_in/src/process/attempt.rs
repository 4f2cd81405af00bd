//! One try at one message: the steps in their order (TC-185).

use std::sync::Arc;

use actions::account::reachability;
use actions::inbox::{self, Inbound, Outcome};
use actions::{Error, Tx};

use super::refusal::Refusal;
use super::{bounced, find_ticket, pace, record, sender};
use crate::incoming::Incoming;
use crate::parse::{Limits, Unreadable, parse};
use crate::steps;

/// Reading more than this would keep other tasks waiting.
const READ_ASIDE: usize = 256 * 1024;

/// Why a try ended without a result. Either way its transaction is undone.
pub(super) enum Failure {
    /// For good: whoever sent it shall know.
    Refused(Refusal),
    /// Of ours: to be tried again.
    Trouble(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Trouble(error)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A message with what the steps found out about it. Its bytes are in the inbox.
pub(super) struct Mail {
    pub(super) inbound: Arc<Inbound>,
    pub(super) incoming: Incoming,
    /// A machine wrote it.
    pub(super) automatic: bool,
}

/// Nothing lasts yet when it went well: the transaction comes back with the outcome, for another message or to be committed.
/// `inbound` comes without its bytes, so that a large message need not be in memory twice once it is read.
pub(super) async fn attempt(mut tx: Tx, inbound: Arc<Inbound>, raw: Vec<u8>, limits: Limits) -> Result<(Tx, Outcome), Failure> {
    match work(&mut tx, inbound, raw, limits).await {
        Ok(outcome) => match tx.end_step().await {
            Ok(()) => Ok((tx, outcome)),
            Err(error) => Err(undone(tx, error.into()).await),
        },
        Err(failure) => Err(undone(tx, failure).await),
    }
}

/// Before the message is taken again. A failure here is one of the connection, which undoes it as well.
async fn undone(tx: Tx, failure: Failure) -> Failure {
    let _ = tx.rollback().await;
    failure
}

async fn work(tx: &mut Tx, inbound: Arc<Inbound>, raw: Vec<u8>, limits: Limits) -> Result<Outcome, Failure> {
    let incoming = read(raw, limits).await?.map_err(|unreadable| Refusal::unreadable(&inbound, &unreadable))?;
    judge(tx, inbound, incoming).await
}

async fn read(raw: Vec<u8>, limits: Limits) -> Result<Result<Incoming, Unreadable>, Error> {
    if raw.len() < READ_ASIDE {
        return Ok(parse(&raw, &limits));
    }
    let reading = tokio::task::spawn_blocking(move || parse(&raw, &limits));
    reading.await.map_err(|panic| Error::Internal(anyhow::anyhow!("reading broke down: {panic}")))
}

async fn judge(tx: &mut Tx, inbound: Arc<Inbound>, mut incoming: Incoming) -> Result<Outcome, Failure> {
    steps::strip_control_headers(&mut incoming);
    let catalog = tx.catalog();
    if steps::loop_mark(&incoming, catalog.installation()) {
        return Err(Refusal::silent("a mail of our own came back: it carries our loop mark").into());
    }
    let came_back = bounced::came_back_to(tx, &inbound, &incoming);
    let nobody_sent_it = steps::sent_by_nobody(&incoming, return_path(&inbound));
    if let Some(bounce) = bounced::read(&incoming, came_back.as_ref(), nobody_sent_it)
        && let Some(outcome) = bounced::note(tx, &incoming, &bounce).await?
    {
        inbox::finish(tx, inbound.id, &outcome).await?;
        return Ok(outcome);
    }
    let automatic = steps::auto_generated(&incoming, return_path(&inbound));
    let mut mail = Mail { inbound, incoming, automatic };
    let id = mail.inbound.id;
    let sender = sender::find(tx, &mail).await?;
    reachability::wrote(tx, &sender.actor).await?;
    let ticket = find_ticket::find_ticket(tx, &sender, &mail).await?;
    if ticket.is_none() && came_back.is_some() {
        let outcome = Outcome::Dropped("it came to the address of bounces and tells of no letter of ours".to_owned());
        inbox::finish(tx, id, &outcome).await?;
        return Ok(outcome);
    }
    let remark = pace::keep(tx, &sender, ticket, &mut mail).await?;
    let outcome = match ticket {
        Some(ticket) => record::on_ticket(tx, &sender, ticket, mail).await?,
        None => record::as_ticket(tx, &sender, mail).await?,
    };
    inbox::finish(tx, id, &outcome).await?;
    if let (Some(remark), Outcome::Done(_)) = (remark, &outcome) {
        inbox::remark(tx, id, &remark).await?;
    }
    Ok(outcome)
}

/// Only LMTP tells the envelope; elsewhere an absent sender says nothing.
fn return_path(inbound: &Inbound) -> Option<&str> {
    match inbound.message.door.as_str() {
        "lmtp" => Some(inbound.message.sender.as_deref().unwrap_or_default()),
        _ => inbound.message.sender.as_deref(),
    }
}
