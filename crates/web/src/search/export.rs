//! A search's result as a file, whole, while it is being read: memory does not grow with it (TC-280).

mod book;
mod format;

use actions::lists::{self, Listed};
use actions::{Actor, Desk, Error, Result};
use axum::body::Body;
use axum::response::IntoResponse;
use domain::{TicketId, layout::Column};
use futures_util::stream::{Stream, try_unfold};
use http_door::urls;

use self::format::Format;
use crate::failure::{Answer, Failure};
use crate::file;
use crate::list::{Ordering, PER_PAGE};
use crate::parameters::Parameters;
use crate::visit::Visit;

/// Tickets read at once.
const STEP: usize = 500;
/// Beyond this a file is refused rather than cut.
const MOST: i64 = 1_000_000;

pub(super) fn address(text: &str, order: &str, columns: &str, extension: &str) -> String {
    urls::with(&format!("{}.{extension}", urls::search_page()), &[("query", text), ("order", order), ("columns", columns)])
}

pub(super) const EXTENSIONS: [&str; 4] = ["csv", "tsv", "xlsx", "json"];

pub(super) async fn csv(visit: Visit, parameters: Parameters) -> Answer {
    send(&visit, &parameters, Format::Csv).await
}

pub(super) async fn tsv(visit: Visit, parameters: Parameters) -> Answer {
    send(&visit, &parameters, Format::Tsv).await
}

pub(super) async fn json(visit: Visit, parameters: Parameters) -> Answer {
    send(&visit, &parameters, Format::Json).await
}

pub(super) async fn xlsx(visit: Visit, parameters: Parameters) -> Answer {
    book::send(begin(&visit, &parameters).await?).await
}

async fn send(visit: &Visit, parameters: &Parameters, format: Format) -> Answer {
    let export = begin(visit, parameters).await?;
    let name = format!("tickets.{}", format.extension());
    Ok((file::headers(&name, format.media_type()), Body::from_stream(export.pieces(format))).into_response())
}

async fn begin(visit: &Visit, parameters: &Parameters) -> Result<Export, Failure> {
    let _turn = visit.app.desk.search_turn(visit.actor.id()).await?;
    let mut tx = visit.app.desk.read().await?;
    let query = super::read(&tx, visit, parameters.text("query"))?;
    let query = query.ok_or_else(|| Failure(Error::invalid("query", "There is nothing to look for.")))?;
    let ordering = Ordering::read(parameters, "Due");
    let ids = lists::numbers(&mut tx, &visit.actor, &query, &ordering.by(), MOST + 1).await?;
    if ids.len() as i64 > MOST {
        return Err(Failure(Error::invalid("query", format!("More than {MOST} tickets match; ask for fewer."))));
    }
    // as on the page, which chooses the columns by its rows
    let first: Vec<TicketId> = ids.iter().take(PER_PAGE as usize).copied().collect();
    let kinds = lists::of_numbers(&mut tx, &visit.actor, &first).await?.into_iter().map(|ticket| ticket.kind);
    let mut columns = super::layout(&tx, kinds, parameters.text("columns")).columns;
    columns.retain(lists::has_text);
    drop(tx);
    Ok(Export { desk: visit.app.desk.clone(), actor: visit.actor.clone(), ids, next: 0, columns })
}

struct Export {
    desk: Desk,
    actor: Actor,
    ids: Vec<TicketId>,
    next: usize,
    columns: Vec<Column>,
}

impl Export {
    /// The head and each step; an error ends the transfer, so that half a file does not look like a whole one.
    fn pieces(self, format: Format) -> impl Stream<Item = Result<Vec<u8>>> {
        try_unfold((self, true), move |(mut export, is_first)| async move {
            if is_first {
                let head = format.head(&export.columns)?;
                return Ok(Some((head, (export, false))));
            }
            let Some(step) = export.ids.get(export.next..).filter(|rest| !rest.is_empty()) else {
                let tail = format.tail();
                // the tail is sent once: behind it there is nothing
                let is_over = export.next > export.ids.len();
                export.next = export.ids.len() + 1;
                return Ok((!is_over && !tail.is_empty()).then_some((tail, (export, false))));
            };
            let step: Vec<TicketId> = step.iter().take(STEP).copied().collect();
            let rows = export.rows(&step).await?;
            let piece = format.rows(&export.columns, &rows, &lists::zone_of(&export.actor), export.next == 0)?;
            export.next += step.len();
            Ok(Some((piece, (export, false))))
        })
    }

    async fn rows(&self, ids: &[TicketId]) -> Result<Vec<Listed>> {
        let mut tx = self.desk.read().await?;
        let tickets = lists::of_numbers(&mut tx, &self.actor, ids).await?;
        let mut rows = lists::listed(&mut tx, &self.actor, tickets).await?;
        lists::add_extra(&mut tx, &self.actor, &mut rows, &self.columns).await?;
        Ok(rows)
    }
}
