//! A report with its facts, and an incident with its children.

use maud::{Markup, html};
use web::component::button::{self, Button, Tone};
use web::component::chip::{self, Phase, owner, priority, status, tlp};
use web::component::empty::empty_line;
use web::component::facts::{fact, facts, text_fact};
use web::component::history::history;
use web::component::icon::Icon;
use web::component::menu;
use web::component::panel::{Panel, panel};
use web::component::people::{Person, people};
use web::component::table;
use web::component::table::{Column, Row, Table, subject, table};
use web::component::ticket::{Heading, heading, two_columns};
use web::component::time::{Clock, due, moment};
use web::layout::keys::Act;
use web::layout::{KeyGroup, Section};

use super::conversation::{address, entries};
use super::{clock, framed, minutes};

fn side(clock: &Clock) -> Markup {
    let pencil = button::icon_link("/tickets/1042/edit", Icon::Pencil, "Edit");
    let basics = Panel { id: "basics", title: "Basics", actions: Some(pencil), ..Panel::default() };
    let incident = Panel {
        id: "incident",
        title: "Incident",
        actions: Some(button::link("/link", &Button::new("Link").tone(Tone::Quiet))),
        ..Panel::default()
    };
    let watchers = Panel { id: "people", title: "People", ..Panel::default() };
    let dates = Panel { id: "dates", title: "Dates", ..Panel::default() };
    html! {
        (panel(&basics, &facts(&[
            text_fact("Constituency", "EDUNET"),
            fact("Status", status("open", Phase::Active)),
            fact("Owner", owner(Some("Dana Duty"))),
            text_fact("Service level", "Full service: out of hours"),
            fact("IP", html! { (address("203.0.113.7")) " " (address("2001:db8::7")) }),
            text_fact("Reporter type", ""),
        ])))
        (panel(&incident, &html! { a href="/tickets/1021" { "#1021 Worm outbreak in the faculty network" } " " (status("open", Phase::Active)) }))
        (panel(&watchers, &facts(&[
            fact("Correspondents", people(&[Person { name: "Isabel Provider", address: "abuse@isp.example", href: Some("/users/7"), warning: None }])),
            fact("Cc", people(&[])),
        ])))
        (panel(&dates, &facts(&[
            fact("Created", moment(clock, minutes(clock, -340))),
            fact("Due", due(clock, Some(minutes(clock, 95)), true)),
            fact("Updated", moment(clock, minutes(clock, -2))),
        ])))
    }
}

pub(super) fn page() -> String {
    let clock = clock();
    let more = [
        menu::Entry::link("Split", "/tickets/1042/split"),
        menu::Entry::link("Merge", "/tickets/1042/merge"),
        menu::Entry::link("Forward", "/tickets/1042/forward").icon(Icon::Forward),
        menu::Entry::link("Edit", "/tickets/1042/edit").icon(Icon::Pencil).act(Act::Edit),
        menu::Entry::post("Quick Reject", "/tickets/1042/status"),
    ];
    let head = Heading {
        kind: "Incident Report",
        id: 1042,
        subject: "SSH brute force from your network 203.0.113.7",
        marks: html! { (status("open", Phase::Active)) (tlp("AMBER")) (chip::chip("EDUNET")) (owner(Some("Dana Duty"))) (due(&clock, Some(minutes(&clock, 95)), true)) },
        actions: html! {
            (button::post("/tickets/1042/take", &Button::new("Steal").act(Act::Take)))
            (button::link("/tickets/1042/reply", &Button::new("Reply").icon(Icon::Reply).tone(Tone::Primary).act(Act::Reply)))
            (button::link("/tickets/1042/comment", &Button::new("Comment").icon(Icon::Comment).act(Act::Comment)))
            (button::link("/incidents/new?report=1042", &Button::new("New Incident").icon(Icon::Flame).act(Act::NewIncident)))
            (button::link("/tickets/1042/resolve", &Button::new("Resolve").act(Act::Resolve)))
            (button::link("/tickets/1042/reject", &Button::new("Reject").act(Act::Reject)))
        },
        more: &more,
    };
    let body = html! {
        (heading(&head))
        (two_columns(&history(&clock, &entries(&clock)), &side(&clock), "Details"))
    };
    framed("#1042 SSH brute force", Section::Reports, &[KeyGroup::Ticket], &body)
}

fn children(id: &'static str, title: &str, rows: &[(&'static str, &str, &str, Phase, i64)], clock: &Clock) -> Markup {
    let actions = html! {
        (button::link("/link", &Button::new("Link").tone(Tone::Quiet)))
        (button::link("/new", &Button::new("Create").tone(Tone::Quiet).icon(Icon::Plus)))
    };
    let columns = vec![
        Column::new("#", table::Kind::Number),
        Column::new("Subject", table::Kind::Main),
        Column::new("Status", table::Kind::Text),
        Column::new("Due", table::Kind::Text),
    ];
    let lines = rows.iter().map(|(id, title, state, phase, left)| Row {
        id,
        href: "/tickets/1042",
        cells: vec![
            html! { (id) },
            subject("/tickets/1042", title, ""),
            status(state, *phase),
            due(clock, Some(minutes(clock, *left)), *phase != Phase::Inactive),
        ],
        ..Row::default()
    });
    let list = Table { caption: title, columns, rows: lines.collect(), ..Table::default() };
    let body = if rows.is_empty() { empty_line("(No active countermeasures)") } else { table(&list) };
    panel(
        &Panel { id, title, title_href: Some("/children"), count: rows.len() as u64, actions: Some(actions), flush: true },
        &body,
    )
}

pub(super) fn incident() -> String {
    let clock = clock();
    let head = Heading {
        kind: "Incident",
        id: 1021,
        subject: "Worm outbreak in the faculty network",
        marks: html! { (status("open", Phase::Active)) (tlp("RED")) (priority(80)) (owner(Some("Hana Handler"))) (due(&clock, Some(minutes(&clock, -40)), true)) },
        actions: html! {
            (button::link("/r", &Button::new("Reply to Reporters").icon(Icon::Reply).tone(Tone::Primary).act(Act::Reply)))
            (button::link("/v", &Button::new("Launch Investigation").icon(Icon::Target).act(Act::Launch)))
            (button::link("/c", &Button::new("Comment").icon(Icon::Comment).act(Act::Comment)))
            (button::link("/e", &Button::new("Resolve").act(Act::Resolve)))
        },
        more: &[menu::Entry::link("Abandon", "/a")],
    };
    let main = html! {
        (children("reports", "Incident Reports", &[("1039", "Worm traffic from 192.0.2.44", "open", Phase::Active, 35), ("1012", "Port 445 scans from faculty", "resolved", Phase::Inactive, -4_000)], &clock))
        (children("investigations", "Investigations", &[("1022", "Worm outbreak: which hosts?", "open", Phase::Active, -40)], &clock))
        (children("countermeasures", "Countermeasures", &[], &clock))
        (history(&clock, &entries(&clock)))
    };
    let body = html! { (heading(&head)) (two_columns(&main, &side(&clock), "Details")) };
    framed("#1021 Worm outbreak", Section::Incidents, &[KeyGroup::Ticket], &body)
}
