//! The head of a ticket's page: type, number, subject, its state at a glance, and what can be done (IR-324, section 11.3).

use domain::TicketKind;
use http_door::text::t;
use maud::{Markup, html};

use super::{Sheet, actions_bar};
use crate::component::chip;
use crate::component::ticket::Heading;
use crate::component::time::due;
use crate::component::{menu, ticket};
use crate::list::phase;

pub(super) fn heading(sheet: &Sheet<'_>) -> Markup {
    let ticket = &sheet.view.ticket;
    let offers = actions_bar::offers(sheet);
    let more: Vec<menu::Entry<'_>> = offers.iter().filter(|offer| !offer.prominent).map(actions_bar::entry).collect();
    ticket::heading(&Heading {
        kind: &t(kind_key(ticket.kind)),
        id: ticket.id.0,
        subject: &ticket.subject,
        marks: marks(sheet),
        actions: html! { @for offer in offers.iter().filter(|offer| offer.prominent) { (actions_bar::button(offer)) } },
        more: &more,
    })
}

/// Number and subject in a line, for titles of pages.
pub(super) fn words(sheet: &Sheet<'_>) -> String {
    let ticket = &sheet.view.ticket;
    if ticket.subject.is_empty() {
        format!("#{} {}", ticket.id, t("no-subject"))
    } else {
        format!("#{} {}", ticket.id, ticket.subject)
    }
}

fn marks(sheet: &Sheet<'_>) -> Markup {
    let ticket = &sheet.view.ticket;
    let owner = ticket.is_owned().then(|| sheet.view.owner.display_name());
    html! {
        (chip::status(&ticket.status, phase(ticket.status_class)))
        @if let Some(constituency) = &sheet.view.constituency { (chip::chip(&constituency.name)) }
        @if ticket.kind == TicketKind::Incident { (chip::named_priority(ticket.priority, sheet.catalog.scale_of(&sheet.view.queue).label(ticket.priority))) }
        (chip::owner(owner))
        @if ticket.is_open() && ticket.due.is_some() { (due(&sheet.clock, ticket.due, true)) }
    }
}

pub(crate) fn kind_key(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::Report => "create-report",
        TicketKind::Incident => "create-incident",
        TicketKind::Investigation => "create-investigation",
        TicketKind::Countermeasure => "create-countermeasure",
        TicketKind::General => "ticket-general",
    }
}
