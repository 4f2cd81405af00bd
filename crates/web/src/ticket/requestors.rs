//! *More about the requestors* (IR-497, IR-498): one section a correspondent, with their tickets that the viewer may see,
//! whatever their queue. Folded at first.

use actions::account::person::{self, Summary};
use actions::lists::{Order, OrderBy, Page, search};
use actions::ticket::show::TicketView;
use actions::{Actor, Result, Tx, account};
use domain::setting::list;
use domain::{Role, Ticket, preference};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::Sheet;
use crate::component::chip;
use crate::component::empty::empty_line;
use crate::component::panel::{Panel, panel};
use crate::component::tabs::{Tab, tabs};
use crate::list::phase;
use crate::parameters::Parameters;
use crate::person::{MOST, tickets_of};

/// Correspondents that are told about; a list of hundreds would drown the page.
const MOST_PEOPLE: usize = 5;
const TABS: [(&str, Option<&str>); 4] =
    [("active", Some("Active")), ("inactive", Some("Inactive")), ("all", None), ("none", None)];

pub(super) struct Requestor {
    summary: Summary,
    tickets: Vec<Ticket>,
}

pub(super) struct Requestors {
    people: Vec<Requestor>,
    /// Which of their tickets are shown.
    tab: &'static str,
    /// The address asked for a tab, so that the box stays open.
    asked: bool,
}

/// Nobody for whoever may not look at people. Staff only if the installation says so.
pub(super) async fn load(tx: &mut Tx, actor: &Actor, view: &TicketView, parameters: &Parameters) -> Result<Requestors> {
    let preferred = account::preferences(tx, actor).await?.text(preference::REQUESTOR_TICKETS).to_owned();
    let asked = parameters.text("requestor");
    let (tab, class) = TABS
        .into_iter()
        .find(|(name, _)| *name == asked)
        .or_else(|| TABS.into_iter().find(|(name, _)| *name == preferred))
        .unwrap_or(TABS[0]);
    let with_staff = tx.catalog().setting_flag(list::REQUESTOR_BOX_STAFF);
    let mut people = Vec::new();
    for user in view.holders(Role::Requestor).filter(|user| with_staff || !user.privileged).take(MOST_PEOPLE) {
        let Ok(summary) = person::summary(tx, actor, user.id).await else { continue };
        let tickets = match tickets_of(user, class).filter(|_| tab != "none") {
            Some(query) => {
                let order = [OrderBy::descending(Order::Priority)];
                search(tx, actor, &query, &order, Page { limit: MOST, offset: 0 }).await?
            }
            None => vec![],
        };
        people.push(Requestor { summary, tickets });
    }
    Ok(Requestors { people, tab, asked: !asked.is_empty() })
}

pub(super) fn requestors(sheet: &Sheet<'_>) -> Markup {
    let all = &sheet.requestors;
    let body = html! {
        @for one in &all.people {
            details class="requestor" open[all.asked] {
                summary { (one.summary.user.display_name()) }
                (about(one))
                (choice(sheet, all.tab))
                @if all.tab != "none" { (tickets(one)) }
            }
        }
    };
    html! { @if !all.people.is_empty() { (panel(&Panel { id: "requestors", title: &t("requestors-title"), ..Panel::default() }, &body)) } }
}

fn about(one: &Requestor) -> Markup {
    let summary = &one.summary;
    html! {
        p { a href=(urls::person(summary.user.id)) { (t("requestors-summary")) } }
        @if !summary.comments.is_empty() { p { bdi { (summary.comments) } } }
        @if !summary.groups.is_empty() { p { (t("person-groups")) ": " (summary.groups.join(", ")) } }
    }
}

fn choice(sheet: &Sheet<'_>, current: &str) -> Markup {
    let names = TABS.map(|(name, _)| {
        let href = urls::with(&urls::ticket(sheet.view.ticket.id), &[("requestor", name)]);
        (name, t(&format!("preference-requestor-tickets-{name}")), format!("{href}#requestors"))
    });
    let entries: Vec<Tab<'_>> =
        names.iter().map(|(name, label, href)| Tab { label, href, current: *name == current, count: 0 }).collect();
    tabs(&t("preference-requestor-tickets"), &entries)
}

fn tickets(one: &Requestor) -> Markup {
    html! {
        @if one.tickets.is_empty() { (empty_line(&t("home-nothing"))) } @else {
            ul class="links" {
                @for ticket in &one.tickets { li {
                    a href=(urls::ticket(ticket.id)) { "#" (ticket.id) " " bdi { (ticket.subject) } } " "
                    (chip::status(&ticket.status, phase(ticket.status_class)))
                } }
            }
        }
    }
}
