//! Several links at once, as the page of a ticket's links sends them (TC-079): what to add by number or address, what to take away.

use super::{Link, link, link_uri, unlink, unlink_uri};
use crate::{Actor, Error, FieldError, Result, Tx, access, incident};
use domain::{
    TicketId, TicketKind,
    link::{Direction, LinkKind, direction},
};

#[derive(Clone, Debug, Default)]
pub struct LinksInput {
    /// The relation as seen from the ticket (`DependsOn`, `DependedOnBy` …), and numbers or addresses separated by blanks.
    pub add: Vec<(String, String)>,
    /// The relation, and the number or address at the other end.
    pub remove: Vec<(String, String)>,
}

/// More than these nobody adds by hand.
const MOST: usize = 100;

/// One end as it was typed.
enum End {
    Ticket(TicketId),
    Outside(String),
}

/// All of it or, with everything that is wrong told beside its input, nothing: the door then throws the transaction away.
pub async fn edit_links(tx: &mut Tx, actor: &Actor, id: TicketId, input: &LinksInput) -> Result<()> {
    let mut errors = Vec::new();
    for (adds, wishes) in [(false, &input.remove), (true, &input.add)] {
        for (word, text) in wishes {
            let field = format!("{}-{}", if adds { "add" } else { "remove" }, word.to_ascii_lowercase());
            let Some((kind, from)) = direction(word) else { return Err(Error::NotFound) };
            for typed in text.split_whitespace().take(MOST) {
                let outcome = match read(typed) {
                    Ok(end) => one(tx, actor, (id, kind, from), end, adds).await,
                    Err(error) => Err(error),
                };
                match outcome {
                    Ok(()) => {}
                    Err(Error::Invalid(found)) => {
                        errors.extend(found.into_iter().map(|error| FieldError::new(field.clone(), error.message)));
                    }
                    Err(Error::NotFound) => errors.push(FieldError::new(field.clone(), format!("There is no ticket “{typed}”."))),
                    Err(Error::Forbidden(right)) => {
                        errors.push(FieldError::new(field.clone(), format!("“{typed}”: this needs the right {right} there.")));
                    }
                    Err(other) => return Err(other),
                }
            }
        }
    }
    Error::unless_empty(errors)
}

/// A number, `#12`, `t:12`, or an address (TC-076).
fn read(typed: &str) -> Result<End> {
    let number = typed.strip_prefix("t:").or(typed.strip_prefix('#')).unwrap_or(typed);
    if let Ok(id) = number.parse::<TicketId>() {
        return Ok(End::Ticket(id));
    }
    if typed.contains("://") || typed.starts_with("mailto:") {
        return Ok(End::Outside(typed.to_owned()));
    }
    let shown: String = typed.chars().take(60).collect();
    Err(Error::invalid("link", format!("“{shown}” is neither a ticket number nor an address.")))
}

type Near = (TicketId, LinkKind, Direction);

async fn one(tx: &mut Tx, actor: &Actor, (id, kind, from): Near, end: End, adds: bool) -> Result<()> {
    let other = match end {
        End::Outside(_) if from == Direction::To => {
            return Err(Error::invalid(
                "link",
                "Only tickets can be linked to this one; link this ticket to the address instead.",
            ));
        }
        End::Outside(uri) if adds => return link_uri(tx, actor, kind, id, &uri).await.map(drop),
        End::Outside(uri) => return unlink_uri(tx, actor, kind, id, &uri).await.map(drop),
        End::Ticket(other) => other,
    };
    let (base, target) = if from == Direction::From { (id, other) } else { (other, id) };
    if kind == LinkKind::MemberOf && is_family(tx, actor, base, target).await? {
        // members of Incidents follow the rules of families (IR-014 … IR-019)
        return if adds {
            incident::link_to_incident(tx, actor, base, target).await.map(drop)
        } else {
            incident::unlink_from_incident(tx, actor, base, target).await.map(drop)
        };
    }
    let wish = Link { kind, base, target };
    if adds { link(tx, actor, wish).await.map(drop) } else { unlink(tx, actor, wish).await.map(drop) }
}

async fn is_family(tx: &mut Tx, actor: &Actor, base: TicketId, target: TicketId) -> Result<bool> {
    let child = access::ticket(tx, actor, base).await?;
    let parent = access::ticket(tx, actor, target).await?;
    Ok(child.kind.is_child() && parent.kind == TicketKind::Incident)
}
