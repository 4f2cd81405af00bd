//! What a change did, in the sentences that RT's clients look for (API-074, API-111).

use crate::shape::{SYSTEM, login};
pub(crate) use actions::sentence::of_field;
use actions::{Catalog, sentence, ticket::show::Entry};
use domain::{UserId, change::Change, link::LinkKind, person::User};

/// A change of a ticket's own columns, as the answer to an update says it.
pub(crate) fn of_update(change: &Change, catalog: &Catalog) -> String {
    sentence::of_column(&change.what, catalog).unwrap_or_else(|| change.what.kind.as_str().to_owned())
}

/// A whole entry of history with who did it.
pub(crate) fn description(entry: &Entry, catalog: &Catalog) -> String {
    let what = &entry.change.what;
    let user = |id: &str| {
        if id == UserId::SYSTEM.to_string() {
            return SYSTEM.to_owned();
        }
        entry.names.iter().find(|(number, _)| number.to_string() == id).map_or_else(|| id.to_owned(), |(_, name)| name.clone())
    };
    format!("{} by {}", sentence::of(what, catalog, user), login(&entry.actor))
}

pub(crate) fn added(user: &User, role: &str) -> String {
    format!("Added {} as {role} for this ticket", login(user))
}

pub(crate) fn removed(user: &User, role: &str) -> String {
    format!("{} is no longer {role} for this ticket", login(user))
}

/// A link made or taken away, read from where it starts.
pub(crate) fn of_link(kind: LinkKind, base: &str, target: &str, made: bool) -> String {
    match (kind, made) {
        (LinkKind::DependsOn, true) => format!("{base} depends on {target}."),
        (LinkKind::DependsOn, false) => format!("{base} no longer depends on {target}."),
        (LinkKind::MemberOf, true) => format!("{base} member of {target}."),
        (LinkKind::MemberOf, false) => format!("{base} no longer member of {target}."),
        (LinkKind::RefersTo, true) => format!("{base} refers to {target}."),
        (LinkKind::RefersTo, false) => format!("{base} no longer refers to {target}."),
    }
}
