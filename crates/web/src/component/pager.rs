//! Previous and next by key: no page numbers, since counting them would cost more than the page.

use http_door::text::t;
use maud::{Markup, html};

use super::icon::{Icon, icon};
use crate::layout::keys::Act;

/// `shown` says what is on this page ("50 tickets"); nothing at all when there is only one page.
pub fn pager(previous: Option<&str>, next: Option<&str>, shown: &str) -> Markup {
    html! {
        @if previous.is_some() || next.is_some() {
            nav class="pager" aria-label=(t("pager")) {
                span class="shown" { (shown) }
                (step(previous, "prev", Act::PreviousPage, &html! { (icon(Icon::ChevronLeft)) span { (t("pager-previous")) } }))
                (step(next, "next", Act::NextPage, &html! { span { (t("pager-next")) } (icon(Icon::ChevronRight)) }))
            }
        }
    }
}

fn step(href: Option<&str>, rel: &str, act: Act, inside: &Markup) -> Markup {
    html! {
        @if let Some(href) = href {
            a class="button" href=(href) rel=(rel) data-act=(act.name()) aria-keyshortcuts=(act.shown()) { (inside) }
        } @else {
            span class="button off" aria-hidden="true" { (inside) }
        }
    }
}
