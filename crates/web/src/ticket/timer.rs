//! The timer of a ticket (IR-284): a small page beside the others that counts minutes, for those who may change the ticket.
//! Without a script one types them. What was worked is kept with a comment.

use actions::message::NewMessage;
use actions::ticket::{self, Reply, show};
use actions::{Error, FieldError};
use axum::extract::Path;
use axum::response::Response;
use domain::{Right, TicketId};
use http_door::text::{t, tr};
use http_door::urls;
use maud::html;

use crate::component::button::Button;
use crate::component::field::{Control, Field};
use crate::component::form::form_actions;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::{Answer, Failure};
use crate::flash;
use crate::form::{inputs::Inputs, reading::Reading, refusal::Refusal, submission::Submission};
use crate::list::section;
use crate::parameters::ticket_id;
use crate::visit::{Frame, Visit};

/// A day: whoever forgot to stop it did not work for longer.
const MOST: i64 = 24 * 60;

pub(super) async fn open(visit: Visit, Path(id): Path<String>) -> Answer {
    page(&visit, ticket_id(&id)?, &Submission::default(), &Refusal::default()).await
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let id = ticket_id(&id)?;
    let outcome = async {
        let mut reading = Reading::new(&form, &visit.actor);
        let minutes = reading.number("minutes").filter(|minutes| (1..=MOST).contains(minutes));
        reading.finish()?;
        let wrong = || Error::Invalid(vec![FieldError::new("minutes", tr("timer-minutes-wrong", &[("most", MOST.into())]))]);
        let time_taken = minutes.ok_or_else(wrong)?;
        let mut tx = visit.app.desk.write().await?;
        actions::access::ticket_for(&mut tx, &visit.actor, id, Right::ModifyTicket).await?;
        let note = form.text("note").trim();
        let note = if note.is_empty() { t("timer-worked").into_owned() } else { note.to_owned() };
        ticket::comment(&mut tx, &visit.actor, Reply { ticket: id, message: NewMessage::text(note), time_taken }).await?;
        tx.commit().await
    };
    match outcome.await {
        Ok(()) => Ok(flash::redirect(&urls::ticket(id), "updated", Some(id))),
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            page(&visit, id, &form, &refusal).await
        }
    }
}

async fn page(visit: &Visit, id: TicketId, form: &Submission, refusal: &Refusal) -> Result<Response, Failure> {
    let mut tx = visit.app.desk.read().await?;
    let view = show::view(&mut tx, &visit.actor, id).await?;
    if !view.may_modify() {
        return Err(Failure(Error::Forbidden(Right::ModifyTicket)));
    }
    let title = tr("timer-title", &[("ticket", id.to_string().into())]);
    let inputs = Inputs { form, refusal };
    let minutes = t("timer-minutes");
    let body = html! {
        (page_head(&title, &view.ticket.subject, &html! {}))
        (refusal.summary(&t("preferences-not-saved")))
        form class="form" method="post" action=(urls::ticket_part(id, "timer")) {
            (panel(&Panel { id: "timer", title: &t("timer"), ..Panel::default() }, &html! {
                p class="needs-script" data-timer=(t("timer-running")) {}
                div class="fields" {
                    (inputs.any(&Field::new("minutes", &minutes, Control::Line { kind: "number", autocomplete: "off" }).required()))
                    (inputs.line("note", &t("timer-note")))
                }
                (form_actions(&Button::new(&t("timer-keep")), &[], Some(&urls::ticket(id))))
            }))
        }
    };
    Ok(visit.page(&Frame::new(&title, section(view.ticket.kind)).status(refusal.status), &body))
}
