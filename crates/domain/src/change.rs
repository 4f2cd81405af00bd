//! One entry of history (RT: transaction), and the hash that chains it to the one before.

use crate::{ChangeId, TicketId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

macro_rules! kinds {
    ($($name:ident),* $(,)?) => {
        /// What happened, by RT's name for it (TC-096).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum ChangeKind { $($name),* }
        impl ChangeKind {
            pub const ALL: &'static [ChangeKind] = &[$(ChangeKind::$name),*];
            #[must_use]
            pub fn as_str(self) -> &'static str { match self { $(ChangeKind::$name => stringify!($name)),* } }
        }
    };
}
kinds! {
    Create, Correspond, Comment, Status, Set, CustomField, AddWatcher, DelWatcher, AddLink, DeleteLink, Told,
    EmailRecord, CommentEmailRecord, SystemError, Bounce, ForwardTicket, ForwardTransaction,
    AddReminder, OpenReminder, ResolveReminder, Withdrawn, Delivery, AttachmentTruncate, AttachmentDrop,
}

impl ChangeKind {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }
    /// Carries a message that somebody wrote.
    #[must_use]
    pub fn is_message(self) -> bool {
        matches!(self, Self::Create | Self::Correspond | Self::Comment)
    }
    /// For those who may read comments: what was passed on may hold one, and what became of mail names whom one went to.
    #[must_use]
    pub fn is_internal(self) -> bool {
        matches!(self, Self::Comment | Self::SystemError | Self::Delivery | Self::ForwardTicket | Self::ForwardTransaction)
    }
}

/// A change about to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChange {
    pub kind: ChangeKind,
    /// What was changed: a column, a field's number, a role, a link's direction.
    pub field: Option<String>,
    pub old: Option<String>,
    pub new: Option<String>,
    /// Free data: a message's subject, an outgoing mail's Message-ID.
    pub data: Option<String>,
    /// Minutes worked.
    pub time_taken: i64,
}

impl NewChange {
    #[must_use]
    pub fn new(kind: ChangeKind) -> Self {
        Self { kind, field: None, old: None, new: None, data: None, time_taken: 0 }
    }
    /// A column, field or the like that went from one value to another.
    #[must_use]
    pub fn moved(kind: ChangeKind, field: &str, old: Option<String>, new: Option<String>) -> Self {
        Self { field: Some(field.to_owned()), old, new, ..Self::new(kind) }
    }
    #[must_use]
    pub fn set(field: &str, old: Option<String>, new: Option<String>) -> Self {
        Self::moved(ChangeKind::Set, field, old, new)
    }
}

/// A recorded change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub id: ChangeId,
    pub ticket: TicketId,
    /// 1 for a ticket's first change, then up by one without gaps.
    pub sequence: i64,
    pub actor: UserId,
    pub what: NewChange,
    pub created: Timestamp,
    /// Digest of the message's parts, when there is one.
    pub message: Option<Vec<u8>>,
    pub hash: Vec<u8>,
}

/// What a hash is made of; the same for recording and for verifying.
#[derive(Clone, Copy, Debug)]
pub struct Sealed<'a> {
    pub ticket: TicketId,
    pub sequence: i64,
    pub actor: UserId,
    pub what: &'a NewChange,
    pub created: Timestamp,
    pub message: Option<&'a [u8]>,
}

impl Sealed<'_> {
    /// SHA-256 over the previous hash and every field, each with its length in front so that no two contents read alike.
    #[must_use]
    pub fn hash(&self, previous: &[u8]) -> Vec<u8> {
        let mut hasher = Hasher::new();
        hasher.bytes(previous);
        hasher.number(self.ticket.0);
        hasher.number(self.sequence);
        hasher.number(self.actor.0);
        hasher.bytes(self.what.kind.as_str().as_bytes());
        for text in [&self.what.field, &self.what.old, &self.what.new, &self.what.data] {
            hasher.optional(text.as_ref().map(String::as_bytes));
        }
        hasher.number(self.what.time_taken);
        hasher.number(self.created.as_microsecond());
        hasher.optional(self.message);
        hasher.finish()
    }
}

/// Length-prefixed hashing, shared with the digest of a message.
#[derive(Default)]
pub struct Hasher(Sha256);

impl Hasher {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
    pub fn number(&mut self, number: i64) {
        self.0.update(number.to_be_bytes());
    }
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as i64);
        self.0.update(bytes);
    }
    pub fn optional(&mut self, bytes: Option<&[u8]>) {
        match bytes {
            None => self.number(-1),
            Some(bytes) => self.bytes(bytes),
        }
    }
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.0.finalize().to_vec()
    }
}

/// The name a blob is stored and verified under.
#[must_use]
pub fn blob_hash(content: &[u8]) -> Vec<u8> {
    Sha256::digest(content).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_a_change_is_sealed() {
        let what = NewChange { data: Some("x".into()), ..NewChange::set("Subject", Some("a".into()), Some("b".into())) };
        let sealed = Sealed {
            ticket: TicketId(1),
            sequence: 1,
            actor: UserId(3),
            what: &what,
            created: Timestamp::UNIX_EPOCH,
            message: None,
        };
        let base = sealed.hash(b"");
        let other = |change: &dyn Fn(&mut NewChange)| {
            let mut copy = what.clone();
            change(&mut copy);
            Sealed { what: &copy, ..sealed }.hash(b"")
        };
        let variants = [
            other(&|what| what.kind = ChangeKind::Status),
            other(&|what| what.field = None),
            other(&|what| what.old = Some("ab".into())),
            other(&|what| what.new = None),
            other(&|what| what.data = Some(String::new())),
            other(&|what| what.time_taken = 1),
            Sealed { sequence: 2, ..sealed }.hash(b""),
            Sealed { actor: UserId(4), ..sealed }.hash(b""),
            Sealed { ticket: TicketId(2), ..sealed }.hash(b""),
            Sealed { message: Some(b""), ..sealed }.hash(b""),
            sealed.hash(b"previous"),
        ];
        for (index, variant) in variants.iter().enumerate() {
            assert_ne!(variant, &base, "variant {index}");
        }
        assert_eq!(sealed.hash(b""), base);
    }
}
