//! Slowing down those who guess passwords: few failures per name in a while, then a wait. Kept in memory, because losing it
//! at a restart harms nobody.

use jiff::{SignedDuration, Timestamp};
use std::{collections::HashMap, sync::Mutex};

const WINDOW: SignedDuration = SignedDuration::from_mins(5);
const FAILURES: usize = 10;
/// More names than this are not remembered: an attacker must not fill our memory.
const NAMES: usize = 10_000;

#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<String, Vec<Timestamp>>>);

impl Throttle {
    /// Whether another try for this name may be made now.
    #[must_use]
    pub fn allows(&self, name: &str, now: Timestamp) -> bool {
        let Ok(failures) = self.0.lock() else { return true };
        failures
            .get(&key(name))
            .is_none_or(|times| times.iter().filter(|time| now.duration_since(**time) < WINDOW).count() < FAILURES)
    }

    pub fn failed(&self, name: &str, now: Timestamp) {
        let Ok(mut failures) = self.0.lock() else { return };
        if failures.len() >= NAMES {
            failures.retain(|_, times| times.iter().any(|time| now.duration_since(*time) < WINDOW));
        }
        if failures.len() < NAMES {
            let times = failures.entry(key(name)).or_default();
            times.retain(|time| now.duration_since(*time) < WINDOW);
            times.push(now);
        }
    }

    pub fn succeeded(&self, name: &str) {
        if let Ok(mut failures) = self.0.lock() {
            failures.remove(&key(name));
        }
    }
}

fn key(name: &str) -> String {
    name.trim().to_lowercase().chars().take(100).collect()
}
