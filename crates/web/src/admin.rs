//! Administration: mail that could not be processed (invariant 4), rules, options of the installation.

mod constituencies;
mod field;
mod fields;
mod levels;
mod lifecycles;
mod mail;
mod outbox;
mod queues;
mod rules;
mod settings;
mod templates;

use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, post};
use http_door::{App, text::t, urls};
use maud::Markup;

use crate::component::tabs::{Tab, tabs};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/admin", get(|| async { Redirect::to(urls::admin_mail()) }))
        .route("/admin/mail", get(mail::show))
        .route("/admin/mail/{id}/raw", get(mail::raw))
        .route("/admin/mail/{id}/retry", post(mail::retry))
        .route("/admin/outbox", get(outbox::show))
        .route("/admin/outbox/{id}/send", post(outbox::send))
        .route("/admin/outbox/{id}/cancel", post(outbox::cancel))
        .merge(fields::routes())
        .route("/admin/constituencies", get(constituencies::show).post(constituencies::add))
        .route("/admin/constituencies/rename", post(constituencies::rename))
        .route("/admin/settings", get(settings::show).post(settings::save))
        .route("/admin/queues", get(queues::list))
        .route("/admin/queues/{id}", get(queues::show).post(queues::save))
        .route("/admin/queues/{id}/watchers", post(queues::watchers))
        .route("/admin/lifecycles", get(lifecycles::list))
        .route("/admin/lifecycles/{name}", get(lifecycles::show))
        .route("/admin/lifecycles/{name}/edit", get(lifecycles::edit).post(lifecycles::save))
        .route("/admin/lifecycles/{name}/delete", get(lifecycles::ask_delete).post(lifecycles::delete))
        .route("/admin/service-levels", get(levels::show))
        .route("/admin/service-levels/scheme", post(levels::save_scheme))
        .route("/admin/service-levels/level", get(levels::show_level).post(levels::save_level))
        .route("/admin/service-levels/calendar", get(levels::show_calendar).post(levels::save_calendar))
        .route("/admin/service-levels/delete-level", post(levels::delete_level))
        .route("/admin/service-levels/delete-calendar", post(levels::delete_calendar))
        .merge(rules::routes())
        .merge(templates::routes())
}

/// The pages of administration side by side.
fn sections(current: &str) -> Markup {
    let pages = [
        (urls::admin_mail(), "admin-mail"),
        (urls::admin_outbox(), "admin-outbox"),
        (urls::admin_rules(), "admin-rules"),
        (urls::admin_templates(), "admin-templates"),
        (urls::admin_settings(), "admin-settings"),
        (urls::admin_constituencies(), "admin-constituencies"),
        (urls::admin_queues(), "admin-queues"),
        (urls::admin_fields(), "admin-fields"),
        (urls::admin_lifecycles(), "admin-lifecycles"),
        (urls::admin_levels(), "admin-levels"),
    ];
    let labels = pages.map(|(_, key)| t(key));
    let entries: Vec<Tab<'_>> =
        pages.iter().zip(&labels).map(|((href, _), label)| Tab { label, href, current: *href == current, count: 0 }).collect();
    tabs(&t("admin-sections"), &entries)
}
