//! Time and chance that tests own.

use actions::Clock;
use jiff::{SignedDuration, Timestamp};
use std::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering},
};

/// Stands still until told otherwise, but never tells the same moment twice.
#[derive(Debug)]
pub struct TestClock {
    now: Mutex<Timestamp>,
    drawn: AtomicU64,
}

impl TestClock {
    /// A Monday morning in business hours.
    pub const START: &'static str = "2026-03-02T09:30:00Z";

    pub(crate) fn new() -> Self {
        Self { now: Mutex::new(Self::START.parse().unwrap()), drawn: AtomicU64::new(1) }
    }
    pub fn advance(&self, by: SignedDuration) {
        let mut now = self.now.lock().unwrap();
        *now = now.checked_add(by).unwrap();
    }
    pub fn set(&self, moment: &str) {
        *self.now.lock().unwrap() = moment.parse().unwrap();
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        let mut now = self.now.lock().unwrap();
        *now = now.checked_add(SignedDuration::from_micros(1)).unwrap();
        *now
    }
    fn random(&self) -> [u8; 16] {
        let drawn = self.drawn.fetch_add(1, Ordering::Relaxed);
        // spread so that values look unlike each other; nobody guesses in tests
        let spread = drawn.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&spread.to_be_bytes());
        bytes[8..].copy_from_slice(&drawn.to_be_bytes());
        bytes
    }
}
