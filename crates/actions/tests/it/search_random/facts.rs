//! What one person may know of one ticket, asked for by the verbs that pages use.

use actions::{Actor, Error, Tx, ticket::show};
use domain::{Role, Ticket, TicketId, link::LinkKind, person::User, queue::Queue};

pub(super) struct Facts {
    pub(super) ticket: Ticket,
    pub(super) queue: Queue,
    pub(super) owner: User,
    pub(super) creator: User,
    pub(super) people: Vec<(Role, User)>,
    /// Kind, whether it begins here, and the other end, of all links whoever may see them: as the database joins them.
    pub(super) links: Vec<(LinkKind, bool, i64)>,
    pub(super) addresses: Vec<String>,
    /// The page has the field of addresses, be it empty.
    pub(super) shows_addresses: bool,
    /// Subjects and texts of the messages that the person may read.
    pub(super) texts: Vec<String>,
}

/// Of the tickets that they may see.
pub(super) async fn facts(tx: &mut Tx, actor: &Actor, all: &[TicketId]) -> Vec<Facts> {
    let admin = Actor::by_name(tx, "admin", actions::Door::Web).await.unwrap();
    let mut seen = Vec::new();
    for id in all {
        let view = match show::view(tx, actor, *id).await {
            Ok(view) => view,
            Err(Error::NotFound | Error::Forbidden(_)) => continue,
            Err(error) => panic!("{error}"),
        };
        let whole = show::view(tx, &admin, *id).await.unwrap();
        let entries = show::history_from(tx, actor, *id, 0, 1_000).await.unwrap();
        let messages = entries.iter().filter(|entry| entry.change.what.kind.is_message());
        seen.push(Facts {
            ticket: Ticket::clone(&view.ticket),
            texts: messages
                .map(|entry| format!("{}\n{}", entry.change.what.data.as_deref().unwrap_or_default(), entry.text))
                .collect(),
            addresses: view
                .fields
                .iter()
                .filter(|shown| shown.field.name == "IP")
                .flat_map(|shown| shown.values.clone())
                .collect(),
            shows_addresses: view.fields.iter().any(|shown| shown.field.name == "IP"),
            queue: view.queue,
            owner: view.owner,
            creator: view.creator,
            people: view.people,
            links: whole.links.iter().map(|link| (link.kind, link.outgoing, link.ticket.id.0)).collect(),
        });
    }
    seen
}
