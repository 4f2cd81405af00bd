//! One wish about many tickets: what it would do to each, decided before anything is done (IR-399, IR-402).

use crate::{Ticket, TicketKind, UserId};

/// What is wished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Take,
    Reject,
    /// A message to each, or a comment on each.
    Write,
    Abandon,
    /// Anything that can be done to one (TC-279).
    Update,
}

/// One ticket as the wisher stands to it.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    pub ticket: &'a Ticket,
    pub me: UserId,
    /// The version that the wisher saw, if they saw one.
    pub seen: Option<i64>,
    /// May own it and take it when nobody does.
    pub may_take: bool,
    /// May do the deed once it is theirs.
    pub may_act: bool,
    /// A member of an Incident that is not abandoned.
    pub has_incident: bool,
}

/// What would become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Goes,
    /// It goes, and somebody should know that it belongs to an Incident.
    GoesThoughLinked,
    /// As it is wished already.
    NothingToDo,
    ChangedMeanwhile,
    OwnedByAnother,
    NotAllowed,
    OtherKind,
}

impl Verdict {
    #[must_use]
    pub fn goes(self) -> bool {
        matches!(self, Self::Goes | Self::GoesThoughLinked)
    }
}

/// The first reason against it, or none. What needs ownership takes unowned tickets and leaves those of others.
#[must_use]
pub fn verdict(deed: Deed, standing: &Standing<'_>) -> Verdict {
    let Standing { ticket, me, seen, may_take, may_act, has_incident } = *standing;
    let other_kind = match deed {
        Deed::Reject => ticket.kind != TicketKind::Report,
        Deed::Abandon => ticket.kind != TicketKind::Incident,
        Deed::Take | Deed::Write | Deed::Update => false,
    };
    let is_done = match deed {
        Deed::Take => ticket.owner == me,
        Deed::Reject | Deed::Abandon => !ticket.is_open(),
        Deed::Write | Deed::Update => false,
    };
    let needs_owner = matches!(deed, Deed::Take | Deed::Reject);
    match () {
        () if other_kind => Verdict::OtherKind,
        () if is_done => Verdict::NothingToDo,
        () if needs_owner && ticket.is_owned() && ticket.owner != me => Verdict::OwnedByAnother,
        () if needs_owner && !ticket.is_owned() && !may_take => Verdict::NotAllowed,
        () if deed != Deed::Take && !may_act => Verdict::NotAllowed,
        () if seen.is_some_and(|seen| seen != ticket.version) => Verdict::ChangedMeanwhile,
        () if deed == Deed::Reject && has_incident => Verdict::GoesThoughLinked,
        () => Verdict::Goes,
    }
}
