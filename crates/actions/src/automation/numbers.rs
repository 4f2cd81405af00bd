//! Rules that set priorities and book time (TC-154).

use crate::{
    Actor, Result, Tx, access,
    ticket::{Basics, set_basics},
};
use domain::{Ticket, ageing::Ageing, change::Change, link::LinkKind};

pub(super) async fn set_priority(tx: &mut Tx, actor: &Actor, ticket: &Ticket, priority: i64) -> Result<()> {
    set_basics(tx, actor, ticket.id, Basics { priority: Some(priority), ..Basics::default() }).await?;
    Ok(())
}

/// TC-074. Without Due there is no line, and the priority stays.
pub(super) async fn age_priority(tx: &mut Tx, actor: &Actor, ticket: &Ticket, linear: bool) -> Result<()> {
    let (ageing, now) = (Ageing::of(ticket), tx.now());
    let wanted = if linear { ageing.on_line(now) } else { Some(ageing.step(now)) };
    match wanted.filter(|wanted| *wanted != ticket.priority) {
        Some(wanted) => set_priority(tx, actor, ticket, wanted).await,
        None => Ok(()),
    }
}

/// What was worked just now counts for the tickets this one is a member of, too.
pub(super) async fn time_to_parents(tx: &mut Tx, actor: &Actor, ticket: &Ticket, change: &Change) -> Result<()> {
    let what = &change.what;
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
    let minutes =
        if what.field.as_deref() == Some("TimeWorked") { number(&what.new) - number(&what.old) } else { what.time_taken };
    if minutes == 0 {
        return Ok(());
    }
    for parent in storage::ticket::linked(&mut tx.db, ticket.id, LinkKind::MemberOf, true).await? {
        let time_worked = access::load(tx, parent.id, true).await?.time_worked + minutes;
        set_basics(tx, actor, parent.id, Basics { time_worked: Some(time_worked), ..Basics::default() }).await?;
    }
    Ok(())
}
