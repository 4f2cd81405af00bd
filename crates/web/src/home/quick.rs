//! Quick creation (TC-028): queue, subject, owner, requestors and text in one small form.

use actions::{Error, Tx, access, account::preference::usual_queue, ticket};
use domain::{QueueId, Right, preference};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::Board;
use crate::component::button::{Button, submit};
use crate::component::field::Field;
use crate::component::panel::{Panel, panel};
use crate::failure::Answer;
use crate::flash;
use crate::form::{inputs::Inputs, reading::Reading, refusal::Refusal, submission::Submission};
use crate::parameters::Parameters;
use crate::visit::Visit;

pub(super) fn shown(tx: &Tx, board: &Board<'_>) -> Markup {
    let actor = &board.visit.actor;
    let queues = access::queues_with(tx, actor, Right::CreateTicket);
    if queues.is_empty() {
        return html! {};
    }
    let usual = board.preferences.text(preference::DEFAULT_QUEUE);
    let usual = usual_queue(tx, actor, usual).map(|queue| queue.id);
    let (form, refusal) = board.quick;
    let mut form = form.clone();
    form.preset("queue", usual.unwrap_or(queues[0].id));
    let inputs = Inputs { form: &form, refusal };
    let offers: Vec<(String, String)> = queues.iter().map(|queue| (queue.id.to_string(), queue.name.clone())).collect();
    let owners = [("Nobody", t("chip-nobody").into_owned()), (actor.user.name.as_str(), actor.user.display_name().to_owned())];
    let owners: Vec<(String, String)> = owners.into_iter().map(|(value, label)| (value.to_owned(), label)).collect();
    let body = html! {
        (refusal.summary(&t("form-not-created")))
        form class="form" method="post" action=(urls::quick_create()) {
            div class="fields" {
                (inputs.select("queue", &t("form-queue"), &offers, ""))
                (inputs.any(&Field::line("subject", &t("form-subject")).required()))
                (inputs.select("owner", &t("form-owner"), &owners, ""))
                (inputs.line("requestors", &t("form-requestors")))
                (inputs.message("message", 4))
            }
            div class="form-actions" { (submit(&Button::new(&t("form-create")))) }
        }
    };
    panel(&Panel { id: "quick-create", title: &t("home-quick-create"), ..Panel::default() }, &body)
}

pub(super) async fn send(visit: Visit, form: Submission) -> Answer {
    match store(&visit, &form).await {
        Ok((destination, ticket)) => Ok(flash::redirect(&destination, "created", Some(ticket))),
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            super::page(&visit, &Parameters::default(), &form, &refusal).await
        }
    }
}

/// On to the new ticket for those who prefer that and may see it.
async fn store(visit: &Visit, form: &Submission) -> Result<(String, domain::TicketId), Error> {
    let mut tx = visit.app.desk.write().await?;
    let mut reading = Reading::new(form, &visit.actor);
    let queue = form.text("queue").parse().map(QueueId).map_err(|_| Error::invalid("queue", t("form-queue-forbidden")))?;
    let requestors = reading.people("requestors");
    let input = ticket::Create {
        owner: reading.optional("owner").filter(|name| !name.eq_ignore_ascii_case("nobody")),
        requestors,
        strict: true,
        ..ticket::Create::new(queue, form.text("subject"), reading.message("message"))
    };
    reading.finish()?;
    let ticket = ticket::create(&mut tx, &visit.actor, input).await?.ticket;
    let preferences = actions::account::preferences(&mut tx, &visit.actor).await?;
    let seen = preferences.flag(preference::SHOW_CREATED) && access::ticket(&mut tx, &visit.actor, ticket).await.is_ok();
    tx.commit().await?;
    Ok((if seen { urls::ticket(ticket) } else { urls::home() }, ticket))
}
