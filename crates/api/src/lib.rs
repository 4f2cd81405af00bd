//! REST 2 at `/REST/2.0/` as RT's clients speak it. RT's words, shapes and status codes live here and nowhere else;
//! what may be done and what follows from it is left to the verbs in `actions`.

mod answer;
mod ask;
mod attachment;
mod auth;
mod body;
mod call;
mod condition;
mod custom_field;
mod dispatch;
mod failure;
mod queue;
mod resource;
mod sentence;
mod shape;
mod site;
mod ticket;
mod transaction;
mod user;
mod version;

use axum::{Router, extract::DefaultBodyLimit, routing::any};
use http_door::App;

/// Everything under `/REST/2.0/`, to be mounted at the root.
pub fn router(app: App) -> Router {
    let limit = DefaultBodyLimit::max(app.settings.max_upload);
    Router::new()
        .route("/REST/2.0", any(dispatch::handle))
        .route("/REST/2.0/", any(dispatch::handle))
        .route("/REST/2.0/{*path}", any(dispatch::handle))
        .layer(limit)
        .with_state(app)
}
