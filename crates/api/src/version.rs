//! `/rt`: which RT we stand in for; clients test their credentials here (API-210).

use crate::{answer, call::Call, failure::Outcome};
use serde_json::json;

/// The RT whose interface this is.
const VERSION: &str = "5.0.8";

pub(crate) async fn show(call: &Call) -> Outcome {
    let tx = call.look().await?;
    let mut answer = json!({ "Version": VERSION, "Product": "Watchbell" });
    if tx.catalog().grants.is_superuser(&call.actor.identity) {
        answer["Plugins"] = json!([]);
    }
    Ok(answer::ok(&answer))
}
