//! Rules and templates as a YAML file: downloaded, and read in again.

use actions::setup;
use axum::response::IntoResponse;
use http_door::{text::t, urls};
use maud::html;

use crate::component::button::{Button, link};
use crate::component::field::{Control, Field};
use crate::component::form::form_actions;
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::form::inputs::Inputs;
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};
use crate::{file, flash};

pub(super) async fn export(visit: Visit) -> Answer {
    let text = setup::export_rules(&mut visit.app.desk.read().await?, &visit.actor).await?;
    Ok((file::headers("watchbell-rules.yaml", "application/yaml"), text).into_response())
}

pub(super) async fn ask(visit: Visit) -> Answer {
    setup::rules(&mut visit.app.desk.read().await?, &visit.actor).await?;
    Ok(page(&visit, &Submission::default(), &Refusal::default()))
}

/// The file, else what was pasted.
pub(super) async fn import(visit: Visit, mut form: Submission) -> Answer {
    let chosen = form.files.first().map(|file| String::from_utf8_lossy(&file.content).into_owned());
    let text = chosen.unwrap_or_else(|| form.text("file").to_owned());
    let mut tx = visit.app.desk.write().await?;
    match setup::import_rules(&mut tx, &visit.actor, &text).await {
        Ok(imported) => {
            tx.commit().await?;
            let count = i64::try_from(imported.rules + imported.templates).unwrap_or(i64::MAX);
            Ok(flash::redirect_with_count(urls::admin_rules(), "rules-imported", count))
        }
        Err(error) => {
            tx.rollback().await?;
            // what is wrong is told of the text, which can be mended on the spot
            form.files.clear();
            form.set("file", text);
            let refusal = Refusal::of(error, &form)?;
            Ok(page(&visit, &form, &refusal))
        }
    }
}

fn page(visit: &Visit, form: &Submission, refusal: &Refusal) -> axum::response::Response {
    let title = t("rules-import");
    let inputs = Inputs { form, refusal };
    let (pasted, chosen) = (t("rules-import-text"), t("rules-import-file"));
    let download = link(urls::admin_rules_export(), &Button::new(&t("rules-export")).icon(Icon::Download));
    let body = html! {
        (page_head(&title, &t("rules-import-beneath"), &download))
        (super::super::sections(urls::admin_rules()))
        (refusal.summary(&t("rules-not-imported")))
        form class="form" method="post" enctype="multipart/form-data" action=(urls::admin_rules_import()) {
            (panel(&Panel { id: "import", title: &title, ..Panel::default() }, &html! { div class="fields" {
                div class="fields code" { (inputs.any(&Field::new("file", &pasted, Control::Lines { rows: 14, draft: false }))) }
                (inputs.any(&Field::new("files", &chosen, Control::File { pictures: false })))
                (form_actions(&Button::new(&t("rules-import-do")), &[], Some(urls::admin_rules())))
            } }))
        }
    };
    visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body)
}
