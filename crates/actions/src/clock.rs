//! Time and chance, as arguments: tests own them.

use jiff::Timestamp;

pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;
    /// Unguessable bytes.
    fn random(&self) -> [u8; 16];
}

/// The machine's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
    fn random(&self) -> [u8; 16] {
        rand::random()
    }
}
