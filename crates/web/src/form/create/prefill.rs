//! What a form starts with: what its link says first, then what comes from the Incident or the child, then the queue's own.

use super::super::{custom_field, quotation, submission::Submission};
use super::{page::Page, split::Split};
use actions::{Actor, Result, Tx, incident::Prefill};
use domain::{TicketId, TicketKind};

pub(super) async fn fill(tx: &mut Tx, actor: &Actor, page: &Page, form: &mut Submission) -> Result<()> {
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
            custom_field::preset(form, field, &with_asked(form, &field.name, values));
        }
    }
    if let Some(field) = page.fields.iter().find(|field| field.name == "IP") {
        let asked = with_asked(form, &field.name, &[]);
        custom_field::preset(form, field, &asked);
    }
    super::linked::fill(tx, actor, form).await?;
    page.settle_incidents(form);
    let to = form.all("to").collect::<Vec<_>>().join(", ");
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

/// The entry of the history that the link was opened from, in place of all messages (IR-352).
async fn quote_entry(tx: &mut Tx, actor: &Actor, source: TicketId, form: &mut Submission) -> Result<()> {
    let text = quotation::of_entry(tx, actor, source, form.text("quote")).await?;
    if !text.is_empty() {
        form.preset("message", text);
    }
    Ok(())
}

/// The IPs that a link asks for come first (IR-100).
fn with_asked(form: &Submission, field: &str, values: &[String]) -> Vec<String> {
    let mut all: Vec<String> = if field == "IP" { form.all("ip").map(str::to_owned).collect() } else { vec![] };
    all.extend(values.iter().filter(|value| !all.contains(value)).cloned().collect::<Vec<_>>());
    all
}
