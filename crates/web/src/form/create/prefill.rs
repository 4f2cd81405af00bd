//! What a form starts with: what its link says first, then what comes from the Incident or the child, then the queue's own.

use super::super::{custom_field, quotation, submission::Submission};
use super::{page::Page, split::Split};
use actions::{Actor, Catalog, Result, Tx, incident::Prefill, lists};
use domain::{TicketId, TicketKind, custom_field::CustomField, ip_range::IpRange};

pub(super) async fn fill(tx: &mut Tx, actor: &Actor, page: &Page, form: &mut Submission) -> Result<()> {
    let zone = lists::zone_of(actor);
    let quoted = page.kind == TicketKind::Investigation;
    let source = page.source.as_ref().map(|source| source.id).or(page.incidents.first().map(|incident| incident.id));
    let source = page.split.as_ref().map(Split::id).or(source);
    if let Some(split) = &page.split {
        split.fill(actor, &page.statuses, form);
    }
    if let Some(source) = source {
        quote_entry(tx, actor, source, form).await?;
        let prefill = Prefill::from(tx, actor, source, page.queue.id, quoted).await?;
        form.preset("subject", &prefill.subject);
        form.preset("message", &prefill.message);
        for (id, values) in &prefill.fields {
            let Some(field) = page.fields.iter().find(|field| field.id == *id) else { continue };
            custom_field::preset(form, field, &with_asked(form, field, values), &zone);
        }
    }
    let catalog = tx.catalog();
    for field in page.fields.iter().chain(&page.entry_fields) {
        let asked = with_asked(form, field, &[]);
        let default = catalog.default_of(field, page.queue.id);
        let values = if asked.is_empty() && !default.is_empty() {
            field.split(default).into_iter().map(str::to_owned).collect()
        } else {
            asked
        };
        custom_field::preset(form, field, &values, &zone);
    }
    super::linked::fill(tx, actor, form).await?;
    page.settle_incidents(form);
    let mut to = form.all("to").collect::<Vec<_>>().join(", ");
    if to.is_empty() && page.kind == TicketKind::Investigation {
        to = contact(&catalog, page, form).unwrap_or_default();
    }
    form.preset("requestors", to);
    form.preset("queue", page.queue.id);
    form.preset("status", &page.first_status);
    if page.owners.iter().any(|(login, _)| *login == actor.user.name) {
        form.preset("owner", &actor.user.name);
    }
    form.preset("priority", page.queue.initial_priority);
    let signature = &actor.user.signature;
    if page.kind != TicketKind::Incident && !signature.is_empty() {
        form.preset("message", format!("\n\n-- \n{signature}"));
    }
    if let Some(queue) =
        page.launch_queues.iter().find(|queue| queue.constituency == page.queue.constituency).or(page.launch_queues.first())
    {
        form.preset("launch-queue", queue.id);
    }
    Ok(())
}

/// Whom the directory names for the institution that the ticket is about, or else for its addresses if they are all of one (IR-128).
fn contact(catalog: &Catalog, page: &Page, form: &Submission) -> Option<String> {
    let directory = catalog.directory()?;
    let values = |name: &str| -> Vec<String> {
        let field = page.fields.iter().find(|field| field.name == name);
        field.map_or(vec![], |field| {
            let input = custom_field::name(field);
            form.all(&input).flat_map(|text| field.split(text)).map(str::to_owned).collect()
        })
    };
    let chosen = values("Customer").iter().find_map(|name| directory.named(name)?.contact.clone());
    let by_address = || {
        let ranges = values("IP").into_iter().filter_map(|text| IpRange::parse(&text).ok());
        let mut contacts: Vec<_> =
            ranges.filter_map(|range| directory.of(&range).ok()).flatten().filter_map(|one| one.contact.clone()).collect();
        contacts.dedup();
        contacts.pop().filter(|_| contacts.is_empty())
    };
    chosen.or_else(by_address).map(|contact| contact.to_string())
}

/// The entry of the history that the link was opened from, in place of all messages (IR-352).
async fn quote_entry(tx: &mut Tx, actor: &Actor, source: TicketId, form: &mut Submission) -> Result<()> {
    let text = quotation::of_entry(tx, actor, source, form.text("quote")).await?;
    if !text.is_empty() {
        form.preset("message", text);
    }
    Ok(())
}

/// A link may carry values for a field by its name (IR-100); they go before those of the source for a field that takes many.
fn with_asked(form: &Submission, field: &CustomField, values: &[String]) -> Vec<String> {
    let key = format!("field.{}", field.name);
    let mut asked: Vec<String> = form.all(&key).map(str::to_owned).collect();
    if field.name == "IP" {
        asked.extend(form.all("ip").map(str::to_owned));
    }
    if field.is_single() && !values.is_empty() {
        // the source's value wins (IR-098)
        return values.iter().take(1).cloned().collect();
    }
    let more: Vec<String> = values.iter().filter(|value| !asked.contains(value)).cloned().collect();
    asked.extend(more);
    asked
}
