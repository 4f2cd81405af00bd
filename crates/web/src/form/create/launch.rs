//! The second panel of a new Incident: an Investigation launched in the same step (IR-368 … IR-371).

use super::super::{
    inputs::{Inputs, Offer},
    reading::Reading,
    submission::Submission,
};
use super::page::Page;
use crate::component::{
    field::Field,
    form::columns,
    panel::{Panel, panel},
};
use actions::{
    Actor, Error, FieldError, Result, Tx, access,
    message::NewMessage,
    ticket::{Create, FieldInput},
};
use domain::{QueueId, Right, TicketId};
use http_door::text::t;
use maud::{Markup, html};

/// Set before the names of this panel's inputs.
const PREFIX: &str = "launch-";

pub(super) fn panel_of(page: &Page, inputs: Inputs<'_>) -> Markup {
    if page.launch_queues.is_empty() {
        return html! {};
    }
    let queues: Vec<Offer> = page.launch_queues.iter().map(|queue| (queue.id.to_string(), queue.name.clone())).collect();
    panel(
        &Panel { id: "launch", title: &t("form-launch-too"), ..Panel::default() },
        &html! { div class="fields" {
            p class="hint" { (t("form-launch-hint")) }
            (columns(&[
                inputs.select("launch-queue", &t("form-queue"), &queues, ""),
                inputs.any(&Field::line("launch-requestors", &t("form-requestors")).hint(&t("form-people-hint"))),
            ]))
            (columns(&[inputs.line("launch-ccs", &t("form-ccs")), inputs.line("launch-admin_ccs", &t("form-admin-ccs"))]))
            (inputs.line("launch-subject", &t("form-subject")))
            (columns(&[
                inputs.duration("launch-time_estimated", &t("form-time-estimated")),
                inputs.duration("launch-time_worked", &t("form-time-worked")),
                inputs.duration("launch-time_left", &t("form-time-left")),
            ]))
            (inputs.message("launch-message", 6))
        } },
    )
}

/// What was left empty takes the Incident's values (IR-369).
pub(super) fn read(
    (tx, actor): (&Tx, &Actor),
    page: &Page,
    incident: &Create,
    form: &Submission,
    errors: &mut Vec<FieldError>,
) -> Result<Option<Create>> {
    if !form.has("launch") {
        return Ok(None);
    }
    let mut reading = Reading::new(form, actor);
    let asked = form.text("launch-queue").parse::<QueueId>().ok();
    let queue = page.launch_queues.iter().find(|queue| Some(queue.id) == asked).or(page.launch_queues.first());
    let Some(queue) = queue else { return Err(Error::invalid("launch-queue", t("form-queue-forbidden"))) };
    let requestors = reading.people("launch-requestors");
    if form.text("launch-requestors").trim().is_empty() {
        reading.wrong("launch-requestors", t("form-launch-needs-correspondent"));
    }
    let subject = reading.optional("launch-subject").unwrap_or_else(|| incident.subject.clone());
    let message = reading.optional("launch-message").unwrap_or_else(|| form.text("message").to_owned());
    let input = Create {
        requestors,
        ccs: reading.people("launch-ccs"),
        admin_ccs: reading.people("launch-admin_ccs"),
        owner: incident.owner.clone(),
        time_estimated: reading.minutes("launch-time_estimated"),
        time_worked: reading.minutes("launch-time_worked"),
        time_left: reading.minutes("launch-time_left"),
        fields: fields(tx, actor, page, incident, queue.id),
        strict: true,
        ..Create::new(queue.id, subject, NewMessage::text(message))
    };
    // what is wrong with the whole form was told by the Incident's reading
    errors.extend(reading.into_errors().into_iter().filter(|error| error.field.starts_with(PREFIX)));
    Ok(Some(input))
}

/// Without an Incident, because that was refused, only to see what else is wrong.
pub(super) async fn create(tx: &mut Tx, actor: &Actor, incident: Option<TicketId>, mut input: Create) -> Result<TicketId> {
    input.incidents = incident.into_iter().collect();
    let is_unnamed = input.subject.trim().is_empty();
    match actions::ticket::create(tx, actor, input).await {
        Ok(change) => Ok(change.ticket),
        Err(Error::Invalid(mut errors)) => {
            // what was copied from a refused Incident is told there
            let is_copied = |field: &str| field.starts_with("cf-") || (field == "subject" && is_unnamed);
            errors.retain(|error| incident.is_some() || !is_copied(&error.field));
            for error in &mut errors {
                error.field = format!("{PREFIX}{}", error.field);
            }
            Err(Error::Invalid(errors))
        }
        Err(error) => Err(error),
    }
}

/// The Incident's values for fields of the same name; others, like its classification, stay with it.
fn fields(tx: &Tx, actor: &Actor, page: &Page, incident: &Create, queue: QueueId) -> Vec<FieldInput> {
    let targets = access::fields_with(tx, actor, queue, Right::ModifyCustomField);
    let copied = incident.fields.iter().filter_map(|input| {
        let from = page.fields.iter().find(|field| field.id == input.field)?;
        let target = targets.iter().find(|field| field.name == from.name)?;
        let mut values: Vec<String> = input.values.iter().flat_map(|text| from.split(text)).map(str::to_owned).collect();
        if target.is_single() {
            values.truncate(1);
        }
        Some(FieldInput { field: target.id, values })
    });
    copied.collect()
}
