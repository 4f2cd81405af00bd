//! The history of the sample tickets: every kind of entry.

use maud::{Markup, html};
use web::component::attachment::{Attachment, Caution};
use web::component::button;
use web::component::history::{Entry, Kind};
use web::component::icon::Icon;
use web::component::menu;
use web::component::message::{message_text, plain};
use web::component::observable::observable;
use web::component::time::Clock;

use super::minutes;

const MAIL: &str = "Hello,\n\nwe see SSH password guessing from a host in your network:\n";
const QUOTE: &str = "Regards\nIsabel, NOC\n\n> Dear NOC,\n> could you tell us which customer uses the address,\n> and since when?\n>\n> -- \n> CSIRT\n";
const COMMENT: &str = "Called the campus help desk. The host is a printer server; they will take it off the net after lunch.";
const REPLY: &str = "Thank you for the report. We are on it and will write again when the host is clean.";

pub(super) fn address(text: &str) -> Markup {
    observable(
        text,
        &[
            menu::Entry::link("Lookup IP", "/lookup").icon(Icon::Search),
            menu::Entry::link("Block", "/countermeasures/new").icon(Icon::Shield),
            menu::Entry::post("Add IP", "/tickets/1042/fields").icon(Icon::Plus),
        ],
    )
}

pub(super) fn entries(clock: &Clock) -> Vec<Entry<'static>> {
    let found = html! { "found " (address("203.0.113.7")) " and set Due" };
    let mut sent = Entry::message("6", Kind::MessageOut, "Dana Duty", minutes(clock, -60), message_text(REPLY, plain));
    sent.headers = vec![("To", "abuse@isp.example")];
    let again = message_text("Still ongoing, now from a second address.", plain);
    let mut new = Entry::message("7", Kind::MessageIn, "Isabel Provider", minutes(clock, -2), again);
    new.unseen = true;
    vec![
        first(clock),
        Entry::change("2", "Watchbell", minutes(clock, -340), found),
        Entry::change("3", "Dana Duty", minutes(clock, -95), html! { "took the ticket" }),
        Entry::change("4", "Dana Duty", minutes(clock, -94), html! { "changed Status from new to open" }),
        Entry::message("5", Kind::Comment, "Dana Duty", minutes(clock, -90), message_text(COMMENT, plain)),
        sent,
        new,
    ]
}

fn first(clock: &Clock) -> Entry<'static> {
    let body = html! {
        div class="message-text" {
            div {
                (MAIL) "\nMar 14 02:11:09 sshd: Failed password for root from " (address("203.0.113.7")) " port 51122"
                "\nMar 14 02:11:12 sshd: Failed password for root from " (address("2001:db8::7")) " port 51124"
                "\n\nThe host calls itself " (address("gw.campus.example")) "."
            }
        }
        (message_text(QUOTE, plain))
    };
    let mut entry = Entry::message("1", Kind::MessageIn, "Isabel Provider", minutes(clock, -340), body);
    entry.headers = vec![
        ("From", "Isabel Provider <abuse@isp.example>"),
        ("To", "reports@csirt.example"),
        ("Subject", "SSH brute force from your network"),
    ];
    entry.files = vec![
        Attachment { name: "auth.log", href: "/files/1", media_type: "text/plain", bytes: 48_200, caution: Caution::default() },
        Attachment {
            name: "Übersicht der Treffer.pdf",
            href: "/files/2",
            media_type: "application/pdf",
            bytes: 1_482_000,
            caution: Caution { password: Some("infected"), found: Some("program") },
        },
    ];
    entry.actions = Some(html! {
        (button::icon_link("/r", Icon::Reply, "Reply"))
        (button::icon_link("/c", Icon::Comment, "Comment"))
        (button::icon_link("/f", Icon::Forward, "Forward"))
    });
    entry
}
