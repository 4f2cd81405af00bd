//! The form for a new ticket, as it is shown.

use super::super::{
    custom_field, forgotten, formatted,
    inputs::{Inputs, Offer},
    recipients::{self, recipients},
    refusal::Refusal,
    submission::Submission,
};
use super::{launch, page::Page};
use crate::{
    component::{
        button::{Button, submit},
        field::{Control, Field},
        form::{columns, form_actions},
        panel::{Panel, panel},
        ticket::page_head,
    },
    list::new_key,
    visit::{Frame, Visit},
};
use actions::ticket::Preview;
use axum::response::Response;
use domain::{Ticket, TicketKind};
use http_door::{
    text::{t, tr},
    urls,
};
use maud::{Markup, html};

impl Page {
    pub(super) fn show(&self, visit: &Visit, form: &Submission, refusal: &Refusal, preview: Option<&Preview>) -> Response {
        let title = self.title();
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
                    (inputs.hidden("split"))
                    (inputs.hidden("linked"))
                    @if self.writes_to_correspondents() { (forgotten::input(form, &self.attachment_words)) }
                    (self.basics(inputs))
                    (self.message(inputs))
                    (custom_field::panels(&self.fields, &self.mandatory, inputs))
                    (self.dates(inputs))
                    (launch::panel_of(self, inputs))
                    @if self.kind != TicketKind::Incident { (recipients(preview, form)) }
                    @if self.markdown && preview.is_some() { (formatted::preview(form)) }
                    (inputs.files())
                    (self.buttons())
                }
            },
        };
        let section = crate::list::section(self.kind);
        visit.page(&Frame::new(&title, section).status(refusal.status), &body)
    }

    /// "Split Report #5: Worm" (IR-358).
    fn title(&self) -> String {
        let Some(split) = &self.split else { return t(new_key(self.kind)).into_owned() };
        let kind = t(crate::ticket::kind_key(self.kind)).into_owned();
        let words = [("kind", kind.into()), ("ticket", split.id().to_string().into())];
        format!("{}: {}", tr("split-title", &words), split.view.ticket.subject)
    }

    fn basics(&self, inputs: Inputs<'_>) -> Markup {
        let queues: Vec<Offer> = self.queues.iter().map(|queue| (queue.id.to_string(), queue.name.clone())).collect();
        let statuses: Vec<Offer> = self.statuses.iter().map(|status| (status.clone(), status.clone())).collect();
        let mut levels: Vec<Offer> = self.levels.iter().map(|level| (level.clone(), level.clone())).collect();
        if !levels.is_empty() {
            levels.insert(0, (String::new(), t("form-level-default").into_owned()));
        }
        let several = if self.queues.len() > 1 { t("form-queue-hint") } else { "".into() };
        let fields = [
            Some(inputs.select("queue", &t("form-queue"), &queues, &several)),
            Some(inputs.select("status", &t("form-status"), &statuses, "")),
            Some(self.owner(inputs)),
            (!levels.is_empty()).then(|| inputs.select("level", &t("form-level"), &levels, "")),
            Some(inputs.priority("priority", &t("form-priority"), &self.scale)),
            (self.kind == TicketKind::Incident)
                .then(|| inputs.priority("final_priority", &t("form-final-priority"), &self.scale)),
        ];
        let fields: Vec<Markup> = fields.into_iter().flatten().collect();
        panel(
            &Panel { id: "basics", title: &t("form-basics"), ..Panel::default() },
            &html! { div class="fields" {
                (columns(&fields))
                (custom_field::inside("Basics", &self.fields, &self.mandatory, inputs))
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
        let mut offers: Vec<Offer> = self.incidents.iter().map(|one| (one.id.to_string(), self.described(one))).collect();
        if let ([only], true, true) = (&self.incidents[..], rule.required, inputs.form.text("incident").is_empty()) {
            return html! {
                input type="hidden" name="incidents" value=(only.id);
                div class="field" { span class="label" { (t("form-incidents")) } span { bdi { (self.described(only)) } } }
                (self.one_more(inputs))
            };
        }
        if !offers.is_empty() && !rule.several && !rule.required {
            offers.push((String::new(), t("none").into_owned()));
        }
        let hint = match (rule.required, rule.several) {
            (true, _) => t("form-incident-required"),
            (false, true) => t("form-incidents-hint"),
            (false, false) => t("form-incident-hint"),
        };
        html! {
            @if !offers.is_empty() { (inputs.choices("incidents", &t("form-incidents"), &offers, rule.several)) }
            p class="hint" { (hint) }
            (self.one_more(inputs))
        }
    }

    /// An Incident's number, and the button that takes it into the list (IR-346).
    fn one_more(&self, inputs: Inputs<'_>) -> Markup {
        let label = t("form-incident-number");
        let number = Field::line("incident", &label);
        let number = if self.rule.required && self.incidents.is_empty() { number.required() } else { number };
        let button = t(if self.rule.several { "form-incident-add" } else { "form-incident-other" });
        html! { (inputs.any(&number)) div { (submit(&Button::new(&button).sends("redisplay", "1"))) } }
    }

    /// Subject, owner, queue and when it was created.
    fn described(&self, incident: &Ticket) -> String {
        let (owner, queue) =
            self.called.iter().find(|(id, _, _)| *id == incident.id).map_or(("", ""), |(_, owner, queue)| (owner, queue));
        let created = incident.created.strftime("%Y-%m-%d");
        format!("#{} {} · {owner} · {queue} · {created}", incident.id, incident.subject)
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
                (inputs.any(&Field::new("description", &t("form-description"), Control::Lines { rows: 3, draft: true })))
                (inputs.message("message", 12))
                @if self.markdown { (formatted::hint()) }
                (custom_field::bare(&self.entry_fields, &self.mandatory, inputs))
                @if self.kind != TicketKind::Incident { (custom_field::inside("People", &self.fields, &self.mandatory, inputs)) }
                @if !self.reports.is_empty() { (inputs.choices("attach_reports", &t("form-attach-reports"), &self.reports, true)) }
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
                    inputs.duration("time_estimated", &t("form-time-estimated")),
                    inputs.duration("time_worked", &t("form-time-worked")),
                    inputs.duration("time_left", &t("form-time-left")),
                ]))
                (inputs.any(&Field::line("refers_to", &t("form-refers-to")).hint(&t("form-refers-to-hint"))))
                (custom_field::inside("Dates", &self.fields, &self.mandatory, inputs))
            } },
        )
    }

    fn buttons(&self) -> Markup {
        let main = match (&self.split, self.kind) {
            (Some(_), _) => t("split-go"),
            (None, TicketKind::Investigation) => t("form-launch"),
            (None, _) => t("form-create"),
        };
        let preview = t("preview-button");
        let (both, update) = (t("form-create-and-launch"), t("form-update"));
        let mut others = vec![Button::new(&update).sends("redisplay", "1")];
        if self.kind != TicketKind::Incident {
            others.push(recipients::button(&preview));
        }
        if !self.launch_queues.is_empty() {
            others.insert(0, Button::new(&both).sends("launch", "1"));
        }
        let back = self.source.as_ref().map(|source| source.id).or(self.incidents.first().map(|incident| incident.id));
        let back = back.map_or_else(urls::home, urls::ticket);
        form_actions(&Button::new(&main), &others, Some(&back))
    }
}
