//! Outgoing mail that waits or failed: for whom it is, why it is not out, and ways to send it now or not at all.

use actions::digest;
use actions::outbox::{self, Outbound};
use axum::extract::Path;
use domain::UserId;
use domain::person::User;
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::mail::number;
use crate::component::button::{Button, Tone, post};
use crate::component::chip::chip;
use crate::component::empty::empty;
use crate::component::icon::Icon;
use crate::component::pager::pager;
use crate::component::panel::{Panel, panel};
use crate::component::table::{Column, Kind, Row, Table, table};
use crate::component::ticket::page_head;
use crate::component::time::{Clock, age, moment};
use crate::failure::Answer;
use crate::flash;
use crate::layout::{KeyGroup, Section};
use crate::parameters::Parameters;
use crate::visit::{Frame, Visit};

const PER_PAGE: i64 = 50;
const MOST_SUSPENDED: i64 = 200;

pub(super) async fn show(visit: Visit, parameters: Parameters) -> Answer {
    let before = parameters.read("before").unwrap_or(i64::MAX);
    let mut tx = visit.app.desk.read().await?;
    let mut letters = outbox::open(&mut tx, &visit.actor, before, PER_PAGE + 1).await?;
    let suspended = digest::suspended(&mut tx, &visit.actor, UserId(0), MOST_SUSPENDED + 1).await?;
    let clock = visit.clock(tx.now());
    drop(tx);
    let (queued, failed) = outbox::counts(&visit.app.desk).await?;
    let more = letters.len() as i64 > PER_PAGE;
    letters.truncate(PER_PAGE as usize);
    let next = letters.last().filter(|_| more).map(|last| urls::with(urls::admin_outbox(), &[("before", &last.id.to_string())]));
    let title = t("admin-outbox");
    let counts = [("queued", queued.into()), ("failed", failed.into())];
    let body = html! {
        (page_head(&title, &tr("admin-outbox-counts", &counts), &html! {}))
        (super::sections(urls::admin_outbox()))
        (panel(&Panel { id: "outbox", title: &t("admin-outbox-open"), flush: true, ..Panel::default() }, &html! {
            @if letters.is_empty() { (empty(Icon::Check, &t("admin-outbox-none"), None)) } @else { (list(&clock, &letters)) }
            (pager(None, next.as_deref(), ""))
        }))
        (suspended_people(&suspended))
    };
    Ok(visit.page(&Frame::new(&title, Section::Admin).keys(&[KeyGroup::List]), &body))
}

fn suspended_people(people: &[User]) -> Markup {
    let shown = people.iter().take(MOST_SUSPENDED as usize);
    panel(
        &Panel { id: "suspended", title: &t("admin-suspended"), ..Panel::default() },
        &html! {
            @if people.is_empty() { p class="hint" { (t("admin-suspended-none")) } } @else {
                ul { @for user in shown { li { a href=(urls::person(user.id)) { bdi { (user.display_name()) } } } } }
            }
            @if people.len() as i64 > MOST_SUSPENDED { p class="hint" { (tr("admin-suspended-more", &[("count", MOST_SUSPENDED.into())])) } }
        },
    )
}

fn list(clock: &Clock, letters: &[Outbound]) -> Markup {
    let ids: Vec<String> = letters.iter().map(|letter| letter.id.to_string()).collect();
    let rows =
        letters.iter().zip(&ids).map(|(letter, id)| Row { id, cells: cells(clock, letter, id), ..Row::default() }).collect();
    let titles = [
        "#",
        "admin-outbox-recipients",
        "admin-outbox-ticket",
        "admin-mail-state",
        "admin-mail-tries",
        "admin-outbox-next",
        "column-age",
        "column-actions",
    ];
    let kinds = [Kind::Number, Kind::Main, Kind::Number, Kind::Text, Kind::Number, Kind::Number, Kind::Number, Kind::Actions];
    let words = titles.map(t);
    let columns = words.iter().zip(kinds).map(|(title, kind)| Column::new(title, kind)).collect();
    table(&Table { caption: &t("admin-outbox-open"), columns, rows, ..Table::default() })
}

fn cells(clock: &Clock, letter: &Outbound, id: &str) -> Vec<Markup> {
    let recipients = letter.letter.recipients.join(", ");
    let send = post(&urls::admin_outbox_part(letter.id, "send"), &Button::new(&t("admin-outbox-send")));
    let cancel = post(&urls::admin_outbox_part(letter.id, "cancel"), &Button::new(&t("admin-outbox-cancel")).tone(Tone::Quiet));
    vec![
        html! { (id) },
        html! { bdi { (recipients) } " " span class="beside" title=(letter.last_error) { bdi { (letter.last_error) } } },
        html! { @if let Some(ticket) = letter.letter.ticket { a href=(urls::ticket(ticket)) { "#" (ticket) } } },
        chip(&t(&format!("mail-{}", letter.state))),
        html! { (letter.tries) },
        html! { @if letter.state == "queued" { (moment(clock, letter.next)) } @else { span class="none" { "–" } } },
        age(clock, letter.created),
        html! { (send) " " (cancel) },
    ]
}

pub(super) async fn send(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    outbox::requeue(&mut tx, &visit.actor, number(&id)?).await?;
    tx.commit().await?;
    Ok(flash::redirect(urls::admin_outbox(), "letter-sent-again", None))
}

pub(super) async fn cancel(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    outbox::cancel(&mut tx, &visit.actor, number(&id)?).await?;
    tx.commit().await?;
    Ok(flash::redirect(urls::admin_outbox(), "letter-cancelled", None))
}
