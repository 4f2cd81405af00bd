//! What an address is to people who work together: a ticket's page, a form, or something else.

use axum::http::Uri;
use domain::TicketId;
use http_door::urls;

use crate::parameters::Parameters;

/// Forms whose opening locks the ticket for others to see (IR-509). Resolve, Reject and Remove are replies, comments and the
/// closing of a family here.
const LOCKING: &[&str] = &[
    "edit",
    "split",
    "merge",
    "advanced",
    "reply",
    "comment",
    "close",
    "reply-reporters",
    "reply-all",
    "resolve",
    "reject",
    "remove",
];
/// What else in an address tells one form from another.
const TELLING: &[&str] = &["from", "incident", "split"];
/// Asks for the draft that waits for a form.
pub(crate) const DRAFT: &str = "draft";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place<'a> {
    Ticket(TicketId),
    /// A form or an act of a ticket.
    Part(TicketId, &'a str),
    /// A form that makes something.
    New,
    Elsewhere,
}

impl<'a> Place<'a> {
    pub(crate) fn of(path: &'a str) -> Self {
        let words: Vec<&str> = path.split('/').skip(1).collect();
        match words.as_slice() {
            ["tickets", "new"] => Self::New,
            ["tickets", id] => id.parse().map_or(Self::Elsewhere, Self::Ticket),
            ["tickets", id, part] => id.parse().map_or(Self::Elsewhere, |id| Self::Part(id, part)),
            [_, "new"] => Self::New,
            _ => Self::Elsewhere,
        }
    }

    pub(crate) fn ticket(self) -> Option<TicketId> {
        match self {
            Self::Ticket(id) | Self::Part(id, _) => Some(id),
            Self::New | Self::Elsewhere => None,
        }
    }

    pub(crate) fn is_form(self) -> bool {
        matches!(self, Self::Part(..) | Self::New)
    }

    /// The ticket that opening this address locks.
    pub(crate) fn locked_by(uri: &Uri) -> Option<TicketId> {
        let split = || Parameters::parse(uri.query().unwrap_or_default().as_bytes()).read("split");
        match Place::of(uri.path()) {
            Place::New => split(),
            place => place.locks(),
        }
    }

    pub(crate) fn locks(self) -> Option<TicketId> {
        match self {
            Self::Part(id, part) if LOCKING.contains(&part) => Some(id),
            _ => None,
        }
    }
}

/// What the draft of a form is kept under: its address without what only fills it in, whatever constituency it was opened in.
/// `None` for what is no form.
pub(crate) fn draft_key(address: &str) -> Option<String> {
    let uri: Uri = urls::unprefixed(address).map_or(address, |(_, address)| address).parse().ok()?;
    Place::of(uri.path()).is_form().then(|| {
        let query = Parameters::parse(uri.query().unwrap_or_default().as_bytes());
        let telling: Vec<(&str, &str)> = TELLING.iter().map(|name| (*name, query.text(name))).collect();
        urls::with(uri.path(), &telling)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart() {
        assert_eq!(Place::of("/tickets/7"), Place::Ticket(TicketId(7)));
        assert_eq!(Place::of("/tickets/7/reply"), Place::Part(TicketId(7), "reply"));
        assert_eq!(Place::of("/incidents/new"), Place::New);
        for elsewhere in ["/", "/reports", "/tickets/x", "/tickets/7/a/b", "/admin/mail"] {
            assert_eq!(Place::of(elsewhere), Place::Elsewhere, "{elsewhere}");
        }
        assert_eq!(Place::of("/tickets/7/take").locks(), None);
        assert_eq!(Place::locked_by(&"/reports/new?split=7".parse().expect("an address")), Some(TicketId(7)));
    }

    // IR-509
    #[test]
    fn ir509_these_forms_lock_by_themselves() {
        for part in ["edit", "split", "merge", "advanced", "reply", "close", "comment"] {
            assert_eq!(Place::of(&format!("/tickets/7/{part}")).locks(), Some(TicketId(7)), "{part}");
        }
    }

    #[test]
    fn a_draft_belongs_to_the_form_whatever_filled_it_in() {
        assert_eq!(draft_key("/tickets/7/reply?status=rejected&draft=restore").as_deref(), Some("/tickets/7/reply"));
        assert_eq!(draft_key("/incidents/new?queue=2&from=7").as_deref(), Some("/incidents/new?from=7"));
        assert_eq!(draft_key("/c/EDUNET/tickets/7/reply?quote=3").as_deref(), Some("/tickets/7/reply"));
        assert_eq!(draft_key("/reports"), None);
        assert_eq!(draft_key("https://evil example/"), None);
    }
}
