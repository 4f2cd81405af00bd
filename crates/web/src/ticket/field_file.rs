//! Files that custom fields hold: downloads, and pictures shown in place. What is shown is a raster picture by its own bytes and
//! comes with a policy under which nothing runs; everything else is a download.

use actions::ticket;
use axum::{
    Router,
    extract::Path,
    http::{HeaderName, header},
    response::IntoResponse,
    routing::get,
};
use domain::{FieldId, picture};
use http_door::App;

use crate::failure::{Answer, Failure};
use crate::file;
use crate::parameters::ticket_id;
use crate::visit::Visit;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/tickets/{id}/field-file/{field}/{name}", get(download))
        .route("/tickets/{id}/field-picture/{field}/{name}", get(show))
}

type Place = Path<(String, String, String)>;

async fn download(visit: Visit, place: Place) -> Answer {
    let (name, content) = load(&visit, place).await?;
    file::answer(&name, "application/octet-stream", content).await
}

async fn show(visit: Visit, place: Place) -> Answer {
    let (_, content) = load(&visit, place).await?;
    let media_type = picture::media_type(&content).ok_or(Failure(actions::Error::NotFound))?;
    let headers: [(HeaderName, &str); 4] = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, "inline"),
        (header::CONTENT_SECURITY_POLICY, file::POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, content).into_response())
}

async fn load(visit: &Visit, Path((id, field, name)): Place) -> Result<(String, Vec<u8>), Failure> {
    let field: FieldId = field.parse().map_err(|_| Failure(actions::Error::NotFound))?;
    let mut tx = visit.app.desk.read().await?;
    let (_, content) = ticket::held_file(&mut tx, &visit.actor, ticket_id(&id)?, field, &name).await?;
    Ok((name, content))
}
