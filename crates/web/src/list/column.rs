//! The columns of lists: what they are called, what they are sorted by, what stands in them (IR-289, IR-290, IR-306 … 308).

use actions::lists::Listed;
use domain::{StatusClass, TicketKind, worktime};
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::Loaded;
use crate::component::button::{Button, post};
use crate::component::chip::{self, Phase};
use crate::component::table::{Kind, subject};
use crate::component::time::{Clock, age, due};
use crate::layout::keys::Act;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Number,
    Subject,
    Status,
    Queue,
    /// The same, where there is room beside other boxes.
    QueueBeside,
    Owner,
    /// The owner, or a button to become it.
    OwnerOrTake,
    Due,
    Priority,
    Unread,
    Created,
    Told,
    Updated,
    TimeLeft,
}

use Column::{
    Created, Due, Number, Owner, OwnerOrTake, Priority, Queue, QueueBeside, Status, Subject, TimeLeft, Told, Unread, Updated,
};

impl Column {
    pub(crate) const NEW_REPORTS: &'static [Self] = &[Number, Subject, QueueBeside, OwnerOrTake, Due];
    pub(crate) const DUE_INCIDENTS: &'static [Self] = &[Number, Subject, Owner, Priority, Unread, Due];
    /// Several types together.
    pub(crate) const MIXED: &'static [Self] = &[Number, Subject, Queue, Status, Owner, Due, Created, Told, Updated, TimeLeft];

    pub(crate) fn of(kind: TicketKind) -> &'static [Self] {
        match kind {
            TicketKind::Incident => &[Number, Subject, Status, Queue, Owner, Priority, Due, Created, Told, Updated, TimeLeft],
            TicketKind::General => Self::MIXED,
            _ => &[Number, Subject, Status, Queue, OwnerOrTake, Due, Created, Told, Updated, TimeLeft],
        }
    }

    pub(crate) fn title(self) -> String {
        t(match self {
            Number => "column-number",
            Subject => "column-subject",
            Status => "column-status",
            Queue | QueueBeside => "column-queue",
            Owner | OwnerOrTake => "column-owner",
            Due => "column-due",
            Priority => "column-priority",
            Unread => "column-unread",
            Created => "column-created",
            Told => "column-told",
            Updated => "column-updated",
            TimeLeft => "column-time-left",
        })
        .into_owned()
    }

    /// The name that addresses sort by.
    pub(crate) fn sort(self) -> Option<&'static str> {
        Some(match self {
            Number => "id",
            Subject => "Subject",
            Status => "Status",
            Queue | QueueBeside => "Queue",
            Owner | OwnerOrTake => "Owner",
            Due => "Due",
            Priority => "Priority",
            Created => "Created",
            Told => "Told",
            Updated => "LastUpdated",
            TimeLeft => "TimeLeft",
            Unread => return None,
        })
    }

    pub(crate) fn kind(self) -> Kind {
        match self {
            Number | Priority | Unread => Kind::Number,
            Subject => Kind::Main,
            QueueBeside | Created | Told | Updated | TimeLeft => Kind::Extra,
            _ => Kind::Text,
        }
    }

    pub(crate) fn cell(self, row: &Listed, loaded: &Loaded, clock: &Clock) -> Markup {
        let ticket = &row.ticket;
        let ago = |at: Option<jiff::Timestamp>| at.map_or_else(|| html! {}, |at| age(clock, at));
        match self {
            Number => html! { (ticket.id) },
            Subject => subject(&urls::ticket(ticket.id), &ticket.subject, &requestors(row)),
            Status => html! { (chip::status(&ticket.status, phase(ticket.status_class))) (pending(row)) },
            Queue | QueueBeside => html! { (row.queue) },
            Owner => chip::owner(ticket.is_owned().then_some(row.owner.as_str())),
            OwnerOrTake if !ticket.is_owned() && loaded.takeable.contains(&ticket.queue) => {
                post(&urls::ticket_part(ticket.id, "take"), &Button::new(&t("ticket-take")))
            }
            OwnerOrTake => Owner.cell(row, loaded, clock),
            Due => due(clock, ticket.due, ticket.is_open()),
            Priority => chip::named_priority(ticket.priority, row.priority.as_deref()),
            Unread => {
                html! { @if row.unread > 0 { a href={ (urls::ticket(ticket.id)) "#unread" } { (row.unread) } } @else { "0" } }
            }
            Created => ago(Some(ticket.created)),
            Told => ago(ticket.told),
            Updated => ago(Some(ticket.updated)),
            TimeLeft => html! { @if ticket.time_left > 0 { (worktime::shown(ticket.time_left)) } },
        }
    }
}

/// What single keys open on a row, for who may; the pages themselves refuse the others.
pub(super) fn opens(row: &Listed) -> Vec<(Act, String)> {
    let ticket = &row.ticket;
    let part = |part: &str| urls::ticket_part(ticket.id, part);
    let to_status = |form: &str, status: &str| urls::with(&part(form), &[("status", status)]);
    let assign = format!("{}#field-owner", part("edit"));
    let mut opens = vec![(Act::Comment, part("comment")), (Act::Edit, part("edit")), (Act::Assign, assign)];
    opens.extend([(Act::Merge, part("merge")), (Act::Forward, part("forward"))]);
    opens.push((Act::Reply, part(if ticket.kind == TicketKind::Incident { "reply-reporters" } else { "reply" })));
    if ticket.kind.is_child() {
        opens.push((Act::NewIncident, urls::with(urls::create(TicketKind::Incident), &[("from", &ticket.id.to_string())])));
        opens.push((Act::LinkIncident, part("link")));
    }
    if ticket.is_open() {
        match ticket.kind {
            TicketKind::Report => {
                opens.extend([(Act::Reject, to_status("reply", "rejected")), (Act::Resolve, to_status("comment", "resolved"))]);
            }
            TicketKind::Incident => opens.push((Act::Resolve, to_status("close", "resolved"))),
            TicketKind::Investigation => opens.push((Act::Resolve, to_status("comment", "resolved"))),
            TicketKind::Countermeasure => opens.push((Act::Resolve, to_status("comment", "removed"))),
            TicketKind::General => {}
        }
    }
    opens
}

/// What a ticket waits for, beside its status (TC-086).
fn pending(row: &Listed) -> Markup {
    html! {
        @match row.pending[..] {
            [] => {}
            [one] => { " " span class="beside" { (tr("list-pending-one", &[("ticket", one.to_string().into())])) } }
            _ => { " " span class="beside" { (tr("list-pending", &[("count", row.pending.len().into())])) } }
        }
    }
}

pub(crate) fn requestors(row: &Listed) -> String {
    let names: Vec<&str> =
        row.requestors.iter().map(|user| user.email.as_ref().map_or(user.name.as_str(), |email| email.as_str())).collect();
    names.join(", ")
}

pub(crate) fn phase(class: StatusClass) -> Phase {
    match class {
        StatusClass::Initial => Phase::Initial,
        StatusClass::Active => Phase::Active,
        StatusClass::Inactive => Phase::Inactive,
    }
}
