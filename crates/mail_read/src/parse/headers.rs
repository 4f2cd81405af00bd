//! Reads the header of the message itself.

use super::{Limits, decode, fields};
use crate::incoming::{Incoming, Mailbox};

/// Fields that are read wherever they stand, even behind more header than is kept.
const ALWAYS_READ: [&str; 25] = [
    "from",
    "sender",
    "reply-to",
    "errors-to",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "return-path",
    "auto-submitted",
    "precedence",
    "list-id",
    "x-rt-loop-prevention",
    "x-watchbell-loop",
    "rt-control",
    "x-fc-machinegenerated",
    "x-autoreply",
    "x-autorespond",
    "x-auto-response-suppress",
    "x-failed-recipients",
    "list-post",
    "authentication-results",
];
const MOST_OF_ONE: usize = 10;
const ALWAYS_READ_BYTES: usize = 64 * 1024;

/// `None` when there is no field at all.
pub(super) fn read(head: &[u8], limits: &Limits) -> Option<Incoming> {
    let mut incoming = Incoming::default();
    let mut reader = Reader::default();
    let mut room = limits.header_bytes;
    let mut seen = [0_usize; ALWAYS_READ.len()];
    let mut any = false;
    for field in fields::fields(head) {
        any = true;
        let size = field.name.len() + field.value.len();
        let known = ALWAYS_READ.iter().position(|name| field.name.eq_ignore_ascii_case(name));
        if size <= room {
            room -= size;
        } else {
            incoming.marks.headers_truncated = true;
            let count = known.and_then(|index| seen.get_mut(index));
            let wanted = count.is_some_and(|count| {
                *count += 1;
                *count <= MOST_OF_ONE
            });
            if !wanted {
                continue;
            }
        }
        let value = field.value.get(..ALWAYS_READ_BYTES).unwrap_or(field.value);
        reader.read(&field.name.to_ascii_lowercase(), value, &mut incoming);
        incoming.headers.push((field.name.to_owned(), decode::text(value)));
    }
    reader.finish(&mut incoming);
    any.then_some(incoming)
}

/// Collects the fields from which the sender is chosen.
#[derive(Default)]
struct Reader {
    reply_to: Vec<Mailbox>,
    sender: Vec<Mailbox>,
    errors_to: Vec<Mailbox>,
}

impl Reader {
    /// Of a field that stands twice but may not, the first counts.
    fn read(&mut self, name: &str, value: &[u8], incoming: &mut Incoming) {
        match name {
            "from" if incoming.from.is_empty() => incoming.from = decode::mailboxes(value),
            "reply-to" if self.reply_to.is_empty() => self.reply_to = decode::mailboxes(value),
            "sender" if self.sender.is_empty() => self.sender = decode::mailboxes(value),
            "errors-to" if self.errors_to.is_empty() => self.errors_to = decode::mailboxes(value),
            "to" if incoming.to.is_empty() => incoming.to = decode::mailboxes(value),
            "cc" if incoming.cc.is_empty() => incoming.cc = decode::mailboxes(value),
            "subject" if incoming.subject.is_empty() => incoming.subject = decode::text(value),
            "date" if incoming.date.is_none() => incoming.date = decode::date(value),
            "message-id" if incoming.message_id.is_none() => {
                incoming.message_id = decode::ids(value).into_iter().next();
            }
            "in-reply-to" if incoming.in_reply_to.is_empty() => {
                incoming.in_reply_to = decode::ids(value);
            }
            "references" if incoming.references.is_empty() => {
                incoming.references = decode::ids(value);
            }
            _ => {}
        }
    }

    fn finish(self, incoming: &mut Incoming) {
        let sender = self.reply_to.into_iter().chain(incoming.from.iter().cloned()).chain(self.sender).next();
        incoming.errors_to = self.errors_to.into_iter().next().or_else(|| sender.clone());
        incoming.sender = sender;
    }
}
