//! How much goes to one domain: so many letters at the same time, and no more than so many a minute, as large receivers ask.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// Domains remembered; those that nothing goes to are forgotten then.
const MOST: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DomainLimits {
    /// Letters on their way to one domain at the same time.
    pub at_once: usize,
    /// Letters that begin their way to one domain within a minute; none is no limit.
    pub a_minute: Option<u32>,
}

impl Default for DomainLimits {
    fn default() -> Self {
        Self { at_once: 4, a_minute: None }
    }
}

pub(super) struct Domains {
    limits: DomainLimits,
    known: Mutex<HashMap<String, Domain>>,
}

struct Domain {
    places: Arc<Semaphore>,
    minute_began: Timestamp,
    within_minute: u32,
}

impl Domains {
    pub(super) fn new(limits: DomainLimits) -> Self {
        Self { limits, known: Mutex::default() }
    }

    /// Places at all domains of these addresses, or until when one of them is full.
    pub(super) async fn enter(&self, addresses: &[String], now: Timestamp) -> Result<Vec<OwnedSemaphorePermit>, Timestamp> {
        // in one order, so that no two letters wait for each other
        let domains: BTreeSet<String> = addresses.iter().map(|address| domain(address)).collect();
        let mut entered = Vec::with_capacity(domains.len());
        for places in self.count(&domains, now)? {
            // never closed
            entered.extend(places.acquire_owned().await);
        }
        Ok(entered)
    }

    /// Counts one letter for each, or for none of them.
    fn count(&self, domains: &BTreeSet<String>, now: Timestamp) -> Result<Vec<Arc<Semaphore>>, Timestamp> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > MOST {
            known.retain(|_, domain| Arc::strong_count(&domain.places) > 1 || now.duration_since(domain.minute_began) < MINUTE);
        }
        for name in domains {
            let domain = known.entry(name.clone()).or_insert_with(|| Domain {
                places: Arc::new(Semaphore::new(self.limits.at_once.max(1))),
                minute_began: now,
                within_minute: 0,
            });
            if now.duration_since(domain.minute_began) >= MINUTE {
                (domain.minute_began, domain.within_minute) = (now, 0);
            }
            if self.limits.a_minute.is_some_and(|most| domain.within_minute >= most.max(1)) {
                return Err(domain.minute_began.checked_add(MINUTE).unwrap_or(now));
            }
        }
        let counted = |name: &String| {
            known.get_mut(name).map(|domain| {
                domain.within_minute += 1;
                domain.places.clone()
            })
        };
        Ok(domains.iter().filter_map(counted).collect())
    }
}

fn domain(address: &str) -> String {
    address.rsplit_once('@').map_or(address, |(_, domain)| domain).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(addresses: &[&str]) -> Vec<String> {
        addresses.iter().map(|&address| address.to_owned()).collect()
    }

    #[tokio::test]
    async fn so_many_a_minute_and_then_the_next_minute() {
        let domains = Domains::new(DomainLimits { at_once: 10, a_minute: Some(2) });
        let now = Timestamp::from_second(1_000).expect("a moment");
        let later = |seconds| now.checked_add(SignedDuration::from_secs(seconds)).expect("a moment");
        assert!(domains.enter(&to(&["a@one.example"]), now).await.is_ok());
        assert!(domains.enter(&to(&["b@ONE.example", "c@two.example"]), now).await.is_ok());
        let full = domains.enter(&to(&["d@two.example", "d@one.example"]), later(10)).await;
        assert_eq!(full.map(|_| ()), Err(later(60)));
        // what was held is not counted where there was room
        assert!(domains.enter(&to(&["e@two.example"]), later(20)).await.is_ok());
        assert!(domains.enter(&to(&["d@one.example"]), later(60)).await.is_ok());
    }

    #[tokio::test]
    async fn so_many_at_once() {
        let domains = Domains::new(DomainLimits { at_once: 1, a_minute: None });
        let now = Timestamp::from_second(1_000).expect("a moment");
        let one = domains.enter(&to(&["a@one.example"]), now).await.expect("there is room");
        let addresses = to(&["b@one.example"]);
        let mut second = std::pin::pin!(domains.enter(&addresses, now));
        let soon = tokio::time::timeout(std::time::Duration::from_millis(20), &mut second);
        assert!(soon.await.is_err(), "there is one place");
        assert!(domains.enter(&to(&["a@two.example"]), now).await.is_ok(), "another domain has places of its own");
        drop(one);
        assert!(second.await.is_ok());
    }
}
