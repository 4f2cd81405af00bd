//! The history, newest first, a window at a time: a ticket of five thousand messages opens like one of five.

use actions::ticket::show::{self, Entry, TicketView};
use actions::{Actor, Result, Tx};
use domain::change::ChangeKind;
use domain::person::User;
use domain::{ChangeId, Right, Role, TicketId, TicketKind, UserId};
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::manner::{Manner, Mode};
use super::{Sheet, files, message, sentence};
use crate::component::button::{Button, icon_link, link};
use crate::component::facts::{facts, text_fact};
use crate::component::history::{self as shown, Kind};
use crate::component::icon::{Icon, icon};
use crate::parameters::Parameters;

/// Changes in one window.
const WINDOW: i64 = 25;
/// The same for those who want all of it; beyond that a page would be no help.
const ALL: i64 = 500;

#[derive(Default)]
pub(super) struct Window {
    pub(super) entries: Vec<Entry>,
    /// It does not begin with the first that there are.
    is_older: bool,
    /// The oldest come first.
    oldest_first: bool,
    /// Where the next one begins: further back, or on when the oldest comes first.
    next: Option<i64>,
}

impl Window {
    pub(super) async fn load(
        tx: &mut Tx,
        actor: &Actor,
        view: &TicketView,
        manner: &Manner,
        parameters: &Parameters,
    ) -> Result<Self> {
        if manner.waits() {
            return Ok(Self::default());
        }
        let size = if manner.mode == Mode::Always { ALL } else { WINDOW };
        // histories of merged tickets have no common numbers to begin at the other end with
        if manner.oldest_first && view.merged.is_empty() {
            let after = parameters.read("after").unwrap_or(0);
            let entries = show::history_from(tx, actor, view.ticket.id, after, size).await?;
            let next = Some(after.saturating_add(size)).filter(|last| *last < view.ticket.version);
            return Ok(Self { entries, is_older: after > 0, oldest_first: true, next });
        }
        let before: Option<i64> = parameters.read("before");
        let show::Window { entries, older } = show::window(tx, actor, view.ticket.id, before, size).await?;
        let is_older = before.is_some_and(|before| !view.merged.is_empty() || before <= view.ticket.version);
        Ok(Self { entries, is_older, oldest_first: false, next: older })
    }

    /// Of one entry.
    pub(super) fn of(entry: Entry) -> Self {
        Self { entries: vec![entry], is_older: true, ..Self::default() }
    }

    /// The messages that count as unseen: the newest `count` of others.
    fn unseen(&self, count: i64, viewer: UserId) -> Vec<ChangeId> {
        if self.is_older || self.oldest_first {
            return vec![];
        }
        let of_others = self.entries.iter().filter(|entry| entry.change.what.kind.is_message() && entry.change.actor != viewer);
        of_others.take(count.max(0) as usize).map(|entry| entry.change.id).collect()
    }

    /// The anchor of the oldest of them in this window.
    pub(super) fn first_unseen(&self, ticket: TicketId, count: i64, viewer: UserId) -> Option<String> {
        let oldest = self.unseen(count, viewer).last().copied()?;
        self.entries.iter().find(|entry| entry.change.id == oldest).map(|entry| anchor(ticket, entry))
    }
}

/// Own entries by their sequence, others with the ticket they came from.
fn anchor(ticket: TicketId, entry: &Entry) -> String {
    let change = &entry.change;
    if change.ticket == ticket { change.sequence.to_string() } else { format!("{}-{}", change.ticket, change.sequence) }
}

pub(super) fn history(sheet: &Sheet<'_>) -> Markup {
    history_at(sheet, &urls::ticket(sheet.view.ticket.id))
}

/// The same with links that stay at another address.
pub(super) fn history_at(sheet: &Sheet<'_>, base: &str) -> Markup {
    let (window, manner) = (&sheet.window, &sheet.manner);
    let unseen = window.unseen(sheet.unread, sheet.visit.actor.id());
    let budget = message::Budget::default();
    let is_shown = |entry: &&Entry| !is_noise(sheet, entry) && (!manner.only_messages || entry.change.what.kind.is_message());
    let drawn: Vec<Drawn<'_>> = window.entries.iter().filter(is_shown).map(|entry| Drawn::of(sheet, entry, &budget)).collect();
    let entries: Vec<shown::Entry<'_>> =
        drawn.iter().map(|drawn| drawn.shape(sheet, unseen.contains(&drawn.entry.change.id))).collect();
    html! {
        (manner.choices(base, &sheet.part("history")))
        @if window.is_older { (link(&manner.address(base, ("history", "shown")), &Button::new(&t(if manner.oldest_first { "history-oldest" } else { "history-newest" })).icon(Icon::ChevronLeft))) }
        (shown::history(&sheet.clock, &entries))
        (more(sheet, base))
    }
}

/// The way on: to what waits, or to the next window. The script follows it as the reader prefers (TC-099).
fn more(sheet: &Sheet<'_>, base: &str) -> Markup {
    let (window, manner) = (&sheet.window, &sheet.manner);
    let next = window.next.map(|next| next.to_string());
    let (href, key) = match &next {
        _ if manner.waits() => (manner.address(base, ("history", "shown")), "history-show"),
        Some(next) if manner.oldest_first && sheet.view.merged.is_empty() => {
            (manner.address(base, ("after", next)), "history-newer")
        }
        Some(next) => (manner.address(base, ("before", next)), "history-older"),
        None => return html! {},
    };
    html! { div { a href=(href) class="button" data-more=[manner.follows()] { (icon(Icon::ChevronDown)) span { (t(key)) } } } }
}

/// IPs that the system found or copied (IR-116): the field shows them, and a flood of them would drown what people did.
fn is_noise(sheet: &Sheet<'_>, entry: &Entry) -> bool {
    let what = &entry.change.what;
    let field = || what.field.as_deref()?.parse().ok().and_then(|id| sheet.catalog.field(id));
    what.kind == ChangeKind::CustomField
        && entry.change.actor == UserId::SYSTEM
        && field().is_some_and(|field| field.name == "IP")
}

/// What an entry's box borrows from.
struct Drawn<'a> {
    entry: &'a Entry,
    place: String,
    headers: Vec<(String, String)>,
    body: Option<message::Body>,
    downloads: Vec<files::Download>,
}

impl<'a> Drawn<'a> {
    fn of(sheet: &Sheet<'_>, entry: &'a Entry, budget: &message::Budget) -> Self {
        let body = entry.change.what.kind.is_message().then(|| message::body(sheet, entry, budget));
        Self {
            entry,
            place: anchor(sheet.view.ticket.id, entry),
            headers: message::headers(entry, sheet.manner.full_headers),
            downloads: files::of_entry(entry, body.as_ref().unwrap_or(&message::Body::default())),
            body,
        }
    }

    /// A box for what somebody wrote, a line for what somebody or something changed.
    fn shape(&self, sheet: &Sheet<'_>, unseen: bool) -> shown::Entry<'_> {
        let (entry, change) = (self.entry, &self.entry.change);
        let (who, place) = (entry.actor.display_name(), self.place.as_str());
        let mut one = if let Some(body) = &self.body {
            let mut one = shown::Entry::message(place, kind(sheet, entry), who, change.created, body.markup.clone());
            one.actions = Some(reactions(sheet, entry, place));
            one
        } else {
            let mut line = shown::Entry::change(place, who, change.created, sentence::sentence(sheet, entry));
            if matches!(change.what.kind, ChangeKind::EmailRecord | ChangeKind::CommentEmailRecord) {
                line.line = html! { (line.line) " " a href=(permalink(entry)) { (t("history-show-mail")) } };
            }
            line.body = sentence::details(entry);
            line
        };
        if change.ticket != sheet.view.ticket.id {
            one.of = tr("history-of", &[("ticket", change.ticket.to_string().into())]);
        }
        if !entry.fields.is_empty() {
            let words = one.body.take().unwrap_or_default();
            one.body = Some(html! { (entry_fields(entry)) (words) });
        }
        one.headers = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        one.files = self.downloads.iter().map(files::Download::shown).collect();
        one.unseen = unseen;
        one
    }
}

/// What the entry itself carries (IR-102).
fn entry_fields(entry: &Entry) -> Markup {
    let rows: Vec<_> = entry.fields.iter().map(|one| text_fact(&one.field.name, &one.values.join(", "))).collect();
    facts(&rows)
}

fn kind(sheet: &Sheet<'_>, entry: &Entry) -> Kind {
    let from_outside = is_outside(sheet, &entry.actor);
    match entry.change.what.kind {
        ChangeKind::Comment => Kind::Comment,
        _ if from_outside => Kind::MessageIn,
        ChangeKind::Create if !matches!(sheet.kind(), TicketKind::Investigation | TicketKind::Countermeasure) => Kind::Created,
        _ => Kind::MessageOut,
    }
}

/// Requestors and strangers write to us; staff writes for us.
fn is_outside(sheet: &Sheet<'_>, user: &User) -> bool {
    user.id != UserId::SYSTEM
        && (!user.privileged || sheet.view.holders(Role::Requestor).any(|requestor| requestor.id == user.id))
}

/// The entry on a page of its own.
fn permalink(entry: &Entry) -> String {
    urls::history_entry(entry.change.ticket, entry.change.sequence)
}

/// Reply to, comment on, or pass on this very message.
fn reactions(sheet: &Sheet<'_>, entry: &Entry, place: &str) -> Markup {
    let forward = urls::ticket_part(entry.change.ticket, "forward");
    let forward = urls::with(&forward, &[("entry", &entry.change.sequence.to_string())]);
    let quoting = |part: &str| urls::with(&sheet.part(part), &[("quote", place)]);
    html! {
        @if sheet.view.may_reply() && sheet.kind() != TicketKind::Incident { (icon_link(&quoting("reply"), Icon::Reply, &t("history-reply"))) }
        @if sheet.view.may_comment() { (icon_link(&quoting("comment"), Icon::Comment, &t("history-comment-on"))) }
        (icon_link(&permalink(entry), Icon::Link, &t("history-permalink")))
        @if sheet.view.may(Right::ForwardMessage) { (icon_link(&forward, Icon::Outgoing, &t("history-forward"))) }
    }
}
