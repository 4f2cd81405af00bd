//! Administration: so far, mail that could not be processed (invariant 4).

mod mail;

use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, post};
use http_door::{App, urls};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/admin", get(|| async { Redirect::to(urls::admin_mail()) }))
        .route("/admin/mail", get(mail::show))
        .route("/admin/mail/{id}/raw", get(mail::raw))
        .route("/admin/mail/{id}/retry", post(mail::retry))
}
