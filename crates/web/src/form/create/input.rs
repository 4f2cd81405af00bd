//! From the form to what the verb takes.

use super::super::{reading::Reading, recipients, submission::Submission};
use super::page::Page;
use actions::{Actor, Door, Error, FieldError, Result, Tx, access, account, incident, message::as_written, ticket::Create};
use domain::{QueueId, Right};
use http_door::text::t;

/// With what could not be read.
pub(super) async fn read(tx: &mut Tx, actor: &Actor, page: &Page, form: &Submission) -> Result<(Create, Vec<FieldError>)> {
    let mut reading = Reading::new(form, actor).at(tx.now());
    if form.text("queue").parse::<QueueId>().is_ok_and(|asked| asked != page.queue.id) {
        reading.wrong("queue", t("form-queue-forbidden"));
    }
    let mut incidents = reading.tickets("incidents");
    // the verb names the boxes; where there are none the form shows its words at the number
    let place = if page.incidents.is_empty() { "incidents" } else { "incident" };
    incidents.extend(reading.tickets_at("incident", place));
    let attached = reading.tickets("attach_reports");
    let mut message = incident::attach_reports(tx, actor, reading.message("message"), &attached).await?;
    message = as_written(tx, actor, message).await?;
    message.fields = Some(reading.fields(&page.entry_fields));
    let input = Create {
        status: reading.optional("status"),
        owner: owner(tx, page, &mut reading).await?,
        requestors: reading.people("requestors"),
        ccs: reading.people("ccs"),
        admin_ccs: reading.people("admin_ccs"),
        level: reading.optional("level"),
        priority: reading.priority("priority", &page.scale),
        final_priority: reading.priority("final_priority", &page.scale),
        starts: reading.moment("starts"),
        due: reading.moment("due"),
        time_estimated: reading.minutes("time_estimated"),
        time_worked: reading.minutes("time_worked"),
        time_left: reading.minutes("time_left"),
        fields: reading.fields(&page.fields),
        field_files: reading.field_files(&page.fields),
        incidents: if page.kind.is_child() { incidents } else { vec![] },
        members: page.source.iter().map(|source| source.id).collect(),
        refers_to: form.all("refers_to").flat_map(str::split_whitespace).map(str::to_owned).collect(),
        squelched: recipients::left_out(form),
        quiet: form.is_ticked("quiet"),
        description: form.text("description").to_owned(),
        strict: true,
        ..Create::new(page.queue.id, form.text("subject"), message)
    };
    Ok((input, reading.into_errors()))
}

/// A login that may own tickets there; the verb itself would leave the ticket unowned in silence (TC-011).
async fn owner(tx: &mut Tx, page: &Page, reading: &mut Reading<'_>) -> Result<Option<String>> {
    if let Some(source) = &page.source {
        return Ok(Some(source.owner.clone()));
    }
    let Some(name) = reading.optional("owner").filter(|name| !name.eq_ignore_ascii_case("nobody")) else { return Ok(None) };
    match account::user_named(tx, &name).await {
        Ok(user) => {
            let candidate = Actor::of(tx, user, Door::Web);
            let owns = |candidate: &Actor| {
                access::queues_with(tx, candidate, Right::OwnTicket).iter().any(|queue| queue.id == page.queue.id)
            };
            if !candidate.is_some_and(|candidate| owns(&candidate)) {
                reading.wrong("owner", t("form-owner-may-not"));
            }
        }
        Err(Error::NotFound) => reading.wrong("owner", t("form-owner-unknown")),
        Err(error) => return Err(error),
    }
    Ok(Some(name))
}
