//! Conditional requests: ETag is the number of the newest transaction; `Last-Modified` is an HTTP date (API-211, API-212).

use crate::failure::{Failure, Outcome};
use axum::{
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::ChangeId;
use jiff::{Timestamp, fmt::rfc2822};

/// What a resource is now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    pub(crate) newest: ChangeId,
    pub(crate) changed: Timestamp,
}

impl State {
    fn is_tag(self, tag: &str) -> bool {
        let tag = tag.trim();
        let bare = tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"');
        tag == "*" || bare == self.newest.to_string()
    }

    /// 412 for a change of something else than what the client saw.
    pub(crate) fn check(self, headers: &HeaderMap) -> Outcome<()> {
        let tags_fail = list(headers, header::IF_MATCH).is_some_and(|tags| !tags.iter().any(|tag| self.is_tag(tag)));
        let date_fails =
            date(headers, header::IF_UNMODIFIED_SINCE).is_some_and(|since| self.changed.as_second() > since.as_second());
        if tags_fail || date_fails { Err(Failure::precondition()) } else { Ok(()) }
    }

    /// 304 when the client has it already. Tags count before dates (RFC 9110, 13.2.2).
    pub(crate) fn is_known(self, method: &Method, headers: &HeaderMap) -> bool {
        if *method != Method::GET && *method != Method::HEAD {
            return false;
        }
        match list(headers, header::IF_NONE_MATCH) {
            Some(tags) => tags.iter().any(|tag| self.is_tag(tag)),
            None => date(headers, header::IF_MODIFIED_SINCE).is_some_and(|since| self.changed.as_second() <= since.as_second()),
        }
    }

    pub(crate) fn not_modified(self) -> Response {
        self.mark(StatusCode::NOT_MODIFIED.into_response())
    }

    /// Adds the headers that a client may come back with.
    pub(crate) fn mark(self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", self.newest)) {
            headers.insert(header::ETAG, tag);
        }
        let modified = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&self.changed);
        if let Some(modified) = modified.ok().and_then(|text| HeaderValue::from_str(&text).ok()) {
            headers.insert(header::LAST_MODIFIED, modified);
        }
        response
    }
}

fn list(headers: &HeaderMap, name: header::HeaderName) -> Option<Vec<String>> {
    let text = headers.get(name)?.to_str().ok()?;
    Some(text.split(',').map(str::to_owned).collect())
}

fn date(headers: &HeaderMap, name: header::HeaderName) -> Option<Timestamp> {
    let text = headers.get(name)?.to_str().ok()?;
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}
