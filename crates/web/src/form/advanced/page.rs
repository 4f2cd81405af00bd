//! The form of *Advanced*.

use super::super::{
    inputs::{Inputs, Offer},
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
    visit::{Frame, Visit},
};
use actions::{
    Actor, Error, Result, Tx, access,
    ticket::show::{self, TicketView},
};
use axum::response::Response;
use domain::{
    Right, TicketId,
    link::{Direction, direction},
    queue::Queue,
};
use http_door::{
    text::{t, tr},
    urls,
};
use maud::{Markup, html};

/// Every type of link from both sides: name of the input, and RT's word.
pub(super) const DIRECTIONS: [(&str, &str); 6] = [
    ("depends-on", "DependsOn"),
    ("depended-on-by", "DependedOnBy"),
    ("parents", "MemberOf"),
    ("children", "HasMember"),
    ("refers-to", "RefersTo"),
    ("referred-to-by", "ReferredToBy"),
];

pub(super) struct Page {
    pub(super) view: TicketView,
    queues: Vec<Queue>,
}

impl Page {
    /// Forbidden without `ModifyTicket`.
    pub(super) async fn load(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Self> {
        let view = show::view(tx, actor, id).await?;
        if !view.may_modify() {
            return Err(Error::Forbidden(Right::ModifyTicket));
        }
        let mut queues = access::queues_with(tx, actor, Right::CreateTicket);
        if !queues.iter().any(|queue| queue.id == view.queue.id) {
            queues.insert(0, view.queue.clone());
        }
        Ok(Self { view, queues })
    }

    pub(super) fn filled(&self) -> Submission {
        let ticket = &self.view.ticket;
        let mut form = Submission::default();
        form.put("version", ticket.version);
        form.put("subject", &ticket.subject);
        form.put("queue", ticket.queue);
        for (name, number) in [
            ("priority", ticket.priority),
            ("final_priority", ticket.final_priority),
            ("time_estimated", ticket.time_estimated),
            ("time_worked", ticket.time_worked),
            ("time_left", ticket.time_left),
        ] {
            form.put(name, number);
        }
        form
    }

    pub(super) fn show(&self, visit: &Visit, form: &Submission, refusal: &Refusal) -> Response {
        let ticket = &self.view.ticket;
        let title = tr("advanced-title", &[("ticket", ticket.id.to_string().into())]);
        let inputs = Inputs { form, refusal };
        let body = html! {
            (page_head(&title, &ticket.subject, &html! {}))
            (refusal.summary(&t("form-not-saved")))
            form class="form" method="post" action=(urls::ticket_part(ticket.id, "advanced")) {
                (inputs.hidden("version"))
                (self.basics(inputs))
                (self.links(inputs))
                (panel(&Panel { id: "merge", title: &t("ticket-merge"), ..Panel::default() }, &html! { div class="fields" {
                    (inputs.any(&Field::line("merge", &t("advanced-merge")).hint(&t("advanced-merge-hint"))))
                } }))
                (form_actions(&Button::new(&t("form-save")), &[], Some(&urls::ticket(ticket.id))))
            }
        };
        visit.page(&Frame::new(&title, crate::list::section(ticket.kind)).status(refusal.status), &body)
    }

    fn basics(&self, inputs: Inputs<'_>) -> Markup {
        let queues: Vec<Offer> = self.queues.iter().map(|queue| (queue.id.to_string(), queue.name.clone())).collect();
        let times =
            [("time_estimated", "form-time-estimated"), ("time_worked", "form-time-worked"), ("time_left", "form-time-left")];
        let ranks = [("priority", "form-priority"), ("final_priority", "form-final-priority")];
        panel(
            &Panel { id: "basics", title: &t("form-basics"), ..Panel::default() },
            &html! { div class="fields" {
                (inputs.any(&Field::line("subject", &t("form-subject")).required()))
                (inputs.select("queue", &t("form-queue"), &queues, &t("advanced-queue-hint")))
                (columns(&ranks.map(|(name, key)| inputs.number(name, &t(key)))))
                (columns(&times.map(|(name, key)| inputs.duration(name, &t(key)))))
            } },
        )
    }

    fn links(&self, inputs: Inputs<'_>) -> Markup {
        panel(
            &Panel { id: "links", title: &t("advanced-links"), ..Panel::default() },
            &html! { div class="fields" {
                p class="hint" { (t("advanced-links-hint")) }
                @for (name, word) in DIRECTIONS {
                    @let held = self.held(word);
                    @if !held.is_empty() {
                        (inputs.choices(&format!("unlink-{name}"), &t(&format!("advanced-unlink-{name}")), &held, true))
                    }
                    (inputs.line(name, &t(&format!("advanced-link-{name}"))))
                }
            } },
        )
    }

    /// Links of one type that the person may see.
    fn held(&self, word: &str) -> Vec<Offer> {
        let Some((kind, way)) = direction(word) else { return vec![] };
        let outgoing = way == Direction::From;
        let links = self.view.links.iter().filter(|link| link.kind == kind && link.outgoing == outgoing);
        let tickets = links.map(|link| (link.ticket.id.to_string(), format!("#{} {}", link.ticket.id, link.ticket.subject)));
        let addresses =
            self.view.uris.iter().filter(|(held, _)| *held == kind && outgoing).map(|(_, uri)| (uri.clone(), uri.clone()));
        tickets.chain(addresses).collect()
    }
}
