//! A Report about several addresses or names made into one Report for each (IR-421): tick, look, do.

use super::{
    inputs::{Inputs, Offer},
    numbered::Numbered,
    refusal::Refusal,
    submission::Submission,
};
use crate::{
    component::{
        button::{Button, Tone, link},
        empty::empty_line,
        form::form_actions,
        panel::{Panel, panel},
        ticket::page_head,
    },
    failure::Answer,
    flash,
    layout::Section,
    visit::{Frame, Visit},
};
use actions::{
    Error, FieldError, Result,
    incident::{self, Matter},
    ticket::show,
};
use axum::{Router, routing::get};
use domain::{TicketId, TicketKind};
use http_door::{
    App,
    text::{t, tr},
    urls,
};
use maud::{Markup, html};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/tickets/{id}/split-many", get(open).post(send))
}

async fn open(visit: Visit, Numbered(id): Numbered) -> Answer {
    show_form(&visit, id, &Submission::default(), &Refusal::default()).await
}

async fn send(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    if form.has("preview") && form.has("values") {
        return show_form(&visit, id, &form, &Refusal::default()).await;
    }
    match store(&visit, id, &form).await {
        Ok(made) => {
            let notices: Vec<(&str, Option<TicketId>)> = made.into_iter().map(|id| ("created", Some(id))).collect();
            Ok(flash::redirect_all(&urls::ticket(id), &notices))
        }
        Err(error) => show_form(&visit, id, &form, &Refusal::of(error, &form)?).await,
    }
}

/// All of them in one transaction, or none.
async fn store(visit: &Visit, id: TicketId, form: &Submission) -> Result<Vec<TicketId>> {
    let mut tx = visit.app.desk.write().await?;
    let values: Vec<String> = form.all("values").map(str::to_owned).collect();
    if values.is_empty() {
        return Err(Error::Invalid(vec![FieldError::new("values", t("split-many-choose"))]));
    }
    let made = incident::split_by(&mut tx, &visit.actor, id, &values).await?;
    tx.commit().await?;
    Ok(made)
}

async fn show_form(visit: &Visit, id: TicketId, form: &Submission, refusal: &Refusal) -> Answer {
    // looking at what could be changed locks it
    let mut tx = visit.app.desk.write().await?;
    let matters = incident::matters(&mut tx, &visit.actor, id).await?;
    let view = show::view(&mut tx, &visit.actor, id).await?;
    tx.rollback().await?;
    let title = tr("split-many-title", &[("ticket", view.ticket.id.to_string().into())]);
    let inputs = Inputs { form, refusal };
    let chosen: Vec<&Matter> = matters.iter().filter(|matter| form.all("values").any(|value| value == matter.value)).collect();
    let offers: Vec<Offer> =
        matters.iter().map(|matter| (matter.value.clone(), format!("{} {}", matter.name, matter.value))).collect();
    let alone = urls::with(&urls::create(TicketKind::Report), &[("split", &view.ticket.id.to_string())]);
    let body = html! {
        (page_head(&title, &view.ticket.subject, &link(&alone, &Button::new(&t("split-one")).tone(Tone::Quiet))))
        (refusal.summary(&t("form-not-created")))
        @if offers.is_empty() { (empty_line(&t("split-many-nothing"))) } @else {
            form class="form" method="post" action=(urls::ticket_part(view.ticket.id, "split-many")) {
                (panel(&Panel { id: "matters", title: &t("split-many-by"), ..Panel::default() }, &html! { div class="fields" {
                    p class="hint" { (t("split-many-hint")) }
                    (inputs.choices("values", &t("split-many-values"), &offers, true))
                } }))
                (preview(&view.ticket.subject, &chosen))
                (form_actions(
                    &Button::new(&t("split-many-go")),
                    &[Button::new(&t("preview-button")).tone(Tone::Quiet).sends("preview", "1")],
                    Some(&urls::ticket(view.ticket.id)),
                ))
            }
        }
    };
    Ok(visit.page(&Frame::new(&title, Section::Reports).status(refusal.status), &body))
}

/// The Reports that would be made.
fn preview(subject: &str, chosen: &[&Matter]) -> Markup {
    let title = tr("split-many-preview", &[("count", chosen.len().into())]);
    html! {
        @if !chosen.is_empty() {
            (panel(&Panel { id: "preview", title: &title, ..Panel::default() }, &html! {
                ul { @for matter in chosen { li { bdi { (subject) " (" (matter.value) ")" } " · " (matter.name) " " (matter.value) } } }
            }))
        }
    }
}
