//! Who a letter is from on its envelope, which is where its bounces go (TC-176). Which letters have which sender is left to `actions`.

use crate::{TicketId, person::EmailAddress};

/// Stands for the number of the ticket in a fixed sender.
const TICKET: &str = "__TicketID__";
/// Stands for the recipient while a letter waits.
const RECIPIENT: &str = "__Recipient__";
/// RFC 5321 section 4.5.3.1.1.
const LONGEST_LOCAL: usize = 64;

/// What an installation or a queue chose for letters that somebody wrote; automatic ones have the empty sender anyway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum EnvelopeSender {
    /// The address of the queue.
    #[default]
    Queue,
    /// The address in `From`, which a template may have written.
    From,
    /// The empty one, to which nothing comes back.
    None,
    Fixed(String),
}

impl EnvelopeSender {
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.trim() {
            "queue" => Ok(Self::Queue),
            "from" => Ok(Self::From),
            "none" => Ok(Self::None),
            address => match EmailAddress::parse(&address.replace(TICKET, "0")) {
                Ok(_) => Ok(Self::Fixed(address.to_owned())),
                Err(_) => Err(format!("“{address}” is neither queue, from or none nor an address.")),
            },
        }
    }

    #[must_use]
    pub fn of_letter(&self, queue: &str, from: &str, ticket: TicketId) -> Option<String> {
        match self {
            Self::Queue => Some(queue.to_owned()),
            Self::From => Some(from.to_owned()),
            Self::None => None,
            Self::Fixed(address) => Some(address.replace(TICKET, &ticket.to_string())),
        }
    }
}

/// Whose letter it is that came back to such an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Returned {
    /// The one to this recipient.
    About(String),
    /// It names nobody.
    Somebodys,
}

/// Senders that name the recipient, so that any bounce tells whom it is about: `PREFIX+user=host@DOMAIN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verp {
    prefix: String,
    domain: String,
}

impl Verp {
    /// Both are needed; one alone is a mistake.
    pub fn new(prefix: &str, domain: &str) -> Result<Option<Self>, String> {
        if prefix.is_empty() && domain.is_empty() {
            return Ok(None);
        }
        let sound = !prefix.contains('+') && EmailAddress::parse(&format!("{prefix}@{domain}")).is_ok();
        sound
            .then(|| Some(Self { prefix: prefix.to_lowercase(), domain: domain.to_lowercase() }))
            .ok_or_else(|| format!("“{prefix}@{domain}” cannot be an address without a “+”."))
    }

    /// The sender of a letter that waits for all of its recipients.
    #[must_use]
    pub fn pattern(&self) -> String {
        format!("{}+{RECIPIENT}@{}", self.prefix, self.domain)
    }

    /// What such an address tells; nothing of others.
    #[must_use]
    pub fn named(&self, address: &str) -> Option<Returned> {
        let address = address.trim().to_lowercase();
        let local = address.strip_suffix(&self.domain)?.strip_suffix('@')?;
        let rest = local.strip_prefix(&self.prefix)?;
        if rest.is_empty() {
            return Some(Returned::Somebodys);
        }
        let (user, host) = rest.strip_prefix('+')?.rsplit_once('=')?;
        let named = EmailAddress::parse(&format!("{user}@{host}"));
        Some(named.map_or(Returned::Somebodys, |address| Returned::About(address.as_str().to_owned())))
    }
}

/// Whether a waiting letter goes to each recipient on an envelope of its own.
#[must_use]
pub fn is_for_each(sender: &str) -> bool {
    sender.contains(RECIPIENT)
}

/// The sender for one recipient. One who does not fit into an address is named by none: the bounce has to tell.
#[must_use]
pub fn for_recipient(sender: &str, recipient: &str) -> String {
    let named = || {
        let (user, host) = recipient.rsplit_once('@')?;
        let filled = sender.replace(RECIPIENT, &format!("{user}={host}"));
        let fits = filled.is_ascii() && filled.rsplit_once('@').is_some_and(|(local, _)| local.len() <= LONGEST_LOCAL);
        (fits && EmailAddress::parse(&filled).is_ok()).then_some(filled)
    };
    named().unwrap_or_else(|| sender.replace(&format!("+{RECIPIENT}"), ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tc176_a_fixed_sender_may_name_the_ticket() {
        let sender = EnvelopeSender::parse(" bounces+__TicketID__@csirt.example ").expect("an address");
        let of = |sender: &EnvelopeSender| sender.of_letter("q@csirt.example", "f@csirt.example", TicketId(7));
        assert_eq!(of(&sender).as_deref(), Some("bounces+7@csirt.example"));
        assert_eq!(of(&EnvelopeSender::From).as_deref(), Some("f@csirt.example"));
        assert_eq!(of(&EnvelopeSender::default()).as_deref(), Some("q@csirt.example"));
        assert_eq!(of(&EnvelopeSender::None), None);
        for wrong in ["", "1", "x y@csirt.example", "-f@csirt.example"] {
            assert!(EnvelopeSender::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn tc176_a_sender_that_names_the_recipient_is_read_back() {
        let verp = Verp::new("bounce", "b.csirt.example").expect("sound").expect("both");
        for recipient in ["ray@bank.example", "a=b+c@bank.example"] {
            let sender = for_recipient(&verp.pattern(), recipient);
            assert_eq!(verp.named(&sender.to_uppercase()), Some(Returned::About(recipient.to_owned())));
        }
        assert_eq!(for_recipient(&verp.pattern(), "ray@bank.example"), "bounce+ray=bank.example@b.csirt.example");
        for odd in [format!("{}@bank.example", "x".repeat(60)), "rené@bank.example".to_owned()] {
            let sender = for_recipient(&verp.pattern(), &odd);
            assert_eq!((sender.as_str(), verp.named(&sender)), ("bounce@b.csirt.example", Some(Returned::Somebodys)));
        }
        for other in ["bounces+ray=bank.example@b.csirt.example", "bounce+ray@b.csirt.example", "bounce+a=b@csirt.example", "x"] {
            assert_eq!(verp.named(other), None, "{other}");
        }
        assert_eq!(verp.named("bounce+ray=-bank@b.csirt.example"), Some(Returned::Somebodys), "no address");
        assert!(Verp::new("bounce", "").is_err() && Verp::new("b+c", "csirt.example").is_err());
        assert_eq!(Verp::new("", ""), Ok(None));
    }
}
