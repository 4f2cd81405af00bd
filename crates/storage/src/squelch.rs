//! Addresses that get no mail about a ticket.

use crate::{Result, Tx};
use domain::{TicketId, person::EmailAddress};
use sqlx::FromRow;

#[derive(FromRow)]
struct AddressRow {
    address: String,
}

pub async fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<EmailAddress>> {
    let rows: Vec<AddressRow> =
        tx.all("SELECT address FROM squelched WHERE ticket_id = $1 ORDER BY address", [ticket.0.into()]).await?;
    Ok(rows.into_iter().filter_map(|row| EmailAddress::parse(&row.address).ok()).collect())
}

pub async fn add(tx: &mut Tx, ticket: TicketId, address: &EmailAddress) -> Result<()> {
    tx.run(
        "INSERT INTO squelched (ticket_id, address) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        [ticket.0.into(), address.as_str().into()],
    )
    .await?;
    Ok(())
}
