//! Who else is at a ticket: open pages tell what their reader does, and are told of the others in the same answer.

use actions::presence::{self, Doing};
use axum::Router;
use axum::extract::Path;
use axum::response::IntoResponse;
use axum::routing::get;
use http_door::App;

use crate::beside::fragment;
use crate::failure::Answer;
use crate::parameters::{Form, ticket_id};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/tickets/{id}/presence", get(look).post(tell))
}

async fn look(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let around = presence::around(&mut tx, &visit.actor, ticket_id(&id)?).await?;
    if around.ticket.is_none() {
        return Err(actions::Error::NotFound.into());
    }
    Ok(fragment(&around, &visit.clock(tx.now())).into_response())
}

/// `doing` is looking, idle or writing; anything else is leaving.
async fn tell(visit: Visit, Path(id): Path<String>, Form(input): Form) -> Answer {
    let id = ticket_id(&id)?;
    let mut tx = visit.app.desk.read().await?;
    presence::note(&mut tx, &visit.actor, id, Doing::parse(input.text("doing"))).await?;
    let around = presence::around(&mut tx, &visit.actor, id).await?;
    Ok(fragment(&around, &visit.clock(tx.now())).into_response())
}
