//! One template: the form it is written with, and what it makes of a ticket; brought up to date by a script while somebody
//! types, and by its button without one.

use actions::Error;
use actions::setup::{self, TemplateInput, TemplatePreview, TemplateView};
use axum::extract::{Path, RawQuery};
use domain::{QueueId, TemplateId};
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::number;
use crate::component::button::{Button, Tone, link};
use crate::component::field::{Control, Field};
use crate::component::form::{columns, form_actions};
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::flash;
use crate::form::inputs::{Inputs, Offer};
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};

/// The button that asks for a preview.
const PREVIEW: &str = "preview";

pub(super) async fn blank(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let mut form = visit.begun(query.as_deref());
    if let Ok(source) = number(form.text("from")) {
        // a copy of another, as when a queue shall have its own
        let source = setup::template(&mut visit.app.desk.read().await?, &visit.actor, source).await?;
        fill(&mut form, &source);
    }
    page(&visit, None, &form, &Refusal::default()).await
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let template = setup::template(&mut visit.app.desk.read().await?, &visit.actor, number(&id)?).await?;
    let mut form = visit.begun(query.as_deref());
    fill(&mut form, &template);
    page(&visit, Some(&template), &form, &Refusal::default()).await
}

pub(super) async fn create(visit: Visit, form: Submission) -> Answer {
    keep(visit, None, form).await
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let id = number(&id)?;
    keep(visit, Some(id), form).await
}

async fn keep(visit: Visit, id: Option<TemplateId>, form: Submission) -> Answer {
    let mut look = visit.app.desk.read().await?;
    let template = match id {
        Some(id) => Some(setup::template(&mut look, &visit.actor, id).await?),
        None => None,
    };
    drop(look);
    if form.has(PREVIEW) {
        return page(&visit, template.as_ref(), &form, &Refusal::default()).await;
    }
    let mut tx = visit.app.desk.write().await?;
    match setup::save_template(&mut tx, &visit.actor, id, read(&form)).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(flash::redirect(&urls::admin_template(id, ""), "template-saved", None))
        }
        Err(error) => {
            tx.rollback().await?;
            let refusal = Refusal::of(error, &form)?;
            page(&visit, template.as_ref(), &form, &refusal).await
        }
    }
}

fn fill(form: &mut Submission, template: &TemplateView) {
    form.preset("name", &template.name);
    form.preset("queue", template.queue.map(|id| id.to_string()).unwrap_or_default());
    form.preset("description", &template.description);
    form.preset("content", &template.content);
}

fn read(form: &Submission) -> TemplateInput {
    TemplateInput {
        name: form.text("name").to_owned(),
        queue: form.text("queue").parse().ok().map(QueueId),
        description: form.text("description").to_owned(),
        content: form.text("content").to_owned(),
    }
}

async fn page(visit: &Visit, template: Option<&TemplateView>, form: &Submission, refusal: &Refusal) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    setup::templates(&mut tx, &visit.actor).await?;
    let mut queues: Vec<Offer> = vec![(String::new(), t("rules-everywhere").into_owned())];
    queues.extend(tx.catalog().queues().map(|queue| (queue.id.to_string(), queue.name.clone())));
    let preview = match form.text("ticket") {
        "" => None,
        ticket => Some(setup::preview_template(&mut tx, &visit.actor, form.text("content"), ticket).await),
    };
    drop(tx);
    let title = template.map_or_else(|| t("templates-new").into_owned(), |template| template.name.clone());
    let action = template.map_or_else(|| urls::admin_template_new().to_owned(), |one| urls::admin_template(one.id, ""));
    let inputs = Inputs { form, refusal };
    let (name, description, content) = (t("rules-name"), t("templates-description"), t("templates-content"));
    let hint = t("templates-content-hint");
    let body = html! {
        (page_head(&title, "", &template.map(buttons).unwrap_or_default()))
        (super::super::sections(urls::admin_templates()))
        (refusal.summary(&t("templates-not-saved")))
        form class="form" method="post" action=(action) data-follow="preview" {
            (panel(&Panel { id: "template", title: &t("templates-definition"), ..Panel::default() }, &html! { div class="fields" {
                (columns(&[
                    inputs.any(&Field::line("name", &name).required()),
                    inputs.select("queue", &t("templates-queue"), &queues, &t("templates-queue-hint")),
                ]))
                (inputs.any(&Field::line("description", &description)))
                div class="fields code" { (inputs.any(&Field::new("content", &content, Control::Lines { rows: 18, draft: true }).hint(&hint))) }
                (form_actions(&Button::new(&t("templates-save")), &[], Some(urls::admin_templates())))
            } }))
            (panel(&Panel { id: "try", title: &t("templates-try"), ..Panel::default() }, &html! { div class="fields" {
                (inputs.any(&Field::line("ticket", &t("templates-ticket")).hint(&t("templates-ticket-hint"))))
                div class="form-actions" {
                    (crate::component::button::submit(&Button::new(&t("templates-preview")).sends(PREVIEW, "1")))
                }
                (shown(preview))
            } }))
        }
        (help())
    };
    Ok(visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body))
}

fn buttons(template: &TemplateView) -> Markup {
    let copy = urls::with(urls::admin_template_new(), &[("from", &template.id.to_string())]);
    html! {
        (link(&copy, &Button::new(&t("rules-copy"))))
        (link(&urls::admin_template(template.id, "delete"), &Button::new(&t("admin-delete")).tone(Tone::Danger)))
    }
}

/// What came out, or why nothing did; a script puts it in place of what stood here.
fn shown(preview: Option<actions::Result<TemplatePreview>>) -> Markup {
    html! {
        div id="preview" role="status" {
            @match preview {
                None => p class="hint" { (t("templates-no-preview")) },
                Some(Err(Error::Invalid(errors))) => p class="notice bad" { @for error in errors { (error.message) " " } },
                Some(Err(error)) => p class="notice bad" { (http_door::public_message(&error)) },
                Some(Ok(preview)) => {
                    p class="hint" { (tr("templates-about", &[("kind", preview.about.into()), ("ticket", preview.ticket.to_string().into())])) }
                    p { strong { (t("templates-subject")) } " " bdi { (preview.subject) } }
                    @for (name, value) in &preview.headers { p { strong { (name) ":" } " " bdi { (value) } } }
                    pre class="wrapped" tabindex="0" { (preview.text) }
                    @if let Some(html) = &preview.html { details { summary { (t("templates-html")) } pre class="wrapped" tabindex="0" { (html) } } }
                },
            }
        }
    }
}

/// The names that can be used.
fn help() -> Markup {
    html! {
        details class="panel" id="names" {
            summary { (t("templates-names")) }
            p { @for (number, name) in setup::template_names().enumerate() { @if number > 0 { ", " } code { (name) } } }
        }
    }
}
