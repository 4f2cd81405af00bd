//! The links of a ticket, all kinds on one page: several added at once by number or address, others ticked away (TC-075 … TC-079).

use super::{inputs::Inputs, numbered::Numbered, refusal::Refusal, submission::Submission};
use crate::{
    component::{
        button::Button,
        field::Field,
        form::form_actions,
        panel::{Panel, panel},
        ticket::page_head,
    },
    failure::Answer,
    flash,
    ticket::{RELATIONS, relation_label},
    visit::{Frame, Visit},
};
use actions::{
    Error, Result,
    ticket::{self, LinksInput, show, show::TicketView},
};
use axum::{Router, response::Response, routing::get};
use domain::{Right, TicketId};
use http_door::{
    App,
    text::{t, tr},
    urls,
};
use maud::{Markup, html};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/tickets/{id}/links", get(open).post(save))
}

async fn load(visit: &Visit, id: TicketId) -> Result<TicketView> {
    let mut tx = visit.app.desk.read().await?;
    let view = show::view(&mut tx, &visit.actor, id).await?;
    if view.may_modify() { Ok(view) } else { Err(Error::Forbidden(Right::ModifyTicket)) }
}

async fn open(visit: Visit, Numbered(id): Numbered) -> Answer {
    let view = load(&visit, id).await?;
    Ok(page(&visit, &view, &Submission::default(), &Refusal::default()))
}

async fn save(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let view = load(&visit, id).await?;
    match store(&visit, id, &form).await {
        Ok(()) => Ok(flash::redirect(&urls::ticket(id), "links-saved", Some(id))),
        Err(error) => Ok(page(&visit, &view, &form, &Refusal::of(error, &form)?)),
    }
}

async fn store(visit: &Visit, id: TicketId, form: &Submission) -> Result<()> {
    let wishes = |prefix: &str| -> Vec<(String, String)> {
        let named = RELATIONS.iter().map(|(_, _, word)| (*word, format!("{prefix}-{}", word.to_ascii_lowercase())));
        named
            .map(|(word, name)| (word.to_owned(), form.all(&name).collect::<Vec<_>>().join(" ")))
            .filter(|(_, text)| !text.trim().is_empty())
            .collect()
    };
    let input = LinksInput { add: wishes("add"), remove: wishes("remove") };
    let mut tx = visit.app.desk.write().await?;
    ticket::edit_links(&mut tx, &visit.actor, id, &input).await?;
    tx.commit().await
}

fn page(visit: &Visit, view: &TicketView, form: &Submission, refusal: &Refusal) -> Response {
    let ticket = &view.ticket;
    let title = tr("links-title", &[("ticket", ticket.id.to_string().into())]);
    let inputs = Inputs { form, refusal };
    let body = html! {
        (page_head(&title, &ticket.subject, &html! {}))
        (refusal.summary(&t("links-not-saved")))
        form class="form" method="post" action=(urls::ticket_part(ticket.id, "links")) {
            (panel(&Panel { id: "links", title: &t("links"), ..Panel::default() }, &html! { div class="fields" {
                p class="hint" { (t("links-hint")) }
                @for relation in &RELATIONS { (one(view, relation, inputs)) }
            } }))
            (form_actions(&Button::new(&t("links-save")), &[], Some(&urls::ticket(ticket.id))))
        }
    };
    visit.page(&Frame::new(&title, crate::list::section(ticket.kind)).status(refusal.status), &body)
}

fn one(view: &TicketView, (kind, outgoing, word): &(domain::link::LinkKind, bool, &str), inputs: Inputs<'_>) -> Markup {
    let lower = word.to_ascii_lowercase();
    let remove = format!("remove-{lower}");
    let ends = view.links.iter().filter(|link| link.kind == *kind && link.outgoing == *outgoing);
    let mut held: Vec<(String, String)> =
        ends.map(|link| (link.ticket.id.to_string(), format!("#{} {}", link.ticket.id, link.ticket.subject))).collect();
    held.extend(view.uris.iter().filter(|(of, _)| *outgoing && of == kind).map(|(_, uri)| (uri.clone(), uri.clone())));
    let label = relation_label(word);
    html! {
        @if !held.is_empty() {
            (inputs.choices(&remove, &format!("{label}: {}", t("links-delete")), &held, true))
        }
        (inputs.any(&Field::line(&format!("add-{lower}"), &format!("{label}: {}", t("links-add")))))
    }
}
