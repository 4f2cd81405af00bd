//! The create button: the form of the queue that creating begins with, as the person or the installation chose (IR-282).

use actions::account::{self, preference::usual_queue};
use axum::Router;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use domain::{Right, preference};
use http_door::{App, urls};

use crate::failure::{Answer, Failure};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/create", get(create))
}

/// Permission denied to whoever may not see that queue or create in it.
async fn create(visit: Visit) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let preferences = account::preferences(&mut tx, &visit.actor).await?;
    let wanted = preferences.text(preference::DEFAULT_QUEUE);
    if let Some(queue) = tx.catalog().queue_named(wanted) {
        tx.catalog().require(queue.kind())?;
    }
    let queue = usual_queue(&tx, &visit.actor, wanted);
    let queue = queue.ok_or(Failure(actions::Error::Forbidden(Right::CreateTicket)))?;
    Ok(Redirect::to(&urls::with(&urls::create(queue.kind()), &[("queue", &queue.id.to_string())])).into_response())
}
