//! Editing a ticket: everything on one page, one save, one update (IR-372 … IR-376). The form remembers what it showed, so that
//! only what was touched is written, and what somebody else changed meanwhile is neither lost nor overwritten unseen.

mod input;
mod page;
mod present;

use super::{numbered::Numbered, reading::judged, refusal::Refusal, submission::Submission};
use crate::{failure::Answer, flash, parameters::Parameters, visit::Visit};
use actions::{Error, Result, account, ticket};
use axum::{Router, routing::get};
use domain::{TicketId, preference};
use http_door::{App, text::tr, urls};
use page::Page;
pub(super) use present::named;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/tickets/{id}/edit", get(open).post(save))
}

async fn open(visit: Visit, Numbered(id): Numbered, parameters: Parameters) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let page = Page::load(&mut tx, &visit.actor, id).await?;
    let mut form = visit.begun(None);
    form.set("box", parameters.text("box"));
    present::resume(&page, &mut form);
    Ok(page.show(&visit, &form, &Refusal::default()))
}

async fn save(visit: Visit, Numbered(id): Numbered, mut form: Submission) -> Answer {
    match store(&visit, id, &form).await {
        Ok(()) => Ok(flash::redirect(&after(&visit, id).await?, "updated", Some(id))),
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            let mut tx = visit.app.desk.read().await?;
            let page = Page::load(&mut tx, &visit.actor, id).await?;
            if refusal.is_conflict() {
                present::renew(&page, &mut form);
            }
            Ok(page.show(&visit, &form, &refusal))
        }
    }
}

/// To the ticket, or to the form again for those who prefer that.
async fn after(visit: &Visit, id: TicketId) -> Result<String> {
    let mut tx = visit.app.desk.read().await?;
    let again = account::preferences(&mut tx, &visit.actor).await?.text(preference::AFTER_EDIT) == "form";
    Ok(if again { urls::ticket_part(id, "edit") } else { urls::ticket(id) })
}

async fn store(visit: &Visit, id: TicketId, form: &Submission) -> Result<()> {
    let mut tx = visit.app.desk.write().await?;
    let page = Page::load(&mut tx, &visit.actor, id).await?;
    // IR-513: what somebody else changed meanwhile is not written over; the rest is
    let clashes = present::clashes(&page, form);
    let names: Vec<String> = clashes.iter().map(|input| input.name.clone()).collect();
    let (update, mut errors) = input::read(&visit.actor, tx.now(), &page, &form.without(&names));
    judged(&mut errors, ticket::update(&mut tx, &visit.actor, id, update).await)?;
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    tx.commit().await?;
    if clashes.is_empty() {
        return Ok(());
    }
    let fields: Vec<&str> = clashes.iter().map(|input| input.label.as_str()).collect();
    Err(Error::Conflict(tr("collision-edit", &[("fields", fields.join(", ").into())])))
}
