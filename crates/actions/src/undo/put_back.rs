//! One ticket's part of an undoing: every change of the act in reverse, then the row itself.

use super::{Unsent, letters::is_message};
use crate::{Actor, Result, Tx, history};
use domain::{
    ActId, FieldId, Role, Ticket, TicketId, TicketKind, UserId,
    change::{Change, ChangeKind, NewChange},
    link::LinkKind,
    undo::{Restored, Rows, Said, mark, restore},
};
use storage::act::ActTicket;

pub(super) struct Task<'a> {
    pub(super) actor: &'a Actor,
    pub(super) act: ActId,
    pub(super) touched: &'a ActTicket,
    /// The act's changes to the ticket, oldest first.
    pub(super) changes: &'a [Change],
    pub(super) said: Said,
}

#[derive(Debug, Default)]
pub(super) struct PutBack {
    pub(super) is_changed: bool,
    /// Something stays because it changed meanwhile.
    pub(super) is_kept: bool,
    pub(super) unsent: Option<Unsent>,
}

impl PutBack {
    /// A step either happened, was not needed, or would have overwritten something.
    fn count(&mut self, step: Step) {
        self.is_changed |= step == Step::Done;
        self.is_kept |= step == Step::Kept;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Done,
    Needless,
    Kept,
}

type OldNew<'a> = (Option<&'a str>, Option<&'a str>);

impl Task<'_> {
    pub(super) async fn run(&self, tx: &mut Tx) -> Result<PutBack> {
        let mut put = PutBack::default();
        for change in self.changes.iter().rev() {
            let what = &change.what;
            let field = what.field.as_deref().unwrap_or_default();
            let values = (what.old.as_deref(), what.new.as_deref());
            let step = match what.kind {
                ChangeKind::CustomField => self.value(tx, field, values).await?,
                ChangeKind::AddWatcher | ChangeKind::DelWatcher => self.watcher(tx, field, values).await?,
                ChangeKind::AddLink | ChangeKind::DeleteLink => match LinkKind::parse(field) {
                    Some(kind) => self.link(tx, kind, values).await?,
                    // told at the far end; what starts there is put back there
                    None => Step::Needless,
                },
                _ if is_message(change) && !self.said.stays => {
                    let is_reply = what.kind == ChangeKind::Correspond;
                    put.unsent = Some(Unsent { ticket: change.ticket, sequence: change.sequence, is_reply });
                    let unsent = Some(change.sequence.to_string());
                    self.record(tx, NewChange::moved(ChangeKind::Withdrawn, what.kind.as_str(), unsent, None)).await?
                }
                _ => Step::Needless,
            };
            put.count(step);
        }
        self.row(tx, &mut put).await?;
        Ok(put)
    }

    async fn record(&self, tx: &mut Tx, what: NewChange) -> Result<Step> {
        let ticket = self.touched.ticket;
        self.record_on(tx, ticket, what).await
    }

    async fn record_on(&self, tx: &mut Tx, ticket: TicketId, what: NewChange) -> Result<Step> {
        let Some(mut ticket) = storage::ticket::lock(&mut tx.db, ticket).await? else { return Ok(Step::Kept) };
        let what = NewChange { data: Some(mark(self.act)), ..what };
        history::record(tx, self.actor, &mut ticket, what, None).await?;
        Ok(Step::Done)
    }

    async fn row(&self, tx: &mut Tx, put: &mut PutBack) -> Result<()> {
        let (Some(before), Some(now)) = (&self.touched.before, storage::ticket::lock(&mut tx.db, self.touched.ticket).await?)
        else {
            return Ok(());
        };
        let Restored { mut ticket, steps, kept } = restore(Rows { before, after: &self.touched.after, now: &now }, self.said);
        put.is_kept |= !kept.is_empty();
        if ticket == now {
            return Ok(());
        }
        put.is_changed = true;
        if steps.is_empty() {
            return Ok(storage::ticket::update(&mut tx.db, &ticket).await?);
        }
        for step in steps {
            let what = NewChange { data: Some(mark(self.act)), ..step };
            history::record(tx, self.actor, &mut ticket, what, None).await?;
        }
        Ok(())
    }

    async fn value(&self, tx: &mut Tx, field: &str, (old, new): OldNew<'_>) -> Result<Step> {
        let id = self.touched.ticket;
        let catalog = tx.catalog();
        let known = field.parse::<FieldId>().ok().and_then(|field| catalog.field(field));
        let Some(field) = known else { return Ok(Step::Kept) };
        let held = storage::custom_field::of_tickets(&mut tx.db, &[id]).await?;
        let held: Vec<&str> =
            held.iter().filter(|(_, held, _)| *held == field.id).map(|(_, _, content)| content.as_str()).collect();
        let gone = new.filter(|new| held.contains(new));
        let missing = old.filter(|old| !held.contains(old));
        if field.is_single() && old.is_some() && gone.is_none() && !held.is_empty() {
            return Ok(if missing.is_some() { Step::Kept } else { Step::Needless });
        }
        if gone.is_none() && missing.is_none() {
            return Ok(Step::Needless);
        }
        let value = match missing.map(|text| field.value(text)) {
            Some(Err(_)) => return Ok(Step::Kept),
            Some(Ok(value)) => Some(value),
            None => None,
        };
        if let Some(content) = gone {
            storage::custom_field::remove(&mut tx.db, id, field.id, content).await?;
        }
        if let Some(value) = &value {
            storage::custom_field::add(&mut tx.db, id, field.id, value).await?;
        }
        let (gone, back) = (gone.map(str::to_owned), value.map(|value| value.content));
        self.record(tx, NewChange::moved(ChangeKind::CustomField, &field.id.to_string(), gone, back)).await
    }

    async fn watcher(&self, tx: &mut Tx, role: &str, (old, new): OldNew<'_>) -> Result<Step> {
        let id = self.touched.ticket;
        let person = |text: Option<&str>| text.and_then(|text| text.parse::<UserId>().ok());
        let Some(role) = Role::parse(role) else { return Ok(Step::Kept) };
        if let Some(user) = person(new) {
            if storage::person::remove_from_role(&mut tx.db, id, role, user).await? {
                let what = NewChange::moved(ChangeKind::DelWatcher, role.as_str(), Some(user.to_string()), None);
                return self.record(tx, what).await;
            }
        } else if let Some(user) = person(old)
            && storage::person::add_to_role(&mut tx.db, id, role, user).await?
        {
            let what = NewChange::moved(ChangeKind::AddWatcher, role.as_str(), None, Some(user.to_string()));
            return self.record(tx, what).await;
        }
        Ok(Step::Needless)
    }

    async fn link(&self, tx: &mut Tx, kind: LinkKind, (old, new): OldNew<'_>) -> Result<Step> {
        let base = self.touched.ticket;
        let Some(end) = new.or(old) else { return Ok(Step::Kept) };
        let Ok(target) = end.parse::<TicketId>() else { return self.outside(tx, kind, end, new.is_some()).await };
        if new.is_some() {
            if !storage::link::delete(&mut tx.db, kind, base, target).await? {
                return Ok(Step::Needless);
            }
            let far = NewChange::moved(ChangeKind::DeleteLink, kind.reverse(), Some(base.to_string()), None);
            self.record_on(tx, target, far).await?;
            return self.record(tx, NewChange::moved(ChangeKind::DeleteLink, kind.as_str(), Some(end.to_owned()), None)).await;
        }
        let held = storage::link::of_ticket(&mut tx.db, base).await?;
        if held.iter().any(|link| link.kind == kind && link.base == base && link.target == Some(target)) {
            return Ok(Step::Needless);
        }
        if !may_link_again(tx, kind, base, target).await? {
            return Ok(Step::Kept);
        }
        let link = storage::link::NewLink { kind, base, by: self.actor.id(), at: tx.now };
        storage::link::insert(&mut tx.db, link, target).await?;
        let far = NewChange::moved(ChangeKind::AddLink, kind.reverse(), None, Some(base.to_string()));
        self.record_on(tx, target, far).await?;
        self.record(tx, NewChange::moved(ChangeKind::AddLink, kind.as_str(), None, Some(end.to_owned()))).await
    }

    async fn outside(&self, tx: &mut Tx, kind: LinkKind, uri: &str, was_added: bool) -> Result<Step> {
        let base = self.touched.ticket;
        let uri_text = Some(uri.to_owned());
        if was_added {
            if !storage::link::delete_uri(&mut tx.db, kind, base, uri).await? {
                return Ok(Step::Needless);
            }
            return self.record(tx, NewChange::moved(ChangeKind::DeleteLink, kind.as_str(), uri_text, None)).await;
        }
        let held = storage::link::of_ticket(&mut tx.db, base).await?;
        if held.iter().any(|link| link.kind == kind && link.uri.as_deref() == Some(uri)) {
            return Ok(Step::Needless);
        }
        let link = storage::link::NewLink { kind, base, by: self.actor.id(), at: tx.now };
        storage::link::insert_uri(&mut tx.db, link, uri).await?;
        self.record(tx, NewChange::moved(ChangeKind::AddLink, kind.as_str(), None, uri_text)).await
    }
}

/// No circle, no merged end, and no second Incident for a child that may have one only.
async fn may_link_again(tx: &mut Tx, kind: LinkKind, base: TicketId, target: TicketId) -> Result<bool> {
    let ends: Vec<Ticket> = storage::ticket::by_ids(&mut tx.db, &[base, target]).await?;
    if ends.len() != 2 || ends.iter().any(|end| end.merged_into.is_some()) {
        return Ok(false);
    }
    if kind.refuses_circles() && storage::link::leads_to(&mut tx.db, kind, target, base).await? {
        return Ok(false);
    }
    let is_single = ends.iter().any(|end| end.id == base && end.kind.is_child() && !tx.catalog().parent_rule(end.kind).several);
    if kind != LinkKind::MemberOf || !is_single {
        return Ok(true);
    }
    let parents = storage::ticket::linked(&mut tx.db, base, kind, true).await?;
    Ok(!parents.iter().any(|parent| parent.kind == TicketKind::Incident))
}
