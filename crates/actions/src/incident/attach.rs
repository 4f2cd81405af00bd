//! Attaching Reports to what is sent about their Incident (IR-353, IR-380).

use crate::{
    Actor, Error, Result, Tx, access,
    message::{NewMessage, enclosed},
};
use domain::{TicketId, TicketKind};

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
