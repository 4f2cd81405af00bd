//! Paths to resources, and what each of them offers. One slash at the end is ignored and segments are percent-decoded
//! one by one (API-002, API-003).

use actions::ticket::OwnerChange;
use domain::change::ChangeKind;

/// Named as in the address; numbers are read by the handlers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Resource {
    Version,
    Tickets,
    TicketCreation,
    Ticket(String),
    Ownership(String, OwnerChange),
    Message(String, ChangeKind),
    History(String),
    TicketAttachments(String),
    Transaction(String),
    TransactionAttachments(String),
    Attachment(String),
    /// `all` names its set: without conditions it is whole.
    Queues {
        all: bool,
    },
    Queue(String),
    QueueFields(String),
    User(String),
    CustomFields,
    CustomField(String),
}

/// Which bodies a PUT or POST may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accepts {
    Anything,
    Object,
    Message,
}

impl Resource {
    pub(crate) fn at(path: &str) -> Option<Self> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let segments: Vec<String> = path.split('/').map(decode).collect::<Option<_>>()?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        Some(match segments[..] {
            ["rt"] => Self::Version,
            ["tickets"] => Self::Tickets,
            ["ticket"] => Self::TicketCreation,
            ["ticket", id] => Self::Ticket(id.to_owned()),
            ["ticket", id, "take"] => Self::Ownership(id.to_owned(), OwnerChange::Take),
            ["ticket", id, "untake"] => Self::Ownership(id.to_owned(), OwnerChange::Untake),
            ["ticket", id, "steal"] => Self::Ownership(id.to_owned(), OwnerChange::Steal),
            ["ticket", id, "correspond"] => Self::Message(id.to_owned(), ChangeKind::Correspond),
            ["ticket", id, "comment"] => Self::Message(id.to_owned(), ChangeKind::Comment),
            ["ticket", id, "history"] => Self::History(id.to_owned()),
            ["ticket", id, "attachments"] => Self::TicketAttachments(id.to_owned()),
            ["transaction", id] => Self::Transaction(id.to_owned()),
            ["transaction", id, "attachments"] => Self::TransactionAttachments(id.to_owned()),
            ["attachment", id] => Self::Attachment(id.to_owned()),
            ["queues"] => Self::Queues { all: false },
            ["queues", "all"] => Self::Queues { all: true },
            ["queue", name] => Self::Queue(name.to_owned()),
            ["queue", id, "customfields"] => Self::QueueFields(id.to_owned()),
            ["user", name] => Self::User(name.to_owned()),
            ["customfields"] => Self::CustomFields,
            ["customfield", id] => Self::CustomField(id.to_owned()),
            _ => return None,
        })
    }

    /// As `Allow` lists them.
    pub(crate) fn methods(&self) -> &'static str {
        match self {
            Self::TicketCreation | Self::Message(..) => "POST",
            Self::Ownership(..) => "PUT",
            Self::Ticket(_) => "GET,HEAD,PUT,DELETE,POST",
            Self::Version
            | Self::Transaction(_)
            | Self::Attachment(_)
            | Self::Queue(_)
            | Self::User(_)
            | Self::CustomField(_) => "GET,HEAD",
            _ => "GET,HEAD,POST",
        }
    }

    pub(crate) fn accepts(&self) -> Accepts {
        match self {
            Self::TicketCreation | Self::Ticket(_) | Self::Ownership(..) => Accepts::Object,
            Self::Message(..) => Accepts::Message,
            _ => Accepts::Anything,
        }
    }
}

/// `None` when what comes out is no UTF-8.
fn decode(segment: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(segment.len());
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let digits = [bytes.next()?, bytes.next()?];
        decoded.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slash_at_the_end_is_ignored_and_segments_are_decoded() {
        assert_eq!(Resource::at("/queues/all/"), Some(Resource::Queues { all: true }));
        assert_eq!(Resource::at("/queue/Incident%20Reports"), Some(Resource::Queue("Incident Reports".into())));
        assert_eq!(Resource::at("/user/a%40b.example"), Some(Resource::User("a@b.example".into())));
        for nowhere in ["", "/", "/queues/all//", "/nothing", "/queue/%ff", "/queue/%4", "/queue/%zz", "/queue/a/b"] {
            assert_eq!(Resource::at(nowhere), None, "{nowhere}");
        }
    }
}
