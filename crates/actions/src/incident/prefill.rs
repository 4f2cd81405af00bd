//! What a new ticket's form starts with when it is made from another one (IR-098, IR-350, IR-364).

use crate::{Actor, Result, Tx, access, ticket::show};
use domain::{QueueId, Right, Ticket, TicketId, person::User, setting::list::FIRST_MESSAGE_ONLY};

/// Values for a form.
#[derive(Clone, Debug, Default)]
pub struct Prefill {
    pub subject: String,
    pub message: String,
    /// Field of the new queue and its values.
    pub fields: Vec<(domain::FieldId, Vec<String>)>,
    pub owner: Option<User>,
}

/// How many messages, and how long a text, a form is prefilled with.
const MESSAGES: i64 = 50;
const LONGEST: usize = 100_000;

impl Prefill {
    /// From `source`, for a ticket in `queue`; `quoted` for what goes to an outside party.
    pub async fn from(tx: &mut Tx, actor: &Actor, source: TicketId, queue: QueueId, quoted: bool) -> Result<Self> {
        let source = access::ticket(tx, actor, source).await?;
        let message = if quoted { quoted_texts(tx, actor, &source).await? } else { texts(tx, actor, &source).await? };
        let owner = storage::person::get(&mut tx.db, source.owner).await?;
        Ok(Self { subject: source.subject.clone(), message, fields: copied_fields(tx, actor, &source, queue).await?, owner })
    }
}

/// Every field of the new form whose name exists on the source takes all its values, or the first where it holds one (IR-099).
async fn copied_fields(
    tx: &mut Tx,
    actor: &Actor,
    source: &Ticket,
    queue: QueueId,
) -> Result<Vec<(domain::FieldId, Vec<String>)>> {
    let held = storage::custom_field::of_tickets(&mut tx.db, &[source.id]).await?;
    let visible = access::fields_with(tx, actor, source.queue, Right::SeeCustomField);
    let mut copied = Vec::new();
    for target in access::fields_with(tx, actor, queue, Right::SeeCustomField).into_iter().filter(|field| !field.kind.is_file()) {
        let Some(from) = visible.iter().find(|field| field.name == target.name) else { continue };
        let mut values: Vec<String> =
            held.iter().filter(|(_, id, _)| *id == from.id).map(|(_, _, content)| content.clone()).collect();
        if target.is_single() {
            values.truncate(1);
        }
        if !values.is_empty() {
            copied.push((target.id, values));
        }
    }
    Ok(copied)
}

/// The texts of the ticket's Create and Correspond entries in order, separated by blank lines.
pub async fn texts(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<String> {
    // IR-351
    let most = if tx.catalog().setting_flag(FIRST_MESSAGE_ONLY) { 1 } else { MESSAGES };
    let entries = show::correspondence(tx, actor, ticket.id, most).await?;
    let mut text = entries.iter().map(|entry| entry.text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
    }
    Ok(text)
}

/// The same, each line marked as a quotation.
pub async fn quoted_texts(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<String> {
    Ok(domain::quotation::quoted(&texts(tx, actor, ticket).await?))
}
