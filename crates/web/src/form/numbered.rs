//! The ticket that an address names. What is no number names nothing that exists.

use crate::{failure::Failure, parameters::ticket_id};
use actions::Error;
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use domain::TicketId;
use http_door::App;

pub(super) struct Numbered(pub(super) TicketId);

impl FromRequestParts<App> for Numbered {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Path(text) = Path::<String>::from_request_parts(parts, app).await.map_err(|_| Failure(Error::NotFound))?;
        ticket_id(&text).map(Self)
    }
}
