//! Where a process gathers its news: for its own open pages, and for the other processes.

use super::Note;
use crate::{
    Desk, Live,
    presence::{Board, Doing, Mark},
};
use domain::{TicketId, UserId};
use jiff::Timestamp;
use std::sync::Mutex;
use tokio::sync::broadcast;

/// Slow listeners miss what is older than so many news.
const KEPT: usize = 1024;

pub(crate) struct Newsroom {
    /// Tells this process apart from the others.
    process: String,
    live: broadcast::Sender<Live>,
    notes: broadcast::Sender<Note>,
    board: Mutex<Board>,
}

impl Newsroom {
    pub(crate) fn new(process: String) -> Self {
        let (live, notes) = (broadcast::channel(KEPT).0, broadcast::channel(KEPT).0);
        Self { process, live, notes, board: Mutex::default() }
    }
}

impl Desk {
    /// Tells of committed changes as they happen; slow listeners miss some.
    #[must_use]
    pub fn live(&self) -> broadcast::Receiver<Live> {
        self.news().live.subscribe()
    }

    pub(super) fn has_listeners(&self) -> bool {
        self.news().live.receiver_count() > 0
    }

    pub(super) fn notes(&self) -> broadcast::Receiver<Note> {
        self.news().notes.subscribe()
    }

    pub(super) fn process(&self) -> &str {
        &self.news().process
    }

    /// To the open pages of this process.
    pub(crate) fn tell(&self, news: Live) {
        // nobody listening is no error
        let _ = self.news().live.send(news);
    }

    /// To the other processes.
    pub(crate) fn pass_on(&self, note: &Note) {
        let _ = self.news().notes.send(*note);
    }

    /// After a commit of ours.
    pub(crate) fn tell_of_change(&self, ticket: TicketId) {
        self.tell(Live::TicketChanged(ticket));
        self.pass_on(&Note::Ticket(ticket));
    }

    /// After a commit of another process.
    pub(super) fn heard_of_change(&self, ticket: TicketId) {
        self.forget_counts();
        self.tell(Live::TicketChanged(ticket));
    }

    pub(super) fn heard_of_person(&self, ticket: TicketId, user: UserId, doing: Option<Doing>) {
        if self.with_board(|board, now| board.note(ticket, Mark { user, doing, at: now })) {
            self.tell(Live::PeopleChanged(ticket));
        }
    }

    pub(crate) fn with_board<T: Default>(&self, ask: impl FnOnce(&mut Board, Timestamp) -> T) -> T {
        let now = self.now();
        self.news().board.lock().map(|mut board| ask(&mut board, now)).unwrap_or_default()
    }
}
