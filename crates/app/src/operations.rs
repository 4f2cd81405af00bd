//! For those who run it: health, readiness, numbers.

use actions::{Desk, hook, inbox, outbox};
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use metrics_exporter_prometheus::PrometheusHandle;

#[derive(Clone)]
struct Operations {
    desk: Desk,
    metrics: PrometheusHandle,
}

pub(crate) fn router(desk: Desk, metrics: PrometheusHandle) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(numbers))
        .with_state(Operations { desk, metrics })
}

/// The database answers and the schema is the one this program knows.
async fn ready(State(operations): State<Operations>) -> impl IntoResponse {
    match operations.desk.db().is_current().await {
        Ok(true) => (StatusCode::OK, "ready\n"),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "the database is not set up for this version\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}

/// Prometheus text. The queues are counted when somebody asks, so that the answer is never old.
async fn numbers(State(operations): State<Operations>) -> impl IntoResponse {
    if let Ok((waiting, troubled)) = inbox::counts(&operations.desk).await {
        metrics::gauge!("watchbell_inbox_waiting").set(waiting as f64);
        metrics::gauge!("watchbell_inbox_troubled").set(troubled as f64);
    }
    if let Ok((waiting, failed)) = outbox::counts(&operations.desk).await {
        metrics::gauge!("watchbell_outbox_waiting").set(waiting as f64);
        metrics::gauge!("watchbell_outbox_failed").set(failed as f64);
    }
    if let Ok((waiting, failed)) = hook::counts(&operations.desk).await {
        metrics::gauge!("watchbell_firewall_calls_waiting").set(waiting as f64);
        metrics::gauge!("watchbell_firewall_calls_failed").set(failed as f64);
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], operations.metrics.render())
}
