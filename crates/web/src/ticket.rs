//! The page of a ticket: Report, Incident, Investigation, Countermeasure or any other (IR section 11). One page for all;
//! what differs by type is which boxes stand on it.

mod actions_bar;
mod children;
mod description;
mod entry;
mod facts;
mod field_file;
mod fields;
mod files;
mod heading;
mod history;
mod incidents;
mod links;
mod manner;
mod markup;
mod merged;
mod message;
mod observables;
mod pictures;
mod reminders;
mod requestors;
mod sentence;
mod standing;
mod timer;

use std::sync::Arc;

use actions::account::reachability::{self, Unreachable};
use actions::ticket::reminder::{self, Shown};
use actions::ticket::show::{self, NamedFile, TicketView, Work};
use actions::{Catalog, Result, Tx, access, account, lists, ticket};
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use domain::detector::Detector;
use domain::setting::list;
use domain::{Right, TicketId, TicketKind, UserId, preference};
use http_door::text::{t, tr};
use http_door::{App, urls};
use maud::{Markup, html};

use crate::component::button::icon_link;
use crate::component::icon::Icon;
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
pub(crate) use reminders::lines as reminder_lines;

use history::Window;
use manner::Manner;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/tickets/{id}", get(show))
        .route("/tickets/{id}/version", get(version))
        .route("/tickets/{id}/timer", get(timer::open).post(timer::save))
        .route("/tickets/{id}/history", get(entry::alone))
        .route("/tickets/{id}/history/{sequence}", get(entry::show))
        .merge(field_file::routes())
}

/// Everything that stands on the page.
struct Sheet<'a> {
    visit: &'a Visit,
    view: TicketView,
    catalog: Arc<Catalog>,
    clock: Clock,
    window: Window,
    manner: Manner,
    files: Vec<NamedFile>,
    all_files: bool,
    children: Vec<children::Part>,
    requestors: requestors::Requestors,
    /// Fields without a value are left out (IR-322).
    hide_unset: bool,
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
    /// People whom mail does not reach.
    unreachable: Vec<Unreachable>,
}

impl<'a> Sheet<'a> {
    /// With everything around the ticket that the address asks for.
    async fn load(
        tx: &mut Tx,
        visit: &'a Visit,
        view: TicketView,
        (window, manner): (Window, Manner),
        parameters: &Parameters,
    ) -> Result<Self> {
        let listed = lists::listed(tx, &visit.actor, vec![(*view.ticket).clone()]).await?;
        let creatable = access::queues_with(tx, &visit.actor, Right::CreateTicket);
        let people: Vec<UserId> = view.people.iter().map(|(_, user)| user.id).collect();
        let all_files = parameters.text("files") == "all";
        Ok(Self {
            visit,
            detectors: tx.catalog().setting_list(list::DETECTORS).filter_map(Detector::named).collect(),
            catalog: tx.catalog(),
            clock: visit.clock(tx.now()),
            window,
            manner,
            files: show::files(tx, &visit.actor, view.ticket.id, files::wanted(all_files)).await?,
            all_files,
            children: children::load(tx, &visit.actor, &view, parameters).await?,
            requestors: requestors::load(tx, &visit.actor, &view, parameters).await?,
            hide_unset: account::preferences(tx, &visit.actor).await?.flag(preference::HIDE_UNSET),
            unread: listed.first().map_or(0, |row| row.unread),
            linked: parameters.read("linked"),
            creatable: creatable.iter().map(domain::queue::Queue::kind).collect(),
            work: show::work(tx, &visit.actor, &view).await?,
            reminders: reminder::of_ticket(tx, &visit.actor, view.ticket.id).await?,
            is_bookmarked: ticket::is_bookmarked(tx, &visit.actor, view.ticket.id).await?,
            unreachable: reachability::unreachable(tx, &visit.actor, &people).await?,
            view,
        })
    }

    /// The pencil of a box, which leads to a form of that box alone (IR-321).
    fn pencil(&self, part: &str, title: &str) -> Option<Markup> {
        let href = urls::with(&self.part("edit"), &[("box", part)]);
        self.view.may_modify().then(|| icon_link(&href, Icon::Pencil, &tr("ticket-edit-box", &[("box", title.into())])))
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
    let preferences = account::preferences(&mut tx, &visit.actor).await?;
    let manner = Manner::read(&preferences, &parameters);
    let window = Window::load(&mut tx, &visit.actor, &view, &manner, &parameters).await?;
    let sheet = Sheet::load(&mut tx, &visit, view, (window, manner), &parameters).await?;
    let was_newest = ticket::is_newest_viewed(&mut tx, &visit.actor, id).await?;
    drop(tx);
    if !was_newest {
        remember(&visit, id).await;
    }
    let title = heading::words(&sheet);
    let body = html! {
        (standing::changed(&sheet))
        (heading::heading(&sheet))
        (incidents::alert(&sheet))
        (standing::blocked(&sheet))
        (standing::asleep(&sheet))
        (standing::unread(&sheet))
        (crate::neighbours::links(visit.came_from_list, |part| sheet.part(part)))
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

/// The boxes in the order of IR-325, IR-326 and, for Incidents, IR-329.
fn side_column(sheet: &Sheet<'_>) -> Markup {
    html! {
        (facts::basics(sheet))
        @if sheet.kind().is_child() { (incidents::incidents(sheet)) }
        (fields::boxes(sheet))
        @if sheet.kind() == TicketKind::Incident { (facts::dates(sheet)) (files::files(sheet)) (facts::people(sheet)) }
        @else { (files::files(sheet)) (facts::people(sheet)) (facts::dates(sheet)) }
        (merged::merged(sheet))
        (links::links(sheet))
        (reminders::reminders(sheet))
        (requestors::requestors(sheet))
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
    let manner = Manner::read(&account::preferences(tx, &visit.actor).await?, &Parameters::default());
    let sheet = Sheet::load(tx, visit, view, (Window::default(), manner), &Parameters::default()).await?;
    Ok(actions_bar::offers(&sheet).into_iter().map(actions_bar::offered).collect())
}

/// How many changes the ticket has had: what an open page asks now and then.
async fn version(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let ticket = access::ticket(&mut tx, &visit.actor, ticket_id(&id)?).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], ticket.version.to_string()).into_response())
}
