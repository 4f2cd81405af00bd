//! Views of one thing side by side, each with its own address.

use maud::{Markup, html};

use super::chip;

#[derive(Debug, Clone)]
pub struct Tab<'a> {
    pub label: &'a str,
    pub href: &'a str,
    pub current: bool,
    pub count: u64,
}

pub fn tabs(name: &str, tabs: &[Tab<'_>]) -> Markup {
    html! {
        nav class="tabs" aria-label=(name) {
            @for tab in tabs {
                a href=(tab.href) aria-current=[tab.current.then_some("page")] { (tab.label) (chip::count(tab.count)) }
            }
        }
    }
}
