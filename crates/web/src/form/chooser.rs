//! Lists of tickets to choose from, a page at a time, each with its query to be edited (IR-301): what the pages that link and
//! merge have in common.

use super::{inputs::Inputs, submission::Submission};
use crate::{
    component::{
        button::{Button, Tone, link, submit},
        empty::empty_line,
        field::{Control, Field, field},
        pager::pager,
        panel::{Panel, panel},
        table::{Column as Heading, Row, Table, table},
        time::Clock,
    },
    list::{Loaded, Shown},
    query_text::{all, any, contains, is},
    search::build::from_page,
    visit::Visit,
};
use actions::{Error, Result, Tx, lists};
use domain::{ConstituencyId, QueueId, TicketId, incident::Linking, layout::Layout, queue::Queue};
use http_door::{text::t, urls};
use maud::{Markup, html};
use query::{Field as Name, Op, Query, Term, Value};

/// One list: its name in addresses, its title, what it shows unless somebody edits that, and what it never shows.
pub(super) struct Wish<'a> {
    pub(super) name: &'a str,
    pub(super) title: String,
    /// Name of the columns (IR-303).
    pub(super) layout: &'static str,
    pub(super) usual: Query,
    pub(super) always: Vec<Query>,
}

pub(super) struct Shelf {
    name: String,
    title: String,
    /// The query as it stands in the box.
    text: String,
    error: Option<String>,
    layout: Layout,
    loaded: Loaded,
    clock: Clock,
}

/// How rows are chosen, and what stands in them.
pub(super) struct Choosing<'a> {
    /// Address of the page.
    pub(super) here: &'a str,
    /// The id of the form that the boxes belong to.
    pub(super) form: &'a str,
    /// Their name.
    pub(super) select: &'a str,
    pub(super) single: bool,
}

impl Shelf {
    pub(super) async fn load(tx: &mut Tx, visit: &Visit, wish: Wish<'_>, form: &Submission) -> Result<Self> {
        let asked = form.text(&parameter("query", wish.name)).trim().to_owned();
        let usual = wish.usual.to_string();
        let (text, query, error) = match read(tx, visit, &asked) {
            _ if asked.is_empty() => (usual, wish.usual, None),
            Ok(query) => (asked, query, None),
            Err(Error::Invalid(errors)) => (asked, wish.usual, errors.first().map(|error| error.message.clone())),
            Err(other) => return Err(other),
        };
        let words = form.text("words").trim();
        let mut parts = wish.always;
        parts.push(query);
        parts.extend((!words.is_empty()).then(|| contains("Subject", words)));
        let query = all(parts).ok_or(Error::NotFound)?;
        let page = form.text(&parameter("page", wish.name)).parse().unwrap_or(1);
        let layout = tx.catalog().layout(wish.layout);
        let loaded = Loaded::page(tx, &visit.actor, &query, "Due", page).await?;
        let loaded = loaded.with(tx, &visit.actor, &layout.columns).await?;
        Ok(Self { name: wish.name.to_owned(), title: wish.title, text, error, layout, loaded, clock: visit.clock(tx.now()) })
    }

    pub(super) fn show(&self, form: &Submission, choosing: &Choosing<'_>) -> Markup {
        let id = if self.name.is_empty() { "choices" } else { &self.name };
        let body = html! {
            @if self.loaded.tickets.is_empty() { (empty_line(&t("choose-nothing"))) } @else { (self.table(form, choosing)) }
            (self.pages(form, choosing.here))
            (self.edit_search(form, choosing.here))
        };
        panel(&Panel { id, title: &self.title, flush: true, ..Panel::default() }, &body)
    }

    fn table(&self, form: &Submission, choosing: &Choosing<'_>) -> Markup {
        let titles: Vec<String> = self.layout.columns.iter().map(Shown::title).collect();
        let ids: Vec<(String, String)> =
            self.loaded.tickets.iter().map(|row| (row.ticket.id.to_string(), urls::ticket(row.ticket.id))).collect();
        let rows = self.loaded.tickets.iter().zip(&ids).map(|(row, (id, href))| Row {
            id,
            href,
            cells: self.layout.columns.iter().map(|column| column.cell(row, &self.loaded, &self.clock)).collect(),
            chosen: form.all(choosing.select).any(|chosen| chosen == id),
            ..Row::default()
        });
        table(&Table {
            caption: &self.title,
            columns: self.layout.columns.iter().zip(&titles).map(|(column, title)| Heading::new(title, column.kind())).collect(),
            rows: rows.collect(),
            select: Some(choosing.select),
            form: choosing.form,
            single: choosing.single,
        })
    }

    fn pages(&self, form: &Submission, here: &str) -> Markup {
        let address = |page: i64| {
            let (query, words, kind) = (parameter("query", &self.name), form.text("words"), form.text("kind"));
            let asked = form.text(&query);
            let page_name = parameter("page", &self.name);
            urls::with(here, &[("kind", kind), ("words", words), (&query, asked), (&page_name, &page.to_string())])
        };
        let (previous, next) = self.loaded.beside();
        pager(previous.map(address).as_deref(), next.map(address).as_deref(), &self.loaded.shown())
    }

    fn edit_search(&self, form: &Submission, here: &str) -> Markup {
        let name = parameter("query", &self.name);
        let (label, hint) = (t("search-query"), t("choose-edit-hint"));
        let area = Field::new(&name, &label, Control::Lines { rows: 2, draft: false });
        let area = area.value(&self.text).hint(&hint).error(self.error.as_deref());
        let back = urls::with(here, &[("kind", form.text("kind")), ("words", form.text("words"))]);
        let builder = from_page(&self.text, &back, &name);
        html! {
            details class="edit-search" open[self.error.is_some()] {
                summary { (t("choose-edit")) }
                form class="form code-form" method="get" action=(here) {
                    @for kept in ["kind", "words"] { @if !form.text(kept).is_empty() { input type="hidden" name=(kept) value=(form.text(kept)); } }
                    (field(&area))
                    div class="form-actions" {
                        (submit(&Button::new(&t("choose-search"))))
                        (link(&builder, &Button::new(&t("build-in-builder")).tone(Tone::Quiet)))
                    }
                }
            }
        }
    }
}

/// Narrows every list of the page by words of the subject.
pub(super) fn words(here: &str, inputs: Inputs<'_>) -> Markup {
    html! {
        form class="form" method="get" action=(here) {
            (inputs.hidden("kind"))
            (inputs.line("words", &t("choose-words")))
            div class="form-actions" { (submit(&Button::new(&t("choose-search")))) }
        }
    }
}

fn parameter(what: &str, name: &str) -> String {
    if name.is_empty() { what.to_owned() } else { format!("{what}-{name}") }
}

fn read(tx: &Tx, visit: &Visit, text: &str) -> Result<Query> {
    let query = lists::parse(text)?;
    lists::check(tx, &visit.actor, &query, text)?;
    Ok(query)
}

/// Another ticket than this.
pub(super) fn but(ticket: TicketId) -> Query {
    Query::Term(Term::new(Name::named("id"), Op::Ne, Value::Number(ticket.0)))
}

/// Not linked so with this ticket: `MemberOf`, `HasMember`.
pub(super) fn unrelated(relation: &str, ticket: TicketId) -> Query {
    Query::Term(Term::new(Name::named(relation), Op::Ne, Value::Number(ticket.0)))
}

/// What lists of tickets to be joined with one of this queue are narrowed to (IR-153); where constituencies are rejected, to its own
/// alone (IR-157).
pub(super) fn joinable(tx: &Tx, queue: &Queue, joins: Joins) -> Option<Query> {
    let catalog = tx.catalog();
    let linking = catalog.linking();
    if linking == Linking::Mixed || (linking == Linking::Inherited && joins == Joins::Linking) {
        return None;
    }
    let mine = queue.constituency;
    let fits = |theirs: Option<ConstituencyId>| match linking {
        Linking::Pinned => theirs == mine,
        _ => mine.is_none() || theirs.is_none() || theirs == mine,
    };
    let theirs: Vec<&Queue> = catalog.queues().filter(|other| fits(other.constituency)).collect();
    if theirs.len() == catalog.queues().count() {
        None
    } else {
        any(theirs.iter().map(|queue| is("Queue", &queue.name)).collect())
    }
}

/// How tickets are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Joins {
    Linking,
    Merging,
}

/// From a ticket only queues of its constituency are offered (IR-153), those of none where it has none there; where constituencies
/// may mix, all, its own first (IR-154).
pub(super) fn of_one_team(tx: &Tx, mut queues: Vec<Queue>, like: Option<QueueId>) -> Vec<Queue> {
    let catalog = tx.catalog();
    let Some(team) = like.and_then(|id| catalog.queue(id)).and_then(|queue| queue.constituency) else { return queues };
    if catalog.linking() != Linking::Mixed {
        let own = queues.iter().any(|queue| queue.constituency == Some(team));
        queues.retain(|queue| if own { queue.constituency == Some(team) } else { queue.constituency.is_none() });
    }
    queues.sort_by_key(|queue| queue.constituency != Some(team));
    queues
}
