//! Refusing requests that another site makes in a user's name, and headers that every answer carries.

use crate::App;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// No inline script or style, nothing from elsewhere, in nobody's frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; \
    manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; report-uri /csp-report";

/// Middleware: a request that changes something and carries a session must come from a page of ours. `Sec-Fetch-Site` tells in
/// every current browser; `Origin` in the older ones. Clients that are no browsers send neither, and no cookie.
pub async fn same_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let is_report = request.uri().path() == "/csp-report";
    if !reads && !is_report && request.headers().contains_key(header::COOKIE) && is_foreign(&app, request.headers()) {
        tracing::warn!(path = request.uri().path(), "a request from another site was refused");
        return (StatusCode::FORBIDDEN, "This request came from another site and was refused.").into_response();
    }
    next.run(request).await
}

fn is_foreign(app: &App, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin"), text("referer")) {
        (Some(site), _, _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin), _) => origin != app.origin(),
        (None, None, Some(referer)) => referer != app.origin() && !referer.starts_with(&format!("{}/", app.origin())),
        (None, None, None) => false,
    }
}

/// Middleware: what makes a browser careful with us. A handler that sets one of these itself keeps its own.
pub async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
