//! One page of a list, read from the database.

use actions::lists::{self, Listed, OrderBy, Page};
use actions::{Actor, Result, Tx, access};
use domain::layout::Column;
use domain::{QueueId, Right, TicketKind, UserId};
use http_door::text::tr;
use http_door::urls;
use query::Query;

use super::Ordering;
use crate::parameters::Parameters;

pub(crate) const PER_PAGE: i64 = 50;
/// What an address may ask for instead (TC-275).
pub(crate) const ROWS: [i64; 4] = [10, 25, 50, 100];
/// Nobody turns this many pages; a database must not count its way there.
const LAST_PAGE: i64 = 2_000;

pub(crate) struct Loaded {
    pub(crate) tickets: Vec<Listed>,
    /// Where Take may be offered.
    pub(crate) takeable: Vec<QueueId>,
    /// Where Steal may be.
    pub(crate) stealable: Vec<QueueId>,
    /// Whose list it is.
    pub(crate) reader: UserId,
    /// A type whose tickets nobody works with (IR-012).
    pub(crate) without: Option<TicketKind>,
    page: i64,
    size: i64,
    more: bool,
}

/// The page that the parameters ask for; nothing without a query.
pub(crate) async fn load(
    tx: &mut Tx,
    actor: &Actor,
    query: Option<&Query>,
    ordering: &Ordering,
    parameters: &Parameters,
) -> Result<Loaded> {
    let page = parameters.read("page").unwrap_or(1).clamp(1, LAST_PAGE);
    let size = parameters.read("rows").filter(|rows| ROWS.contains(rows)).unwrap_or(PER_PAGE);
    let part = Part { page, size };
    let Some(query) = query else { return Ok(Loaded::part(tx, actor, vec![], (part, false))) };
    some(tx, actor, query, &ordering.by(), part).await
}

impl Loaded {
    fn part(tx: &Tx, actor: &Actor, tickets: Vec<Listed>, (part, more): (Part, bool)) -> Self {
        let (takeable, stealable) = (ownable(tx, actor, Right::TakeTicket), ownable(tx, actor, Right::StealTicket));
        let without = tx.catalog().countermeasures_disabled().then_some(TicketKind::Countermeasure);
        Self { tickets, takeable, stealable, reader: actor.id(), without, page: part.page, size: part.size, more }
    }

    /// With what some columns ask for beyond the ticket.
    pub(crate) async fn with(mut self, tx: &mut Tx, actor: &Actor, columns: &[Column]) -> Result<Self> {
        lists::add_extra(tx, actor, &mut self.tickets, columns).await?;
        Ok(self)
    }

    /// The first few, for a box on another page.
    pub(crate) async fn first(tx: &mut Tx, actor: &Actor, query: &Query, order: &str, most: i64) -> Result<Self> {
        let ordering = Ordering::read(&Parameters::default(), order);
        some(tx, actor, query, &ordering.by(), Part { page: 1, size: most }).await
    }

    /// One of the pages of a list that stands beside others.
    pub(crate) async fn page(tx: &mut Tx, actor: &Actor, query: &Query, order: &str, page: i64) -> Result<Self> {
        let ordering = Ordering::read(&Parameters::default(), order);
        some(tx, actor, query, &ordering.by(), Part { page: page.clamp(1, LAST_PAGE), size: PER_PAGE }).await
    }

    /// Numbers of the page before and the page after.
    pub(crate) fn beside(&self) -> (Option<i64>, Option<i64>) {
        ((self.page > 1).then(|| self.page - 1), (self.more && self.page < LAST_PAGE).then(|| self.page + 1))
    }

    /// Rows that were chosen otherwise.
    pub(crate) fn of(tx: &Tx, actor: &Actor, tickets: Vec<Listed>) -> Self {
        Self::part(tx, actor, tickets, (Part { page: 1, size: PER_PAGE }, false))
    }

    /// Addresses of the page before and the page after.
    pub(crate) fn neighbours(&self, ordering: &Ordering, base: &str) -> (Option<String>, Option<String>) {
        let address = |page: i64| {
            let page = if page == 1 { String::new() } else { page.to_string() };
            urls::with(base, &[("order", &ordering.parameter()), ("page", &page)])
        };
        let previous = (self.page > 1).then(|| address(self.page - 1));
        (previous, (self.more && self.page < LAST_PAGE).then(|| address(self.page + 1)))
    }

    /// How many there are, when this page holds them all.
    pub(crate) fn total(&self) -> Option<usize> {
        (self.page == 1 && !self.more).then_some(self.tickets.len())
    }

    /// "51–100".
    pub(crate) fn shown(&self) -> String {
        let first = (self.page - 1) * self.size + 1;
        let last = first + self.tickets.len() as i64 - 1;
        tr("list-shown", &[("first", first.to_string().into()), ("last", last.max(0).to_string().into())])
    }
}

/// Which of the pages, of what size.
#[derive(Clone, Copy)]
struct Part {
    page: i64,
    size: i64,
}

/// One row more than asked for tells whether there are more.
async fn some(tx: &mut Tx, actor: &Actor, query: &Query, order: &[OrderBy], part: Part) -> Result<Loaded> {
    let window = Page { limit: part.size + 1, offset: (part.page - 1) * part.size };
    let mut tickets = lists::search(tx, actor, query, order, window).await?;
    let more = tickets.len() as i64 > part.size;
    tickets.truncate(part.size as usize);
    let rows = lists::listed(tx, actor, tickets).await?;
    Ok(Loaded::part(tx, actor, rows, (part, more)))
}

/// Queues where the actor may become the owner by one of two rights: of tickets nobody owns (IR-336), or of somebody's.
fn ownable(tx: &Tx, actor: &Actor, right: Right) -> Vec<QueueId> {
    let ids = |right| access::queues_with(tx, actor, right).into_iter().map(|queue| queue.id).collect::<Vec<_>>();
    let (asked, modify) = (ids(right), ids(Right::ModifyTicket));
    ids(Right::OwnTicket).into_iter().filter(|id| asked.contains(id) || modify.contains(id)).collect()
}
