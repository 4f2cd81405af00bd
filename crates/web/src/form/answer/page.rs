//! The form for a reply or a comment.

use super::super::{
    collision::SEEN,
    custom_field, earlier, forgotten, formatted,
    inputs::{Inputs, Offer},
    recipients::{button, recipients},
    refusal::Refusal,
    submission::Submission,
};
use super::Audience;
use crate::{
    component::{
        button::Button,
        field::{Choice, Control, Field, field},
        form::{columns, form_actions},
        panel::{Panel, panel},
        ticket::page_head,
    },
    visit::{Frame, Visit},
};
use actions::{
    Actor, Error, Result, Tx, access, account, incident,
    ticket::{
        Preview,
        show::{self, TicketView},
    },
};
use axum::response::Response;
use domain::{FieldId, Right, TicketId, custom_field::CustomField, person::User, preference, setting::list::ATTACHMENT_WORDS};
use http_door::{
    text::{t, tr},
    urls,
};
use maud::{Markup, html};

pub(super) struct Page {
    pub(super) view: TicketView,
    pub(super) audience: Audience,
    /// Reports of the same Incidents, to be attached.
    reports: Vec<Offer>,
    owners: Vec<Offer>,
    /// Of the entry that the message becomes (IR-102, TC-104).
    pub(super) entry_fields: Vec<CustomField>,
    mandatory: Vec<FieldId>,
    attachment_words: String,
    /// Files of earlier messages (TC-114).
    earlier: Vec<Offer>,
    markdown: bool,
}

impl Page {
    /// Forbidden where the person may not write so.
    pub(super) async fn load(tx: &mut Tx, actor: &Actor, id: TicketId, audience: Audience) -> Result<Self> {
        let view = show::view(tx, actor, id).await?;
        let (may, right) = match audience {
            Audience::Correspondents => (view.may_reply(), Right::ReplyToTicket),
            Audience::Staff => (view.may_comment(), Right::CommentOnTicket),
        };
        if !may {
            return Err(Error::Forbidden(right));
        }
        let incidents: Vec<TicketId> = view.incidents().map(|parent| parent.ticket.id).collect();
        let reports = incident::attachable(tx, actor, &incidents, Some(view.ticket.id)).await?;
        let reports =
            reports.into_iter().map(|one| (one.id.to_string(), format!("#{} {} · {}", one.id, one.subject, one.status)));
        let mut owners = vec![("Nobody".to_owned(), t("chip-nobody").into_owned())];
        if view.may_modify() {
            let possible = account::possible_owners(tx, actor, view.ticket.id).await?;
            owners.extend(possible.into_iter().map(|user| (user.name.clone(), user.display_name().to_owned())));
        }
        if !owners.iter().any(|(login, _)| *login == view.owner.name) {
            owners.push((view.owner.name.clone(), view.owner.display_name().to_owned()));
        }
        let entry_fields = access::entry_fields(tx, actor, view.ticket.queue);
        let catalog = tx.catalog();
        let mandatory = entry_fields.iter().filter(|field| catalog.is_mandatory(field, view.ticket.queue));
        let mandatory = mandatory.map(|field| field.id).collect();
        let markdown = account::preferences(tx, actor).await?.flag(preference::WRITE_MARKDOWN);
        let earlier = earlier::offers(tx, actor, id).await?;
        let attachment_words = catalog.setting_text(ATTACHMENT_WORDS).to_owned();
        Ok(Self {
            reports: reports.collect(),
            owners,
            entry_fields,
            mandatory,
            view,
            audience,
            attachment_words,
            earlier,
            markdown,
        })
    }

    pub(super) fn show(&self, visit: &Visit, form: &Submission, refusal: &Refusal, preview: Option<&Preview>) -> Response {
        let ticket = &self.view.ticket;
        let title = self.title(form);
        let inputs = Inputs { form, refusal };
        let action = urls::ticket_part(ticket.id, self.audience.name());
        let label = if self.audience == Audience::Staff { t("form-comment") } else { t("form-reply") };
        let message = Panel { id: "message", title: &t("form-message"), ..Panel::default() };
        let body = html! {
            (page_head(&title, &ticket.subject, &html! {}))
            (refusal.summary(&t("form-not-sent")))
            form class="form" method="post" action=(action) enctype="multipart/form-data" data-preview {
                (inputs.hidden(SEEN))
                (forgotten::input(form, &self.attachment_words))
                (recipients(preview, form))
                @if self.markdown && preview.is_some() { (formatted::preview(form)) }
                (panel(&message, &html! { div class="fields" {
                    @if self.view.may_reply() && self.view.may_comment() { (inputs.choices("type", &t("form-type"), &types(), false)) }
                    (inputs.line("subject", &t("form-subject")))
                    (columns(&[
                        inputs.any(&Field::line("cc", &t("form-one-time-cc")).hint(&t("form-one-time-hint"))),
                        inputs.line("bcc", &t("form-one-time-bcc")),
                    ]))
                    (inputs.message("message", 14))
                    @if self.markdown { (formatted::hint()) }
                    (custom_field::bare(&self.entry_fields, &self.mandatory, inputs))
                    @if !self.reports.is_empty() { (inputs.choices("attach_reports", &t("form-attach-reports"), &self.reports, true)) }
                    (columns(&[self.status(inputs), self.owner(inputs), inputs.duration("time_worked", &t("form-time-taken"))]))
                    (earlier::choices(inputs, &self.earlier))
                    (inputs.files())
                } }))
                (form_actions(&Button::new(&label), &[button(&t("preview-button")), Inputs::attach(&t("form-attach"))], Some(&urls::ticket(ticket.id))))
            }
        };
        visit.page(&Frame::new(&title, crate::list::section(ticket.kind)).status(refusal.status), &body)
    }

    /// Called as the action that opened the form.
    fn title(&self, form: &Submission) -> String {
        let number = self.view.ticket.id.to_string();
        let action = self
            .view
            .actions
            .iter()
            .find(|action| action.to == form.text("status") && action.update != domain::lifecycle::Update::None);
        match (action, self.audience) {
            (Some(action), _) => format!("{} #{number}", action.label),
            (None, Audience::Correspondents) => tr("form-reply-title", &[("ticket", number.into())]),
            (None, Audience::Staff) => tr("form-comment-title", &[("ticket", number.into())]),
        }
    }

    /// The present one, and where the offered actions lead.
    fn status(&self, inputs: Inputs<'_>) -> Markup {
        let now = tr("form-status-stays", &[("status", self.view.ticket.status.clone().into())]);
        let mut offers: Vec<Offer> = vec![(String::new(), now)];
        for action in &self.view.actions {
            if !offers.iter().any(|(status, _)| *status == action.to) {
                offers.push((action.to.clone(), action.to.clone()));
            }
        }
        inputs.select("status", &t("form-status"), &offers, "")
    }

    /// The present one unless somebody else is chosen (IR-380).
    fn owner(&self, inputs: Inputs<'_>) -> Markup {
        if !self.view.may_modify() {
            return html! {};
        }
        let chosen = if inputs.form.has("owner") { inputs.form.text("owner") } else { &self.view.owner.name };
        let choices: Vec<Choice<'_>> =
            self.owners.iter().map(|(value, label)| Choice { value, label, chosen: value == chosen }).collect();
        field(&Field::new("owner", &t("form-owner"), Control::Select(&choices)).error(inputs.refusal.on("owner")))
    }
}

fn types() -> Vec<Offer> {
    vec![("reply".to_owned(), t("form-type-reply").into_owned()), ("comment".to_owned(), t("form-type-comment").into_owned())]
}

pub(in super::super) fn shown(user: &User) -> String {
    match &user.email {
        Some(email) if !user.real_name.is_empty() => format!("{} <{email}>", user.real_name),
        Some(email) => email.to_string(),
        None => user.display_name().to_owned(),
    }
}
