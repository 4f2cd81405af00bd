//! The form for a new ticket, as it is shown.

use super::super::{
    custom_field,
    inputs::{Inputs, Offer},
    refusal::Refusal,
    submission::Submission,
};
use super::{launch, page::Page};
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
use axum::response::Response;
use domain::TicketKind;
use http_door::{
    text::{t, tr},
    urls,
};
use maud::{Markup, html};

impl Page {
    pub(super) fn show(&self, visit: &Visit, form: &Submission, refusal: &Refusal) -> Response {
        let title = t(title_key(self.kind));
        let inputs = Inputs { form, refusal };
        let action = visit.form_address();
        let beneath =
            self.source.as_ref().map(|source| tr("form-from", &[("ticket", source.id.to_string().into())])).unwrap_or_default();
        let body = match &self.source {
            Some(source) if !source.is_usable => source.take_first(&title, visit),
            _ => html! {
                (page_head(&title, &beneath, &html! {}))
                (refusal.summary(&t("form-not-created")))
                form class="form" method="post" action=(action) enctype="multipart/form-data" {
                    (inputs.hidden("from"))
                    (self.basics(inputs))
                    (self.message(inputs))
                    (custom_field::panels(&self.fields, inputs))
                    (self.dates(inputs))
                    (launch::panel_of(self, inputs))
                    (inputs.files())
                    (self.buttons())
                }
            },
        };
        let section = crate::list::section(self.kind);
        visit.page(&Frame::new(&title, section).status(refusal.status), &body)
    }

    fn basics(&self, inputs: Inputs<'_>) -> Markup {
        let queues: Vec<Offer> = self.queues.iter().map(|queue| (queue.id.to_string(), queue.name.clone())).collect();
        let statuses: Vec<Offer> = self.statuses.iter().map(|status| (status.clone(), status.clone())).collect();
        let levels: Vec<Offer> = self.levels.iter().map(|level| (level.clone(), level.clone())).collect();
        let several = if self.queues.len() > 1 { t("form-queue-hint") } else { "".into() };
        let fields = [
            Some(inputs.select("queue", &t("form-queue"), &queues, &several)),
            Some(inputs.select("status", &t("form-status"), &statuses, "")),
            Some(self.owner(inputs)),
            (!levels.is_empty()).then(|| inputs.select("level", &t("form-level"), &levels, "")),
            Some(inputs.number("priority", &t("form-priority"))),
            (self.kind == TicketKind::Incident).then(|| inputs.number("final_priority", &t("form-final-priority"))),
        ];
        let fields: Vec<Markup> = fields.into_iter().flatten().collect();
        panel(
            &Panel { id: "basics", title: &t("form-basics"), ..Panel::default() },
            &html! { div class="fields" {
                (columns(&fields))
                @if self.kind.is_child() { (self.incident_chooser(inputs)) }
            } },
        )
    }

    /// An Incident made from a child has the child's owner (IR-364).
    fn owner(&self, inputs: Inputs<'_>) -> Markup {
        if let Some(source) = &self.source {
            return html! {
                div class="field" { span class="label" { (t("form-owner")) } span { (source.owner_shown) } p class="hint" { (t("form-owner-fixed")) } }
            };
        }
        // a link may ask for somebody who may not; the verb says so
        let asked = inputs.form.text("owner");
        let mut owners = self.owners.clone();
        if !asked.eq_ignore_ascii_case("nobody") && !owners.iter().any(|(login, _)| login == asked) {
            owners.push((asked.to_owned(), asked.to_owned()));
        }
        inputs.select("owner", &t("form-owner"), &owners, "")
    }

    /// Given Incidents to tick, and an input for one more (IR-346).
    fn incident_chooser(&self, inputs: Inputs<'_>) -> Markup {
        let rule = self.rule;
        let mut offers: Vec<Offer> =
            self.incidents.iter().map(|one| (one.id.to_string(), format!("#{} {}", one.id, one.subject))).collect();
        if !offers.is_empty() && !rule.several && !rule.required {
            offers.push((String::new(), t("none").into_owned()));
        }
        let hint = match (rule.required, rule.several) {
            (true, _) => t("form-incident-required"),
            (false, true) => t("form-incidents-hint"),
            (false, false) => t("form-incident-hint"),
        };
        let label = t("form-incident-number");
        let number = Field::line("incident", &label).hint(&hint);
        let number = if rule.required && offers.is_empty() { number.required() } else { number };
        html! {
            @if !offers.is_empty() { (inputs.choices("incidents", &t("form-incidents"), &offers, rule.several)) }
            (inputs.any(&number))
        }
    }

    fn message(&self, inputs: Inputs<'_>) -> Markup {
        let (label, hint) = (t("form-requestors"), t("form-people-hint"));
        let requestors = Field::line("requestors", &label).hint(&hint);
        let requestors = if self.kind == TicketKind::Investigation { requestors.required() } else { requestors };
        panel(
            &Panel { id: "message", title: &t("form-message"), ..Panel::default() },
            &html! { div class="fields" {
                @if self.kind != TicketKind::Incident {
                    (inputs.any(&requestors))
                    (inputs.check("quiet", &t("form-quiet")))
                    (columns(&[inputs.line("ccs", &t("form-ccs")), inputs.line("admin_ccs", &t("form-admin-ccs"))]))
                }
                (inputs.any(&Field::line("subject", &t("form-subject")).required()))
                (inputs.message("message", 12))
            } },
        )
    }

    fn dates(&self, inputs: Inputs<'_>) -> Markup {
        let due = if self.kind == TicketKind::Incident { t("form-due-of-children") } else { t("form-due-hint") };
        panel(
            &Panel { id: "dates", title: &t("form-dates"), ..Panel::default() },
            &html! { div class="fields" {
                (columns(&[inputs.moment("starts", &t("form-starts"), ""), inputs.moment("due", &t("form-due"), &due)]))
                (columns(&[
                    inputs.number("time_estimated", &t("form-time-estimated")),
                    inputs.number("time_worked", &t("form-time-worked")),
                    inputs.number("time_left", &t("form-time-left")),
                ]))
            } },
        )
    }

    fn buttons(&self) -> Markup {
        let main = if self.kind == TicketKind::Investigation { t("form-launch") } else { t("form-create") };
        let (both, update) = (t("form-create-and-launch"), t("form-update"));
        let mut others = vec![Button::new(&update).sends("redisplay", "1")];
        if !self.launch_queues.is_empty() {
            others.insert(0, Button::new(&both).sends("launch", "1"));
        }
        let back = self.source.as_ref().map(|source| source.id).or(self.incidents.first().map(|incident| incident.id));
        let back = back.map_or_else(urls::home, urls::ticket);
        form_actions(&Button::new(&main), &others, Some(&back))
    }
}

fn title_key(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::Report => "form-new-report",
        TicketKind::Incident => "form-new-incident",
        TicketKind::Investigation => "form-new-investigation",
        TicketKind::Countermeasure => "form-new-countermeasure",
        TicketKind::General => "form-new-general",
    }
}
