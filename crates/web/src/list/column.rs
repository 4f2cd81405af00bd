//! The columns of lists: what they are called, what they are sorted by, what stands in them (IR-289, IR-290, IR-306 … IR-317).

use actions::lists::Listed;
use domain::layout::Column;
use domain::{StatusClass, TicketKind, worktime};
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::Loaded;
use crate::component::button::{Button, Tone, post};
use crate::component::chip::{self, Phase};
use crate::component::table::{Kind, subject};
use crate::component::time::{Clock, age, due, moment};
use crate::layout::keys::Act;

/// What a column looks like.
pub(crate) trait Shown {
    fn title(&self) -> String;
    /// The name that addresses sort by.
    fn sort(&self) -> Option<&'static str>;
    fn kind(&self) -> Kind;
    fn cell(&self, row: &Listed, loaded: &Loaded, clock: &Clock) -> Markup;
}

impl Shown for Column {
    fn title(&self) -> String {
        t(match self {
            Self::Id => "column-number",
            Self::Subject => "column-subject",
            Self::Requestors => "column-requestors",
            Self::Status => "column-status",
            Self::Queue => "column-queue",
            Self::Owner => "column-owner",
            Self::Due => "column-due",
            Self::Priority => "column-priority",
            Self::Updates => "column-unread",
            Self::Created => "column-created",
            Self::Told => "column-told",
            Self::LastUpdated => "column-updated",
            Self::Starts => "ticket-starts",
            Self::Started => "ticket-started",
            Self::Resolved => "ticket-resolved",
            Self::SnoozedUntil => "field-snoozeduntil",
            Self::TimeLeft => "column-time-left",
            Self::TimeWorked => "ticket-time-worked",
            Self::Take => "ticket-take",
            Self::TakeOrSteal => "column-take-or-steal",
            Self::HasIncident => "column-has-incident",
            Self::Field(name) => return name.clone(),
        })
        .into_owned()
    }

    fn sort(&self) -> Option<&'static str> {
        Some(match self {
            Self::Id => "id",
            Self::Subject => "Subject",
            Self::Status => "Status",
            Self::Queue => "Queue",
            Self::Owner => "Owner",
            Self::Due => "Due",
            Self::Priority => "Priority",
            Self::Created => "Created",
            Self::Told => "Told",
            Self::LastUpdated => "LastUpdated",
            Self::Starts => "Starts",
            Self::Started => "Started",
            Self::Resolved => "Resolved",
            Self::SnoozedUntil => "SnoozedUntil",
            Self::TimeLeft => "TimeLeft",
            Self::TimeWorked => "TimeWorked",
            Self::Requestors | Self::Updates | Self::Take | Self::TakeOrSteal | Self::HasIncident | Self::Field(_) => {
                return None;
            }
        })
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Id | Self::Priority | Self::Updates | Self::HasIncident => Kind::Number,
            Self::Subject => Kind::Main,
            Self::Take | Self::TakeOrSteal => Kind::Actions,
            // beside the subject where there is little room
            Self::Requestors => Kind::Extra,
            _ => Kind::Text,
        }
    }

    fn cell(&self, row: &Listed, loaded: &Loaded, clock: &Clock) -> Markup {
        let ticket = &row.ticket;
        let date = |at: Option<jiff::Timestamp>| match at {
            Some(at) if clock.dates => moment(clock, at),
            Some(at) => age(clock, at),
            None => html! {},
        };
        let minutes = |count: i64| html! { @if count > 0 { (worktime::shown(count)) } };
        match self {
            Self::Id => html! { (ticket.id) },
            Self::Subject => subject(&urls::ticket(ticket.id), &ticket.subject, ""),
            Self::Requestors => requestor_links(row),
            Self::Status => html! { (chip::status(&ticket.status, phase(ticket.status_class))) (pending(row)) },
            Self::Queue => html! { (row.queue) },
            Self::Owner if ticket.is_owned() => html! { a href=(urls::person(ticket.owner)) { (chip::owner(Some(&row.owner))) } },
            Self::Owner => chip::owner(None),
            Self::Due => due(clock, ticket.due, ticket.is_open()),
            Self::Priority => chip::named_priority(ticket.priority, row.priority.as_deref()),
            Self::Updates => updates(row),
            Self::Created => date(Some(ticket.created)),
            Self::Told => date(ticket.told),
            Self::LastUpdated => date(Some(ticket.updated)),
            Self::Starts => date(ticket.starts),
            Self::Started => date(ticket.started),
            Self::Resolved => date(ticket.resolved),
            Self::SnoozedUntil => date(ticket.snoozed_until),
            Self::TimeLeft => minutes(ticket.time_left),
            Self::TimeWorked => minutes(ticket.time_worked),
            Self::Take => take(row, loaded, false),
            Self::TakeOrSteal => take(row, loaded, true),
            Self::HasIncident => html! { @if row.incidents > 0 { (row.incidents) } @else { "–" } },
            Self::Field(name) => {
                let values: Vec<&str> =
                    row.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect();
                html! { bdi { (values.join(", ")) } }
            }
        }
    }
}

/// Messages the reader has not seen: a press marks them seen and leads to the first (IR-290).
fn updates(row: &Listed) -> Markup {
    let count = row.unread.to_string();
    html! {
        @if row.unread > 0 {
            (post(&urls::ticket_part(row.ticket.id, "seen"), &Button::new(&count).tone(Tone::Quiet).sends("jump", "1")))
        } @else { "0" }
    }
}

fn take(row: &Listed, loaded: &Loaded, or_steal: bool) -> Markup {
    let ticket = &row.ticket;
    let part = |part: &str| urls::ticket_part(ticket.id, part);
    html! {
        @if !ticket.is_owned() && loaded.takeable.contains(&ticket.queue) {
            (post(&part("take"), &Button::new(&t("ticket-take"))))
        } @else if or_steal && ticket.is_owned() && ticket.owner != loaded.reader && loaded.stealable.contains(&ticket.queue) {
            (post(&part("steal"), &Button::new(&t("ticket-steal"))))
        }
    }
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
        opens.push((Act::NewIncident, urls::with(&urls::create(TicketKind::Incident), &[("from", &ticket.id.to_string())])));
        opens.push((Act::LinkIncident, part("link")));
    }
    if ticket.is_open() {
        opens.push((Act::Snooze, part("snooze")));
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

/// Each leads to what is known of them (IR-500).
fn requestor_links(row: &Listed) -> Markup {
    html! {
        @for (index, user) in row.requestors.iter().enumerate() {
            @if index > 0 { ", " }
            a href=(urls::person(user.id)) { bdi { (user.email.as_ref().map_or(user.name.as_str(), |email| email.as_str())) } }
        }
    }
}

/// The layout of a type's lists (IR-298).
pub(crate) fn layout_of(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::Report => "ReportDefault",
        TicketKind::Incident => "IncidentDefault",
        TicketKind::Investigation => "InvestigationDefault",
        TicketKind::Countermeasure => "CountermeasureDefault",
        TicketKind::General => "Default",
    }
}

pub(crate) fn phase(class: StatusClass) -> Phase {
    match class {
        StatusClass::Initial => Phase::Initial,
        StatusClass::Active => Phase::Active,
        StatusClass::Inactive => Phase::Inactive,
    }
}
