//! Tickets to choose from, and an input for the number of one that is not listed.

use super::super::{inputs::Inputs, refusal::Refusal, submission::Submission};
use crate::{
    component::{
        button::{Button, Tone, link, submit},
        empty::empty_line,
        field::Field,
        form::form_actions,
        panel::{Panel, panel},
        table::{Column as Heading, Row, Table, table},
        ticket::page_head,
        time::Clock,
    },
    layout::KeyGroup,
    list::{Column, Loaded, section, title_key},
    query_text::{all, is, status_class},
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
use maud::{Markup, html};

const MOST: i64 = 50;
const FORM: &str = "link-form";

pub(super) struct Page {
    view: TicketView,
    /// What is listed.
    wanted: TicketKind,
    loaded: Loaded,
    clock: Clock,
}

impl Page {
    pub(super) async fn load(tx: &mut Tx, visit: &Visit, id: TicketId, wanted: TicketKind, form: &Submission) -> Result<Self> {
        let view = show::view(tx, &visit.actor, id).await?;
        let from_incident = wanted != TicketKind::Incident;
        if from_incident != (view.ticket.kind == TicketKind::Incident) || (!from_incident && !view.ticket.kind.is_child()) {
            return Err(Error::NotFound);
        }
        // whoever may own tickets takes the Incident first (IR-227)
        if !view.may_modify() && !view.may(Right::OwnTicket) {
            return Err(Error::Forbidden(Right::ModifyTicket));
        }
        // "Edit Search" is this form's own words, among the subjects
        let words = form.text("words").trim();
        let conditions = [
            Some(is("Lifecycle", wanted.lifecycle())),
            Some(status_class("Active")),
            (!words.is_empty()).then(|| crate::query_text::contains("Subject", words)),
        ];
        let query = all(conditions.into_iter().flatten().collect()).ok_or(Error::NotFound)?;
        let mut loaded = Loaded::first(tx, &visit.actor, &query, "Due", MOST).await?;
        let catalog = tx.catalog();
        let constituency = |id| catalog.queue(id).and_then(|queue| queue.constituency);
        let mine = constituency(view.ticket.queue);
        loaded.tickets.retain(|row| {
            let theirs = constituency(row.ticket.queue);
            let apart = mine.is_some() && theirs.is_some() && mine != theirs;
            !apart && !view.links.iter().any(|link| link.ticket.id == row.ticket.id)
        });
        Ok(Self { view, wanted, loaded, clock: visit.clock(tx.now()) })
    }

    pub(super) fn show(&self, visit: &Visit, form: &Submission, refusal: &Refusal) -> Response {
        let ticket = &self.view.ticket;
        let from_incident = self.wanted != TicketKind::Incident;
        let key = if from_incident { "form-link-children-title" } else { "form-link-title" };
        let title = tr(key, &[("ticket", ticket.id.to_string().into()), ("kind", t(title_key(self.wanted)).into_owned().into())]);
        let inputs = Inputs { form, refusal };
        let action = urls::ticket_part(ticket.id, if from_incident { "link-children" } else { "link" });
        let new =
            urls::with(urls::create(self.wanted), &[(if from_incident { "incident" } else { "from" }, &ticket.id.to_string())]);
        let new = link(&new, &Button::new(&t(crate::list::create_key(self.wanted))).tone(Tone::Quiet));
        let hint = t(if from_incident { "form-link-number-hint" } else { "form-link-incident-hint" });
        let body = html! {
            (page_head(&title, &ticket.subject, &new))
            (refusal.summary(&t("form-not-linked")))
            (search(&action, inputs))
            (panel(&Panel { id: "choices", title: &t(title_key(self.wanted)), flush: true, ..Panel::default() }, &self.choices(form)))
            form class="form" method="post" id=(FORM) action=(action) {
                (inputs.hidden("kind"))
                (inputs.any(&Field::line("number", &t("form-link-number")).hint(&hint)))
                (form_actions(&Button::new(&t("form-link")), &[], Some(&urls::ticket(ticket.id))))
            }
        };
        let frame = Frame::new(&title, section(ticket.kind)).keys(&[KeyGroup::List]).status(refusal.status);
        visit.page(&frame, &body)
    }

    fn choices(&self, form: &Submission) -> Markup {
        const COLUMNS: &[Column] = &[Column::Number, Column::Subject, Column::Status, Column::Owner, Column::Due];
        if self.loaded.tickets.is_empty() {
            return empty_line(&t("form-nothing-to-link"));
        }
        let name = if self.wanted == TicketKind::Incident { "incident" } else { "children" };
        let titles: Vec<String> = COLUMNS.iter().map(|column| column.title()).collect();
        let ids: Vec<(String, String)> =
            self.loaded.tickets.iter().map(|row| (row.ticket.id.to_string(), urls::ticket(row.ticket.id))).collect();
        let rows = self.loaded.tickets.iter().zip(&ids).map(|(row, key)| Row {
            id: &key.0,
            href: &key.1,
            cells: COLUMNS.iter().map(|column| column.cell(row, &self.loaded, &self.clock)).collect(),
            chosen: form.all(name).any(|chosen| chosen == key.0),
            ..Row::default()
        });
        table(&Table {
            caption: &t(title_key(self.wanted)),
            columns: COLUMNS.iter().zip(&titles).map(|(column, title)| Heading::new(title, column.kind())).collect(),
            rows: rows.collect(),
            select: Some(name),
            form: FORM,
            single: self.wanted == TicketKind::Incident,
        })
    }
}

fn search(action: &str, inputs: Inputs<'_>) -> Markup {
    html! {
        form class="form" method="get" action=(action) {
            (inputs.hidden("kind"))
            (inputs.line("words", &t("form-link-words")))
            div class="form-actions" { (submit(&Button::new(&t("form-link-search")))) }
        }
    }
}
