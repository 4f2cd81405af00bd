//! `/live`: news for open pages, as server-sent events or, for browsers that cannot, as one short answer of the same text.
//! Each piece of news is told only to those who may see its ticket, as they are at that moment.

mod feed;
mod news;

use actions::live::{self, Since};
use actions::{Result, Tx};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response, Sse};
use axum::routing::get;
use http_door::{App, session_secret};
use jiff::Timestamp;

use crate::failure::Answer;
use crate::parameters::Parameters;
use crate::visit::Visit;
use feed::Feed;
use news::Piece;

const STREAM: &str = "text/event-stream";

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/live", get(tell))
}

async fn tell(visit: Visit, State(app): State<App>, headers: HeaderMap, parameters: Parameters) -> Answer {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let since: Option<i64> = text("last-event-id").and_then(|id| id.parse().ok()).or_else(|| parameters.read("since"));
    let since = since.and_then(|moment| Timestamp::from_microsecond(moment).ok());
    let wants_stream = text(header::ACCEPT.as_str()).is_some_and(|accepted| accepted.contains(STREAM));
    // listening begins before looking, so that nothing falls between
    let heard = app.desk.live();
    let mut tx = app.desk.read().await?;
    let first = missed(&mut tx, &visit, since).await?;
    drop(tx);
    if !wants_stream {
        let text: String = first.iter().map(Piece::text).collect();
        return Ok(([(header::CONTENT_TYPE, STREAM)], text).into_response());
    }
    let (place, secret) = (app.streams.enter(visit.actor.id()), session_secret(&app, &headers).unwrap_or_default().to_owned());
    // the page asks now and then instead
    let Some(place) = place else { return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response()) };
    Ok(stream(Feed::new(app, place, secret, heard, first)))
}

fn stream(feed: Feed) -> Response {
    let mut response = Sse::new(feed.events()).into_response();
    // proxies must not gather what shall arrive at once
    response.headers_mut().insert("x-accel-buffering", header::HeaderValue::from_static("no"));
    response
}

async fn missed(tx: &mut Tx, visit: &Visit, since: Option<Timestamp>) -> Result<Vec<Piece>> {
    let now = tx.now();
    let mut pieces = vec![Piece::hello(now)];
    if let Some(since) = since {
        match live::since(tx, &visit.actor, since).await? {
            Since::Everything => pieces.push(Piece::everything(now)),
            Since::News(news) => pieces.extend(news.iter().map(|news| Piece::ticket(now, news, visit.actor.id()))),
        }
    }
    Ok(pieces)
}
