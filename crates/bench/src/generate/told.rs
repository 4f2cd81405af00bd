//! One ticket whose history is being told: every step appends a change to its chain as `actions` would have recorded it.

use domain::{
    ChangeId, QueueId, StatusClass, Ticket, TicketId, UserId,
    change::{Change, ChangeKind, NewChange, Sealed},
    queue::Queue,
    ticket::clean_subject,
};
use jiff::{SignedDuration, Timestamp};
use storage::{
    bulk::{Bulk, Highest},
    part::Part,
};

pub(super) struct Told<'a> {
    pub(super) ticket: Ticket,
    pub(super) bulk: &'a mut Bulk,
    numbers: &'a mut Highest,
    pub(super) at: Timestamp,
    latest: Timestamp,
}

/// What a ticket starts with.
pub(super) struct Start<'a> {
    pub(super) queue: &'a Queue,
    pub(super) subject: &'a str,
    pub(super) status: &'a str,
    pub(super) class: StatusClass,
    pub(super) owner: UserId,
    pub(super) creator: UserId,
    pub(super) at: Timestamp,
    pub(super) now: Timestamp,
}

impl<'a> Told<'a> {
    pub(super) fn begin(start: &Start<'_>, bulk: &'a mut Bulk, numbers: &'a mut Highest) -> Self {
        numbers.ticket += 1;
        let at = start.at.min(start.now);
        let ticket = row(TicketId(numbers.ticket), start, at);
        Self { ticket, bulk, numbers, at, latest: start.now }
    }

    pub(super) fn id(&self) -> TicketId {
        self.ticket.id
    }
    pub(super) fn queue(&self) -> QueueId {
        self.ticket.queue
    }

    /// Time goes by, but not past today.
    pub(super) fn wait(&mut self, minutes: u64) {
        self.at = self.at.checked_add(SignedDuration::from_mins(minutes as i64)).unwrap_or(self.latest).min(self.latest);
    }

    pub(super) fn record(&mut self, actor: UserId, what: NewChange, text: Option<&str>) {
        self.numbers.change += 1;
        let id = ChangeId(self.numbers.change);
        let part = text.map(|text| self.part(id, text));
        let message = part.as_ref().map(|part| actions::message::digest_of_stored(std::slice::from_ref(part)));
        let sequence = self.ticket.version + 1;
        let sealed =
            Sealed { ticket: self.ticket.id, sequence, actor, what: &what, created: self.at, message: message.as_deref() };
        let hash = sealed.hash(&self.ticket.head);
        self.ticket.version = sequence;
        self.ticket.head.clone_from(&hash);
        self.ticket.updated = self.at;
        self.ticket.updater = actor;
        self.bulk.change(&Change { id, ticket: self.ticket.id, sequence, actor, what, created: self.at, message, hash });
        if let Some(part) = &part {
            self.bulk.part(part);
        }
    }

    fn part(&mut self, change: ChangeId, text: &str) -> Part {
        Part {
            id: 0,
            change,
            position: 0,
            parent: None,
            content_type: "text/plain".to_owned(),
            file_name: None,
            disposition: String::new(),
            content_id: None,
            headers: format!("Subject: {}", self.ticket.subject),
            size: text.len() as i64,
            blob: Some(self.bulk.content(text.as_bytes())),
        }
    }

    /// A message of somebody outside or of staff, with the Message-ID it is known by.
    pub(super) fn message(&mut self, kind: ChangeKind, actor: UserId, text: &str, incoming: bool) {
        let data = Some(self.ticket.subject.clone());
        self.record(actor, NewChange { data, ..NewChange::new(kind) }, Some(text));
        let id = format!("generated-{}-{}@csirt.example", self.ticket.id, self.ticket.version);
        self.bulk.message_id(&id, self.ticket.id, incoming);
        if incoming {
            self.ticket.unanswered_since = Some(self.at);
        } else {
            (self.ticket.unanswered_since, self.ticket.last_answer) = (None, Some(self.at));
        }
    }

    /// The entry that a mail of ours left.
    pub(super) fn mailed(&mut self, template: &str, to: &str) {
        let id = format!("wb-{}-{}@csirt.example", self.ticket.id, self.ticket.version);
        let what = NewChange::moved(ChangeKind::EmailRecord, template, None, Some(to.to_owned()));
        self.record(UserId::SYSTEM, NewChange { data: Some(id), ..what }, None);
    }

    pub(super) fn status(&mut self, actor: UserId, status: &str, class: StatusClass) {
        let what = NewChange::moved(ChangeKind::Status, "Status", Some(self.ticket.status.clone()), Some(status.to_owned()));
        status.clone_into(&mut self.ticket.status);
        self.ticket.status_class = class;
        if class != StatusClass::Initial && self.ticket.started.is_none() {
            self.ticket.started = Some(self.at);
        }
        if class == StatusClass::Inactive {
            self.ticket.resolved = Some(self.at);
            self.ticket.unanswered_since = None;
        }
        self.record(actor, what, None);
    }

    pub(super) fn end(self) -> TicketId {
        self.bulk.ticket(&self.ticket);
        self.ticket.id
    }
}

fn row(id: TicketId, start: &Start<'_>, at: Timestamp) -> Ticket {
    let queue = start.queue;
    Ticket {
        id,
        merged_into: None,
        queue: queue.id,
        kind: queue.kind(),
        subject: clean_subject(start.subject),
        description: String::new(),
        status: start.status.to_owned(),
        status_class: start.class,
        owner: start.owner,
        level: queue.default_level.clone(),
        initial_priority: queue.initial_priority,
        priority: queue.initial_priority + id.0 % 7,
        final_priority: queue.final_priority,
        time_estimated: 0,
        time_worked: 0,
        time_left: 0,
        starts: None,
        started: (start.class != StatusClass::Initial).then_some(at),
        due: at.checked_add(SignedDuration::from_hours(48 + id.0 % 72)).ok(),
        told: None,
        resolved: None,
        created: at,
        creator: start.creator,
        updated: at,
        updater: start.creator,
        version: 0,
        head: vec![],
        unanswered_since: None,
        last_answer: None,
        snoozed_until: None,
    }
}
