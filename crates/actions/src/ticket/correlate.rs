//! Asking the directory of institutions again (IR-130).

use crate::{Actor, Error, Result, Tx, access, automation::institution};
use domain::{Right, TicketId};

/// For whoever may change the field Customer; what is found is added as the rule adds it.
pub async fn correlate(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<()> {
    let seen = access::ticket(tx, actor, id).await?;
    let ticket = access::load(tx, seen.id, true).await?;
    let fields = access::fields_with(tx, actor, ticket.queue, Right::ModifyCustomField);
    if !fields.iter().any(|field| field.name == "Customer") {
        return Err(Error::Forbidden(Right::ModifyCustomField));
    }
    let outcome = institution::all(tx, &Actor::system(actor.door), &ticket).await?;
    outcome.map_err(|error| Error::invalid("", format!("The directory of institutions could not be asked: {error}.")))
}
