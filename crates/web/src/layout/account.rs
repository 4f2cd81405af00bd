//! Who is looking, and their menu: theme, density, signing out.

use domain::TicketKind;
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use crate::component::chip::avatar;
use crate::component::icon::{Icon, icon};
use crate::component::menu;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(super) fn color_scheme(self) -> &'static str {
        match self {
            Self::System => "light dark",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Density {
    Compact,
    #[default]
    Normal,
    Comfortable,
}

impl Density {
    pub const ALL: [Self; 3] = [Self::Compact, Self::Normal, Self::Comfortable];

    pub fn name(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Normal => "normal",
            Self::Comfortable => "comfortable",
        }
    }
}

/// The signed-in person and what they set on their account.
#[derive(Debug, Clone, Copy, Default)]
pub struct Viewer<'a> {
    pub name: &'a str,
    pub theme: Theme,
    pub density: Density,
    /// Single keys can be switched off (WCAG 2.1.4).
    pub single_keys: bool,
    pub sidebar_collapsed: bool,
    pub administers: bool,
    /// A type that the installation works without (IR-012).
    pub without: Option<TicketKind>,
}

pub(super) fn menu(viewer: &Viewer<'_>, here: &str) -> Markup {
    let label = html! { (avatar(viewer.name)) span class="who" { (viewer.name) } (icon(Icon::ChevronDown)) };
    let body = html! {
        (choice("theme", &t("theme"), here, &Theme::ALL.map(|theme| (theme.name(), theme == viewer.theme))))
        (choice("density", &t("density"), here, &Density::ALL.map(|density| (density.name(), density == viewer.density))))
        hr;
        ul {
            li { a href=(urls::drafts()) { (icon(Icon::Pencil)) span { (t("drafts-title")) } } }
            li { a href=(urls::locks()) { (icon(Icon::Lock)) span { (t("locks-title")) } } }
            li { a href=(urls::at_hand()) { (icon(Icon::Clock)) span { (t("mine")) } } }
            li { a href=(urls::preferences()) { (icon(Icon::Gear)) span { (t("preferences")) } } }
            li {
                form method="post" action=(urls::sign_out()) {
                    button type="submit" { (icon(Icon::SignOut)) span { (t("sign-out")) } }
                }
            }
        }
    };
    menu::menu("account", &label, &body)
}

/// One of three, as buttons that take effect at once.
fn choice(name: &str, label: &str, here: &str, values: &[(&'static str, bool)]) -> Markup {
    html! {
        form class="segments" method="post" action=(urls::preference(name)) data-preference=(name) {
            input type="hidden" name="return" value=(here);
            span class="label" id={ "choice-" (name) } { (label) }
            div role="group" aria-labelledby={ "choice-" (name) } {
                @for (value, current) in values {
                    button type="submit" name=(name) value=(value) aria-pressed=(current) { (words(name, value)) }
                }
            }
        }
    }
}

fn words(name: &str, value: &str) -> String {
    t(&format!("{name}-{value}")).into_owned()
}
