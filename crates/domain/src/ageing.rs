//! Priorities that rise, or fall, with time towards the final one (TC-074).

use crate::Ticket;
use jiff::{SignedDuration, Timestamp};

const DAY: i64 = 24 * 60 * 60;

/// What of a ticket decides it.
#[derive(Clone, Copy, Debug)]
pub struct Ageing {
    pub initial: i64,
    pub current: i64,
    pub last: i64,
    /// Starts, else the creation.
    pub begin: Timestamp,
    pub due: Option<Timestamp>,
}

impl Ageing {
    #[must_use]
    pub fn of(ticket: &Ticket) -> Self {
        Self {
            initial: ticket.initial_priority,
            current: ticket.priority,
            last: ticket.final_priority,
            begin: ticket.starts.unwrap_or(ticket.created),
            due: ticket.due,
        }
    }

    /// One step: without a Due by one; before Due by the share of each whole day that is left; afterwards the final one.
    #[must_use]
    pub fn step(self, now: Timestamp) -> i64 {
        let missing = self.last.saturating_sub(self.current);
        match self.due {
            None => self.current.saturating_add(missing.signum()),
            Some(due) if due <= now => self.last,
            Some(due) => self.current.saturating_add(missing / (due.duration_since(now).as_secs() / DAY).max(1)),
        }
    }

    /// On a straight line from the initial one at the beginning to the final one at Due; nothing without Due.
    #[must_use]
    pub fn on_line(self, now: Timestamp) -> Option<i64> {
        let due = self.due?;
        if now >= due {
            return Some(self.last);
        }
        let gone = now.duration_since(self.begin).max(SignedDuration::ZERO).as_secs();
        let whole = due.duration_since(self.begin).as_secs().max(1);
        let way = i128::from(self.last) - i128::from(self.initial);
        i64::try_from(i128::from(self.initial) + way * i128::from(gone) / i128::from(whole)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket([initial, current, last]: [i64; 3], due: Option<&str>) -> Ageing {
        let due = due.map(|due| due.parse().expect("a moment"));
        Ageing { initial, current, last, begin: now("2026-03-01T00:00:00Z"), due }
    }

    fn now(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn tc074_steps_grow_as_due_comes_near() {
        let now = now("2026-03-02T00:00:00Z");
        assert_eq!(ticket([0, 50, 80], None).step(now), 51);
        assert_eq!(ticket([0, 50, 0], None).step(now), 49);
        assert_eq!(ticket([0, 80, 80], None).step(now), 80);
        assert_eq!(ticket([0, 50, 80], Some("2026-03-05T12:00:00Z")).step(now), 60);
        assert_eq!(ticket([0, 50, 80], Some("2026-03-02T06:00:00Z")).step(now), 80);
        assert_eq!(ticket([0, 50, 80], Some("2026-03-01T06:00:00Z")).step(now), 80);
    }

    #[test]
    fn tc074_the_line_goes_from_the_initial_to_the_final_priority() {
        let due = Some("2026-03-11T00:00:00Z");
        assert_eq!(ticket([0, 50, 100], due).on_line(now("2026-03-04T00:00:00Z")), Some(30));
        assert_eq!(ticket([20, 20, 10], due).on_line(now("2026-03-06T00:00:00Z")), Some(15));
        assert_eq!(ticket([0, 50, 100], due).on_line(now("2026-02-04T00:00:00Z")), Some(0));
        assert_eq!(ticket([0, 50, 100], due).on_line(now("2026-04-04T00:00:00Z")), Some(100));
        assert_eq!(ticket([0, 50, 100], Some("2026-02-01T00:00:00Z")).on_line(now("2026-03-04T00:00:00Z")), Some(100));
        assert_eq!(ticket([0, 50, 100], None).on_line(now("2026-03-04T00:00:00Z")), None);
    }
}
