//! Out of the lists for a while: a few usual moments at one press, or any.

use super::{act, inputs::Inputs, numbered::Numbered, reading::Reading, refusal::Refusal, submission::Submission};
use crate::{
    component::{
        button::{Button, submit},
        field::Field,
        form::form_actions,
        panel::{Panel, panel},
        ticket::page_head,
    },
    failure::Answer,
    visit::{Frame, Visit},
};
use actions::{
    Error, Result,
    ticket::{self, show},
};
use axum::{
    Router,
    extract::RawQuery,
    routing::{get, post},
};
use domain::{Right, TicketId};
use http_door::text::{t, tr};
use http_door::{App, urls};
use maud::html;

const INPUT: &str = "snoozed_until";
const USUAL_INPUT: &str = "usual";
/// What the buttons send, as people would type it; an answer from outside wakes in any case, so the last one waits for it.
const USUAL: [(&str, &str); 3] =
    [("tomorrow 8:00", "snooze-tomorrow"), ("monday 8:00", "snooze-monday"), ("30 days", "snooze-answer")];

pub(super) fn routes() -> Router<App> {
    Router::new().route("/tickets/{id}/snooze", get(open).post(save)).route("/tickets/{id}/wake", post(wake))
}

async fn open(visit: Visit, Numbered(id): Numbered, RawQuery(query): RawQuery) -> Answer {
    let form = visit.begun(query.as_deref());
    page(&visit, id, &form, &Refusal::default()).await
}

async fn page(visit: &Visit, id: TicketId, form: &Submission, refusal: &Refusal) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let view = show::view(&mut tx, &visit.actor, id).await?;
    if !view.may_snooze() {
        return Err(Error::Forbidden(Right::ModifyTicket).into());
    }
    let title = tr("snooze-title", &[("ticket", id.to_string().into())]);
    let inputs = Inputs { form, refusal };
    let body = html! {
        (page_head(&title, &view.ticket.subject, &html! {}))
        (refusal.summary(&t("snooze-not-saved")))
        form class="form" method="post" action=(urls::ticket_part(id, "snooze")) {
            (panel(&Panel { id: "until", title: &t("field-snoozeduntil"), ..Panel::default() }, &html! { div class="fields" {
                p class="hint" { (t("snooze-hint")) }
                div class="actions" {
                    @for (until, label) in USUAL { (submit(&Button::new(&t(label)).sends(USUAL_INPUT, until))) }
                }
                (inputs.any(&Field::line(INPUT, &t("snooze-other")).hint(&t("snooze-other-hint"))))
            } }))
            (form_actions(&Button::new(&t("key-snooze")), &[], Some(&urls::ticket(id))))
        }
    };
    Ok(visit.page(&Frame::new(&title, crate::list::section(view.ticket.kind)).status(refusal.status), &body))
}

async fn save(visit: Visit, Numbered(id): Numbered, mut form: Submission) -> Answer {
    if form.has(USUAL_INPUT) {
        form.set(INPUT, form.text(USUAL_INPUT).to_owned());
    }
    match store(&visit, id, &form).await {
        Ok(()) => act::answer(&visit, id, &form, "snoozed", Ok(())),
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            page(&visit, id, &form, &refusal).await
        }
    }
}

async fn store(visit: &Visit, id: TicketId, form: &Submission) -> Result<()> {
    let mut tx = visit.app.desk.write().await?;
    let mut reading = Reading::new(form, &visit.actor).at(tx.now());
    let until = reading.moment(INPUT);
    if form.text(INPUT).trim().is_empty() {
        reading.wrong(INPUT, t("snooze-moment-needed"));
    }
    reading.finish()?;
    ticket::snooze(&mut tx, &visit.actor, id, until).await?;
    tx.commit().await
}

async fn wake(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        ticket::snooze(&mut tx, &visit.actor, id, None).await?;
        tx.commit().await
    };
    act::answer(&visit, id, &form, "awake", outcome.await)
}
