//! The board that presence is written on: bounded, and wiped by time.

use domain::{TicketId, UserId};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// Open pages tell every half minute that they are still there.
const FRESH: SignedDuration = SignedDuration::from_secs(75);
/// How long somebody who left is still told of.
const RECENT: SignedDuration = SignedDuration::from_mins(10);
const MOST_TICKETS: usize = 10_000;
const MOST_PEOPLE: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Looking,
    /// The page is open, but nobody moves.
    Idle,
    Writing,
}

impl Doing {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Looking => "looking",
            Self::Idle => "idle",
            Self::Writing => "writing",
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Looking, Self::Idle, Self::Writing].into_iter().find(|doing| doing.as_str() == text)
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) user: UserId,
    /// `None` when they said that they left.
    pub(crate) doing: Option<Doing>,
    pub(crate) at: Timestamp,
}

impl Mark {
    pub(crate) fn doing_now(&self, now: Timestamp) -> Option<Doing> {
        self.doing.filter(|_| now.duration_since(self.at) < FRESH)
    }
    fn is_over(&self, now: Timestamp) -> bool {
        now.duration_since(self.at) >= RECENT
    }
}

#[derive(Default)]
pub(crate) struct Board(HashMap<TicketId, Vec<Mark>>);

impl Board {
    /// Whether this is news for the others at the ticket.
    pub(crate) fn note(&mut self, ticket: TicketId, mark: Mark) -> bool {
        if !self.0.contains_key(&ticket) && self.0.len() >= MOST_TICKETS {
            self.0.retain(|_, marks| marks.iter().any(|one| !one.is_over(mark.at)));
            if self.0.len() >= MOST_TICKETS {
                return false;
            }
        }
        let marks = self.0.entry(ticket).or_default();
        marks.retain(|one| !one.is_over(mark.at));
        if let Some(known) = marks.iter_mut().find(|one| one.user == mark.user) {
            let before = known.doing_now(mark.at);
            *known = mark;
            return before != mark.doing;
        }
        let is_news = marks.len() < MOST_PEOPLE && mark.doing.is_some();
        if is_news {
            marks.push(mark);
        }
        is_news
    }

    /// Whoever writes comes first, then who is there, then who was.
    pub(crate) fn others(&self, ticket: TicketId, me: UserId, now: Timestamp) -> Vec<Mark> {
        let marks = self.0.get(&ticket).map(Vec::as_slice).unwrap_or_default();
        let mut others: Vec<Mark> = marks.iter().filter(|mark| mark.user != me && !mark.is_over(now)).copied().collect();
        others.sort_by_key(|mark| (rank(mark.doing_now(now)), std::cmp::Reverse(mark.at)));
        others
    }

    pub(crate) fn is_at(&self, ticket: TicketId, user: UserId, now: Timestamp) -> bool {
        let marks = self.0.get(&ticket).map(Vec::as_slice).unwrap_or_default();
        marks.iter().any(|mark| mark.user == user && !mark.is_over(now))
    }
}

fn rank(doing: Option<Doing>) -> u8 {
    match doing {
        Some(Doing::Writing) => 0,
        Some(Doing::Looking) => 1,
        Some(Doing::Idle) => 2,
        None => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }
    fn mark(user: i64, doing: Option<Doing>, seconds: i64) -> Mark {
        Mark { user: UserId(user), doing, at: at(seconds) }
    }

    #[test]
    fn only_what_changed_is_news_and_time_wipes_the_board() {
        let mut board = Board::default();
        let ticket = TicketId(1);
        assert!(board.note(ticket, mark(7, Some(Doing::Looking), 0)));
        assert!(!board.note(ticket, mark(7, Some(Doing::Looking), 30)), "still there");
        assert!(board.note(ticket, mark(7, Some(Doing::Writing), 40)));
        let seen = |board: &Board, seconds| {
            let others = board.others(ticket, UserId(8), at(seconds));
            others.iter().map(|mark| mark.doing_now(at(seconds))).collect::<Vec<_>>()
        };
        assert_eq!(seen(&board, 50), [Some(Doing::Writing)]);
        assert_eq!(seen(&board, 200), [None], "not heard of for a while");
        assert_eq!(seen(&board, 1000), []);
        assert!(board.others(ticket, UserId(7), at(50)).is_empty(), "nobody is told of themselves");
        assert!(board.note(ticket, mark(7, None, 60)), "leaving is news");
        assert!(!board.note(ticket, mark(9, None, 60)), "not of somebody who was not there");
    }
}
