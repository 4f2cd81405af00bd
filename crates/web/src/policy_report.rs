//! Where browsers tell that a page tried something our content security policy forbids: written to the log and counted.
//! Anybody may send such reports, so they are short, and nothing of them is believed.

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::post;
use http_door::App;

const LONGEST: usize = 16 * 1024;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/csp-report", post(receive)).layer(DefaultBodyLimit::max(LONGEST))
}

async fn receive(body: Bytes) -> StatusCode {
    metrics::counter!("watchbell_csp_reports_total").increment(1);
    let report: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
    let part = |name: &str| -> String {
        let text = report.get("csp-report").and_then(|report| report.get(name)).and_then(serde_json::Value::as_str);
        text.unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect()
    };
    tracing::warn!(
        page = part("document-uri"),
        directive = part("violated-directive"),
        blocked = part("blocked-uri"),
        "a browser reports a breach of the content security policy"
    );
    StatusCode::NO_CONTENT
}
