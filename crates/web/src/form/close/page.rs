//! The open children to tick, the message for them, and what becomes of the Incident.

use super::super::{
    collision,
    inputs::{Inputs, Offer},
    refusal::Refusal,
    submission::Submission,
};
use super::Purpose;
use crate::{
    component::{
        button::Button,
        empty::empty_line,
        field::Field,
        form::{columns, form_actions},
        panel::{Panel, panel},
        ticket::page_head,
    },
    layout::Section,
    visit::{Frame, Visit},
};
use actions::{
    Actor, Catalog, Error, Result, Tx, account,
    ticket::show::{self, FieldView, LinkView, TicketView},
};
use axum::response::Response;
use domain::{Right, TicketId, TicketKind};
use http_door::{
    text::{t, tr},
    urls,
};
use maud::{Markup, html};
use std::sync::Arc;

pub(super) struct Page {
    catalog: Arc<Catalog>,
    view: TicketView,
    purpose: Purpose,
    /// Closed statuses that may be chosen now.
    pub(super) statuses: Vec<String>,
    owners: Vec<Offer>,
    /// What becomes of the children, by the Incident's status (IR-396).
    fates: Vec<(String, String)>,
}

/// Name of the boxes, key of their title, and the open children.
type Group<'a> = (&'static str, &'static str, Vec<&'a LinkView>);

impl Page {
    pub(super) async fn load(tx: &mut Tx, actor: &Actor, id: TicketId, purpose: Purpose) -> Result<Self> {
        let view = show::view(tx, actor, id).await?;
        if view.ticket.kind != TicketKind::Incident {
            return Err(Error::NotFound);
        }
        if !view.may_modify() {
            return Err(Error::Forbidden(Right::ModifyTicket));
        }
        let catalog = tx.catalog();
        let lifecycle = catalog.lifecycle(&view.queue).ok_or(Error::NotFound)?;
        let reached = lifecycle.inactive.iter().filter(|status| lifecycle.reaches(&view.ticket.status, status));
        let statuses: Vec<String> = reached.cloned().collect();
        let mut owners = vec![("Nobody".to_owned(), t("chip-nobody").into_owned())];
        let possible = account::possible_owners(tx, actor, view.ticket.id).await?;
        owners.extend(possible.into_iter().map(|user| (user.name.clone(), user.display_name().to_owned())));
        let kinds = [TicketKind::Report, TicketKind::Investigation, TicketKind::Countermeasure];
        let fate = |status: &String| {
            let one = |kind: &TicketKind| {
                let becomes = catalog.child_status(*kind, kind.lifecycle(), status)?;
                Some(format!("{}: {becomes}", t(crate::list::title_key(*kind))))
            };
            (status.clone(), kinds.iter().filter_map(one).collect::<Vec<_>>().join(" · "))
        };
        Ok(Self { fates: statuses.iter().map(fate).collect(), owners, statuses, view, purpose, catalog: catalog.clone() })
    }

    /// Somebody else than now.
    pub(super) fn new_owner(&self, form: &Submission) -> Option<String> {
        let owner = form.text("owner").trim();
        (!owner.is_empty() && owner != self.view.owner.name).then(|| owner.to_owned())
    }

    pub(super) fn groups(&self) -> Vec<Group<'_>> {
        let open = |kind| self.view.children(kind).filter(|child| child.ticket.is_open()).collect();
        let mut groups = vec![("reports", "form-reporters", open(TicketKind::Report))];
        if self.purpose != Purpose::Reporters {
            groups.push(("investigations", "form-investigation-correspondents", open(TicketKind::Investigation)));
            if !self.catalog.countermeasures_disabled() {
                groups.push(("countermeasures", "form-countermeasure-correspondents", open(TicketKind::Countermeasure)));
            }
        }
        groups
    }

    pub(super) fn resolution(&self) -> Option<&FieldView> {
        self.view.fields.iter().find(|shown| shown.field.name == "Resolution" && shown.editable)
    }

    /// Everything ticked; a comment when the Incident is closed, else a reply.
    pub(super) fn fill(&self, form: &mut Submission) {
        for (name, _, children) in self.groups() {
            if !form.has(name) {
                for child in children {
                    form.put(name, child.ticket.id);
                }
            }
        }
        form.preset("owner", &self.view.owner.name);
        form.preset("type", if self.purpose == Purpose::Close { "comment" } else { "reply" });
        if self.purpose == Purpose::Close {
            form.preset("status", self.statuses.first().map(String::as_str).unwrap_or_default());
            let held = self.resolution().and_then(|shown| shown.values.first().cloned());
            let usual = self.catalog.default_resolution(form.text("status")).unwrap_or_default().to_owned();
            form.preset("resolution", held.unwrap_or(usual));
        }
    }

    /// What is on the Incident and on those that may get the message.
    pub(super) fn remember(&self, form: &mut Submission) {
        let groups = self.groups();
        let children = groups.iter().flat_map(|(_, _, children)| children.iter().map(|child| &child.ticket));
        collision::remember(form, std::iter::once(&*self.view.ticket).chain(children));
    }

    pub(super) fn show(&self, visit: &Visit, form: &Submission, refusal: &Refusal) -> Response {
        let ticket = &self.view.ticket;
        let title = self.title(form);
        let inputs = Inputs { form, refusal };
        let action = urls::ticket_part(ticket.id, self.purpose.name());
        let label = if self.purpose == Purpose::Close { t("form-close") } else { t("form-send") };
        let body = html! {
            (page_head(&title, &ticket.subject, &html! {}))
            (refusal.summary(&t("form-not-sent")))
            form class="form" method="post" action=(action) enctype="multipart/form-data" {
                (inputs.hidden(collision::SEEN))
                (self.children(inputs))
                (self.message(inputs))
                @if self.purpose == Purpose::Close { (self.end(inputs)) }
                (inputs.files())
                (form_actions(&Button::new(&label), &[Inputs::attach(&t("form-attach"))], Some(&urls::ticket(ticket.id))))
            }
        };
        visit.page(&Frame::new(&title, Section::Incidents).status(refusal.status), &body)
    }

    fn title(&self, form: &Submission) -> String {
        let key = match (self.purpose, form.text("status")) {
            (Purpose::Reporters, _) => "form-reply-reporters-title",
            (Purpose::Everybody, _) => "form-reply-all-title",
            (Purpose::Close, "abandoned") => "form-abandon-title",
            (Purpose::Close, _) => "form-resolve-title",
        };
        tr(key, &[("ticket", self.view.ticket.id.to_string().into())])
    }

    fn children(&self, inputs: Inputs<'_>) -> Markup {
        let groups = self.groups();
        let nobody = groups.iter().all(|(_, _, children)| children.is_empty());
        panel(
            &Panel { id: "children", title: &t("form-children"), ..Panel::default() },
            &html! { div class="fields" {
                @if nobody { (empty_line(&t("form-no-recipients"))) }
                @if self.purpose == Purpose::Close { p class="hint" { (t(if self.catalog.countermeasures_disabled() { "form-close-hint-without" } else { "form-close-hint" })) } }
                @for (name, key, children) in &groups {
                    @if !children.is_empty() { (inputs.choices(name, &t(key), &offers(children), true)) }
                }
            } },
        )
    }

    fn message(&self, inputs: Inputs<'_>) -> Markup {
        let reports: Vec<&LinkView> = self.view.children(TicketKind::Report).collect();
        let types = [("comment", "form-type-comment"), ("reply", "form-type-reply")];
        let types: Vec<Offer> = types.map(|(value, key)| (value.to_owned(), t(key).into_owned())).into();
        panel(
            &Panel { id: "message", title: &t("form-message"), ..Panel::default() },
            &html! { div class="fields" {
                (inputs.choices("type", &t("form-type"), &types, false))
                (columns(&[
                    inputs.any(&Field::line("cc", &t("form-one-time-cc")).hint(&t("form-one-time-hint"))),
                    inputs.line("bcc", &t("form-one-time-bcc")),
                ]))
                (inputs.message("message", 10))
                @if !reports.is_empty() { (inputs.choices("attach_reports", &t("form-attach-reports"), &offers(&reports), true)) }
                (inputs.check("on_incident", &t("form-on-incident")))
                (columns(&[
                    inputs.select("owner", &t("form-owner"), &self.owners, ""),
                    inputs.duration("time_worked", &t("form-time-on-incident")),
                ]))
            } },
        )
    }

    fn end(&self, inputs: Inputs<'_>) -> Markup {
        let statuses: Vec<Offer> = self.statuses.iter().map(|status| (status.clone(), status.clone())).collect();
        let mut fields = vec![inputs.select("status", &t("form-status"), &statuses, "")];
        if let Some(shown) = self.resolution() {
            let none = std::iter::once((String::new(), t("none").into_owned()));
            let options: Vec<Offer> =
                none.chain(shown.field.options.iter().map(|option| (option.name.clone(), option.name.clone()))).collect();
            fields.push(inputs.select("resolution", &shown.field.name, &options, ""));
        }
        let body = html! { div class="fields" {
            (columns(&fields))
            @for (status, becomes) in &self.fates { p class="hint" { (tr("close-fate", &[("status", status.clone().into())])) " " (becomes) } }
        } };
        panel(&Panel { id: "end", title: &t("form-incident-then"), ..Panel::default() }, &body)
    }
}

fn offers(children: &[&LinkView]) -> Vec<Offer> {
    let words = |child: &LinkView| {
        let ticket = &child.ticket;
        (ticket.id.to_string(), format!("#{} {} · {} · {}", ticket.id, ticket.subject, ticket.status, child.owner))
    };
    children.iter().map(|child| words(child)).collect()
}
