//! Keeps messages in memory, for tests.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Envelope, SendError, Sending, Transport, checked};

/// Clones share one mailbox.
#[derive(Clone, Default)]
pub struct Memory {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    sent: Vec<(Envelope, Vec<u8>)>,
    failures: VecDeque<SendError>,
}

impl Memory {
    /// Everything sent so far, and forgets it.
    pub fn take(&self) -> Vec<(Envelope, Vec<u8>)> {
        std::mem::take(&mut self.lock().sent)
    }

    /// Everything sent and not yet taken.
    pub fn sent(&self) -> Vec<(Envelope, Vec<u8>)> {
        self.lock().sent.clone()
    }

    /// The next message is refused with this.
    pub fn fail_next(&self, error: SendError) {
        self.lock().failures.push_back(error);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Memory {
    fn send<'a>(&'a self, envelope: &'a Envelope, raw: &'a [u8]) -> Sending<'a> {
        Box::pin(async move {
            checked(envelope)?;
            let mut inner = self.lock();
            if let Some(error) = inner.failures.pop_front() {
                return Err(error);
            }
            inner.sent.push((envelope.clone(), raw.to_vec()));
            Ok(())
        })
    }
}
