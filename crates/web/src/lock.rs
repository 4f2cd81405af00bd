//! *Lock*, *Unlock* and *My locks* (IR-508, IR-510, IR-512).

use actions::lock::{self, Mine};
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};
use domain::TicketId;
use http_door::text::t;
use http_door::{App, urls};
use maud::{Markup, html};

use crate::beside::kind_key;
use crate::component::button::{Button, post as post_button};
use crate::component::empty::empty;
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::table::{Column, Kind, Row, Table, subject, table};
use crate::component::ticket::page_head;
use crate::component::time::{Clock, age};
use crate::failure::Answer;
use crate::flash;
use crate::layout::{KeyGroup, Section};
use crate::parameters::{Form, ticket_id};
use crate::visit::{Frame, Visit};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/tickets/{id}/lock", post(lock_one))
        .route("/tickets/{id}/unlock", post(unlock))
        .route("/locks", get(show))
        .route("/locks/end", post(end_all))
}

async fn lock_one(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = ticket_id(&id)?;
    let mut tx = visit.app.desk.write().await?;
    lock::lock(&mut tx, &visit.actor, id).await?;
    tx.commit().await?;
    Ok(flash::redirect(&urls::ticket(id), "locked", Some(id)))
}

async fn unlock(visit: Visit, Path(id): Path<String>, Form(input): Form) -> Answer {
    let id = ticket_id(&id)?;
    let mut tx = visit.app.desk.write().await?;
    let held = lock::unlock(&mut tx, &visit.actor, id).await?;
    tx.commit().await?;
    let next = urls::local_path(input.text("next")).map_or_else(|| urls::ticket(id), str::to_owned);
    Ok(match held {
        Some(held) => flash::redirect_with_count(&next, "unlocked", held.as_mins()),
        None => flash::redirect(&next, "not-locked", None),
    })
}

async fn end_all(visit: Visit) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    let ended = lock::unlock_all(&mut tx, &visit.actor).await?;
    tx.commit().await?;
    Ok(flash::redirect_with_count(&urls::locks(), "locks-ended", ended as i64))
}

async fn show(visit: Visit) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let mine = lock::mine(&mut tx, &visit.actor).await?;
    Ok(page(&visit, &mine, &visit.clock(tx.now())))
}

fn page(visit: &Visit, mine: &[Mine], clock: &Clock) -> Response {
    let title = t("locks-title");
    let all = html! { @if !mine.is_empty() { (post_button("/locks/end", &Button::new(&t("locks-end-all")))) } };
    let body = html! {
        (page_head(&title, "", &all))
        (panel(&Panel { id: "locks", title: &title, flush: true, ..Panel::default() }, &list(mine, clock)))
        p class="hint" { (t("locks-hint")) }
    };
    visit.page(&Frame::new(&title, Section::Elsewhere).keys(&[KeyGroup::List]), &body)
}

/// Also for a box of the home page.
pub(crate) fn list(mine: &[Mine], clock: &Clock) -> Markup {
    if mine.is_empty() {
        return empty(Icon::Lock, &t("locks-none"), None);
    }
    let titles = [
        ("column-number", Kind::Number),
        ("column-subject", Kind::Main),
        ("locks-kind", Kind::Text),
        ("locks-since", Kind::Text),
    ];
    let titles: Vec<(String, Kind)> = titles.map(|(key, kind)| (t(key).into_owned(), kind)).into();
    let keys: Vec<(String, String)> =
        mine.iter().map(|mine| (mine.ticket.id.to_string(), urls::ticket(mine.ticket.id))).collect();
    let unlock = t("lock-unlock");
    table(&Table {
        caption: &t("locks-title"),
        columns: titles
            .iter()
            .map(|(title, kind)| Column::new(title, *kind))
            .chain([Column::new(&unlock, Kind::Actions)])
            .collect(),
        rows: mine
            .iter()
            .zip(&keys)
            .map(|(mine, (id, href))| Row { id, href, cells: cells(mine, href, clock), ..Row::default() })
            .collect(),
        ..Table::default()
    })
}

fn cells(mine: &Mine, href: &str, clock: &Clock) -> Vec<Markup> {
    let kind = t(kind_key(mine.lock.kind));
    vec![
        html! { (mine.ticket.id) },
        subject(href, &mine.ticket.subject, ""),
        html! { (kind) },
        age(clock, mine.lock.since),
        post_button(&unlock_address(mine.ticket.id), &Button::new(&t("lock-unlock"))),
    ]
}

fn unlock_address(id: TicketId) -> String {
    urls::ticket_part(id, "unlock")
}
