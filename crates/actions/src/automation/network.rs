//! Addresses, names and CVE numbers: found in text, copied between tickets (IR section 6.3 … 6.5).

use crate::{
    Actor, Door, Result, Tx,
    message::NewMessage,
    ticket::{FieldInput, add_values, set_values},
};
use domain::{
    Ticket, TicketId, TicketKind,
    change::Change,
    link::LinkKind,
    observable::{TopLevelDomains, find_cves as cves_in, find_domains as domains_in, find_ips as ips_in},
    setting::list,
};

/// More than this in one message is a list, and lists belong in attachments.
const MOST_VALUES: usize = 500;

/// The main text first; other parts only if it yields nothing, and then only the first that yields something (IR-194).
pub(super) async fn find_ips(tx: &mut Tx, actor: &Actor, ticket: &Ticket, message: Option<&NewMessage>) -> Result<()> {
    let Some(message) = message else { return Ok(()) };
    let mut found = ips_in(&message.text);
    if found.is_empty() {
        let texts =
            message.parts.iter().filter(|part| part.content_type.starts_with("text/")).filter_map(|part| part.content.as_deref());
        found = texts.map(|bytes| ips_in(&String::from_utf8_lossy(bytes))).find(|found| !found.is_empty()).unwrap_or_default();
    }
    add(tx, actor, ticket, "IP", found.iter().map(ToString::to_string).collect()).await
}

pub(super) async fn find_domains(tx: &mut Tx, actor: &Actor, ticket: &Ticket, text: &str) -> Result<()> {
    add(tx, actor, ticket, "Domain", domains_in(text, &top_level(tx))).await
}

pub(super) async fn find_cves(tx: &mut Tx, actor: &Actor, ticket: &Ticket, text: &str) -> Result<()> {
    add(tx, actor, ticket, "CVE ID", cves_in(text)).await
}

/// IR-119: checked strictly unless a site says otherwise; newer ones than the program knows are a setting.
fn top_level(tx: &Tx) -> TopLevelDomains {
    let catalog = tx.catalog();
    let more: Vec<&str> = catalog.setting_list(list::EXTRA_TOP_LEVEL).collect();
    if catalog.setting_flag(list::STRICT_TOP_LEVEL) { TopLevelDomains::known_and(&more) } else { TopLevelDomains::Any }
}

/// Adds what the field does not hold yet; a queue without the field is left alone (IR-192, IR-203).
async fn add(tx: &mut Tx, actor: &Actor, ticket: &Ticket, field: &str, mut values: Vec<String>) -> Result<()> {
    values.truncate(MOST_VALUES);
    let Some(field) = tx.catalog().field_named(ticket.queue, field).map(|field| field.id) else { return Ok(()) };
    if !values.is_empty() {
        add_values(tx, actor, ticket.id, FieldInput { field, values }).await?;
    }
    Ok(())
}

/// Never overwrites; does nothing when the field or the value does not exist (IR-185).
pub(super) async fn set_how_reported(tx: &mut Tx, actor: &Actor, ticket: &Ticket, door: Door) -> Result<()> {
    let catalog = tx.catalog();
    let Some(field) = catalog.field_named(ticket.queue, "How Reported") else { return Ok(()) };
    let value = door.how_reported();
    let known = field.options.iter().any(|option| option.name == value);
    let held = storage::custom_field::of_tickets(&mut tx.db, &[ticket.id]).await?;
    if known && !held.iter().any(|(_, id, _)| *id == field.id) {
        set_values(tx, actor, ticket.id, FieldInput { field: field.id, values: vec![value.to_owned()] }).await?;
    }
    Ok(())
}

/// Nothing is removed from the Incident (IR-189).
pub(super) async fn copy_to_incidents(tx: &mut Tx, actor: &Actor, ticket: &Ticket, field: &str) -> Result<()> {
    let catalog = tx.catalog();
    let Some(from) = catalog.field_named(ticket.queue, field) else { return Ok(()) };
    let held = storage::custom_field::of_tickets(&mut tx.db, &[ticket.id]).await?;
    let values: Vec<String> = held.into_iter().filter(|(_, id, _)| *id == from.id).map(|(_, _, content)| content).collect();
    for incident in storage::ticket::linked(&mut tx.db, ticket.id, LinkKind::MemberOf, true).await? {
        if incident.kind == TicketKind::Incident {
            add(tx, actor, &incident, field, values.clone()).await?;
        }
    }
    Ok(())
}

/// Values of the ticket that was merged into this one; noted, so that an unmerge takes them back (IR-191, IR-192).
pub(super) async fn unite_merged(tx: &mut Tx, actor: &Actor, ticket: &Ticket, change: &Change, field: &str) -> Result<()> {
    let Some(source) = change.what.new.as_deref().and_then(|id| id.parse::<TicketId>().ok()) else { return Ok(()) };
    let Some(source) = storage::ticket::get(&mut tx.db, source).await? else { return Ok(()) };
    let catalog = tx.catalog();
    let of = |ticket: &Ticket| catalog.field_named(ticket.queue, field).map(|field| field.id);
    let (Some(from), Some(to)) = (of(&source), of(ticket)) else {
        tracing::info!(ticket.id = ticket.id.0, field, "one of the merged tickets has no such field; nothing is copied");
        return Ok(());
    };
    let held = storage::custom_field::of_tickets(&mut tx.db, &[source.id]).await?;
    let values: Vec<String> = held.into_iter().filter(|(_, id, _)| *id == from).map(|(_, _, content)| content).collect();
    for added in add_values(tx, actor, ticket.id, FieldInput { field: to, values }).await? {
        if let Some(content) = &added.what.new {
            storage::merge::remember_value(&mut tx.db, source.id, to, content).await?;
        }
    }
    Ok(())
}
