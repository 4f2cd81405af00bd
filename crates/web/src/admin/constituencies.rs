//! Constituencies: which there are, adding one, renaming one (IR-164 … IR-170).

use actions::setup::{self, ConstituencyView, NewConstituency};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use crate::component::button::Button;
use crate::component::empty::empty_line;
use crate::component::facts::{fact, facts, text_fact};
use crate::component::field::Field;
use crate::component::form::{columns, form_actions};
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::flash;
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};

pub(super) async fn show(visit: Visit) -> Answer {
    page(&visit, &Submission::default(), &Refusal::default()).await
}

pub(super) async fn add(visit: Visit, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        let text = |name: &str| Some(form.text(name).trim().to_owned()).filter(|text| !text.is_empty());
        let new = NewConstituency {
            name: form.text("name").to_owned(),
            description: form.text("description").to_owned(),
            correspond_address: text("correspond_address"),
            comment_address: text("comment_address"),
        };
        setup::create_constituency(&mut tx, &visit.actor, new).await?;
        tx.commit().await
    };
    finish(&visit, &form, outcome.await).await
}

pub(super) async fn rename(visit: Visit, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        setup::rename_constituency(&mut tx, &visit.actor, form.text("old"), form.text("new")).await?;
        tx.commit().await
    };
    finish(&visit, &form, outcome.await).await
}

async fn finish(visit: &Visit, form: &Submission, outcome: actions::Result<()>) -> Answer {
    match outcome {
        Ok(()) => Ok(flash::redirect(urls::admin_constituencies(), "constituency-saved", None)),
        Err(error) => {
            let refusal = Refusal::of(error, form)?;
            page(visit, form, &refusal).await
        }
    }
}

async fn page(visit: &Visit, form: &Submission, refusal: &Refusal) -> Answer {
    let tx = visit.app.desk.read().await?;
    let all = setup::constituencies(&tx, &visit.actor)?;
    drop(tx);
    let title = t("admin-constituencies");
    let body = html! {
        (page_head(&title, &t("admin-constituencies-beneath"), &html! {}))
        (super::sections(urls::admin_constituencies()))
        (refusal.summary(&t("constituency-not-saved")))
        @if all.is_empty() { (empty_line(&t("constituency-none"))) }
        @for (number, view) in all.iter().enumerate() { (one(number, view, form, refusal)) }
        (new(form, refusal))
    };
    Ok(visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body))
}

fn one(number: usize, view: &ConstituencyView, form: &Submission, refusal: &Refusal) -> Markup {
    let name = &view.constituency.name;
    let queues = html! {
        ul class="plain" {
            @for queue in &view.queues {
                li { (queue.name) @if let Some(address) = &queue.correspond_address { " " span class="beside" { (address.as_str()) } } }
            }
        }
    };
    let is_typed = form.text("old") == name.as_str();
    let typed = if is_typed { form.text("new") } else { name.as_str() };
    let error = if is_typed { refusal.on("new").or(refusal.on("name")) } else { None };
    let id = format!("constituency-{number}");
    panel(
        &Panel { id: &id, title: name, ..Panel::default() },
        &html! {
            (facts(&[
                text_fact(&t("constituency-description"), &view.constituency.description),
                fact(&t("constituency-queues"), queues),
                text_fact(&t("constituency-groups"), &view.groups.join(", ")),
            ]))
            form class="form" method="post" action=(urls::admin_constituency_rename()) {
                input type="hidden" name="old" value=(name);
                div class="field" {
                    label for={ (id) "-new" } { (t("constituency-new-name")) }
                    input id={ (id) "-new" } name="new" value=(typed) autocomplete="off" aria-invalid=[error.map(|_| "true")];
                    @if let Some(error) = error { p class="error" { (error) } }
                }
                (form_actions(&Button::new(&t("constituency-rename")), &[], None))
            }
        },
    )
}

fn new(form: &Submission, refusal: &Refusal) -> Markup {
    let is_typed = !form.has("old");
    let line = |name: &'static str, key: &str| {
        let label = t(key);
        let value = if is_typed { form.text(name) } else { "" };
        crate::component::field::field(&Field::line(name, &label).value(value).error(refusal.on(name).filter(|_| is_typed)))
    };
    panel(
        &Panel { id: "new", title: &t("constituency-add"), ..Panel::default() },
        &html! {
            form class="form" method="post" action=(urls::admin_constituencies()) {
                div class="fields" {
                    (columns(&[line("name", "constituency-name"), line("description", "constituency-description")]))
                    (columns(&[line("correspond_address", "constituency-correspond"), line("comment_address", "constituency-comment")]))
                }
                (form_actions(&Button::new(&t("constituency-add")), &[], None))
            }
        },
    )
}
