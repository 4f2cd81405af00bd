//! The titled box that holds everything on a ticket page.

use maud::{Markup, html};

use super::chip;

#[derive(Debug, Clone, Default)]
pub struct Panel<'a> {
    /// Unique on the page; the title's anchor.
    pub id: &'a str,
    pub title: &'a str,
    pub title_href: Option<&'a str>,
    pub count: u64,
    /// Buttons at the right of the title.
    pub actions: Option<Markup>,
    /// No padding inside: for tables and lists that draw their own lines.
    pub flush: bool,
}

pub fn panel(panel: &Panel<'_>, body: &Markup) -> Markup {
    html! {
        section class="panel" aria-labelledby={ (panel.id) "-title" } id=(panel.id) {
            header class="panel-head" {
                h2 id={ (panel.id) "-title" } {
                    @if let Some(href) = panel.title_href { a href=(href) { (panel.title) } } @else { (panel.title) }
                }
                (chip::count(panel.count))
                @if let Some(actions) = &panel.actions { div class="actions" { (actions) } }
            }
            div class={ "panel-body" @if panel.flush { " flush" } } { (body) }
        }
    }
}
