//! Buttons and links that look like buttons. Every one has a visible label or a tooltip; the key that does the
//! same, if there is one, comes from the key table so that the two cannot disagree.

use maud::{Markup, html};

use super::icon::{Icon, icon};
use crate::layout::keys::Act;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    Primary,
    #[default]
    Normal,
    Quiet,
    Danger,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Normal => "button",
            Self::Quiet => "button quiet",
            Self::Danger => "button danger",
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Button<'a> {
    pub label: &'a str,
    pub tone: Tone,
    pub icon: Option<Icon>,
    /// What it does, when a key does it too.
    pub act: Option<Act>,
    /// Name and value that a form sends when this button submits it.
    pub sends: Option<(&'a str, &'a str)>,
}

impl<'a> Button<'a> {
    pub fn new(label: &'a str) -> Self {
        Self { label, ..Self::default() }
    }

    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    pub fn act(self, act: Act) -> Self {
        Self { act: Some(act), ..self }
    }

    pub fn sends(self, name: &'a str, value: &'a str) -> Self {
        Self { sends: Some((name, value)), ..self }
    }

    fn inside(&self) -> Markup {
        html! { @if let Some(shape) = self.icon { (icon(shape)) } span { (self.label) } }
    }

    fn tooltip(&self) -> Option<String> {
        self.act.map(|act| format!("{} ({})", self.label, act.shown()))
    }
}

/// Submits the form it stands in.
pub fn submit(button: &Button<'_>) -> Markup {
    let (name, value) = button.sends.unzip();
    html! {
        button type="submit" class=(button.tone.class()) name=[name] value=[value] title=[button.tooltip()]
            data-act=[button.act.map(Act::name)] aria-keyshortcuts=[button.act.map(Act::shown)] { (button.inside()) }
    }
}

/// Goes somewhere.
pub fn link(href: &str, button: &Button<'_>) -> Markup {
    html! {
        a href=(href) class=(button.tone.class()) title=[button.tooltip()]
            data-act=[button.act.map(Act::name)] aria-keyshortcuts=[button.act.map(Act::shown)] { (button.inside()) }
    }
}

/// A form of one button, for changes that need no more input.
pub fn post(action: &str, button: &Button<'_>) -> Markup {
    html! { form method="post" action=(action) class="inline" { (submit(button)) } }
}

/// A link that shows only an icon; the label is its name and tooltip.
pub fn icon_link(href: &str, shape: Icon, label: &str) -> Markup {
    html! { a href=(href) class="button quiet square" title=(label) aria-label=(label) { (icon(shape)) } }
}

/// A form of one icon button, with the name and value that it sends.
pub fn icon_post(action: &str, shape: Icon, label: &str, sends: Option<(&str, &str)>) -> Markup {
    let (name, value) = sends.unzip();
    html! {
        form method="post" action=(action) class="inline" {
            button type="submit" class="button quiet square" name=[name] value=[value] title=(label) aria-label=(label) { (icon(shape)) }
        }
    }
}
