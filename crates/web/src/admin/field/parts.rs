//! What a field's page has beside the definition: its values, its queues, its grants. Each is a form of its own.

use actions::{Actor, Applied, Error, FieldError, Tx, custom_field};
use domain::{
    GroupId, Right,
    custom_field::{Bearer, CustomField},
    queue::Queue,
    right::Principal,
};
use http_door::{
    text::{t, tr},
    urls,
};
use maud::{Markup, html};

use crate::component::button::{Button, Tone, submit};
use crate::component::field::{Control, Field};
use crate::component::form::{columns, form_actions};
use crate::component::panel::{Panel, panel};
use crate::failure::Failure;
use crate::form::{
    inputs::{Inputs, Offer},
    submission::Submission,
};
use crate::visit::Visit;

fn queues(tx: &Tx) -> Vec<Queue> {
    tx.catalog().queues().filter(|queue| !queue.disabled).cloned().collect()
}

/// What the inputs hold, unless that part was sent.
pub(super) async fn fill(form: &mut Submission, visit: &Visit, field: &CustomField) -> Result<(), Failure> {
    form.preset("options", custom_field::option_lines(field));
    if form.has("queues-sent") {
        return Ok(());
    }
    let tx = visit.app.desk.read().await?;
    for one in tx.catalog().applied_to(field.id) {
        let queue = one.queue;
        form.put(&format!("applies-{queue}"), "1");
        form.put(&format!("mandatory-{queue}"), if one.mandatory { "1" } else { "" });
        form.put(&format!("default-{queue}"), one.default.clone().unwrap_or_default());
        form.put(&format!("order-{queue}"), one.sort_order.map(|order| order.to_string()).unwrap_or_default());
    }
    Ok(())
}

/// An empty default takes the field's own.
pub(super) fn applied(tx: &Tx, field: &CustomField, form: &Submission) -> Result<Vec<Applied>, Error> {
    let mut errors = Vec::new();
    let mut applied = Vec::new();
    for queue in tx.catalog().queues() {
        let name = |part: &str| format!("{part}-{}", queue.id);
        // what is not shown, because its queue is disabled, stays
        if queue.disabled {
            applied.extend(tx.catalog().applied(field.id, queue.id).cloned());
            continue;
        }
        if !form.is_ticked(&name("applies")) {
            continue;
        }
        let order = form.text(&name("order")).trim().to_owned();
        let sort_order = order.parse::<i64>().ok();
        if !order.is_empty() && sort_order.is_none() {
            errors.push(FieldError::new(name("order"), tr("form-not-a-number", &[("most", 1_000_000.into())])));
        }
        let default = form.text(&name("default")).trim_end();
        applied.push(Applied {
            field: field.id,
            queue: queue.id,
            sort_order,
            default: (!default.is_empty()).then(|| default.to_owned()),
            mandatory: form.is_ticked(&name("mandatory")),
        });
    }
    if errors.is_empty() { Ok(applied) } else { Err(Error::Invalid(errors)) }
}

type Wish = ((Principal, Right), bool);

pub(super) fn grant(form: &Submission) -> Result<Wish, Error> {
    let principal = match form.text("principal") {
        "everyone" => Some(Principal::Everyone),
        "privileged" => Some(Principal::Privileged),
        "unprivileged" => Some(Principal::Unprivileged),
        other => other
            .strip_prefix("group-")
            .and_then(|id| id.parse().ok().map(|id: GroupId| Principal::Group(id)))
            .or_else(|| other.strip_prefix("user-").and_then(|id| id.parse().ok().map(Principal::User))),
    };
    let principal = principal.ok_or_else(|| Error::invalid("principal", t("fields-principal-needed")))?;
    let right = Right::parse(form.text("right")).ok_or_else(|| Error::invalid("right", t("fields-right-needed")))?;
    Ok(((principal, right), !form.has("revoke")))
}

pub(super) fn panels(tx: &Tx, actor: &Actor, field: &CustomField, inputs: Inputs<'_>) -> Result<Markup, Failure> {
    let own_values = field.kind.has_options() && field.source.is_empty();
    let save = || form_actions(&Button::new(&t("settings-save")), &[], None);
    Ok(html! {
        @if own_values {
            form class="form" method="post" action=(urls::admin_field_part(field.id, "options")) {
                (panel(&Panel { id: "options", title: &t("fields-values"), ..Panel::default() }, &html! {
                    div class="fields" {
                        (inputs.any(&Field::new("options", &t("fields-values"), Control::Lines { rows: 8, draft: false }).hint(&t("fields-options-hint"))))
                    }
                    (save())
                }))
            }
        }
        form class="form" method="post" action=(urls::admin_field_part(field.id, "queues")) {
            (panel(&Panel { id: "queues", title: &t("fields-queues"), ..Panel::default() }, &html! {
                input type="hidden" name="queues-sent" value="1";
                @for queue in queues(tx) { (of_queue(field, &queue, inputs)) }
                (save())
            }))
        }
        (grants(tx, actor, field, inputs)?)
    })
}

fn of_queue(field: &CustomField, queue: &Queue, inputs: Inputs<'_>) -> Markup {
    let name = |part: &str| format!("{part}-{}", queue.id);
    html! {
        fieldset class="fields" {
            legend { (queue.name) }
            (inputs.check(&name("applies"), &t("fields-applies")))
            @if field.bearer != Bearer::Queue {
                (inputs.check(&name("mandatory"), &t("fields-mandatory")))
                (columns(&[inputs.line(&name("default"), &t("fields-default")), inputs.line(&name("order"), &t("fields-order"))]))
            }
        }
    }
}

fn grants(tx: &Tx, actor: &Actor, field: &CustomField, inputs: Inputs<'_>) -> Result<Markup, Failure> {
    let given = custom_field::grants(tx, actor, field.id)?;
    let action = urls::admin_field_part(field.id, "grants");
    let mut principals: Vec<Offer> = ["everyone", "privileged", "unprivileged"]
        .iter()
        .map(|name| ((*name).to_owned(), t(&format!("fields-{name}")).into_owned()))
        .collect();
    principals.extend(tx.catalog().groups().map(|(id, name)| (format!("group-{id}"), name.to_owned())));
    let rights: Vec<Offer> = custom_field::RIGHTS.iter().map(|right| (right.to_string(), right.to_string())).collect();
    let take = t("fields-revoke");
    Ok(panel(
        &Panel { id: "grants", title: &t("fields-grants"), count: given.len() as u64, ..Panel::default() },
        &html! {
            ul class="values" {
                @for (principal, name, right) in &given {
                    li {
                        form method="post" action=(action) {
                            span { (name) ": " (right) } " "
                            input type="hidden" name="principal" value=(key(*principal));
                            input type="hidden" name="right" value=(right);
                            (submit(&Button::new(&take).tone(Tone::Quiet).sends("revoke", "1")))
                        }
                    }
                }
            }
            form class="form" method="post" action=(action) {
                div class="fields" {
                    (columns(&[
                        inputs.select("principal", &t("fields-principal"), &principals, ""),
                        inputs.select("right", &t("fields-right"), &rights, ""),
                    ]))
                }
                (form_actions(&Button::new(&t("fields-grant")), &[], None))
            }
        },
    ))
}

fn key(principal: Principal) -> String {
    match principal {
        Principal::Everyone => "everyone".to_owned(),
        Principal::Privileged => "privileged".to_owned(),
        Principal::Unprivileged => "unprivileged".to_owned(),
        Principal::User(id) => format!("user-{id}"),
        Principal::Group(id) => format!("group-{id}"),
        Principal::Role(role) => format!("role-{}", role.as_str()),
    }
}
