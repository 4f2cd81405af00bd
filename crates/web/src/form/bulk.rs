//! One wish about many tickets: choosing them, seeing what it would do, doing it, and what became of each (IR section 12.6).

mod choose;
mod preview;
mod result;
mod selection;
mod update;
mod words;

use super::{refusal::Refusal, submission::Submission};
use crate::{
    component::{
        button::{Button, Tone, submit},
        form::bulk_bar,
    },
    failure::Answer,
    visit::Visit,
};
use actions::{Error, Result, Tx, access, bulk, bulk::Rehearsed, lists::Listed};
use axum::{
    Router,
    http::header,
    response::{IntoResponse, Redirect},
    routing::{get, post},
};
use domain::{BatchId, Right, TicketKind, bulk::Deed};
use http_door::{App, text::t, urls};
use maud::{Markup, html};
pub(crate) use result::of_parameters as result;
use selection::{Selection, seen};

/// The id of the form that the check boxes of a list belong to, and their name.
pub(crate) const FORM: &str = "bulk";
pub(crate) const TICKETS: &str = "tickets";

/// Asks for the preview, and for trying it before.
const PREVIEW: &str = "preview";
const REHEARSED: &str = "rehearsed";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(&urls::bulk(), post(send))
        .route(&urls::bulk_reject(), get(choose::reports))
        .route(&urls::bulk_abandon(), get(choose::incidents))
        .route("/batches/{id}", get(result::show))
}

fn name(deed: Deed) -> &'static str {
    match deed {
        Deed::Take => "take",
        Deed::Reject => "reject",
        Deed::Write => "write",
        Deed::Abandon => "abandon",
        Deed::Update => "update",
    }
}

fn deed(form: &Submission) -> Result<Deed> {
    let deeds = [Deed::Take, Deed::Reject, Deed::Write, Deed::Abandon, Deed::Update];
    let wanted = form.text("deed");
    deeds.into_iter().find(|deed| name(*deed) == wanted).ok_or_else(|| Error::invalid("", t("bulk-no-such-deed")))
}

/// The bar beneath a list: what can be done with the chosen rows. Each leads to the preview first.
pub(crate) fn bar(kind: TicketKind, tickets: &[Listed], query: &str, may_update: bool) -> Markup {
    let deeds: &[Deed] = match kind {
        TicketKind::Report => &[Deed::Take, Deed::Write, Deed::Reject],
        TicketKind::Incident => &[Deed::Take, Deed::Abandon],
        _ => &[Deed::Take, Deed::Write],
    };
    let buttons = html! {
        (seen(tickets.iter().map(|row| (row.ticket.id, row.ticket.version))))
        input type="hidden" name="query" value=(query);
        input type="hidden" name=(PREVIEW) value="1";
        label class="check" { input type="checkbox" name="all" value="1"; span { (t("bulk-all-matching")) } }
        @for deed in deeds.iter().chain(may_update.then_some(&Deed::Update)) {
            (submit(&Button::new(&t(&format!("bulk-{}", name(*deed)))).tone(Tone::Normal).sends("deed", name(*deed))))
        }
    };
    html! { @if !tickets.is_empty() { (bulk_bar(FORM, &urls::bulk(), &buttons)) } }
}

/// Shows what would happen, or does it.
async fn send(visit: Visit, form: Submission) -> Answer {
    let deed = deed(&form)?;
    let selection = Selection::read(&visit, &form).await?;
    if form.has(PREVIEW) {
        let tried = if form.text(PREVIEW) == REHEARSED { rehearse(&visit, deed, &selection, &form).await } else { Ok(vec![]) };
        return match tried {
            Ok(tried) => preview::show(&visit, deed, &selection, &form, (&Refusal::default(), &tried)).await,
            Err(error) => preview::show(&visit, deed, &selection, &form, (&Refusal::of(error, &form)?, &[])).await,
        };
    }
    match begin(&visit, deed, &selection, &form).await {
        Ok(batch) => {
            bulk::work_off(&visit.app.desk, batch).await?;
            Ok(Redirect::to(&after(&form, batch)).into_response())
        }
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            preview::show(&visit, deed, &selection, &form, (&refusal, &[])).await
        }
    }
}

/// Done by the verbs and thrown away: what would become of each ticket.
async fn rehearse(visit: &Visit, deed: Deed, selection: &Selection, form: &Submission) -> Result<Vec<Rehearsed>> {
    let work = words::read(visit, deed, form)?;
    let mut tx = visit.app.desk.write().await?;
    bulk::rehearse(&mut tx, &visit.actor, &work, &selection.wanted).await
}

/// Whether the update of many tickets is offered (TC-279).
pub(crate) fn may_update(tx: &Tx, visit: &Visit) -> bool {
    access::require_global(tx, &visit.actor, Right::ShowSearchBulkUpdate).is_ok()
}

async fn begin(visit: &Visit, deed: Deed, selection: &Selection, form: &Submission) -> Result<BatchId> {
    let work = words::read(visit, deed, form)?;
    let mut tx = visit.app.desk.write().await?;
    let batch = bulk::begin(&mut tx, &visit.actor, &work, &selection.wanted).await?;
    tx.commit().await?;
    Ok(batch)
}

/// Back to the page that asked for it, which shows the results, or on to the results alone (IR-398).
fn after(form: &Submission, batch: BatchId) -> String {
    let back = if form.has("return") { urls::home() } else { form.text("back").to_owned() };
    match urls::local_path(&back) {
        Some(back) => urls::with(back, &[("batch", &batch.to_string())]),
        None => urls::batch(batch),
    }
}

/// A page that looks again by itself while a batch is worked on.
fn refreshing(answer: axum::response::Response) -> axum::response::Response {
    ([(header::REFRESH, "2")], answer).into_response()
}
