//! The history, newest first, a window at a time: a ticket of five thousand messages opens like one of five.

use actions::ticket::show::{self, Entry, TicketView};
use actions::{Actor, Result, Tx};
use domain::change::ChangeKind;
use domain::person::User;
use domain::{Role, TicketKind, UserId};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::{Sheet, files, message, sentence};
use crate::component::button::{Button, icon_link, link};
use crate::component::history::{self as shown, Kind};
use crate::component::icon::Icon;

/// Changes in one window.
const WINDOW: i64 = 25;

pub(super) struct Window {
    pub(super) entries: Vec<Entry>,
    /// What the window began below; `None` is the newest.
    before: Option<i64>,
    /// Sequence of the oldest change in the window, shown or not.
    oldest: i64,
}

impl Window {
    pub(super) async fn load(tx: &mut Tx, actor: &Actor, view: &TicketView, before: Option<i64>) -> Result<Self> {
        // sequences have no gaps, so the next window begins where this one must end
        let end = before.unwrap_or(i64::MAX).min(view.ticket.version.saturating_add(1)).max(1);
        let entries = show::history(tx, actor, view.ticket.id, end, WINDOW).await?;
        Ok(Self {
            entries,
            before: before.filter(|before| *before <= view.ticket.version),
            oldest: end.saturating_sub(WINDOW).max(1),
        })
    }

    /// The messages that count as unseen: the newest `count` of others.
    fn unseen(&self, count: i64, viewer: UserId) -> Vec<i64> {
        if self.before.is_some() {
            return vec![];
        }
        let of_others = self.entries.iter().filter(|entry| entry.change.what.kind.is_message() && entry.change.actor != viewer);
        of_others.take(count.max(0) as usize).map(|entry| entry.change.sequence).collect()
    }

    /// The oldest of them in this window.
    pub(super) fn first_unseen(&self, count: i64, viewer: UserId) -> Option<i64> {
        self.unseen(count, viewer).last().copied()
    }
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
        one.unseen = unseen.contains(&entry.change.sequence);
        entries.push(one);
    }
    html! {
        @if window.before.is_some() { (link(&urls::ticket(sheet.view.ticket.id), &Button::new(&t("history-newest")).icon(Icon::ChevronLeft))) }
        (shown::history(&sheet.clock, &entries))
        @if window.oldest > 1 {
            @let older = urls::with(&urls::ticket(sheet.view.ticket.id), &[("before", &window.oldest.to_string())]);
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
    if !change.what.kind.is_message() {
        let mut line = shown::Entry::change(change.sequence, who, change.created, sentence::sentence(sheet, entry));
        line.body = sentence::details(entry);
        return line;
    }
    let mut one =
        shown::Entry::message(change.sequence, kind(sheet, entry), who, change.created, message::body(sheet, entry, budget));
    one.actions = Some(reactions(sheet, change.sequence));
    one
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

/// Reply to, or comment on, this very message.
fn reactions(sheet: &Sheet<'_>, sequence: i64) -> Markup {
    let quoting = |part: &str| urls::with(&sheet.part(part), &[("quote", &sequence.to_string())]);
    html! {
        @if sheet.view.may_reply() && sheet.kind() != TicketKind::Incident { (icon_link(&quoting("reply"), Icon::Reply, &t("history-reply"))) }
        @if sheet.view.may_comment() { (icon_link(&quoting("comment"), Icon::Comment, &t("history-comment-on"))) }
    }
}
