//! The home page and a result list.

use maud::{Markup, html};
use web::component::button::{self, Button, Tone};
use web::component::chip::{Phase, chip, owner, priority, status, tlp};
use web::component::icon::Icon;
use web::component::panel::{Panel, panel};
use web::component::table::{Column, Kind, Order, Row, Table, subject, table};
use web::component::tabs::{Tab, tabs};
use web::component::ticket::{page_head, two_columns};
use web::component::time::{Clock, age, due};
use web::component::{empty, form, pager};
use web::layout::keys::Act;
use web::layout::{KeyGroup, Section};

use super::{clock, framed, minutes};

/// Number, subject, sender, owner, minutes left, minutes old.
type Sample = (&'static str, &'static str, &'static str, Option<&'static str>, i64, i64);

const REPORTS: [Sample; 9] = [
    ("1042", "SSH brute force from your network 203.0.113.7", "abuse@isp.example", None, -95, 340),
    ("1041", "Phishing page imitating EDUNET single sign-on", "carla@campus.example", None, -20, 260),
    (
        "1039",
        "Worm traffic from 192.0.2.44: Server answers on port 445 and spreads over the whole faculty network since last night",
        "noc@backbone.example",
        Some("Tariq Triage"),
        35,
        300,
    ),
    ("1038", "Re: [EDU] Suspicious logins from abroad", "helpdesk@school.example", None, 130, 120),
    ("1036", "Open resolver used for amplification", "report@shadow.example", None, 390, 95),
    ("1035", "Déni de service contre www.mairie.example", "secrétariat@mairie.example", Some("Dana Duty"), 410, 70),
    ("1031", "You won! Claim your prize", "winner@spam.example", None, 1_300, 51),
    ("1030", "", "root@mail.example", None, 1_310, 30),
    ("1028", "Leaked credentials list with 41 addresses of yours", "feeds@partner.example", None, 2_900, 12),
];

fn report_table<'a>(clock: &Clock, select: Option<&'a str>) -> Table<'a> {
    let rows = REPORTS.iter().enumerate().map(|(index, (id, title, from, who, left, old))| Row {
        id,
        href: "/tickets/1042",
        cells: vec![
            html! { (id) },
            subject("/tickets/1042", title, from),
            chip(if index % 3 == 0 { "GOVNET" } else { "EDUNET" }),
            if who.is_some() { owner(*who) } else { button::post("/tickets/1042/take", &Button::new("Take").tone(Tone::Normal)) },
            due(clock, Some(minutes(clock, *left)), true),
            age(clock, minutes(clock, -old)),
        ],
        opens: vec![(Act::Reply, "/tickets/1042/reply".to_owned()), (Act::Comment, "/tickets/1042/comment".to_owned())],
        posts: vec![(Act::Take, "/tickets/1042/take".to_owned())],
        unseen: index < 2,
        ..Row::default()
    });
    Table {
        caption: "New unlinked Incident Reports",
        columns: vec![
            Column::new("#", Kind::Number),
            Column::new("Subject", Kind::Main),
            Column::new("Constituency", Kind::Text),
            Column::new("Owner", Kind::Text),
            Column::new("Due", Kind::Text).sorted("?order=-due", Some(Order::Ascending)),
            Column::new("Age", Kind::Number).sorted("?order=age", None),
        ],
        rows: rows.collect(),
        select,
        form: "bulk",
        single: false,
    }
}

fn incident_table(clock: &Clock) -> Table<'static> {
    let incidents = [
        ("1021", "Worm outbreak in the faculty network", 80, -40, "Hana Handler"),
        ("1007", "Phishing wave against single sign-on", 60, 125, "Dana Duty"),
        ("0998", "Compromised web server www.library.example", 50, 900, "Hana Handler"),
        ("0981", "Open resolvers at GOVNET sites", 20, 4_300, "Greta Governor"),
    ];
    let rows = incidents.map(|(id, title, level, left, who)| Row {
        id,
        href: "/tickets/1021",
        cells: vec![
            html! { (id) },
            subject("/tickets/1021", title, ""),
            due(clock, Some(minutes(clock, left)), true),
            owner(Some(who)),
            priority(level),
        ],
        ..Row::default()
    });
    Table {
        caption: "Most due incidents",
        columns: vec![
            Column::new("#", Kind::Number),
            Column::new("Subject", Kind::Main),
            Column::new("Due", Kind::Text),
            Column::new("Owner", Kind::Text),
            Column::new("Priority", Kind::Text),
        ],
        rows: rows.into(),
        ..Table::default()
    }
}

fn queue_counts() -> Markup {
    html! {
        table class="counts" {
            caption class="only-read" { "Open tickets by queue" }
            thead { tr { th scope="col" { "Queue" } th scope="col" { "new" } th scope="col" { "open" } } }
            tbody {
                @for (queue, new, open) in [("Incident Reports", 14, 6), ("Incident Reports – EDUNET", 3, 2), ("Incident Reports – GOVNET", 0, 1)] {
                    tr { th scope="row" { a href="/search" { (queue) } } td { @if new > 0 { a href="/search" { (new) } } @else { "–" } } td { a href="/search" { (open) } } }
                }
            }
        }
    }
}

pub(super) fn page() -> String {
    let clock = clock();
    let reject = button::link("/reports/reject", &Button::new("Bulk Reject").tone(Tone::Quiet));
    let reports = Panel {
        id: "new",
        title: "New unlinked Incident Reports",
        title_href: Some("/search"),
        count: 14,
        actions: Some(reject),
        flush: true,
    };
    let mine = Panel { id: "mine", title: "My most due incidents", flush: true, ..Panel::default() };
    let incidents = Panel { id: "due", title: "Most due incidents", count: 7, flush: true, ..Panel::default() };
    let queues = Panel { id: "queues", title: "Incident Reports", flush: true, ..Panel::default() };
    let main = html! {
        (panel(&reports, &table(&report_table(&clock, None))))
        (panel(&incidents, &table(&incident_table(&clock))))
        (panel(&mine, &empty::empty(Icon::Check, "No incident of yours is open.", None)))
    };
    let side = panel(&queues, &queue_counts());
    let body = html! {
        (page_head("At a glance", "14 new reports · 2 overdue", &button::link("/preferences", &Button::new("Customise").icon(Icon::Gear).tone(Tone::Quiet))))
        (two_columns(&main, &side, "Queues"))
    };
    framed("Home", Section::Home, &[KeyGroup::List], &body)
}

pub(super) fn list() -> String {
    let clock = clock();
    let panel_of = Panel { id: "results", title: "Results", count: 9, flush: true, ..Panel::default() };
    let list = html! {
        (panel(&panel_of, &html! { (table(&report_table(&clock, Some("ticket")))) (pager::pager(None, Some("?after=1"), "50 tickets")) }))
        (form::bulk_bar("bulk", "/reports/reject", &html! {
            (button::submit(&Button::new("Reject").tone(Tone::Danger)))
            (button::submit(&Button::new("Reject and return")))
        }))
    };
    let body = html! {
        (page_head("Incident Reports", "", &html! {
            (tlp("RED")) (tlp("AMBER")) (tlp("GREEN")) (tlp("CLEAR"))
            (status("new", Phase::Initial)) (status("open", Phase::Active)) (status("resolved", Phase::Inactive))
        }))
        (tabs("Views", &[
            Tab { label: "Open", href: "?a", current: true, count: 20 },
            Tab { label: "New", href: "?b", current: false, count: 14 },
            Tab { label: "All", href: "?c", current: false, count: 0 },
        ]))
        (list)
    };
    framed("Incident Reports", Section::Reports, &[KeyGroup::List], &body)
}
