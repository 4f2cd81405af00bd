//! All custom fields, and what queues themselves hold (TC-130, TC-131).

use actions::{Actor, access, custom_field};
use axum::Router;
use axum::routing::{get, post};
use domain::{
    QueueId, Right,
    custom_field::{Bearer, CustomField},
    queue::Queue,
};
use http_door::{App, text::t, urls};
use maud::{Markup, html};

use super::field;
use crate::component::button::{Button, Tone, link};
use crate::component::panel::{Panel, panel};
use crate::component::table::{Column, Kind, Row, Table, table};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::layout::{KeyGroup, Section};
use crate::visit::{Frame, Visit};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/admin/fields", get(show))
        .route("/admin/fields/new", get(field::new).post(field::create))
        .route("/admin/fields/{id}", get(field::show).post(field::save))
        .route("/admin/fields/{id}/options", post(field::save_options))
        .route("/admin/fields/{id}/queues", post(field::save_queues))
        .route("/admin/fields/{id}/grants", post(field::save_grant))
        .route("/admin/queue-values/{id}", get(field::queue_values).post(field::save_queue_values))
}

async fn show(visit: Visit) -> Answer {
    let tx = visit.app.desk.read().await?;
    let fields = custom_field::list(&tx, &visit.actor)?;
    let catalog = tx.catalog();
    let queues: Vec<Queue> = catalog.queues().filter(|queue| !queue.disabled).cloned().collect();
    let of_queue = |field: &CustomField| {
        let names: Vec<&str> = queues
            .iter()
            .filter(|queue| catalog.applied(field.id, queue.id).is_some())
            .map(|queue| queue.name.as_str())
            .collect();
        if field.everywhere { t("fields-everywhere").into_owned() } else { names.join(", ") }
    };
    let rows: Vec<(String, Vec<Markup>)> =
        fields.iter().map(|field| (field.id.to_string(), cells(field, &of_queue(field)))).collect();
    let holding = queues.iter().filter(|queue| catalog.fields_for(Bearer::Queue, queue.id).next().is_some());
    let holding: Vec<&Queue> = holding.filter(|_| may_set_queue_values(&tx, &visit.actor)).collect();
    let title = t("admin-fields");
    let new = link(urls::admin_field_new(), &Button::new(&t("fields-new")).tone(Tone::Primary));
    let body = html! {
        (page_head(&title, &t("fields-beneath"), &new))
        (super::sections(urls::admin_fields()))
        (panel(&Panel { id: "fields", title: &title, flush: true, ..Panel::default() }, &listed(rows)))
        @if !holding.is_empty() {
            (panel(&Panel { id: "queue-values", title: &t("fields-of-queues"), ..Panel::default() }, &html! {
                ul { @for queue in holding { li { a href=(urls::admin_queue_values(queue.id)) { (queue.name) } } } }
            }))
        }
    };
    Ok(visit.page(&Frame::new(&title, Section::Admin).keys(&[KeyGroup::List]), &body))
}

fn may_set_queue_values(tx: &actions::Tx, actor: &Actor) -> bool {
    access::require_global(tx, actor, Right::AdminQueue).is_ok()
}

fn cells(field: &CustomField, queues: &str) -> Vec<Markup> {
    let many = match field.max_values {
        0 => t("fields-any-number").into_owned(),
        most => most.to_string(),
    };
    vec![
        html! { a href=(urls::admin_field(field.id)) { (field.name) } @if field.disabled { " " span class="beside" { (t("fields-disabled")) } } },
        html! { (field.kind.as_str()) },
        html! { (many) },
        html! { (t(bearer_key(field.bearer))) },
        html! { (field.grouping) },
        html! { (queues) },
    ]
}

fn listed(rows: Vec<(String, Vec<Markup>)>) -> Markup {
    let titles = ["fields-name", "fields-kind", "fields-values", "fields-bearer", "fields-grouping", "fields-queues"].map(t);
    let kinds = [Kind::Main, Kind::Text, Kind::Text, Kind::Text, Kind::Text, Kind::Prose];
    let columns = titles.iter().zip(kinds).map(|(title, kind)| Column::new(title, kind)).collect();
    let ids: Vec<String> = rows.iter().map(|(id, _)| id.clone()).collect();
    let rows = rows.into_iter().zip(&ids).map(|((_, cells), id)| Row { id, cells, ..Row::default() }).collect();
    table(&Table { caption: &t("admin-fields"), columns, rows, ..Table::default() })
}

pub(super) fn bearer_key(bearer: Bearer) -> &'static str {
    match bearer {
        Bearer::Ticket => "fields-bearer-ticket",
        Bearer::Change => "fields-bearer-change",
        Bearer::Queue => "fields-bearer-queue",
    }
}

/// From an address; whatever is none leads nowhere.
pub(super) fn queue_id(text: &str) -> Option<QueueId> {
    text.parse().ok()
}
