//! One custom field: its definition, its values, where it applies, who may do what with it.

mod definition;
mod parts;
mod queue;

use actions::{Error, Tx, custom_field};
use axum::extract::Path;
use domain::{
    FieldId,
    custom_field::{CustomField, FieldKind},
};
use http_door::{text::t, urls};
use maud::html;

use crate::component::button::Button;
use crate::component::form::form_actions;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::{Answer, Failure};
use crate::flash;
use crate::form::{inputs::Inputs, refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};
pub(super) use queue::{save as save_queue_values, show as queue_values};

pub(super) async fn new(visit: Visit) -> Answer {
    let field = CustomField::new("", FieldKind::Freeform);
    let mut form = Submission::default();
    definition::fill(&mut form, &field);
    page(&visit, &field, &form, &Refusal::default()).await
}

pub(super) async fn create(visit: Visit, form: Submission) -> Answer {
    let field = CustomField::new("", FieldKind::Freeform);
    define(visit, field, form).await
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let field = load(&visit, &id).await?;
    let mut form = Submission::default();
    definition::fill(&mut form, &field);
    parts::fill(&mut form, &visit, &field).await?;
    page(&visit, &field, &form, &Refusal::default()).await
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let field = load(&visit, &id).await?;
    define(visit, field, form).await
}

async fn define(visit: Visit, field: CustomField, mut form: Submission) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    let outcome = match definition::read(&form, &field) {
        Ok(wanted) => custom_field::define(&mut tx, &visit.actor, wanted).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(id) => {
            tx.commit().await?;
            Ok(flash::redirect(&urls::admin_field(id), "field-saved", None))
        }
        Err(error) => {
            tx.rollback().await?;
            let refusal = Refusal::of(error, &form)?;
            parts::fill(&mut form, &visit, &field).await?;
            page(&visit, &field, &form, &refusal).await
        }
    }
}

pub(super) async fn save_options(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let field = load(&visit, &id).await?;
    let mut tx = visit.app.desk.write().await?;
    let outcome = custom_field::set_options(&mut tx, &visit.actor, field.id, form.text("options")).await;
    finish(visit, tx, field, form, outcome).await
}

pub(super) async fn save_queues(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let field = load(&visit, &id).await?;
    let mut tx = visit.app.desk.write().await?;
    let outcome = match parts::applied(&tx, &field, &form) {
        Ok(applied) => custom_field::apply(&mut tx, &visit.actor, field.id, applied).await,
        Err(error) => Err(error),
    };
    finish(visit, tx, field, form, outcome).await
}

pub(super) async fn save_grant(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let field = load(&visit, &id).await?;
    let mut tx = visit.app.desk.write().await?;
    let outcome = match parts::grant(&form) {
        Ok((grant, given)) => custom_field::grant(&mut tx, &visit.actor, field.id, grant, given).await,
        Err(error) => Err(error),
    };
    finish(visit, tx, field, form, outcome).await
}

async fn load(visit: &Visit, id: &str) -> Result<CustomField, Failure> {
    let id: FieldId = id.parse().map_err(|_| Failure(Error::NotFound))?;
    let tx = visit.app.desk.read().await?;
    Ok(custom_field::get(&tx, &visit.actor, id)?)
}

/// On to the field's page, or back with what was typed in that part and what is wrong with it.
async fn finish(visit: Visit, tx: Tx, field: CustomField, mut form: Submission, outcome: Result<(), Error>) -> Answer {
    match outcome {
        Ok(()) => {
            tx.commit().await?;
            Ok(flash::redirect(&urls::admin_field(field.id), "field-saved", None))
        }
        Err(error) => {
            tx.rollback().await?;
            let refusal = Refusal::of(error, &form)?;
            definition::fill(&mut form, &field);
            parts::fill(&mut form, &visit, &field).await?;
            page(&visit, &field, &form, &refusal).await
        }
    }
}

async fn page(visit: &Visit, field: &CustomField, form: &Submission, refusal: &Refusal) -> Answer {
    let tx = visit.app.desk.read().await?;
    custom_field::list(&tx, &visit.actor)?;
    let is_new = field.id.0 == 0;
    let title = if is_new { t("fields-new").into_owned() } else { field.name.clone() };
    let action = if is_new { urls::admin_field_new().to_owned() } else { urls::admin_field(field.id) };
    let inputs = Inputs { form, refusal };
    let body = html! {
        (page_head(&title, &t("fields-beneath"), &html! {}))
        (super::sections(urls::admin_fields()))
        (refusal.summary(&t("field-not-saved")))
        form class="form" method="post" action=(action) {
            (panel(&Panel { id: "definition", title: &t("fields-definition"), ..Panel::default() }, &html! {
                div class="fields" { (definition::inputs(&tx.catalog(), field, inputs)) }
                (form_actions(&Button::new(&t("settings-save")), &[], Some(urls::admin_fields())))
            }))
        }
        @if !is_new { (parts::panels(&tx, &visit.actor, field, inputs)?) }
    };
    Ok(visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body))
}
