//! One wish about many tickets: choosing them, seeing what it would do, doing it, and what became of each (IR section 12.6).

mod choose;
mod preview;
mod result;
mod selection;
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
use actions::{Error, Result, bulk, lists::Listed};
use axum::{
    Router,
    http::header,
    response::{IntoResponse, Redirect},
    routing::{get, post},
};
use domain::{BatchId, TicketKind, bulk::Deed};
use http_door::{App, text::t, urls};
use maud::{Markup, html};
pub(crate) use result::of_parameters as result;
use selection::{Selection, seen};

/// The id of the form that the check boxes of a list belong to, and their name.
pub(crate) const FORM: &str = "bulk";
pub(crate) const TICKETS: &str = "tickets";

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
    }
}

fn deed(form: &Submission) -> Result<Deed> {
    let deeds = [Deed::Take, Deed::Reject, Deed::Write, Deed::Abandon];
    let wanted = form.text("deed");
    deeds.into_iter().find(|deed| name(*deed) == wanted).ok_or_else(|| Error::invalid("", t("bulk-no-such-deed")))
}

/// The bar beneath a list: what can be done with the chosen rows. Each leads to the preview first.
pub(crate) fn bar(kind: TicketKind, tickets: &[Listed], query: &str) -> Markup {
    let deeds: &[Deed] = match kind {
        TicketKind::Report => &[Deed::Take, Deed::Write, Deed::Reject],
        TicketKind::Incident => &[Deed::Take, Deed::Abandon],
        _ => &[Deed::Take, Deed::Write],
    };
    let buttons = html! {
        (seen(tickets.iter().map(|row| (row.ticket.id, row.ticket.version))))
        input type="hidden" name="query" value=(query);
        input type="hidden" name="preview" value="1";
        label class="check" { input type="checkbox" name="all" value="1"; span { (t("bulk-all-matching")) } }
        @for deed in deeds {
            (submit(&Button::new(&t(&format!("bulk-{}", name(*deed)))).tone(Tone::Normal).sends("deed", name(*deed))))
        }
    };
    html! { @if !tickets.is_empty() { (bulk_bar(FORM, &urls::bulk(), &buttons)) } }
}

/// Shows what would happen, or does it.
async fn send(visit: Visit, form: Submission) -> Answer {
    let deed = deed(&form)?;
    let selection = Selection::read(&visit, &form).await?;
    if form.has("preview") {
        return preview::show(&visit, deed, &selection, &form, &Refusal::default()).await;
    }
    match begin(&visit, deed, &selection, &form).await {
        Ok(batch) => {
            bulk::work_off(&visit.app.desk, batch).await?;
            Ok(Redirect::to(&after(&form, batch)).into_response())
        }
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            preview::show(&visit, deed, &selection, &form, &refusal).await
        }
    }
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
