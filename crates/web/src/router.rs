//! Every route of the web interface. What stands around it (REST, health, guards, tracing) is the program's.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use http_door::App;
use http_door::text::{in_own_words, t};

use crate::failure::{Failure, failure_page, with_frame};
use crate::sent::around_forms;
use crate::visit::Visit;
use crate::{
    about, admin, chart, constituency, dashboard, draft, feed, file, form, home, list, live, lock, neighbours, palette, person,
    policy_report, preferences, presence, saved, search, sign_in, start, static_files, subscription, ticket, undo,
};

/// The pages, also under the prefix of a constituency (IR-159).
pub fn router(app: App) -> Router {
    // around the routes, not beneath them: they are looked up without the prefix
    Router::new().fallback_service(pages(app.clone())).layer(from_fn_with_state(app, constituency::enter))
}

fn pages(app: App) -> Router {
    let limit = DefaultBodyLimit::max(app.settings.max_upload);
    Router::new()
        .merge(sign_in::routes())
        .merge(home::routes())
        .merge(dashboard::routes())
        .merge(saved::routes())
        .merge(subscription::routes())
        .merge(list::routes())
        .merge(search::routes())
        .merge(chart::routes())
        .merge(feed::routes())
        .merge(ticket::routes())
        .merge(neighbours::routes())
        .merge(start::routes())
        .merge(person::routes())
        .merge(preferences::routes())
        .merge(file::routes())
        .merge(admin::routes())
        .merge(form::routes())
        .merge(presence::routes())
        .merge(lock::routes())
        .merge(draft::routes())
        .merge(live::routes())
        .merge(palette::routes())
        .merge(undo::routes())
        .merge(about::routes())
        .merge(policy_report::routes())
        .merge(static_files::routes())
        .fallback(nowhere)
        .method_not_allowed_fallback(wrong_method)
        .layer(limit)
        .layer(from_fn_with_state(app.clone(), around_forms))
        .layer(from_fn_with_state(app.clone(), with_frame))
        .layer(from_fn(in_own_words))
        .with_state(app)
}

async fn nowhere(_: Visit) -> Failure {
    Failure(actions::Error::NotFound)
}

async fn wrong_method(_: Visit) -> Response {
    failure_page(StatusCode::METHOD_NOT_ALLOWED, &t("failure-method"))
}
