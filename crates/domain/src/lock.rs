//! Advisory locks on tickets (IR-507 … IR-511): who holds one, what replaces it, how long it lasts. Nobody is kept from anything.

use crate::{TicketId, UserId};
use jiff::{SignedDuration, Timestamp};

/// By rising priority (IR-508).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockKind {
    /// While a form is open.
    Auto,
    /// From taking a Report until it is linked to an Incident.
    Take,
    /// Asked for.
    Hard,
}

impl LockKind {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Take => "take",
            Self::Hard => "hard",
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Auto, Self::Take, Self::Hard].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A ticket has one at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    pub ticket: TicketId,
    pub holder: UserId,
    pub kind: LockKind,
    pub since: Timestamp,
}

impl Lock {
    /// Nothing lasts longer than `expiry`, if there is one (IR-510).
    #[must_use]
    pub fn is_over(&self, now: Timestamp, expiry: Option<SignedDuration>) -> bool {
        expiry.is_some_and(|expiry| self.held(now) >= expiry)
    }

    #[must_use]
    pub fn held(&self, now: Timestamp) -> SignedDuration {
        now.duration_since(self.since).max(SignedDuration::ZERO)
    }

    /// Only its holder replaces a lock, and only by one of a higher kind (TC-092).
    #[must_use]
    pub fn gives_way_to(&self, user: UserId, kind: LockKind) -> bool {
        self.holder == user && kind > self.kind
    }

    /// Whether the lock of a ticket that is merged goes on to the target (IR-511).
    #[must_use]
    pub fn passes_to(&self, of_target: Option<&Lock>) -> bool {
        self.kind > LockKind::Auto && of_target.is_none_or(|target| target.gives_way_to(self.holder, self.kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(holder: i64, kind: LockKind) -> Lock {
        Lock { ticket: TicketId(1), holder: UserId(holder), kind, since: Timestamp::UNIX_EPOCH }
    }

    #[test]
    fn ir508_kinds_rise_from_auto_over_take_to_hard() {
        use LockKind::{Auto, Hard, Take};
        assert!(Auto < Take && Take < Hard);
        for (kind, wanted, gives_way) in [(Auto, Take, true), (Take, Hard, true), (Hard, Auto, false), (Take, Take, false)] {
            assert_eq!(lock(7, kind).gives_way_to(UserId(7), wanted), gives_way, "{kind:?} to {wanted:?}");
            assert!(!lock(7, kind).gives_way_to(UserId(8), wanted), "another user's stays");
            assert_eq!(LockKind::parse(kind.as_str()), Some(kind));
        }
    }

    #[test]
    fn ir511_a_merge_passes_what_the_target_has_no_better_of() {
        use LockKind::{Auto, Hard, Take};
        assert!(lock(7, Take).passes_to(None) && lock(7, Hard).passes_to(Some(&lock(7, Take))));
        assert!(!lock(7, Auto).passes_to(None), "an auto lock was for a form of the merged ticket");
        assert!(!lock(7, Take).passes_to(Some(&lock(7, Take))), "of equal priority");
        assert!(!lock(7, Hard).passes_to(Some(&lock(8, Auto))), "another user's");
    }

    #[test]
    fn ir510_without_a_limit_a_lock_lasts() {
        let late = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1000);
        assert!(!lock(7, LockKind::Hard).is_over(late, None));
        assert!(lock(7, LockKind::Hard).is_over(late, Some(SignedDuration::from_hours(1))));
    }
}
