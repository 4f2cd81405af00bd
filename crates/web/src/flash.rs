//! What the last act led to, carried over a redirect: a cookie that holds a key of the catalogue and a ticket's number,
//! never words, so that nobody can put words on our pages.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{ActId, TicketId};
use http_door::cookie_value;
use http_door::text::{has, tr};

use crate::layout::{Notice, NoticeKind};

const COOKIE: &str = "notice";
/// Only keys of this family are notices.
const FAMILY: &str = "done-";

/// More notices than this are not carried: nobody reads them.
const MOST: usize = 25;

/// The same with a number for `{ $count }`.
pub(crate) fn redirect_with_count(to: &str, key: &str, count: i64) -> Response {
    redirect(to, key, Some(TicketId(count)))
}

/// 303 to `to`; the page there shows `done-{key}`, which may name `{ $ticket }`. Keys ending in `-warning` warn.
pub(crate) fn redirect(to: &str, key: &str, ticket: Option<TicketId>) -> Response {
    redirect_all(to, &[(key, ticket)])
}

/// The same with a notice for each of several results.
pub(crate) fn redirect_all(to: &str, notices: &[(&str, Option<TicketId>)]) -> Response {
    let one = |(key, ticket): &(&str, Option<TicketId>)| format!("{key}.{}", ticket.map_or(0, |ticket| ticket.0));
    let words = notices.iter().take(MOST).map(one).collect::<Vec<_>>().join("/");
    let cookie = format!("{COOKIE}={words}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    (StatusCode::SEE_OTHER, [(header::LOCATION, to.to_owned()), (header::SET_COOKIE, cookie)]).into_response()
}

const ACT: &str = "act";

/// `Set-Cookie` with the act that a redirect comes from, so that the next page can offer to undo it.
pub(crate) fn acted(act: ActId) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{ACT}={act}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60")).ok()
}

/// The act that the browser brings along; whose it is, is for whoever undoes it.
pub(crate) fn last_act(headers: &HeaderMap) -> Option<ActId> {
    cookie_value(headers, ACT)?.parse().ok()
}

/// The notices that the browser brings along, as far as they are ours.
pub(crate) fn read(headers: &HeaderMap) -> Vec<Notice> {
    let carried = cookie_value(headers, COOKIE).unwrap_or_default();
    carried.split('/').take(MOST).filter_map(notice).collect()
}

fn notice(text: &str) -> Option<Notice> {
    let (key, number) = text.rsplit_once('.')?;
    let number: i64 = number.parse().ok()?;
    let sound = key.len() < 60 && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let key = format!("{FAMILY}{key}");
    if !sound || !has(&key) {
        return None;
    }
    let kind = if key.ends_with("-warning") { NoticeKind::Warning } else { NoticeKind::Done };
    Some(Notice { kind, undo: None, text: tr(&key, &[("ticket", number.to_string().into()), ("count", number.into())]) })
}

/// `Set-Cookie` once the notice was shown.
pub(crate) fn spent() -> [HeaderValue; 2] {
    ["notice=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0", "act=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"]
        .map(HeaderValue::from_static)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(cookie: &str) -> Option<String> {
        let headers = HeaderMap::from_iter([(header::COOKIE, cookie.parse().expect("a header"))]);
        let texts: Vec<String> = read(&headers).into_iter().map(|notice| notice.text).collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    }

    #[test]
    fn only_keys_of_the_family_are_shown() {
        assert_eq!(carried("notice=signed-out.0").as_deref(), Some("You are signed out."));
        assert_eq!(carried("notice=signed-out.0/x.1/signed-out.3").as_deref(), Some("You are signed out. You are signed out."));
        for foreign in ["notice=product.0", "notice=<b>hi</b>.1", "notice=signed-out", "notice=signed-out.x", "other=1"] {
            assert_eq!(carried(foreign), None, "{foreign}");
        }
    }
}
