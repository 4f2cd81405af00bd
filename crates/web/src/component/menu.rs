//! Menus that open without a script: `<details>` with a shared name, so that at most one is open.

use maud::{Markup, html};

use super::icon::{Icon, icon};
use crate::layout::keys::Act;

/// One entry: a link, or a form of one button when it changes something.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    pub label: &'a str,
    pub href: &'a str,
    pub icon: Option<Icon>,
    pub act: Option<Act>,
    pub posts: bool,
    /// Names and values that it posts.
    pub sends: Vec<(&'a str, &'a str)>,
    /// Leads to somebody else's site: opens apart and tells it nothing of us.
    pub leaves: bool,
}

impl<'a> Entry<'a> {
    pub fn link(label: &'a str, href: &'a str) -> Self {
        Self { label, href, icon: None, act: None, posts: false, sends: Vec::new(), leaves: false }
    }

    pub fn post(label: &'a str, href: &'a str) -> Self {
        Self { posts: true, ..Self::link(label, href) }
    }

    pub fn sends(mut self, name: &'a str, value: &'a str) -> Self {
        self.sends.push((name, value));
        self
    }

    pub fn leaves(self) -> Self {
        Self { leaves: true, ..self }
    }

    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    pub fn act(self, act: Act) -> Self {
        Self { act: Some(act), ..self }
    }
}

/// A menu behind `label` (which is the content of its button).
pub fn menu(class: &str, label: &Markup, body: &Markup) -> Markup {
    html! {
        details class={ "menu " (class) } name="menu" {
            summary { (label) }
            div class="menu-panel" { (body) }
        }
    }
}

/// A button-like menu with a label and a chevron.
pub fn button_menu(label: &str, shape: Option<Icon>, entries: &[Entry<'_>]) -> Markup {
    let label = html! {
        @if let Some(shape) = shape { (icon(shape)) } span { (label) } (icon(Icon::ChevronDown))
    };
    menu("button-menu", &label, &menu_entries(entries))
}

pub fn menu_entries(entries: &[Entry<'_>]) -> Markup {
    html! { ul { @for entry in entries { li { (menu_entry(entry)) } } } }
}

fn menu_entry(entry: &Entry<'_>) -> Markup {
    let act = entry.act.map(Act::name);
    let inside = html! {
        @if let Some(shape) = entry.icon { (icon(shape)) }
        span { (entry.label) }
        @if let Some(act) = entry.act { kbd aria-hidden="true" { (act.shown()) } }
    };
    html! {
        @if entry.posts {
            form method="post" action=(entry.href) {
                @for (name, value) in &entry.sends { input type="hidden" name=(name) value=(value); }
                button type="submit" data-act=[act] { (inside) }
            }
        } @else if entry.leaves {
            a href=(entry.href) target="_blank" rel="noopener noreferrer nofollow" referrerpolicy="no-referrer" { (inside) }
        } @else {
            a href=(entry.href) data-act=[act] { (inside) }
        }
    }
}
