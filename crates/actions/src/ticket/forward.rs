//! Passing a ticket or one entry on to somebody outside (IR-422, TC-178, TC-343).

use crate::{
    Actor, Error, FieldError, Result, Tx, access, automation,
    automation::Occasion,
    digest, history,
    message::{NewMessage, enclosed},
    notify,
};
use domain::{
    Right, TicketId,
    change::{Change, ChangeKind, NewChange},
    person::EmailAddress,
    ticket::clean_subject,
};

#[derive(Clone, Debug, Default)]
pub struct Forward {
    /// One entry of the history by its sequence; all messages otherwise.
    pub entry: Option<i64>,
    pub to: Vec<EmailAddress>,
    pub cc: Vec<EmailAddress>,
    pub bcc: Vec<EmailAddress>,
    pub subject: String,
    pub text: String,
}

/// The recipients do not become watchers; the act is recorded with what was sent.
pub async fn forward(tx: &mut Tx, actor: &Actor, id: TicketId, input: Forward) -> Result<Change> {
    let mut ticket = access::ticket_for(tx, actor, id, Right::ForwardMessage).await?.into_inner();
    check(tx, &input).await?;
    let (kind, parts) = match input.entry {
        Some(sequence) => {
            let change = storage::change::at(&mut tx.db, id, sequence).await?.ok_or(Error::NotFound)?;
            (ChangeKind::ForwardTransaction, vec![enclosed::of_entry(tx, actor, change.id).await?])
        }
        None => (ChangeKind::ForwardTicket, enclosed::of_ticket(tx, actor, ticket.id).await?),
    };
    let mut message = NewMessage::text(input.text);
    message.subject = Some(clean_subject(&input.subject));
    message.parts.extend(parts);
    let all: Vec<String> = [&input.to, &input.cc, &input.bcc].into_iter().flatten().map(ToString::to_string).collect();
    let what =
        NewChange { field: input.entry.map(|sequence| sequence.to_string()), data: Some(all.join(", ")), ..NewChange::new(kind) };
    let change = history::record(tx, actor, &mut ticket, what, Some(&message)).await?;
    let place =
        notify::Forwarded { ticket: &ticket, change: &change, message: &message, to: &input.to, cc: &input.cc, bcc: &input.bcc };
    notify::forward(tx, actor, &place).await?;
    automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
    Ok(change)
}

async fn check(tx: &mut Tx, input: &Forward) -> Result<()> {
    let catalog = tx.catalog();
    let mut errors = Vec::new();
    if input.to.is_empty() && input.cc.is_empty() && input.bcc.is_empty() {
        errors.push(FieldError::new("to", "Somebody to send it to is needed."));
    }
    for (field, addresses) in [("to", &input.to), ("cc", &input.cc), ("bcc", &input.bcc)] {
        for address in addresses.iter().filter(|address| catalog.is_own_address(address)) {
            errors.push(FieldError::new(
                field,
                format!("{address} is an address of this system; mail to it would go round in circles."),
            ));
        }
    }
    for (field, addresses) in [("to", &input.to), ("cc", &input.cc), ("bcc", &input.bcc)] {
        for address in addresses {
            if digest::is_suspended(tx, address.as_str()).await? {
                errors.push(FieldError::new(field, format!("{address} wants no mail at present.")));
            }
        }
    }
    if input.subject.trim().is_empty() {
        errors.push(FieldError::new("subject", "A subject is needed."));
    }
    Error::unless_empty(errors)
}
