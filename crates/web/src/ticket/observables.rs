//! What can be done about an address, a domain, an e-mail or a URL seen on a ticket (IR-266 … IR-274). Looking up is a
//! search for tickets that hold the same.

use actions::ticket::show::FieldView;
use domain::TicketKind;
use domain::detector::Segment;
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};
use query::Query;

use super::Sheet;
use crate::component::icon::Icon;
use crate::component::menu::Entry;
use crate::component::observable::observable;
use crate::query_text::{any, contains, custom_field_is, is};

pub(super) fn found(sheet: &Sheet<'_>, segment: &Segment<'_>) -> Markup {
    match segment {
        Segment::Text(text) => html! { (text) },
        Segment::Ip { text, value } => address(sheet, text, &value.to_string(), true),
        Segment::Domain { text } => host(text, text, None),
        Segment::Url { text, url, host: name } => host(text, name, Some(url)),
        Segment::Email { text, address, domain } => email(sheet, text, address, domain),
        Segment::Handle { text } => {
            let search = urls::search(&contains("Subject", text).to_string());
            observable(text, &[Entry::link(&t("observable-lookup"), &search).icon(Icon::Search)])
        }
    }
}

/// A value of the IP field itself: everything but adding it.
pub(super) fn held_address(sheet: &Sheet<'_>, value: &str) -> Markup {
    address(sheet, value, value, false)
}

fn address(sheet: &Sheet<'_>, text: &str, value: &str, may_add: bool) -> Markup {
    let words = ["observable-lookup-ip", "observable-block", "observable-add-ip"].map(t);
    let [lookup, block, add] = &words;
    let search = urls::search(&custom_field_is("IP", value).to_string());
    let id = sheet.view.ticket.id.to_string();
    let countermeasure = urls::with(&urls::create(TicketKind::Countermeasure), &[("incident", &id), ("ip", value)]);
    let (adding, field) = (sheet.part("add-value"), ip_field(sheet).map(|view| view.field.id.to_string()));
    let mut entries = vec![Entry::link(lookup, &search).icon(Icon::Search)];
    if is_incident_to_change(sheet) && sheet.may_create(TicketKind::Countermeasure) {
        entries.push(Entry::link(block, &countermeasure).icon(Icon::Shield));
    }
    let is_held = ip_field(sheet).is_some_and(|view| view.values.iter().any(|held| held == value));
    if let Some(field) = field.as_deref().filter(|_| may_add && !is_held) {
        entries.push(Entry::post(add, &adding).sends("field", field).sends("value", value).icon(Icon::Plus));
    }
    observable(text, &entries)
}

/// The ticket's IP field, if the viewer may change it.
fn ip_field<'a>(sheet: &'a Sheet<'_>) -> Option<&'a FieldView> {
    sheet.view.fields.iter().find(|view| view.field.name == "IP" && view.editable)
}

fn is_incident_to_change(sheet: &Sheet<'_>) -> bool {
    sheet.kind() == TicketKind::Incident && sheet.view.may_modify()
}

/// A domain, or the host of a URL, which can also be opened.
fn host(text: &str, name: &str, url: Option<&str>) -> Markup {
    let (open, lookup) = (t("observable-open"), tr("observable-lookup-host", &[("host", name.into())]));
    let search = urls::search(&custom_field_is("Domain", name).to_string());
    let mut entries = vec![Entry::link(&lookup, &search).icon(Icon::Search)];
    // the detector's URLs are http and https only
    if let Some(url) = url.filter(|url| url.starts_with("http://") || url.starts_with("https://")) {
        entries.push(Entry::link(&open, url).icon(Icon::Forward).leaves());
    }
    observable(text, &entries)
}

fn email(sheet: &Sheet<'_>, text: &str, address: &str, domain: &str) -> Markup {
    let (lookup, investigate) = (t("observable-lookup-email"), t("observable-investigate"));
    let lookup_domain = tr("observable-lookup-host", &[("host", domain.into())]);
    let written = |query: Option<Query>| urls::search(&query.map(|query| query.to_string()).unwrap_or_default());
    let by_person = written(Some(is("Requestor", address)));
    let by_domain = written(any(vec![custom_field_is("Domain", domain), contains("Requestor", &format!("@{domain}"))]));
    let launch =
        urls::with(&urls::create(TicketKind::Investigation), &[("incident", &sheet.view.ticket.id.to_string()), ("to", address)]);
    let mut entries = vec![Entry::link(&lookup, &by_person).icon(Icon::Search)];
    if is_incident_to_change(sheet) && sheet.may_create(TicketKind::Investigation) {
        entries.push(Entry::link(&investigate, &launch).icon(Icon::Target));
    }
    entries.push(Entry::link(&lookup_domain, &by_domain).icon(Icon::Search));
    observable(text, &entries)
}
