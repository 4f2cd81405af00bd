//! Attaching Reports to what is sent about their Incident (IR-353, IR-380).

use crate::{
    Actor, Error, Result, Tx, access,
    message::{NewMessage, enclosed},
};
use domain::{Right, Ticket, TicketId, TicketKind, link::LinkKind};

/// More than this nobody ticks one by one.
const MOST: usize = 100;

/// Reports of Incidents that the actor may see, without one of them: what can be attached.
pub async fn attachable(tx: &mut Tx, actor: &Actor, incidents: &[TicketId], but: Option<TicketId>) -> Result<Vec<Ticket>> {
    let mut reports: Vec<Ticket> = Vec::new();
    for incident in incidents {
        for member in storage::ticket::linked(&mut tx.db, *incident, LinkKind::MemberOf, false).await? {
            let is_news =
                member.kind == TicketKind::Report && Some(member.id) != but && !reports.iter().any(|one| one.id == member.id);
            if is_news && reports.len() < MOST && access::may(tx, actor, &member, Right::ShowTicket).await? {
                reports.push(member);
            }
        }
    }
    Ok(reports)
}

/// The message with what the Reports began with, each as a whole message.
pub async fn attach_reports(tx: &mut Tx, actor: &Actor, mut message: NewMessage, reports: &[TicketId]) -> Result<NewMessage> {
    for id in reports {
        let missing = || Error::invalid("attach_reports", format!("There is no Incident Report #{id}."));
        let report = access::ticket(tx, actor, *id).await.map_err(|_| missing())?;
        if report.kind != TicketKind::Report {
            return Err(missing());
        }
        message.parts.extend(enclosed::first_of_ticket(tx, actor, report.id).await?);
    }
    Ok(message)
}
