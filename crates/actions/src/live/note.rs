//! What processes of one installation tell each other, a line each.

use crate::presence::Doing;
use domain::{TicketId, UserId};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    Ticket(TicketId),
    /// The people or the lock of a ticket.
    People(TicketId),
    Person {
        ticket: TicketId,
        user: UserId,
        doing: Option<Doing>,
    },
}

impl Note {
    pub(crate) fn write(&self) -> String {
        match self {
            Self::Ticket(ticket) => format!("t {ticket}"),
            Self::People(ticket) => format!("p {ticket}"),
            Self::Person { ticket, user, doing } => format!("d {ticket} {user} {}", doing.map_or("gone", Doing::as_str)),
        }
    }

    /// `None` for what a later version may say.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let kind = words.next()?;
        let ticket = words.next()?.parse().ok()?;
        match kind {
            "t" => Some(Self::Ticket(ticket)),
            "p" => Some(Self::People(ticket)),
            "d" => {
                let user = UserId(words.next()?.parse().ok()?);
                Some(Self::Person { ticket, user, doing: Doing::parse(words.next()?) })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nonsense_is_not() {
        let (ticket, user) = (TicketId(7), UserId(12));
        let notes = [
            Note::Ticket(ticket),
            Note::People(ticket),
            Note::Person { ticket, user, doing: Some(Doing::Writing) },
            Note::Person { ticket, user, doing: None },
        ];
        for note in notes {
            assert_eq!(Note::read(&note.write()), Some(note));
        }
        for nonsense in ["", "t", "t x", "d 7", "z 7", "d 7 x looking"] {
            assert_eq!(Note::read(nonsense), None, "{nonsense}");
        }
    }
}
