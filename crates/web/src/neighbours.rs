//! First, previous, next and last of the latest list or search somebody looked at (IR-283). What was looked at is in a cookie;
//! the ticket beside is looked up when asked for, so that pages of tickets cost nothing more.

use actions::lists::{self, Place};
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use http_door::text::t;
use http_door::{App, cookie_value, urls};
use maud::{Markup, html};

use crate::component::button::{Button, Tone, link};
use crate::component::icon::Icon;
use crate::failure::{Answer, Failure};
use crate::flash;
use crate::list::Ordering;
use crate::parameters::{Parameters, ticket_id};
use crate::visit::Visit;

const COOKIE: &str = "latest";
/// Longer ones browsers may refuse; such a search has no neighbours.
const LONGEST: usize = 3_000;
/// Back to the list itself (TC-272).
const RESULTS: &str = "results";
const PLACES: [(&str, Place, &str); 4] = [
    ("first", Place::First, "beside-first"),
    ("previous", Place::Previous, "beside-previous"),
    ("next", Place::Next, "beside-next"),
    ("last", Place::Last, "beside-last"),
];

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/tickets/{id}/beside/{place}", get(go))
}

/// Remembers what was looked at.
pub(crate) fn remember(mut response: Response, query: &str, order: &str) -> Response {
    let value = format!("{}&{}", urls::encode(query), urls::encode(order));
    let path = urls::tickets();
    let cookie = format!("{COOKIE}={value}; Path={path}; HttpOnly; SameSite=Lax");
    if value.len() <= LONGEST
        && !query.is_empty()
        && let Ok(cookie) = cookie.parse()
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The ways on from a ticket; nothing when nothing was looked at.
pub(crate) fn links(headers_have: bool, part: impl Fn(&str) -> String) -> Markup {
    html! {
        @if headers_have {
            nav class="beside-links" aria-label=(t("beside")) {
                (link(&part(&format!("beside/{RESULTS}")), &Button::new(&t("beside-results")).tone(Tone::Quiet)))
                @for (place, _, key) in PLACES { (link(&part(&format!("beside/{place}")), &Button::new(&t(key)).tone(Tone::Quiet).icon(shape(place)))) }
            }
        }
    }
}

fn shape(place: &str) -> Icon {
    if matches!(place, "first" | "previous") { Icon::ChevronLeft } else { Icon::ChevronRight }
}

/// Whether something was looked at.
pub(crate) fn is_known(headers: &HeaderMap) -> bool {
    cookie_value(headers, COOKIE).is_some()
}

async fn go(visit: Visit, headers: HeaderMap, Path((id, place)): Path<(String, String)>) -> Answer {
    let id = ticket_id(&id)?;
    let mut tx = visit.app.desk.read().await?;
    actions::access::ticket(&mut tx, &visit.actor, id).await?;
    let kept = cookie_value(&headers, COOKIE).unwrap_or_default();
    let (query, order) = kept.split_once('&').unwrap_or((kept, ""));
    let decoded = Parameters::parse(format!("query={query}&order={order}").as_bytes());
    let ordering = Ordering::read(&decoded, "Due");
    let text = decoded.text("query");
    if place == RESULTS && !text.is_empty() {
        return Ok(Redirect::to(&urls::search_ordered(text, &ordering.written())).into_response());
    }
    let nowhere = || Failure(actions::Error::NotFound);
    let (_, place, _) = PLACES.into_iter().find(|(name, ..)| *name == place).ok_or_else(nowhere)?;
    let Ok(query) = lists::parse(text).and_then(|query| lists::check(&tx, &visit.actor, &query, text).map(|()| query)) else {
        return Ok(flash::redirect(&urls::ticket(id), "beside-nothing-warning", Some(id)));
    };
    match lists::neighbour(&mut tx, &visit.actor, &query, &ordering.by(), (id, place)).await? {
        Some(found) => Ok(Redirect::to(&urls::ticket(found)).into_response()),
        None => Ok(flash::redirect(&urls::ticket(id), "beside-nothing-warning", Some(id))),
    }
}
