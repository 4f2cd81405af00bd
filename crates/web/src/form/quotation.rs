//! An entry of the history as it is quoted in an answer (IR-352, IR-383).

use actions::{Actor, Result, Tx, access, lists, ticket::show};
use domain::TicketId;
use http_door::text::tr;

/// The whole entry, its lines marked; nothing when there is no such entry or it says nothing. `place` is its sequence, with the
/// ticket before it where that was merged into this one: `12-3`.
pub(super) async fn of_entry(tx: &mut Tx, actor: &Actor, ticket: TicketId, place: &str) -> Result<String> {
    let (of, sequence) = place.split_once('-').map_or((Some(ticket), place), |(of, sequence)| (of.parse().ok(), sequence));
    let (Some(of), Ok(sequence)) = (of, sequence.parse()) else { return Ok(String::new()) };
    if access::ticket(tx, actor, of).await?.id != access::ticket(tx, actor, ticket).await?.id {
        return Ok(String::new());
    }
    let Some(entry) = show::entry_at(tx, actor, of, sequence).await? else { return Ok(String::new()) };
    let text = entry.text.trim_end();
    if text.is_empty() {
        return Ok(String::new());
    }
    let date = entry.change.created.to_zoned(lists::zone_of(actor)).strftime("%Y-%m-%d %H:%M %Z").to_string();
    let author = entry.actor.display_name().to_owned();
    let head = tr("quotation-head", &[("date", date.into()), ("name", author.into())]);
    Ok(format!("{head}\n{}", domain::quotation::quoted(text)))
}
