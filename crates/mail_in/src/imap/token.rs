//! Access tokens of OAuth 2.0, fetched anew for every connection.

use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::OAuth2;

const PATIENCE: Duration = Duration::from_secs(30);
/// More than any token needs.
const LONGEST_ANSWER: u64 = 100_000;

pub(super) async fn fetch(settings: &OAuth2) -> Result<String> {
    let settings = settings.clone();
    tokio::task::spawn_blocking(move || ask(&settings)).await?
}

fn ask(settings: &OAuth2) -> Result<String> {
    let agent: ureq::Agent =
        ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false).build().into();
    let mut form = vec![
        ("grant_type", "refresh_token"),
        ("client_id", settings.client_id.as_str()),
        ("refresh_token", settings.refresh_token.as_str()),
    ];
    form.extend(settings.client_secret.as_deref().map(|secret| ("client_secret", secret)));
    form.extend(settings.scope.as_deref().map(|scope| ("scope", scope)));
    let mut answer = agent.post(&settings.token_url).send_form(form).with_context(|| format!("asking {}", settings.token_url))?;
    let text = answer.body_mut().with_config().limit(LONGEST_ANSWER).read_to_string()?;
    let told: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    match told.get("access_token").and_then(serde_json::Value::as_str) {
        Some(token) => Ok(token.to_owned()),
        // RFC 6749 section 5.2: the error is a word, and what is told may hold more than the log should
        None => bail!("{} gave no token: {} {}", settings.token_url, answer.status(), told["error"].as_str().unwrap_or_default()),
    }
}
