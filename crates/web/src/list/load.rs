//! One page of a list, read from the database.

use actions::lists::{self, Listed, OrderBy, Page, Position, Way};
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
/// A database must not count its way further; whoever turns the pages may go on, because each tells where the next begins.
const LAST_COUNTED: i64 = 200;

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
    /// Of the first row and of the last, as far as there are pages on that side.
    ends: (Option<Position>, Option<Position>),
}

/// The page that the parameters ask for; nothing without a query.
pub(crate) async fn load(
    tx: &mut Tx,
    actor: &Actor,
    query: Option<&Query>,
    ordering: &Ordering,
    parameters: &Parameters,
) -> Result<Loaded> {
    let page: i64 = parameters.read("page").unwrap_or(1).clamp(1, i64::from(u32::MAX));
    let size = parameters.read("rows").filter(|rows| ROWS.contains(rows)).unwrap_or(PER_PAGE);
    let Some(query) = query else { return Ok(Loaded::part(tx, actor, vec![], (Part { page, size }, false))) };
    let order = ordering.by();
    let mut loaded = match turned(parameters) {
        Some((position, way)) => next_to(tx, actor, query, &order, (Part { page, size }, &position, way)).await?,
        None => some(tx, actor, query, &order, Part { page: page.min(LAST_COUNTED), size }).await?,
    };
    if let Some(first) = loaded.tickets.first().filter(|_| loaded.page > 2) {
        loaded.ends.0 = lists::position(tx, first, &order).await?;
    }
    if let Some(last) = loaded.tickets.last().filter(|_| loaded.more) {
        loaded.ends.1 = lists::position(tx, last, &order).await?;
    }
    Ok(loaded)
}

/// From where the reader turned the page, and which way.
fn turned(parameters: &Parameters) -> Option<(Position, Way)> {
    let read = |name| serde_json::from_str(parameters.text(name)).ok().map(Position);
    let after = read("after").map(|position| (position, Way::After));
    after.or_else(|| read("before").map(|position| (position, Way::Before)))
}

impl Loaded {
    fn part(tx: &Tx, actor: &Actor, tickets: Vec<Listed>, (part, more): (Part, bool)) -> Self {
        let (takeable, stealable) = (ownable(tx, actor, Right::TakeTicket), ownable(tx, actor, Right::StealTicket));
        let without = tx.catalog().countermeasures_disabled().then_some(TicketKind::Countermeasure);
        let (page, size) = (part.page, part.size);
        Self { tickets, takeable, stealable, reader: actor.id(), without, page, size, more, ends: (None, None) }
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
        some(tx, actor, query, &ordering.by(), Part { page: page.clamp(1, LAST_COUNTED), size: PER_PAGE }).await
    }

    /// Numbers of the page before and the page after.
    pub(crate) fn beside(&self) -> (Option<i64>, Option<i64>) {
        ((self.page > 1).then(|| self.page - 1), (self.more && self.page < LAST_COUNTED).then(|| self.page + 1))
    }

    /// Rows that were chosen otherwise.
    pub(crate) fn of(tx: &Tx, actor: &Actor, tickets: Vec<Listed>) -> Self {
        Self::part(tx, actor, tickets, (Part { page: 1, size: PER_PAGE }, false))
    }

    /// Addresses of the page before and the page after.
    pub(crate) fn neighbours(&self, ordering: &Ordering, base: &str) -> (Option<String>, Option<String>) {
        let address = |page: i64, name: &str, position: Option<&Position>| {
            let number = if page == 1 { String::new() } else { page.to_string() };
            let position = position.and_then(|position| serde_json::to_string(&position.0).ok()).unwrap_or_default();
            urls::with(base, &[("order", &ordering.parameter()), ("page", &number), (name, &position)])
        };
        let previous = (self.page > 1).then(|| address(self.page - 1, "before", self.ends.0.as_ref()));
        (previous, self.more.then(|| address(self.page + 1, "after", self.ends.1.as_ref())))
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

/// The page on one side of a position. Fewer rows before it than a page has are the first page, whatever its number was.
async fn next_to(
    tx: &mut Tx,
    actor: &Actor,
    query: &Query,
    order: &[OrderBy],
    (part, position, way): (Part, &Position, Way),
) -> Result<Loaded> {
    let mut tickets = lists::search_from(tx, actor, query, order, (position, way, part.size + 1)).await?;
    let more = way == Way::Before || tickets.len() as i64 > part.size;
    if way == Way::Before && (tickets.len() as i64) < part.size {
        return some(tx, actor, query, order, Part { page: 1, ..part }).await;
    }
    tickets.truncate(part.size as usize);
    if way == Way::Before {
        tickets.reverse();
    }
    let rows = lists::listed(tx, actor, tickets).await?;
    Ok(Loaded::part(tx, actor, rows, (part, more)))
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
