//! Administration: mail that could not be processed (invariant 4), options of the installation.

mod constituencies;
mod mail;
mod settings;

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
        .route("/admin/constituencies", get(constituencies::show).post(constituencies::add))
        .route("/admin/constituencies/rename", post(constituencies::rename))
        .route("/admin/settings", get(settings::show).post(settings::save))
}

/// The pages of administration side by side.
fn sections(current: &str) -> Markup {
    let pages = [
        (urls::admin_mail(), "admin-mail"),
        (urls::admin_settings(), "admin-settings"),
        (urls::admin_constituencies(), "admin-constituencies"),
    ];
    let labels = pages.map(|(_, key)| t(key));
    let entries: Vec<Tab<'_>> =
        pages.iter().zip(&labels).map(|((href, _), label)| Tab { label, href, current: *href == current, count: 0 }).collect();
    tabs(&t("admin-sections"), &entries)
}
