//! Custom fields in boxes by grouping; every value leads to where its field says, or to the tickets that hold it too (IR-325).

use actions::ticket::show::FieldView;
use domain::custom_field::{CustomField, FieldKind, Link};
use domain::file_kind::is_dangerous;
use domain::{TicketKind, html_safe};
use http_door::text::t;
use http_door::urls;
use jiff::Timestamp;
use maud::{Markup, PreEscaped, html};

use super::{Sheet, observables};
use crate::component::attachment::Caution;
use crate::component::button::{Button, Tone, link, post};
use crate::component::facts::{Fact, fact, facts, none};
use crate::component::panel::{Panel, panel};
use crate::component::time::moment;
use crate::component::wikitext::wikitext;
use crate::file::PASSWORD;
use crate::query_text::custom_field_is;

/// Values of one field shown at once; a flood of addresses must not drown the page.
const MOST: usize = 50;

/// Groupings that are boxes of the page itself (IR-096).
const OWN_BOXES: [&str; 3] = ["Basics", "People", "Dates"];

pub(super) fn boxes(sheet: &Sheet<'_>) -> Markup {
    let mut groupings: Vec<&str> = Vec::new();
    for view in &sheet.view.fields {
        let grouping = view.field.grouping.as_str();
        if !groupings.contains(&grouping) && !OWN_BOXES.contains(&grouping) {
            groupings.push(grouping);
        }
    }
    // ungrouped ones follow
    groupings.sort_by_key(|grouping| grouping.is_empty());
    html! { @for (index, grouping) in groupings.iter().enumerate() { (one(sheet, index, grouping)) } }
}

/// Those without a value can be left out (IR-322).
fn is_shown(sheet: &Sheet<'_>, view: &FieldView) -> bool {
    !sheet.hide_unset || !view.values.is_empty()
}

fn one(sheet: &Sheet<'_>, index: usize, grouping: &str) -> Markup {
    let rows = rows(sheet, grouping);
    let other = t("ticket-fields");
    let mut of_box = sheet.view.fields.iter().filter(|view| view.field.grouping == grouping);
    let editable = of_box.any(|view| view.editable) && sheet.view.may_modify();
    let edit = editable
        .then(|| link(&urls::with(&sheet.part("edit"), &[("box", "fields")]), &Button::new(&t("key-edit")).tone(Tone::Quiet)));
    let title = if grouping.is_empty() { &other } else { grouping };
    let body = html! {
        (facts(&rows))
        @if sheet.may_correlate() && rows.iter().any(|row| row.name == "Customer") {
            div { (post(&sheet.part("correlate"), &Button::new(&t("field-correlate")).tone(Tone::Quiet))) }
        }
    };
    panel(&Panel { id: &format!("fields-{index}"), title, actions: edit, ..Panel::default() }, &body)
}

/// Fields of one box. There is no People box on Incidents, so what is grouped there does not show on them.
pub(super) fn rows<'a>(sheet: &'a Sheet<'_>, grouping: &str) -> Vec<Fact<'a>> {
    if grouping == "People" && sheet.kind() == TicketKind::Incident {
        return vec![];
    }
    let of_box = sheet.view.fields.iter().filter(|view| view.field.grouping == grouping && is_shown(sheet, view));
    of_box.map(|view| fact(&view.field.name, values(sheet, view))).collect()
}

fn values(sheet: &Sheet<'_>, view: &FieldView) -> Markup {
    let more = view.values.len().saturating_sub(MOST);
    html! {
        @if view.values.is_empty() { (none()) }
        @else if view.field.kind.is_block() { @for text in &view.values { (block(view.field.kind, text)) } }
        @else {
            ul class="values" { @for value in view.values.iter().take(MOST) { li { (value_link(sheet, view, value)) } } }
            @if more > 0 { "+ " (more) }
        }
    }
}

/// Markup is made safe when it is shown, whatever was stored.
fn block(kind: FieldKind, text: &str) -> Markup {
    let clean = (kind == FieldKind::Html).then(|| html_safe::clean(text)).flatten();
    html! {
        @if kind == FieldKind::Wikitext { (wikitext(text)) }
        @else if let Some(clean) = clean { div class="message-html" { (PreEscaped(clean)) } }
        @else { div class="prose-lines" { (text) } }
    }
}

fn value_link(sheet: &Sheet<'_>, view: &FieldView, value: &str) -> Markup {
    let field = &view.field;
    if field.kind.is_ip() && sheet.kind() != TicketKind::General {
        return observables::held_address(sheet, value);
    }
    if field.kind.is_file() {
        return file(sheet, field, value);
    }
    let text = html! { bdi { (shown(sheet, field, value)) } };
    let own = Link::read(&field.link).ok().map(|link| link.to(value, sheet.view.ticket.id.0));
    html! {
        @if let Some(href) = own {
            a href=(href) rel=[(!href.starts_with('/')).then_some("noopener noreferrer nofollow")] { (text) }
        } @else {
            a href=(urls::search(&custom_field_is(&field.name, value).to_string())) { (text) }
        }
    }
}

/// Moments in the reader's own time.
fn shown(sheet: &Sheet<'_>, field: &CustomField, value: &str) -> Markup {
    match value.parse::<Timestamp>() {
        Ok(at) if field.kind == FieldKind::DateTime => moment(&sheet.clock, at),
        _ => html! { (value) },
    }
}

/// A download; pictures are shown through an address that serves nothing but pictures.
fn file(sheet: &Sheet<'_>, field: &CustomField, name: &str) -> Markup {
    let ticket = sheet.view.ticket.id;
    html! {
        @if field.kind == FieldKind::Image {
            img class="field-picture" src=(urls::field_file(ticket, field.id, "picture", name)) alt=(name) loading="lazy";
            " "
        }
        a href=(urls::field_file(ticket, field.id, "file", name)) download { bdi { (name) } }
        @if is_dangerous(name, "", None) { (Caution { password: Some(PASSWORD), found: None }.shown()) }
    }
}
