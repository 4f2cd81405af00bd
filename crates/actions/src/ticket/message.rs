//! Replies to correspondents and internal comments (TC-022).

use crate::{
    Actor, Error, Result, Tx, access,
    automation::{self, Occasion},
    history,
    message::{NewMessage, size},
    ticket::{Basics, fields, set_basics},
};
use domain::{
    Right, Role, TicketId, TicketKind, UserId,
    change::{Change, ChangeKind, NewChange},
    setting::list,
};

/// A message on a ticket.
#[derive(Clone, Debug)]
pub struct Reply {
    pub ticket: TicketId,
    pub message: NewMessage,
    /// Minutes worked.
    pub time_taken: i64,
}

/// To the correspondents; also how their own answers are recorded.
pub async fn reply(tx: &mut Tx, actor: &Actor, input: Reply) -> Result<Change> {
    write(tx, actor, input, ChangeKind::Correspond, &[Right::ReplyToTicket, Right::ModifyTicket]).await
}

/// For staff only.
pub async fn comment(tx: &mut Tx, actor: &Actor, input: Reply) -> Result<Change> {
    write(tx, actor, input, ChangeKind::Comment, &[Right::CommentOnTicket, Right::ModifyTicket]).await
}

async fn write(tx: &mut Tx, actor: &Actor, mut input: Reply, kind: ChangeKind, rights: &[Right]) -> Result<Change> {
    let mut ticket = access::ticket_for_any(tx, actor, input.ticket, rights).await?.into_inner();
    let catalog = tx.catalog();
    let own = input.message.cc.iter().chain(&input.message.bcc).find(|address| catalog.is_own_address(address));
    if let Some(address) = own {
        return Err(Error::invalid(
            "cc",
            format!("{address} is an address of this system; mail to it would go round in circles."),
        ));
    }
    input.message.field_values = fields::of_message(tx, actor, ticket.queue, &input.message).map_err(Error::Invalid)?;
    if kind == ChangeKind::Correspond {
        let members = storage::person::roles_of_tickets(&mut tx.db, &[ticket.id]).await?;
        let is_requestor = members.iter().any(|(_, role, user)| *role == Role::Requestor && *user == actor.id());
        let is_admin_cc = members.iter().any(|(_, role, user)| *role == Role::AdminCc && *user == actor.id());
        let outside = if catalog.assumes_outside() {
            !is_admin_cc && !actor.is_system()
        } else {
            is_requestor || !(actor.user.privileged || actor.is_system())
        };
        // the owner is never outside (TC-217)
        let inside = ticket.owner == actor.id() || !outside;
        if inside {
            ticket.told = Some(tx.now());
            ticket.last_answer = Some(tx.now());
            ticket.unanswered_since = None;
        } else {
            ticket.unanswered_since = ticket.unanswered_since.or(Some(tx.now()));
        }
    }
    let restarts = kind == ChangeKind::Correspond
        && ticket.kind == TicketKind::Report
        && ticket.started.is_some()
        && ticket.unanswered_since.is_none()
        && catalog.setting_flag(list::RESTART_RUNNING_TIME);
    if ticket.time_worked + input.time_taken < 0 {
        return Err(Error::invalid("time_worked", "That would be less than nothing worked in all."));
    }
    ticket.time_worked += input.time_taken;
    let subject = input.message.subject.clone().filter(|subject| *subject != ticket.subject);
    let what = NewChange { data: subject, time_taken: input.time_taken, ..NewChange::new(kind) };
    let shortened = size::keep_within(tx, &mut input.message);
    let change = history::record(tx, actor, &mut ticket, what, Some(&input.message)).await?;
    size::tell(tx, actor, &mut ticket, kind, shortened).await?;
    if let Some(id) = &input.message.message_id {
        storage::outbound::remember(&mut tx.db, id, ticket.id, actor.door == crate::Door::Email).await?;
    }
    if actor.id() != UserId::SYSTEM {
        storage::person::mark_seen(&mut tx.db, actor.id(), ticket.id, change.sequence).await?;
    }
    if restarts {
        // IR-075: the running time is measured from the last reply
        let restart = Basics { started: Some(Some(tx.now())), ..Basics::default() };
        set_basics(tx, &Actor::system(actor.door), ticket.id, restart).await?;
    }
    if kind == ChangeKind::Correspond && ticket.unanswered_since.is_some() && ticket.snoozed_until.is_some() {
        super::snooze::wake(tx, actor.door, ticket.id).await?;
    }
    automation::react(tx, actor, ticket.id, &change, &Occasion::with_message(input.message)).await?;
    Ok(change)
}
