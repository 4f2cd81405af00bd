//! Tells a firewall of Countermeasures that became active or were removed (IR-223). What waits is claimed, the calls are made outside of any
//! transaction, and each outcome is recorded; a crash in between makes the call again, under the same delivery number.

mod program;
mod webhook;

use std::time::Duration;

use actions::hook::{self, Fate, Hook, Payload};
use actions::{Desk, Result};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

pub use program::Program;
pub use webhook::{Authorities, Secret, Webhook, check_url};

const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// Calls on their way at the same time; those claimed when the process dies wait some minutes.
const AT_ONCE: i64 = 8;
/// Bytes of an answer that are kept.
const LONGEST_ANSWER: u64 = 16 * 1024;

/// How the firewall is told; the machine's configuration decides, and pages cannot.
#[derive(Clone, Debug)]
pub enum Firewall {
    Webhook(Webhook),
    Program(Program),
}

impl Firewall {
    async fn call(&self, hook: &Hook, now: jiff::Timestamp) -> Fate {
        let payload = match serde_json::from_str::<Payload>(&hook.payload) {
            Ok(payload) => payload,
            Err(error) => return Fate::Refused(format!("What was noted for this call cannot be read: {error}")),
        };
        match self {
            Self::Webhook(webhook) => webhook.call(&payload.delivery, &hook.payload, now).await,
            Self::Program(program) => program.call(&payload, &hook.payload).await,
        }
    }
}

/// Nobody named a firewall: whoever switched the rules on must hear of it, on the ticket.
const NONE: &str = "No firewall is configured: this needs firewall.webhook or firewall.command in the configuration file.";

pub(crate) async fn run(desk: Desk, firewall: Option<Firewall>, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        match call_waiting(&desk, firewall.as_ref()).await {
            Ok(true) => {}
            outcome => {
                if let Err(error) = outcome {
                    tracing::error!(%error, "the firewall cannot be told now");
                }
                tokio::select! {
                    () = shutdown.cancelled() => {}
                    () = tokio::time::sleep(LOOK_AGAIN) => {}
                }
            }
        }
    }
}

/// One round. `false` when nothing waits.
async fn call_waiting(desk: &Desk, firewall: Option<&Firewall>) -> Result<bool> {
    let hooks = hook::claim(desk, AT_ONCE).await?;
    if hooks.is_empty() {
        return Ok(false);
    }
    let mut calls = JoinSet::new();
    for hook in hooks {
        let (firewall, now) = (firewall.cloned(), desk.now());
        calls.spawn(async move {
            let fate = match &firewall {
                Some(firewall) => firewall.call(&hook, now).await,
                None => Fate::Refused(NONE.to_owned()),
            };
            (hook, fate)
        });
    }
    while let Some(ended) = calls.join_next().await {
        let Ok((hook, fate)) = ended.inspect_err(|error| tracing::error!(%error, "a call broke down; it is made again")) else {
            continue;
        };
        count(&hook, &fate);
        if let Err(error) = hook::settle(desk, &hook, fate).await {
            tracing::error!(%error, hook.id, "the outcome of a call cannot be recorded now; the call is made again");
        }
    }
    Ok(true)
}

fn count(hook: &Hook, fate: &Fate) {
    let (outcome, error) = match fate {
        Fate::Done(_) => ("done", ""),
        Fate::Deferred(error) => ("deferred", error.as_str()),
        Fate::Refused(error) => ("refused", error.as_str()),
    };
    if !error.is_empty() {
        tracing::warn!(hook.id, ticket.id = hook.ticket.0, tries = hook.tries, outcome, "a firewall was not told");
    }
    metrics::counter!("watchbell_firewall_calls_total", "outcome" => outcome).increment(1);
}
