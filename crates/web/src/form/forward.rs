//! Passing a ticket, or one entry of its history, on to addresses (IR-422).

use super::{
    inputs::Inputs,
    numbered::Numbered,
    reading::{Reading, judged},
    refusal::Refusal,
    submission::Submission,
};
use crate::{
    component::{
        button::Button,
        field::Field,
        form::{columns, form_actions},
        panel::{Panel, panel},
        ticket::page_head,
    },
    failure::Answer,
    flash,
    visit::{Frame, Visit},
};
use actions::{
    Error, Result,
    ticket::{self, Forward, show},
};
use axum::{Router, extract::RawQuery, routing::get};
use domain::{Right, TicketId};
use http_door::{
    App,
    text::{t, tr},
    urls,
};
use maud::html;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/tickets/{id}/forward", get(open).post(send))
}

async fn open(visit: Visit, Numbered(id): Numbered, RawQuery(query): RawQuery) -> Answer {
    let form = visit.begun(query.as_deref());
    show_form(&visit, id, form, Refusal::default()).await
}

async fn show_form(visit: &Visit, id: TicketId, mut form: Submission, refusal: Refusal) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let view = show::view(&mut tx, &visit.actor, id).await?;
    if !view.may(Right::ForwardMessage) {
        return Err(Error::Forbidden(Right::ForwardMessage).into());
    }
    form.preset("subject", tr("forward-subject", &[("subject", view.ticket.subject.clone().into())]));
    let is_one = !form.text("entry").is_empty();
    let title = tr(if is_one { "forward-entry-title" } else { "forward-title" }, &[("ticket", id.to_string().into())]);
    let inputs = Inputs { form: &form, refusal: &refusal };
    let body = html! {
        (page_head(&title, &view.ticket.subject, &html! {}))
        (refusal.summary(&t("form-not-sent")))
        form class="form" method="post" action=(urls::ticket_part(id, "forward")) {
            (inputs.hidden("entry"))
            (panel(&Panel { id: "message", title: &t("form-message"), ..Panel::default() }, &html! { div class="fields" {
                p class="hint" { (t(if is_one { "forward-entry-hint" } else { "forward-hint" })) }
                (inputs.any(&Field::line("to", &t("forward-to")).hint(&t("forward-to-hint"))))
                (columns(&[inputs.line("cc", &t("form-ccs")), inputs.line("bcc", &t("forward-bcc"))]))
                (inputs.line("subject", &t("form-subject")))
                (inputs.message("message", 8))
            } }))
            (form_actions(&Button::new(&t("forward-send")), &[], Some(&urls::ticket(view.ticket.id))))
        }
    };
    Ok(visit.page(&Frame::new(&title, crate::list::section(view.ticket.kind)).status(refusal.status), &body))
}

async fn send(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    match store(&visit, id, &form).await {
        Ok(ticket) => Ok(flash::redirect(&urls::ticket(ticket), "forwarded", Some(ticket))),
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            show_form(&visit, id, form, refusal).await
        }
    }
}

async fn store(visit: &Visit, id: TicketId, form: &Submission) -> Result<TicketId> {
    let mut tx = visit.app.desk.write().await?;
    let mut reading = Reading::new(form, &visit.actor);
    let input = Forward {
        entry: reading.number("entry"),
        to: reading.addresses("to"),
        cc: reading.addresses("cc"),
        bcc: reading.addresses("bcc"),
        subject: form.text("subject").to_owned(),
        text: form.text("message").to_owned(),
    };
    let mut errors = reading.into_errors();
    let change = judged(&mut errors, ticket::forward(&mut tx, &visit.actor, id, input).await)?;
    let Some(change) = change.filter(|_| errors.is_empty()) else { return Err(Error::Invalid(errors)) };
    tx.commit().await?;
    Ok(change.ticket)
}
