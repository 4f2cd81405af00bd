//! The history, newest first, a window at a time: a ticket of five thousand messages opens like one of five.

use actions::ticket::show::{self, Entry, TicketView};
use actions::{Actor, Result, Tx};
use domain::change::ChangeKind;
use domain::person::User;
use domain::{ChangeId, Right, Role, TicketId, TicketKind, UserId};
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::{Sheet, files, message, sentence};
use crate::component::button::{Button, icon_link, link};
use crate::component::facts::{facts, text_fact};
use crate::component::history::{self as shown, Kind};
use crate::component::icon::Icon;

/// Changes in one window.
const WINDOW: i64 = 25;

#[derive(Default)]
pub(super) struct Window {
    pub(super) entries: Vec<Entry>,
    /// It does not begin with the newest.
    is_older: bool,
    /// Where the next older one begins.
    older: Option<i64>,
}

impl Window {
    pub(super) async fn load(tx: &mut Tx, actor: &Actor, view: &TicketView, before: Option<i64>) -> Result<Self> {
        let show::Window { entries, older } = show::window(tx, actor, view.ticket.id, before, WINDOW).await?;
        let is_older = before.is_some_and(|before| !view.merged.is_empty() || before <= view.ticket.version);
        Ok(Self { entries, is_older, older })
    }

    /// The messages that count as unseen: the newest `count` of others.
    fn unseen(&self, count: i64, viewer: UserId) -> Vec<ChangeId> {
        if self.is_older {
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
    let window = &sheet.window;
    let unseen = window.unseen(sheet.unread, sheet.visit.actor.id());
    let budget = message::Budget::default();
    let headers: Vec<Vec<(String, String)>> = window.entries.iter().map(message::headers).collect();
    let downloads: Vec<Vec<files::Download>> = window.entries.iter().map(files::of_entry).collect();
    let mut entries = Vec::new();
    for ((entry, headers), downloads) in window.entries.iter().zip(&headers).zip(&downloads) {
        if is_noise(sheet, entry) {
            continue;
        }
        let mut one = shape(sheet, entry, &budget);
        one.headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        one.files = downloads.iter().map(files::Download::shown).collect();
        one.unseen = unseen.contains(&entry.change.id);
        entries.push(one);
    }
    html! {
        @if window.is_older { (link(&urls::ticket(sheet.view.ticket.id), &Button::new(&t("history-newest")).icon(Icon::ChevronLeft))) }
        (shown::history(&sheet.clock, &entries))
        @if let Some(older) = window.older {
            @let older = urls::with(&urls::ticket(sheet.view.ticket.id), &[("before", &older.to_string())]);
            div { (link(&older, &Button::new(&t("history-older")).icon(Icon::ChevronDown))) }
        }
    }
}

/// IPs that the system found or copied (IR-116): the field shows them, and a flood of them would drown what people did.
fn is_noise(sheet: &Sheet<'_>, entry: &Entry) -> bool {
    let what = &entry.change.what;
    let field = || what.field.as_deref()?.parse().ok().and_then(|id| sheet.catalog.field(id));
    what.kind == ChangeKind::CustomField
        && entry.change.actor == UserId::SYSTEM
        && field().is_some_and(|field| field.name == "IP")
}

/// A box for what somebody wrote, a line for what somebody or something changed.
fn shape<'a>(sheet: &Sheet<'_>, entry: &'a Entry, budget: &message::Budget) -> shown::Entry<'a> {
    let change = &entry.change;
    let who = entry.actor.display_name();
    let place = anchor(sheet.view.ticket.id, entry);
    let mut one = if change.what.kind.is_message() {
        let body = message::body(sheet, entry, budget);
        let mut one = shown::Entry::message(place.as_str(), kind(sheet, entry), who, change.created, body);
        one.actions = Some(reactions(sheet, entry, &place));
        one
    } else {
        let mut line = shown::Entry::change(place, who, change.created, sentence::sentence(sheet, entry));
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
    one
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

/// Reply to, comment on, or pass on this very message.
fn reactions(sheet: &Sheet<'_>, entry: &Entry, place: &str) -> Markup {
    let forward = urls::ticket_part(entry.change.ticket, "forward");
    let forward = urls::with(&forward, &[("entry", &entry.change.sequence.to_string())]);
    let quoting = |part: &str| urls::with(&sheet.part(part), &[("quote", place)]);
    html! {
        @if sheet.view.may_reply() && sheet.kind() != TicketKind::Incident { (icon_link(&quoting("reply"), Icon::Reply, &t("history-reply"))) }
        @if sheet.view.may_comment() { (icon_link(&quoting("comment"), Icon::Comment, &t("history-comment-on"))) }
        @if sheet.view.may(Right::ForwardMessage) { (icon_link(&forward, Icon::Outgoing, &t("history-forward"))) }
    }
}
