//! The form that edits a ticket.

use super::super::{
    chooser::of_one_team,
    custom_field,
    inputs::{Inputs, Offer},
    refusal::Refusal,
    submission::Submission,
};
use super::present::{self, WAS, is_touched, joined};
use crate::{
    component::{
        button::Button,
        facts::{facts, text_fact},
        field::{Control, Field},
        form::{columns, form_actions},
        panel::{Panel, panel},
        ticket::page_head,
    },
    visit::{Frame, Visit},
};
use actions::{
    Actor, Error, Result, Tx, access, account, lists,
    ticket::show::{self, TicketView},
};
use axum::response::Response;
use domain::{FieldId, Right, TicketId, TicketKind, UserId, custom_field::CustomField, priority::Scale, queue::Queue};
use http_door::{
    text::{t, tr},
    urls,
};
use jiff::tz::TimeZone;
use maud::{Markup, html};

/// What can be edited alone.
const BOXES: [&str; 4] = ["basics", "people", "fields", "dates"];

pub(super) struct Page {
    pub(super) view: TicketView,
    pub(super) zone: TimeZone,
    owners: Vec<Offer>,
    queues: Vec<Queue>,
    statuses: Vec<String>,
    levels: Vec<String>,
    pub(super) scale: Scale,
    mandatory: Vec<FieldId>,
}

impl Page {
    /// Forbidden without `ModifyTicket`.
    pub(super) async fn load(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Self> {
        let view = show::view(tx, actor, id).await?;
        if !view.may_modify() {
            return Err(Error::Forbidden(Right::ModifyTicket));
        }
        let mut owners = vec![("Nobody".to_owned(), t("chip-nobody").into_owned())];
        owners.extend(
            account::possible_owners(tx, actor, view.ticket.id)
                .await?
                .into_iter()
                .map(|user| (user.name.clone(), user.display_name().to_owned())),
        );
        if view.owner.id != UserId::NOBODY && !owners.iter().any(|(login, _)| *login == view.owner.name) {
            owners.push((view.owner.name.clone(), view.owner.display_name().to_owned()));
        }
        let catalog = tx.catalog();
        let may_go = |queue: &Queue| queue.id != view.queue.id && queue.kind() == view.ticket.kind;
        // the one it is in, and where else the pages offer to put it (IR-153, IR-154)
        let mut queues = vec![view.queue.clone()];
        queues.extend(access::queues_with(tx, actor, Right::CreateTicket).into_iter().filter(may_go));
        let queues = of_one_team(tx, queues, Some(view.queue.id));
        let reached = catalog
            .lifecycle(&view.queue)
            .into_iter()
            .flat_map(|lifecycle| lifecycle.statuses().filter(|to| lifecycle.reaches(&view.ticket.status, to)));
        let statuses = std::iter::once(view.ticket.status.clone()).chain(reached.map(str::to_owned)).collect();
        let levels = if view.queue.levels_disabled { vec![] } else { catalog.levels().map(|level| level.name.clone()).collect() };
        let mandatory =
            view.fields.iter().filter(|shown| catalog.is_mandatory(&shown.field, view.queue.id)).map(|shown| shown.field.id);
        let mandatory = mandatory.collect();
        let scale = catalog.scale_of(&view.queue);
        Ok(Self { zone: lists::zone_of(actor), owners, queues, statuses, levels, scale, mandatory, view })
    }

    /// Statuses are moved by actions, those of Countermeasures also here (IR-372).
    pub(super) fn has_status(&self) -> bool {
        self.view.ticket.kind == TicketKind::Countermeasure
    }

    pub(super) fn show(&self, visit: &Visit, form: &Submission, refusal: &Refusal) -> Response {
        let ticket = &self.view.ticket;
        let title = tr("form-edit-title", &[("ticket", ticket.id.to_string().into())]);
        let inputs = Inputs { form, refusal };
        let fields: Vec<CustomField> =
            self.view.fields.iter().filter(|shown| shown.editable).map(|shown| shown.field.clone()).collect();
        // one box alone (IR-321): inputs that are not there count as not touched
        let asked = form.text("box");
        let shows = |part: &str| !BOXES.contains(&asked) || asked == part;
        let inside = |grouping: &str| custom_field::inside(grouping, &fields, &self.mandatory, inputs);
        let body = html! {
            (page_head(&title, &ticket.subject, &html! {}))
            (refusal.summary(&t("form-not-saved")))
            @if refusal.is_conflict() { (self.differences(form)) }
            form class="form" method="post" action=(urls::ticket_part(ticket.id, "edit")) enctype="multipart/form-data" {
                (inputs.hidden("version"))
                (inputs.hidden("box"))
                @for input in present::inputs(self) { (inputs.hidden(&format!("{WAS}{}", input.name))) }
                @if shows("basics") { (self.basics(&fields, inputs)) }
                @if shows("people") && ticket.kind != TicketKind::Incident { (people(inputs, &inside("People"))) }
                @if shows("fields") { (custom_field::panels(&fields, &self.mandatory, inputs)) }
                @if shows("dates") { (dates(inputs, &inside("Dates"))) }
                (form_actions(&Button::new(&t("form-save")), &[], Some(&urls::ticket(ticket.id))))
            }
        };
        visit.page(&Frame::new(&title, crate::list::section(ticket.kind)).status(refusal.status), &body)
    }

    /// What is there now, where something else was typed.
    fn differences(&self, form: &Submission) -> Markup {
        let mut inputs = present::inputs(self);
        inputs.retain(|input| is_touched(form, &input.name));
        let lines: Vec<_> =
            inputs.iter().map(|input| text_fact(&input.label, &self.called(&input.name, &joined(&input.values)))).collect();
        html! {
            @if !lines.is_empty() {
                (panel(&Panel { id: "differences", title: &t("form-differences"), ..Panel::default() }, &facts(&lines)))
            }
        }
    }

    /// A value as people call it.
    fn called(&self, name: &str, value: &str) -> String {
        let queue = || self.queues.iter().find(|queue| queue.id.to_string() == value).map(|queue| queue.name.clone());
        if name == "queue" { queue().unwrap_or_default() } else { value.to_owned() }
    }

    fn basics(&self, custom: &[CustomField], inputs: Inputs<'_>) -> Markup {
        let same = |names: &[String]| names.iter().map(|name| (name.clone(), name.clone())).collect::<Vec<Offer>>();
        let queues: Vec<Offer> = self.queues.iter().map(|queue| (queue.id.to_string(), queue.name.clone())).collect();
        let mut levels = vec![(String::new(), t("none").into_owned())];
        levels.extend(same(&self.levels));
        // IR-372: of the four types, Incidents alone have one to choose here; the page Advanced has it for all
        let has_priority = !self.view.ticket.kind.is_child();
        let fields = [
            Some(inputs.select("queue", &t("form-queue"), &queues, "")),
            self.has_status().then(|| inputs.select("status", &t("form-status"), &same(&self.statuses), "")),
            Some(inputs.select("owner", &t("form-owner"), &self.owners, "")),
            (!self.levels.is_empty()).then(|| inputs.select("level", &t("form-level"), &levels, "")),
            has_priority.then(|| inputs.priority("priority", &t("form-priority"), &self.scale)),
            has_priority.then(|| inputs.priority("final_priority", &t("form-final-priority"), &self.scale)),
        ];
        let fields: Vec<Markup> = fields.into_iter().flatten().collect();
        panel(
            &Panel { id: "basics", title: &t("form-basics"), ..Panel::default() },
            &html! { div class="fields" { (inputs.any(&Field::line("subject", &t("form-subject")).required())) (columns(&fields))
                @if self.view.ticket.is_owned() { (inputs.check("force_owner", &t("form-force-owner"))) }
                (inputs.any(&Field::new("description", &t("form-description"), Control::Lines { rows: 4, draft: true })))
                (custom_field::inside("Basics", custom, &self.mandatory, inputs))
            } },
        )
    }
}

fn people(inputs: Inputs<'_>, more: &Markup) -> Markup {
    panel(
        &Panel { id: "people", title: &t("form-people"), ..Panel::default() },
        &html! { div class="fields" {
            (inputs.any(&Field::line("requestors", &t("form-requestors")).hint(&t("form-people-hint"))))
            (columns(&[inputs.line("ccs", &t("form-ccs")), inputs.line("admin_ccs", &t("form-admin-ccs"))]))
            (more)
        } },
    )
}

fn dates(inputs: Inputs<'_>, more: &Markup) -> Markup {
    let moments = [("starts", "form-starts"), ("started", "form-started"), ("told", "form-told"), ("due", "form-due")];
    let times = [("time_estimated", "form-time-estimated"), ("time_worked", "form-time-worked"), ("time_left", "form-time-left")];
    panel(
        &Panel { id: "dates", title: &t("form-dates"), ..Panel::default() },
        &html! { div class="fields" {
            (columns(&moments.map(|(name, key)| inputs.moment(name, &t(key), ""))))
            (columns(&times.map(|(name, key)| inputs.duration(name, &t(key)))))
            (more)
        } },
    )
}
