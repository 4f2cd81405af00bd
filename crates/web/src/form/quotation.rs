//! An entry of the history as it is quoted in an answer (IR-352, IR-383).

use actions::{Actor, Result, Tx, lists, ticket::show};
use domain::TicketId;
use http_door::text::tr;

/// The whole entry, its lines marked; nothing when there is no such entry or it says nothing.
pub(super) async fn of_entry(tx: &mut Tx, actor: &Actor, ticket: TicketId, sequence: i64) -> Result<String> {
    let entries = show::history(tx, actor, ticket, sequence.saturating_add(1), 1).await?;
    let Some(entry) = entries.into_iter().find(|entry| entry.change.sequence == sequence) else { return Ok(String::new()) };
    let text = entry.text.trim_end();
    if text.is_empty() {
        return Ok(String::new());
    }
    let date = entry.change.created.to_zoned(lists::zone_of(actor)).strftime("%Y-%m-%d %H:%M %Z").to_string();
    let author = entry.actor.display_name().to_owned();
    let head = tr("quotation-head", &[("date", date.into()), ("name", author.into())]);
    Ok(format!("{head}\n{}", domain::quotation::quoted(text)))
}
