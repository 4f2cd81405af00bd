//! The inbox in trouble: every message that could not become a ticket or reply, with the reason, its bytes, and a way to
//! try again.

use actions::{Error, inbox, outbox};
use axum::extract::Path;
use axum::response::IntoResponse;
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use crate::component::button::{Button, Tone, link, post};
use crate::component::chip::chip;
use crate::component::empty::empty;
use crate::component::icon::Icon;
use crate::component::pager::pager;
use crate::component::panel::{Panel, panel};
use crate::component::table::{Column, Kind, Row, Table, table};
use crate::component::ticket::page_head;
use crate::component::time::{Clock, age};
use crate::failure::{Answer, Failure};
use crate::layout::{KeyGroup, Section};
use crate::parameters::Parameters;
use crate::visit::{Frame, Visit};
use crate::{file, flash};

const PER_PAGE: i64 = 50;

pub(super) async fn show(visit: Visit, parameters: Parameters) -> Answer {
    let before = parameters.read("before").unwrap_or(i64::MAX);
    let mut tx = visit.app.desk.read().await?;
    let mut messages = inbox::troubled(&mut tx, &visit.actor, before, PER_PAGE + 1).await?;
    let clock = visit.clock(tx.now());
    drop(tx);
    let (waiting, troubled) = inbox::counts(&visit.app.desk).await?;
    let (queued, failed) = outbox::counts(&visit.app.desk).await?;
    let more = messages.len() as i64 > PER_PAGE;
    messages.truncate(PER_PAGE as usize);
    let next = messages.last().filter(|_| more).map(|last| urls::with(urls::admin_mail(), &[("before", &last.id.to_string())]));
    let title = t("admin-mail");
    let counts =
        [("waiting", waiting.into()), ("troubled", troubled.into()), ("queued", queued.into()), ("failed", failed.into())];
    let body = html! {
        (page_head(&title, &tr("admin-mail-counts", &counts), &html! {}))
        (super::sections(urls::admin_mail()))
        (panel(&Panel { id: "troubled", title: &t("admin-mail-troubled"), flush: true, ..Panel::default() }, &html! {
            @if messages.is_empty() { (empty(Icon::Check, &t("admin-mail-none"), None)) } @else { (list(&clock, &messages)) }
            (pager(None, next.as_deref(), ""))
        }))
    };
    Ok(visit.page(&Frame::new(&title, Section::Admin).keys(&[KeyGroup::List]), &body))
}

fn list(clock: &Clock, messages: &[inbox::Inbound]) -> Markup {
    let ids: Vec<String> = messages.iter().map(|message| message.id.to_string()).collect();
    let cells = |message: &inbox::Inbound, id: &str| {
        let raw = urls::admin_mail_part(message.id, "raw");
        let sender = message.message.sender.as_deref().unwrap_or("<>");
        let retry = post(&urls::admin_mail_part(message.id, "retry"), &Button::new(&t("admin-mail-retry")));
        let download = || link(&raw, &Button::new(&t("admin-mail-raw")).icon(Icon::Download).tone(Tone::Quiet));
        vec![
            html! { (id) },
            html! { bdi { (sender) } " " span class="beside" title=(message.reason) { bdi { (message.reason) } } },
            html! { (message.message.recipient) (message.message.queue) },
            chip(&message.state),
            html! { (message.tries) },
            age(clock, message.received),
            html! { @if message.raw_gone { (t("admin-mail-gone")) } @else { (download()) } " " @if matches!(message.state.as_str(), "failed" | "refused") { (retry) } },
        ]
    };
    let rows = messages.iter().zip(&ids).map(|(message, id)| Row { id, cells: cells(message, id), ..Row::default() }).collect();
    let titles =
        ["#", "admin-mail-sender", "admin-mail-to", "admin-mail-state", "admin-mail-tries", "column-age", "column-actions"];
    let kinds = [Kind::Number, Kind::Main, Kind::Text, Kind::Text, Kind::Number, Kind::Number, Kind::Actions];
    let words = titles.map(t);
    let columns = words.iter().zip(kinds).map(|(title, kind)| Column::new(title, kind)).collect();
    table(&Table { caption: &t("admin-mail-troubled"), columns, rows, ..Table::default() })
}

pub(super) async fn raw(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let message = inbox::get(&mut tx, &visit.actor, number(&id)?).await?;
    if message.raw_gone {
        return Err(Failure(Error::Conflict(t("admin-mail-gone-words").into_owned())));
    }
    Ok((file::headers(&format!("message-{}.eml", message.id), "application/octet-stream"), message.message.raw).into_response())
}

pub(super) async fn retry(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    inbox::retry(&mut tx, &visit.actor, number(&id)?).await?;
    tx.commit().await?;
    Ok(flash::redirect(urls::admin_mail(), "mail-retried", None))
}

pub(super) fn number(text: &str) -> Result<i64, Failure> {
    text.parse().map_err(|_| Failure(actions::Error::NotFound))
}
