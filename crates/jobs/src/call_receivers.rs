//! Tells a firewall of Countermeasures that became active or were removed (IR-223), and other receivers what rules want them to know. What
//! waits is claimed, the calls are made outside of any transaction, and each outcome is recorded; a crash in between makes the call again, under
//! the same delivery number.

mod command;
mod webhook;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use actions::Desk;
use actions::hook::{self, Fate, Hook};
use serde::Deserialize;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

pub use program::Program;
use program::{LONGEST_ANSWER, Variables};
pub use webhook::{Authorities, Secret, Webhook, check_url};

const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// Calls on their way at the same time; those claimed when the process dies wait some minutes.
const AT_ONCE: i64 = 8;

/// Whom we may call; the machine's configuration decides, and pages cannot.
#[derive(Debug, Default)]
pub(crate) struct Receivers {
    pub(crate) firewall: Option<Receiver>,
    pub(crate) named: BTreeMap<String, Receiver>,
}

impl Receivers {
    fn of(&self, hook: &Hook) -> Result<Receiver, String> {
        match &hook.rule {
            None => self.firewall.clone().ok_or_else(|| NONE.to_owned()),
            Some(call) => self.named.get(&call.receiver).cloned().ok_or_else(|| {
                format!(
                    "No receiver “{}” is configured: this needs a section receivers.{} in the configuration file.",
                    call.receiver, call.receiver
                )
            }),
        }
    }
}

/// How somebody is called.
#[derive(Clone, Debug)]
pub enum Receiver {
    Webhook(Webhook),
    Program(Program),
}

impl Receiver {
    async fn call(&self, hook: &Hook, now: jiff::Timestamp) -> Fate {
        let delivery = match serde_json::from_str::<Delivery>(&hook.payload) {
            Ok(told) => told.delivery,
            Err(error) => return Fate::Refused(format!("What was noted for this call cannot be read: {error}")),
        };
        match self {
            Self::Webhook(webhook) => webhook.call(&delivery, &hook.payload, now).await,
            Self::Program(program) => match variables(hook, &delivery) {
                Ok(variables) => command::call(program, variables, &hook.payload).await,
                Err(refused) => Fate::Refused(refused),
            },
        }
    }
}

/// What every call says of itself.
#[derive(Deserialize)]
struct Delivery {
    delivery: String,
}

/// What a program is given beside the payload: the values of a firewall's call, or only which call it is.
fn variables(hook: &Hook, delivery: &str) -> Result<Variables, String> {
    if hook.rule.is_none() {
        let payload = serde_json::from_str(&hook.payload)
            .map_err(|error| format!("What was noted for this call cannot be read: {error}"))?;
        return command::variables(&payload);
    }
    let (delivery, ticket) = (delivery.to_owned(), hook.ticket.to_string());
    Ok(vec![("WATCHBELL_HOOK_DELIVERY", delivery), ("WATCHBELL_HOOK_TICKET", ticket)])
}

/// Nobody named a firewall: whoever switched the rules on must hear of it, on the ticket.
const NONE: &str = "No firewall is configured: this needs firewall.webhook or firewall.command in the configuration file.";

pub(crate) async fn run(desk: Desk, known: Arc<Receivers>, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        match call_waiting(&desk, &known).await {
            Ok(true) => {}
            outcome => {
                if let Err(error) = outcome {
                    tracing::error!(%error, "receivers cannot be called now");
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
async fn call_waiting(desk: &Desk, known: &Receivers) -> actions::Result<bool> {
    let hooks = hook::claim(desk, AT_ONCE).await?;
    if hooks.is_empty() {
        return Ok(false);
    }
    let mut calls = JoinSet::new();
    for hook in hooks {
        let receiver = known.of(&hook);
        let now = desk.now();
        calls.spawn(async move {
            let fate = match &receiver {
                Ok(receiver) => receiver.call(&hook, now).await,
                Err(refused) => Fate::Refused(refused.clone()),
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
        tracing::warn!(hook.id, ticket.id = hook.ticket.0, tries = hook.tries, outcome, "a receiver was not told");
    }
    let name = if hook.rule.is_some() { "watchbell_rule_calls_total" } else { "watchbell_firewall_calls_total" };
    metrics::counter!(name, "outcome" => outcome).increment(1);
}
