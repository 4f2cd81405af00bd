//! What a queue itself holds: its default WHOIS server, and whatever a site adds (IR-095).

use actions::{Error, access, custom_field};
use axum::extract::Path;
use domain::{
    FieldId, QueueId, Right,
    custom_field::{Bearer, CustomField},
};
use http_door::{text::t, urls};
use maud::html;

use crate::admin::fields::queue_id;
use crate::component::button::Button;
use crate::component::field::{Control, Field};
use crate::component::form::form_actions;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::{Answer, Failure};
use crate::flash;
use crate::form::{inputs::Inputs, refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};

pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = queue_id(&id).ok_or(Failure(Error::NotFound))?;
    page(&visit, id, Submission::default(), &Refusal::default()).await
}

pub(crate) async fn save(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let id = queue_id(&id).ok_or(Failure(Error::NotFound))?;
    let mut tx = visit.app.desk.write().await?;
    let catalog = tx.catalog();
    let fields = catalog.fields_for(Bearer::Queue, id).map(|field| field.id);
    let inputs: Vec<(FieldId, String)> = fields.map(|field| (field, form.text(&format!("cf-{field}")).to_owned())).collect();
    match custom_field::set_queue_values(&mut tx, &visit.actor, id, &inputs).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(flash::redirect(urls::admin_fields(), "field-saved", None))
        }
        Err(error) => {
            tx.rollback().await?;
            let refusal = Refusal::of(error, &form)?;
            page(&visit, id, form, &refusal).await
        }
    }
}

async fn page(visit: &Visit, id: QueueId, mut form: Submission, refusal: &Refusal) -> Answer {
    let tx = visit.app.desk.read().await?;
    access::require_global(&tx, &visit.actor, Right::AdminQueue)?;
    let catalog = tx.catalog();
    let queue = catalog.queue(id).ok_or(Failure(Error::NotFound))?;
    let fields: Vec<&CustomField> = catalog.fields_for(Bearer::Queue, id).collect();
    for field in &fields {
        form.preset(&format!("cf-{}", field.id), catalog.queue_values(id, field.id).join("\n"));
    }
    let inputs = Inputs { form: &form, refusal };
    let control = |field: &CustomField| {
        if field.is_single() {
            Control::Line { kind: "text", autocomplete: "off" }
        } else {
            Control::Lines { rows: 3, draft: false }
        }
    };
    let body = html! {
        (page_head(&queue.name, &t("fields-of-queues"), &html! {}))
        (super::super::sections(urls::admin_fields()))
        (refusal.summary(&t("field-not-saved")))
        form class="form" method="post" action=(urls::admin_queue_values(id)) {
            (panel(&Panel { id: "values", title: &t("fields-of-queues"), ..Panel::default() }, &html! {
                div class="fields" {
                    @for field in &fields {
                        (inputs.any(&Field::new(&format!("cf-{}", field.id), &field.name, control(field)).hint(&field.hint)))
                    }
                }
                (form_actions(&Button::new(&t("settings-save")), &[], Some(urls::admin_fields())))
            }))
        }
    };
    Ok(visit.page(&Frame::new(&queue.name, Section::Admin).status(refusal.status), &body))
}
