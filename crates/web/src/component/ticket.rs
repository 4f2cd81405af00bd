//! The frame of a ticket page: heading, bar of actions, and two columns that become one where there is no room.

use http_door::text::t;
use maud::{Markup, html};

use super::menu::{Entry, button_menu};

#[derive(Debug, Clone)]
pub struct Heading<'a> {
    /// "Incident Report", as its queue's type is called.
    pub kind: &'a str,
    pub id: i64,
    pub subject: &'a str,
    /// Status, TLP, due: chips beneath the subject.
    pub marks: Markup,
    /// Buttons for what is done most.
    pub actions: Markup,
    /// The rest, behind "More".
    pub more: &'a [Entry<'a>],
}

pub fn heading(heading: &Heading<'_>) -> Markup {
    html! {
        header class="ticket-head" {
            p class="ticket-id" { (heading.kind) " " span class="number" { "#" (heading.id) } }
            h1 { @if heading.subject.is_empty() { (t("no-subject")) } @else { bdi { (heading.subject) } } }
            div class="marks" { (heading.marks) }
            div class="action-bar" role="group" aria-label=(t("ticket-actions")) {
                (heading.actions)
                @if !heading.more.is_empty() { (button_menu(&t("ticket-more"), None, heading.more)) }
            }
        }
    }
}

/// The conversation left, the facts right.
pub fn two_columns(main: &Markup, side: &Markup, side_name: &str) -> Markup {
    html! {
        div class="two-columns" {
            div class="main-column" { (main) }
            aside class="side-column" aria-label=(side_name) { (side) }
        }
    }
}

/// The title of a page that is not a ticket, with buttons at its right.
pub fn page_head(title: &str, beneath: &str, actions: &Markup) -> Markup {
    html! {
        header class="page-head" {
            div { h1 { (title) } @if !beneath.is_empty() { p { (beneath) } } }
            div class="actions" { (actions) }
        }
    }
}
