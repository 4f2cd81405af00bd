//! A growing message, within what it may take itself and what all messages together may take.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const PAGE: usize = 64 * 1024;

/// How many pages make up that many bytes.
pub(crate) fn pages(bytes: usize) -> usize {
    bytes.div_ceil(PAGE).min(Semaphore::MAX_PERMITS)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overflow {
    /// Larger than a message may be.
    TooLarge,
    /// Other messages take all the room.
    NoRoom,
}

/// Once it has overflowed it holds nothing and drops all that comes.
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    held: Option<OwnedSemaphorePermit>,
    room: Arc<Semaphore>,
    limit: usize,
    overflow: Option<Overflow>,
}

impl Buffer {
    pub(crate) fn new(room: Arc<Semaphore>, limit: usize) -> Self {
        Self { bytes: Vec::new(), held: None, room, limit, overflow: None }
    }

    /// With room that was waited for, for a message whose size was told.
    pub(crate) fn in_its_place(self, place: Option<OwnedSemaphorePermit>) -> Self {
        let bytes = place.as_ref().map_or(0, |place| place.num_permits() * PAGE);
        Self { bytes: Vec::with_capacity(bytes), held: place, ..self }
    }

    pub(crate) fn push(&mut self, piece: &[u8]) {
        if self.overflow.is_some() {
            return;
        }
        let wanted = self.bytes.len().saturating_add(piece.len());
        if wanted > self.limit {
            self.give_up(Overflow::TooLarge);
        } else if self.grow(wanted) {
            self.bytes.extend_from_slice(piece);
        } else {
            self.give_up(Overflow::NoRoom);
        }
    }

    /// For doors that stop reading at once.
    pub(crate) fn check(&self) -> Result<(), Overflow> {
        self.overflow.map_or(Ok(()), Err)
    }

    /// The message, and the room it holds as long as the second value lives.
    pub(crate) fn finish(self) -> Result<(Vec<u8>, Option<OwnedSemaphorePermit>), Overflow> {
        match self.overflow {
            None => Ok((self.bytes, self.held)),
            Some(overflow) => Err(overflow),
        }
    }

    /// Grows by a quarter at a time, never to the double that a vector takes by itself.
    fn grow(&mut self, wanted: usize) -> bool {
        if wanted <= self.bytes.capacity() {
            return true;
        }
        let target = pages((wanted + wanted / 4).min(self.limit));
        let have = self.held.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let Ok(more) = u32::try_from(target.saturating_sub(have)) else {
            return false;
        };
        let Ok(permit) = self.room.clone().try_acquire_many_owned(more) else {
            return false;
        };
        match &mut self.held {
            Some(held) => held.merge(permit),
            None => self.held = Some(permit),
        }
        self.bytes.reserve_exact(target * PAGE - self.bytes.len());
        true
    }

    fn give_up(&mut self, overflow: Overflow) {
        self.bytes = Vec::new();
        self.held = None;
        self.overflow = Some(overflow);
    }
}
