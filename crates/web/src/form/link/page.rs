//! Tickets to choose from, and an input for the number of one that is not listed.

use super::super::{
    chooser::{Choosing, Joins, Shelf, Wish, joinable, unrelated, words},
    inputs::Inputs,
    refusal::Refusal,
    submission::Submission,
};
use crate::{
    component::{
        button::{Button, Tone, link},
        field::Field,
        form::form_actions,
        ticket::page_head,
    },
    layout::KeyGroup,
    list::{section, title_key},
    query_text::{is, status_class},
    visit::{Frame, Visit},
};
use actions::{
    Error, Result, Tx,
    ticket::show::{self, TicketView},
};
use axum::response::Response;
use domain::{Right, TicketId, TicketKind};
use http_door::{
    text::{t, tr},
    urls,
};
use maud::html;

const FORM: &str = "link-form";
/// A list of candidates (IR-310).
pub(super) struct Page {
    view: TicketView,
    /// What is listed.
    wanted: TicketKind,
    shelf: Shelf,
}

impl Page {
    pub(super) async fn load(tx: &mut Tx, visit: &Visit, id: TicketId, wanted: TicketKind, form: &Submission) -> Result<Self> {
        let view = show::view(tx, &visit.actor, id).await?;
        tx.catalog().require(wanted)?;
        let from_incident = wanted != TicketKind::Incident;
        if from_incident != (view.ticket.kind == TicketKind::Incident) || (!from_incident && !view.ticket.kind.is_child()) {
            return Err(Error::NotFound);
        }
        // whoever may own tickets takes the Incident first (IR-227)
        if !view.may_modify() && !view.may(Right::OwnTicket) {
            return Err(Error::Forbidden(Right::ModifyTicket));
        }
        // neither those of another constituency nor those that are linked already (IR-404, IR-406)
        let relation = if from_incident { "MemberOf" } else { "HasMember" };
        let always = [
            Some(is("Lifecycle", wanted.lifecycle())),
            joinable(tx, &view.queue, Joins::Linking),
            Some(unrelated(relation, view.ticket.id)),
        ];
        let wish = Wish {
            name: "",
            title: t(title_key(wanted)).into_owned(),
            layout: if wanted == TicketKind::Incident { "LinkIncident" } else { "LinkChildren" },
            usual: status_class("Active"),
            always: always.into_iter().flatten().collect(),
        };
        let shelf = Shelf::load(tx, visit, wish, form).await?;
        Ok(Self { view, wanted, shelf })
    }

    pub(super) fn show(&self, visit: &Visit, form: &Submission, refusal: &Refusal) -> Response {
        let ticket = &self.view.ticket;
        let from_incident = self.wanted != TicketKind::Incident;
        let key = if from_incident { "form-link-children-title" } else { "form-link-title" };
        let title = tr(key, &[("ticket", ticket.id.to_string().into()), ("kind", t(title_key(self.wanted)).into_owned().into())]);
        let inputs = Inputs { form, refusal };
        let action = urls::ticket_part(ticket.id, if from_incident { "link-children" } else { "link" });
        let new =
            urls::with(&urls::create(self.wanted), &[(if from_incident { "incident" } else { "from" }, &ticket.id.to_string())]);
        let new = link(&new, &Button::new(&t(crate::list::create_key(self.wanted))).tone(Tone::Quiet));
        let select = if from_incident { "children" } else { "incident" };
        let choosing = Choosing { here: &action, form: FORM, select, single: !from_incident };
        let hint = t(if from_incident { "form-link-number-hint" } else { "form-link-incident-hint" });
        let body = html! {
            (page_head(&title, &ticket.subject, &new))
            (refusal.summary(&t("form-not-linked")))
            (words(&action, inputs))
            (self.shelf.show(form, &choosing))
            form class="form" method="post" id=(FORM) action=(action) {
                (inputs.hidden("kind"))
                (inputs.any(&Field::line("number", &t("form-link-number")).hint(&hint)))
                (form_actions(&Button::new(&t("form-link")), &[], Some(&urls::ticket(ticket.id))))
            }
        };
        let frame = Frame::new(&title, section(ticket.kind)).keys(&[KeyGroup::List]).status(refusal.status);
        visit.page(&frame, &body)
    }
}
