//! What some columns ask for beyond the ticket itself, in a constant number of statements.

use super::{Listed, visibility};
use crate::{Actor, Result, Tx, access};
use domain::{Right, TicketId, layout::Column};

/// Loads it when one of the columns needs it. Incidents that the actor may not see are not counted, fields they may not see
/// not shown.
pub async fn add_extra(tx: &mut Tx, actor: &Actor, rows: &mut [Listed], columns: &[Column]) -> Result<()> {
    let ids: Vec<TicketId> = rows.iter().map(|row| row.ticket.id).collect();
    if columns.contains(&Column::HasIncident) {
        let visible = visibility(tx, actor, domain::Right::ShowTicket);
        let queues = (!visible.everything).then_some(visible.queues.as_slice());
        let counts = storage::link::count_incidents(&mut tx.db, &ids, queues).await?;
        for row in rows.iter_mut() {
            row.incidents = counts.iter().find(|(id, _)| *id == row.ticket.id).map_or(0, |(_, count)| *count);
        }
    }
    if columns.iter().any(|column| matches!(column, Column::Field(_))) {
        let values = storage::custom_field::of_tickets(&mut tx.db, &ids).await?;
        for row in rows.iter_mut() {
            for field in access::fields_with(tx, actor, row.ticket.queue, Right::SeeCustomField) {
                let mine = values.iter().filter(|(id, of, _)| *id == row.ticket.id && *of == field.id);
                row.fields.extend(mine.map(|(_, _, content)| (field.name.clone(), content.clone())));
            }
        }
    }
    Ok(())
}
