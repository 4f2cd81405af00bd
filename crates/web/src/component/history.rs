//! The history of a ticket. Messages are boxes, internal comments look different from what went outside at a glance,
//! and changes of fields are single lines between them.

use http_door::text::t;
use jiff::Timestamp;
use maud::{Markup, html};

use super::attachment::{Attachment, attachments};
use super::chip;
use super::icon::{Icon, icon};
use super::time::{Clock, ago};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// From a correspondent to us.
    MessageIn,
    /// From us to correspondents.
    MessageOut,
    /// What a ticket was made with, by us and sent to nobody.
    Created,
    /// Seen by the team only.
    Comment,
    /// A mail the system sent, shown to holders of the right.
    Mail,
    /// A change of a field, status, owner, link.
    Change,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::MessageIn => "incoming",
            Self::MessageOut => "outgoing",
            Self::Created => "created",
            Self::Comment => "comment",
            Self::Mail => "mail",
            Self::Change => "change",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::MessageIn => Icon::Incoming,
            Self::MessageOut | Self::Mail => Icon::Outgoing,
            Self::Created => Icon::File,
            Self::Comment => Icon::Lock,
            Self::Change => Icon::Dots,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::MessageIn => "history-incoming",
            Self::MessageOut => "history-outgoing",
            Self::Created => "history-created",
            Self::Comment => "history-comment",
            Self::Mail => "history-mail",
            Self::Change => "history-change",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Which of the changes: the entry's anchor.
    pub id: String,
    /// The ticket whose history it is, where that was merged into this one.
    pub of: String,
    pub kind: Kind,
    pub actor: &'a str,
    /// What happened, for changes; empty for messages.
    pub line: Markup,
    pub at: Timestamp,
    /// Brief headers: From, To, Subject …
    pub headers: Vec<(&'a str, &'a str)>,
    pub body: Option<Markup>,
    pub files: Vec<Attachment<'a>>,
    /// Reply, comment, forward.
    pub actions: Option<Markup>,
    pub unseen: bool,
}

impl<'a> Entry<'a> {
    /// A single line: what `actor` changed.
    pub fn change(id: impl Into<String>, actor: &'a str, at: Timestamp, line: Markup) -> Self {
        Self {
            id: id.into(),
            of: String::new(),
            kind: Kind::Change,
            actor,
            line,
            at,
            headers: Vec::new(),
            body: None,
            files: Vec::new(),
            actions: None,
            unseen: false,
        }
    }

    /// A message or comment with its text; headers, files and actions are added to what comes back.
    pub fn message(id: impl Into<String>, kind: Kind, actor: &'a str, at: Timestamp, body: Markup) -> Self {
        Self { kind, body: Some(body), ..Self::change(id, actor, at, html! {}) }
    }
}

pub fn history(clock: &Clock, entries: &[Entry<'_>]) -> Markup {
    html! {
        section class="history" aria-labelledby="history-title" {
            h2 id="history-title" { (t("history")) }
            ol { @for entry in entries { (one(clock, entry)) } }
        }
    }
}

fn one(clock: &Clock, entry: &Entry<'_>) -> Markup {
    html! {
        li class={ "entry " (entry.kind.class()) @if entry.unseen { " unseen" } } id={ "change-" (entry.id) } {
            @if entry.kind == Kind::Change { (change_line(clock, entry)) } @else { (message_box(clock, entry)) }
        }
    }
}

fn change_line(clock: &Clock, entry: &Entry<'_>) -> Markup {
    html! {
        // Not a paragraph: what was changed may be observables with menus, which paragraphs may not hold.
        div { (of(entry)) strong { (entry.actor) } " " (entry.line) " " span class="when" { (ago(clock, entry.at)) } }
        @if let Some(body) = &entry.body { (body) }
    }
}

fn message_box(clock: &Clock, entry: &Entry<'_>) -> Markup {
    html! {
        article aria-label={ (t(entry.kind.words())) ", " (entry.actor) } {
            header {
                (of(entry))
                (chip::avatar(entry.actor))
                strong { (entry.actor) }
                span class="kind" { (icon(entry.kind.icon())) (t(entry.kind.words())) }
                @if entry.unseen { span class="chip new" { (t("history-unseen")) } }
                a class="when" href={ "#change-" (entry.id) } { (ago(clock, entry.at)) }
                @if let Some(actions) = &entry.actions { div class="actions" { (actions) } }
            }
            (headers(&entry.headers))
            @if let Some(body) = &entry.body { (body) }
            (attachments(&entry.files))
        }
    }
}

/// Where an entry comes from that another ticket brought (TC-085).
fn of(entry: &Entry<'_>) -> Markup {
    html! { @if !entry.of.is_empty() { span class="chip" { (entry.of) } " " } }
}

fn headers(headers: &[(&str, &str)]) -> Markup {
    html! {
        @if !headers.is_empty() {
            dl class="headers" { @for (name, value) in headers { div { dt { (name) } dd { (value) } } } }
        }
    }
}
