//! The page of a ticket: Report, Incident, Investigation, Countermeasure or any other (IR section 11). One page for all;
//! what differs by type is which boxes stand on it.

mod actions_bar;
mod children;
mod description;
mod facts;
mod field_file;
mod fields;
mod files;
mod heading;
mod history;
mod incidents;
mod links;
mod markup;
mod merged;
mod message;
mod observables;
mod reminders;
mod sentence;
mod standing;

use std::sync::Arc;

use actions::ticket::reminder::{self, Shown};
use actions::ticket::show::{self, TicketView, Work};
use actions::{Catalog, Result, Tx, access, lists, ticket};
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use domain::detector::Detector;
use domain::setting::list;
use domain::{Right, TicketId, TicketKind};
use http_door::text::t;
use http_door::{App, urls};
use maud::{Markup, html};

use crate::component::ticket::two_columns;
use crate::component::time::Clock;
use crate::failure::Answer;
use crate::layout::KeyGroup;
use crate::list::section;
use crate::parameters::{Parameters, ticket_id};
use crate::visit::{Frame, Visit};
pub(crate) use children::word as kind_word;
pub(crate) use heading::kind_key;
pub(crate) use links::{RELATIONS, label as relation_label};
pub(crate) use reminders::line as reminder_line;

use history::Window;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/tickets/{id}", get(show)).route("/tickets/{id}/version", get(version)).merge(field_file::routes())
}

/// Everything that stands on the page.
struct Sheet<'a> {
    visit: &'a Visit,
    view: TicketView,
    catalog: Arc<Catalog>,
    clock: Clock,
    window: Window,
    /// Messages of others that the viewer has not seen.
    unread: i64,
    /// What is recognised in messages, in this order (IR-263).
    detectors: Vec<Detector>,
    /// Types of which the viewer may make tickets.
    creatable: Vec<TicketKind>,
    /// The Incident that it was linked to a moment ago.
    linked: Option<TicketId>,
    work: Work,
    reminders: Vec<Shown>,
    is_bookmarked: bool,
}

impl<'a> Sheet<'a> {
    async fn load(tx: &mut Tx, visit: &'a Visit, view: TicketView, window: Window) -> Result<Self> {
        let listed = lists::listed(tx, &visit.actor, vec![(*view.ticket).clone()]).await?;
        let creatable = access::queues_with(tx, &visit.actor, Right::CreateTicket);
        Ok(Sheet {
            visit,
            detectors: tx.catalog().setting_list(list::DETECTORS).filter_map(Detector::named).collect(),
            catalog: tx.catalog(),
            clock: visit.clock(tx.now()),
            window,
            unread: listed.first().map_or(0, |row| row.unread),
            creatable: creatable.iter().map(domain::queue::Queue::kind).collect(),
            linked: None,
            work: show::work(tx, &visit.actor, &view).await?,
            reminders: reminder::of_ticket(tx, &visit.actor, view.ticket.id).await?,
            is_bookmarked: ticket::is_bookmarked(tx, &visit.actor, view.ticket.id).await?,
            view,
        })
    }
    fn part(&self, part: &str) -> String {
        urls::ticket_part(self.view.ticket.id, part)
    }
    fn kind(&self) -> TicketKind {
        self.view.ticket.kind
    }
    /// Somebody may ask the directory again, where there is one (IR-130).
    fn may_correlate(&self) -> bool {
        self.catalog.has_directory()
            && self
                .view
                .fields
                .iter()
                .any(|view| view.field.name == "Customer" && view.field.source == "directory" && view.editable)
    }
    fn may_create(&self, kind: TicketKind) -> bool {
        self.creatable.contains(&kind)
    }
}

async fn show(visit: Visit, Path(id): Path<String>, parameters: Parameters) -> Answer {
    let id = ticket_id(&id)?;
    let mut tx = visit.app.desk.read().await?;
    let view = show::view(&mut tx, &visit.actor, id).await?;
    if view.ticket.id != id {
        // merged: the number lives on as a way to what it became
        return Ok(Redirect::to(&urls::ticket(view.ticket.id)).into_response());
    }
    let window = Window::load(&mut tx, &visit.actor, &view, parameters.read("before")).await?;
    let mut sheet = Sheet::load(&mut tx, &visit, view, window).await?;
    sheet.linked = parameters.read("linked");
    let was_newest = ticket::is_newest_viewed(&mut tx, &visit.actor, id).await?;
    drop(tx);
    if !was_newest {
        remember(&visit, id).await;
    }
    let subject = &sheet.view.ticket.subject;
    let title = if subject.is_empty() { format!("#{id} {}", t("no-subject")) } else { format!("#{id} {subject}") };
    let body = html! {
        (standing::changed(&sheet))
        (heading::heading(&sheet))
        (incidents::alert(&sheet))
        (standing::blocked(&sheet))
        (standing::unread(&sheet))
        (two_columns(&main_column(&sheet), &side_column(&sheet), &t("ticket-side")))
    };
    Ok(visit.page(&Frame::new(&title, section(sheet.kind())).keys(&[KeyGroup::Ticket]), &body))
}

/// Puts the ticket on top of what was viewed last (IR-323); a page is not refused because that failed.
async fn remember(visit: &Visit, id: TicketId) {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        ticket::remember_viewed(&mut tx, &visit.actor, id).await?;
        tx.commit().await
    };
    if let Err(error) = outcome.await {
        tracing::warn!(ticket.id = id.0, %error, "what was viewed could not be noted");
    }
}

fn main_column(sheet: &Sheet<'_>) -> Markup {
    html! {
        (description::description(sheet))
        @if sheet.kind() == TicketKind::Incident { (children::boxes(sheet)) }
        (history::history(sheet))
    }
}

fn side_column(sheet: &Sheet<'_>) -> Markup {
    html! {
        (facts::basics(sheet))
        @if sheet.kind().is_child() { (incidents::incidents(sheet)) }
        (fields::boxes(sheet))
        (facts::people(sheet))
        (facts::dates(sheet))
        (merged::merged(sheet))
        (links::links(sheet))
        (reminders::reminders(sheet))
        (files::files(sheet))
    }
}

/// One thing that the viewer can do with a ticket, for the palette.
pub(crate) struct Offered {
    pub(crate) label: String,
    pub(crate) href: String,
    /// What it posts; a link otherwise.
    pub(crate) posts: Option<(&'static str, String)>,
}

pub(crate) async fn offered(tx: &mut Tx, visit: &Visit, id: TicketId) -> Result<Vec<Offered>> {
    let view = show::view(tx, &visit.actor, id).await?;
    let sheet = Sheet::load(tx, visit, view, Window::default()).await?;
    Ok(actions_bar::offers(&sheet).into_iter().map(actions_bar::offered).collect())
}

/// How many changes the ticket has had: what an open page asks now and then.
async fn version(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let ticket = access::ticket(&mut tx, &visit.actor, ticket_id(&id)?).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], ticket.version.to_string()).into_response())
}
