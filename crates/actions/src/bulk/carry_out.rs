//! Doing to one ticket what is wished of many, by the verbs that do it to one.

use super::{Outlook, Wanted, Words, Work, outlook::outlook};
use crate::{
    Actor, Error, Result, Tx,
    incident::{self, Close},
    message::NewMessage,
    ticket::{self, OwnerChange, Reply, Update},
};
use domain::{TicketId, TicketKind, bulk::Verdict, link::LinkKind};
use storage::batch::Item;

pub(super) struct Outcome {
    /// `done`, `warned`, `skipped` or `failed`.
    pub(super) name: &'static str,
    pub(super) note: String,
}

impl Outcome {
    pub(super) fn refused(why: &str) -> Self {
        Self { name: "skipped", note: why.to_owned() }
    }
}

/// Errors here are the whole step's; what one ticket cannot have done to it is its outcome.
pub(super) async fn one(tx: &mut Tx, actor: &Actor, work: &Work, item: &Item) -> Result<Outcome> {
    let wanted = Wanted { ticket: item.ticket, seen: item.version };
    let prospects = outlook(tx, actor, work.deed(), &[wanted]).await?;
    let verdict = prospects.first().map_or(Verdict::NotAllowed, |prospect| prospect.verdict);
    if !verdict.goes() {
        return Ok(Outcome::refused(&prospects.first().map_or_else(String::new, reason)));
    }
    let (point, later) = (tx.savepoint().await?, tx.batch.len());
    match Box::pin(carry_out(tx, actor, work, item.ticket)).await {
        Ok(note) => {
            tx.release(point).await?;
            let linked = verdict == Verdict::GoesThoughLinked;
            let name = if linked || note.is_some() { "warned" } else { "done" };
            let warning = if linked { "it belongs to an Incident, and still does" } else { "" };
            Ok(Outcome { name, note: note.unwrap_or_else(|| warning.to_owned()) })
        }
        Err(Error::Unavailable(what)) => Err(Error::Unavailable(what)),
        Err(error) => {
            tx.rollback_to(point).await?;
            tx.batch.truncate(later);
            let note = match error {
                Error::Internal(error) => {
                    tracing::error!(ticket.id = item.ticket.0, %error, "a ticket of a batch failed");
                    "an internal error; the log knows more".to_owned()
                }
                other => other.to_string(),
            };
            Ok(Outcome { name: "failed", note })
        }
    }
}

/// Why a ticket is left as it is.
fn reason(outlook: &Outlook) -> String {
    match (outlook.verdict, &outlook.ticket) {
        (_, None) => "there is no such ticket".to_owned(),
        (Verdict::NothingToDo, Some(ticket)) => format!("nothing to do: it is {}", ticket.status),
        (Verdict::ChangedMeanwhile, _) => "somebody changed it meanwhile".to_owned(),
        (Verdict::OwnedByAnother, _) => "somebody else owns it".to_owned(),
        (Verdict::OtherKind, _) => "it is a ticket of another kind".to_owned(),
        _ => "you may not do this to it".to_owned(),
    }
}

async fn carry_out(tx: &mut Tx, actor: &Actor, work: &Work, id: TicketId) -> Result<Option<String>> {
    match work {
        Work::Take => {
            ticket::change_owner(tx, actor, id, OwnerChange::Take).await?;
        }
        Work::Reject { words } => {
            let (reply, comment) = words.either(tx, actor).await?;
            let input = Update { take_first: true, reply, comment, status: Some("rejected".to_owned()), ..Update::default() };
            ticket::update(tx, actor, id, input).await?;
        }
        Work::Write { words } => {
            let message = Reply { ticket: id, message: words.message(tx, actor).await?, time_taken: 0 };
            if words.as_reply {
                ticket::reply(tx, actor, message).await?
            } else {
                ticket::comment(tx, actor, message).await?
            };
        }
        Work::Abandon { words, to_reports, to_investigations } => {
            let told = |kind| match kind {
                TicketKind::Report => *to_reports,
                TicketKind::Investigation => *to_investigations,
                _ => false,
            };
            return abandon(tx, actor, id, words, told).await;
        }
        Work::Update { wish } => return wish.carry_out(tx, actor, id).await,
    }
    Ok(None)
}

/// The chosen kinds of open children are written to; then all close that no other open Incident holds, and with them the
/// Incident, if nothing of it stays open (IR-402).
async fn abandon(
    tx: &mut Tx,
    actor: &Actor,
    id: TicketId,
    words: &Words,
    told: impl Fn(TicketKind) -> bool,
) -> Result<Option<String>> {
    let members = storage::ticket::linked(&mut tx.db, id, LinkKind::MemberOf, false).await?;
    let open = members.iter().filter(|member| member.is_open());
    let chosen: Vec<TicketId> = open.clone().filter(|member| told(member.kind)).map(|member| member.id).collect();
    let all: Vec<TicketId> = open.map(|member| member.id).collect();
    let closing = |status: Option<&str>, children, message, as_reply| Close {
        incident: id,
        status: status.map(str::to_owned),
        children,
        message,
        as_reply,
        on_incident: false,
        owner: None,
        resolution: None,
        time_taken: 0,
    };
    if !chosen.is_empty() && !words.is_empty() {
        let message = words.message(tx, actor).await?;
        incident::close(tx, actor, closing(None, chosen, message, words.as_reply)).await?;
    }
    let outcome = incident::close(tx, actor, closing(Some("abandoned"), all, NewMessage::default(), false)).await?;
    let left: Vec<String> = outcome.still_open.iter().map(|child| format!("#{child}")).collect();
    Ok((!outcome.closed).then(|| format!("it stays open: {} could not be closed", left.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::Wish;
    use domain::bulk::Deed;

    #[test]
    fn every_deed_has_its_work() {
        let words = Words::default;
        let works = [
            Work::Take,
            Work::Reject { words: words() },
            Work::Write { words: words() },
            Work::Abandon { words: words(), to_reports: true, to_investigations: false },
            Work::Update { wish: Box::new(Wish { status: Some("open".to_owned()), ..Wish::default() }) },
        ];
        let deeds: Vec<Deed> = works.iter().map(Work::deed).collect();
        assert_eq!(deeds, [Deed::Take, Deed::Reject, Deed::Write, Deed::Abandon, Deed::Update]);
        for work in works {
            let text = serde_json::to_string(&work).expect("it is written");
            assert_eq!(serde_json::from_str::<Work>(&text).expect("it is read"), work);
        }
    }
}
