//! Tickets of a list with everything their columns may ask for, in a constant number of statements.

use crate::{Actor, Error, Result, Tx, access};
use domain::{Right, Role, Ticket, TicketId, UserId, custom_field::CustomField, person::User, queue::Queue};

#[derive(Clone, Debug)]
pub struct Detailed {
    pub ticket: Ticket,
    pub queue: Queue,
    pub owner: User,
    pub creator: User,
    pub updater: User,
    pub people: Vec<(Role, User)>,
    /// Fields the actor may see, with values.
    pub fields: Vec<(CustomField, Vec<String>)>,
}

/// For tickets that a search found for this actor.
pub async fn detailed(tx: &mut Tx, actor: &Actor, tickets: Vec<Ticket>) -> Result<Vec<Detailed>> {
    let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    let members = storage::person::roles_of_tickets(&mut tx.db, &ids).await?;
    let values = storage::custom_field::of_tickets(&mut tx.db, &ids).await?;
    let mut people: Vec<UserId> = tickets.iter().flat_map(|ticket| [ticket.owner, ticket.creator, ticket.updater]).collect();
    people.extend(members.iter().map(|(_, _, user)| *user));
    people.sort_unstable();
    people.dedup();
    let users = storage::person::by_ids(&mut tx.db, &people).await?;
    let user = |id: UserId| users.iter().find(|user| user.id == id).cloned().ok_or(Error::NotFound);
    let catalog = tx.catalog();
    let mut rows = Vec::with_capacity(tickets.len());
    for ticket in tickets {
        let seen = access::fields_with(tx, actor, ticket.queue, Right::SeeCustomField);
        let held = |field: &CustomField| {
            let mine = values.iter().filter(|(id, of, _)| *id == ticket.id && *of == field.id);
            mine.map(|(_, _, content)| content.clone()).collect()
        };
        rows.push(Detailed {
            queue: catalog.queue(ticket.queue).cloned().ok_or(Error::NotFound)?,
            owner: user(ticket.owner)?,
            creator: user(ticket.creator)?,
            updater: user(ticket.updater)?,
            people: members
                .iter()
                .filter(|(id, _, _)| *id == ticket.id)
                .filter_map(|(_, role, id)| Some((*role, user(*id).ok()?)))
                .collect(),
            fields: seen.into_iter().map(|field| (field.clone(), held(&field))).collect(),
            ticket,
        });
    }
    Ok(rows)
}
