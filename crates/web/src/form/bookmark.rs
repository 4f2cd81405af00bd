//! Marking tickets (TC-089), watching them (TC-057), and the page of what is at hand: reminders, bookmarks, what was viewed last.

use super::{act::answer, numbered::Numbered, submission::Submission};
use crate::{
    component::{
        empty::{empty, empty_line},
        icon::Icon,
        panel::{Panel, panel},
        ticket::page_head,
    },
    failure::Answer,
    layout::{KeyGroup, Section},
    list::{Loaded, Rows, rows},
    visit::{Frame, Visit},
};
use actions::{
    Error, Result, lists,
    ticket::{self, reminder},
};
use axum::{
    Router,
    routing::{get, post},
};
use domain::{
    Role,
    layout::{Column, Layout},
};
use http_door::{App, text::t};
use maud::{Markup, html};

const MOST: i64 = 50;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/at-hand", get(at_hand))
        .route("/tickets/{id}/bookmark", post(bookmark))
        .route("/tickets/{id}/watch", post(watch))
}

async fn bookmark(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let marked = form.text("marked") != "0";
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        ticket::set_bookmark(&mut tx, &visit.actor, id, marked).await?;
        tx.commit().await
    };
    answer(&visit, id, &form, if marked { "bookmarked" } else { "bookmark-removed" }, outcome.await)
}

/// Oneself as Cc or AdminCc, or no longer: `Cc`, `-Cc`.
async fn watch(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let outcome: Result<()> = async {
        let mut tx = visit.app.desk.write().await?;
        let text = form.text("watch").trim();
        let role = Role::parse(text.trim_start_matches('-')).filter(|role| *role != Role::Owner).ok_or(Error::NotFound)?;
        let me = visit.actor.id();
        if text.starts_with('-') {
            ticket::remove_person(&mut tx, &visit.actor, id, role, me).await?;
        } else {
            ticket::add_person(&mut tx, &visit.actor, id, role, me).await?;
        }
        tx.commit().await
    }
    .await;
    answer(&visit, id, &form, "people-saved", outcome)
}

async fn at_hand(visit: Visit) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let reminders = reminder::mine(&mut tx, &visit.actor, MOST).await?;
    let viewed = ticket::recently_viewed(&mut tx, &visit.actor).await?;
    let viewed = lists::within(&tx, &visit.actor, viewed);
    let viewed = lists::listed(&mut tx, &visit.actor, viewed).await?;
    let viewed = Loaded::of(&tx, &visit.actor, viewed);
    let query = lists::parse("id = '__Bookmarked__'")?;
    let marked = Loaded::first(&mut tx, &visit.actor, &query, "Due", MOST).await?;
    let clock = visit.clock(tx.now());
    let title = t("mine");
    let layout = Layout { columns: COLUMNS.to_vec(), first_line: COLUMNS.len() };
    let due = crate::ticket::reminder_lines(&clock, &reminders);
    let table = |key: &str, none: &str, loaded: &Loaded| -> Markup {
        if loaded.tickets.is_empty() { empty_line(&t(none)) } else { rows(&Rows::new(&t(key), &layout, loaded, &clock)) }
    };
    let body = html! {
        (page_head(&title, "", &html! {}))
        (panel(&Panel { id: "reminders", title: &t("reminders-mine"), count: reminders.len() as u64, ..Panel::default() }, &html! {
            @if reminders.is_empty() { (empty(Icon::Check, &t("reminders-mine-none"), None)) } @else { (due) }
        }))
        (panel(&Panel { id: "bookmarks", title: &t("bookmarks"), flush: true, ..Panel::default() }, &table("bookmarks", "bookmarks-none", &marked)))
        (panel(&Panel { id: "recent", title: &t("recently-viewed"), flush: true, ..Panel::default() }, &table("recently-viewed", "recently-viewed-none", &viewed)))
    };
    Ok(visit.page(&Frame::new(&title, Section::Elsewhere).keys(&[KeyGroup::List]), &body))
}

const COLUMNS: &[Column] = &[Column::Id, Column::Subject, Column::Status, Column::Queue, Column::Owner, Column::Due];
