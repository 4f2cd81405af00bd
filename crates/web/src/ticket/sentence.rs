//! A change in words: "changed Status from new to open". Names of people, queues and fields are looked up; numbers of
//! tickets are links.

use actions::ticket::show::{Entry, Outgoing};
use domain::change::{ChangeKind, NewChange};
use domain::link::{HAS_MERGED, MERGED_INTO};
use domain::{FieldId, QueueId, TicketId, TicketKind, UserId};
use http_door::text::{has, t, tr};
use http_door::urls;
use jiff::Timestamp;
use maud::{Markup, html};

use super::Sheet;
use crate::component::attachment::size;
use crate::component::chip::chip;
use crate::component::time::moment;

/// Longer values are cut: the field itself shows all of it.
const LONGEST: usize = 200;

pub(super) fn sentence(sheet: &Sheet<'_>, entry: &Entry) -> Markup {
    let words = plain_sentence(sheet, entry);
    let is_undoing = domain::undo::undone(entry.change.what.data.as_deref()).is_some();
    html! { (words) @if is_undoing && entry.change.what.kind != ChangeKind::Withdrawn { " " (chip(&t("change-undone"))) } }
}

fn plain_sentence(sheet: &Sheet<'_>, entry: &Entry) -> Markup {
    let what = &entry.change.what;
    let field = what.field.as_deref().unwrap_or_default();
    match what.kind {
        ChangeKind::Set if field == "Owner" => owner(entry),
        ChangeKind::Set if field == "Queue" => {
            moved(&t("column-queue"), &queue(sheet, what.old.as_deref()), &queue(sheet, what.new.as_deref()))
        }
        ChangeKind::Status | ChangeKind::Set | ChangeKind::Told => {
            moved(&column(field), &value(sheet, what.old.as_deref()), &value(sheet, what.new.as_deref()))
        }
        ChangeKind::CustomField => custom_field(sheet, entry, field),
        ChangeKind::AddWatcher => {
            html! { (tr("change-add-watcher", &[("name", person(entry, what.new.as_deref()).into()), ("role", role(field).into())])) }
        }
        ChangeKind::DelWatcher => {
            html! { (tr("change-del-watcher", &[("name", person(entry, what.old.as_deref()).into()), ("role", role(field).into())])) }
        }
        ChangeKind::AddLink | ChangeKind::DeleteLink if matches!(field, MERGED_INTO | HAS_MERGED) => merged(what, field),
        ChangeKind::AddLink => linked("change-add-link", field, what.new.as_deref()),
        ChangeKind::DeleteLink => linked("change-delete-link", field, what.old.as_deref()),
        ChangeKind::EmailRecord | ChangeKind::CommentEmailRecord => {
            html! { (mailed(sheet, field, plain_text(what.new.as_deref()))) " " (fate(entry.outgoing.as_ref())) }
        }
        ChangeKind::SystemError => html! { (t("change-system-error")) },
        ChangeKind::Withdrawn => html! { (t("change-withdrawn")) },
        ChangeKind::Delivery => html! { (t("change-delivery")) },
        ChangeKind::Bounce => html! { (t("change-bounce")) },
        ChangeKind::AttachmentTruncate => shortened("change-attachment-cut", what),
        ChangeKind::AttachmentDrop => shortened("change-attachment-dropped", what),
        ChangeKind::ForwardTicket => {
            html! { (tr("change-forwarded", &[("recipients", plain_text(what.data.as_deref()).into())])) }
        }
        ChangeKind::ForwardTransaction => {
            html! { (tr("change-forwarded-entry", &[("recipients", plain_text(what.data.as_deref()).into())])) }
        }
        ChangeKind::AddReminder => reminded("change-add-reminder", entry),
        ChangeKind::OpenReminder => reminded("change-open-reminder", entry),
        ChangeKind::ResolveReminder => reminded("change-resolve-reminder", entry),
        ChangeKind::Create | ChangeKind::Correspond | ChangeKind::Comment => html! {},
    }
}

/// What stands beneath the sentence: the words of errors and bounces.
pub(super) fn details(entry: &Entry) -> Option<Markup> {
    let words = match entry.change.what.kind {
        ChangeKind::SystemError | ChangeKind::Bounce | ChangeKind::Delivery => entry.change.what.data.as_deref()?,
        ChangeKind::EmailRecord | ChangeKind::CommentEmailRecord => entry.outgoing.as_ref()?.last_error.as_str(),
        ChangeKind::ForwardTicket | ChangeKind::ForwardTransaction => entry.text.as_str(),
        _ => return None,
    };
    (!words.is_empty()).then(|| html! { div class="prose-lines" { (cut(words)) } })
}

/// An attachment that was longer than we keep (TC-117).
fn shortened(key: &str, what: &NewChange) -> Markup {
    let bytes = what.old.as_deref().and_then(|bytes| bytes.parse().ok()).unwrap_or(0);
    html! { (tr(key, &[("name", plain_text(what.new.as_deref()).into()), ("size", size(bytes).into())])) }
}

fn moved(field: &str, old: &Markup, new: &Markup) -> Markup {
    let (old_is_empty, new_is_empty) = (old.0.is_empty(), new.0.is_empty());
    html! {
        @if old_is_empty { (t("change-set")) " " (field) " " (t("change-to")) " " (new) }
        @else if new_is_empty { (t("change-cleared")) " " (field) }
        @else { (t("change-changed")) " " (field) " " (t("change-from")) " " (old) " " (t("change-to")) " " (new) }
    }
}

/// A field of one value is set and changed; one of many gets values and loses them.
fn custom_field(sheet: &Sheet<'_>, entry: &Entry, id: &str) -> Markup {
    let (old, new) = (plain(entry.change.what.old.as_deref()), plain(entry.change.what.new.as_deref()));
    let field = id.parse::<FieldId>().ok().and_then(|id| sheet.catalog.field(id));
    let name = field.map_or_else(|| t("ticket-fields").into_owned(), |field| field.name.clone());
    let many = field.is_some_and(|field| !field.is_single());
    html! {
        @if many && old.0.is_empty() { (t("change-added")) " " (new) " " (t("change-to")) " " (name) }
        @else if new.0.is_empty() && !old.0.is_empty() { (t("change-removed")) " " (old) " " (t("change-from")) " " (name) }
        @else { (moved(&name, &old, &new)) }
    }
}

/// What Investigations and Countermeasures begin with goes out as an autoreply does, but is none.
fn mailed(sheet: &Sheet<'_>, template: &str, recipients: String) -> String {
    match sheet.kind() {
        TicketKind::Investigation | TicketKind::Countermeasure if template == "Autoreply" => {
            tr("change-launch-mail", &[("recipients", recipients.into())])
        }
        _ => tr("change-mail", &[("template", template.into()), ("recipients", recipients.into())]),
    }
}

/// Taking, giving up, giving away.
fn owner(entry: &Entry) -> Markup {
    let what = &entry.change.what;
    let id = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<UserId>().ok()).unwrap_or(UserId::NOBODY);
    let (old, new) = (id(&what.old), id(&what.new));
    let old_name = person(entry, what.old.as_deref());
    let new_name = person(entry, what.new.as_deref());
    let words = match (old, new) {
        (UserId::NOBODY, new) if new == entry.change.actor => t("change-took").into_owned(),
        (_, new) if new == entry.change.actor => tr("change-stole", &[("name", old_name.into())]),
        (old, UserId::NOBODY) if old == entry.change.actor => t("change-untook").into_owned(),
        (_, UserId::NOBODY) => tr("change-freed", &[("name", old_name.into())]),
        _ => tr("change-gave", &[("name", new_name.into())]),
    };
    html! { (words) }
}

fn merged(what: &NewChange, field: &str) -> Markup {
    let (key, other) = match (field == HAS_MERGED, what.kind == ChangeKind::AddLink) {
        (true, true) => ("change-merged", &what.new),
        (false, true) => ("change-merged-into", &what.new),
        (true, false) => ("change-unmerged", &what.old),
        (false, false) => ("change-unmerged-from", &what.old),
    };
    let id: Option<TicketId> = other.as_deref().and_then(|text| text.parse().ok());
    html! { (t(key)) " " @if let Some(id) = id { a href=(urls::ticket(id)) { "#" (id) } } }
}

fn linked(key: &str, direction: &str, other: Option<&str>) -> Markup {
    let id: Option<TicketId> = other.and_then(|text| text.parse().ok());
    let relation = format!("link-{}", direction.to_lowercase());
    let relation = if has(&relation) { t(&relation).into_owned() } else { direction.to_owned() };
    html! {
        (tr(key, &[("relation", relation.into())])) " "
        @if let Some(id) = id { a href=(urls::ticket(id)) { "#" (id) } } @else { (plain(other)) }
    }
}

fn fate(outgoing: Option<&Outgoing>) -> Markup {
    let Some(outgoing) = outgoing else { return html! {} };
    let key = format!("mail-{}", outgoing.state);
    let word = if has(&key) { t(&key).into_owned() } else { outgoing.state.clone() };
    chip(&word)
}

fn column(name: &str) -> String {
    let key = format!("field-{}", name.to_lowercase());
    if has(&key) { t(&key).into_owned() } else { name.to_owned() }
}

fn role(name: &str) -> String {
    column(name)
}

fn queue(sheet: &Sheet<'_>, id: Option<&str>) -> Markup {
    let queue = id.and_then(|id| id.parse::<QueueId>().ok()).and_then(|id| sheet.catalog.queue(id));
    html! { @if let Some(queue) = queue { (queue.name) } }
}

fn reminded(key: &str, entry: &Entry) -> Markup {
    html! { (tr(key, &[("subject", cut(entry.change.what.data.as_deref().unwrap_or_default()).into())])) }
}

fn person(entry: &Entry, id: Option<&str>) -> String {
    // a group stands for itself (TC-056)
    if let Some(text) = id.filter(|text| text.starts_with("group:")) {
        return cut(text);
    }
    let id: Option<i64> = id.and_then(|id| id.parse().ok());
    let known = id.and_then(|id| entry.called.iter().find(|(other, _)| *other == id));
    known.map_or_else(|| t("chip-nobody").into_owned(), |(_, name)| name.clone())
}

/// A moment as a date, anything else as it is.
fn value(sheet: &Sheet<'_>, text: Option<&str>) -> Markup {
    match text.and_then(|text| text.parse::<Timestamp>().ok()) {
        Some(at) => moment(&sheet.clock, at),
        None => plain(text),
    }
}

fn plain(text: Option<&str>) -> Markup {
    html! { @if let Some(text) = text.filter(|text| !text.is_empty()) { bdi { (cut(text)) } } }
}

fn plain_text(text: Option<&str>) -> String {
    cut(text.unwrap_or_default())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
