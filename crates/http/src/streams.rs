//! How many open pages a process tells the news to: few for each person, and none once it stops.

use domain::UserId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use tokio::sync::watch;

/// One browser needs one; some people have several, and tabs of private windows.
const MOST_OF_ONE: usize = 6;
const MOST: usize = 1000;

#[derive(Debug)]
pub struct Streams {
    places: Mutex<HashMap<UserId, usize>>,
    stop: watch::Sender<bool>,
}

impl Default for Streams {
    fn default() -> Self {
        Self { places: Mutex::default(), stop: watch::channel(false).0 }
    }
}

/// Held as long as the stream is open.
#[derive(Debug)]
pub struct Place {
    streams: Arc<Streams>,
    user: UserId,
}

impl Streams {
    /// `None` when there is no room.
    #[must_use]
    pub fn enter(self: &Arc<Self>, user: UserId) -> Option<Place> {
        let mut places = self.places.lock().ok()?;
        let is_full = places.values().sum::<usize>() >= MOST || places.get(&user).is_some_and(|count| *count >= MOST_OF_ONE);
        if is_full || *self.stop.borrow() {
            return None;
        }
        *places.entry(user).or_default() += 1;
        Some(Place { streams: self.clone(), user })
    }

    /// Turns true when everything must end.
    #[must_use]
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    /// Ends every stream; called when the process stops, which would wait for them otherwise.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Ok(mut places) = self.streams.places.lock() else { return };
        if let Some(count) = places.get_mut(&self.user) {
            *count -= 1;
            if *count == 0 {
                places.remove(&self.user);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_few_places_and_leaving_frees_one() {
        let streams = Arc::new(Streams::default());
        let mut held: Vec<Place> = (0..MOST_OF_ONE).map(|_| streams.enter(UserId(7)).expect("room")).collect();
        assert!(streams.enter(UserId(7)).is_none() && streams.enter(UserId(8)).is_some());
        held.pop();
        assert!(streams.enter(UserId(7)).is_some());
        streams.stop();
        assert!(streams.enter(UserId(9)).is_none());
    }
}
