//! One entry of a history on a page of its own, and the history alone, for reading, printing and pointing at (TC-105). A mail
//! that went out is shown as it was recorded, for holders of `ShowOutgoingEmail` (TC-101).

use actions::ticket::show::{self, LeftOut};
use actions::{Error, account};
use axum::extract::Path;
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::history::{self, Window};
use super::manner::Manner;
use super::{Sheet, heading};
use crate::component::button::{Button, Tone, link};
use crate::component::facts::{facts, text_fact};
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::{Answer, Failure};
use crate::layout::KeyGroup;
use crate::list::section;
use crate::parameters::{Parameters, ticket_id};
use crate::visit::{Frame, Visit};

/// More of a recorded mail than this is not shown.
const LONGEST: usize = 64 * 1024;

pub(super) async fn show(visit: Visit, Path((id, sequence)): Path<(String, String)>, parameters: Parameters) -> Answer {
    let (id, sequence) = (ticket_id(&id)?, sequence.parse::<i64>().map_err(|_| Failure(Error::NotFound))?);
    let mut tx = visit.app.desk.read().await?;
    let view = show::view(&mut tx, &visit.actor, id).await?;
    let entry = show::entry_at(&mut tx, &visit.actor, view.ticket.id, sequence).await?.ok_or(Failure(Error::NotFound))?;
    let mail = show::recorded_mail(&mut tx, &entry).await?;
    let left_out = show::left_out(&mut tx, &visit.actor, view.ticket.id, &entry).await?;
    let preferences = account::preferences(&mut tx, &visit.actor).await?;
    let mut manner = Manner::read(&preferences, &parameters).at_once();
    manner.full_headers = parameters.text("headers") != "brief";
    let sheet = Sheet::load(&mut tx, &visit, view, (Window::of(entry), manner), &Parameters::default()).await?;
    let title = tr("history-entry", &[("number", sequence.into()), ("ticket", id.to_string().into())]);
    let back = urls::change(sheet.view.ticket.id, &sequence.to_string());
    let body = html! {
        (page_head(&title, &sheet.view.ticket.subject, &link(&back, &Button::new(&t("form-back-to-ticket")).tone(Tone::Quiet))))
        (history::history(&sheet))
        @if let Some(raw) = &mail { (recorded(raw)) }
        @if !left_out.is_empty() { (without_mail(&left_out)) }
    };
    Ok(visit.page(&Frame::new(&title, section(sheet.kind())), &body))
}

/// To, Cc, Bcc and what the mail said.
fn recorded(raw: &[u8]) -> Markup {
    let shown = String::from_utf8_lossy(raw.get(..LONGEST).unwrap_or(raw)).into_owned();
    let (head, text) = shown.split_once("\r\n\r\n").or_else(|| shown.split_once("\n\n")).unwrap_or((&shown, ""));
    let header = |name: &str| {
        let line = head.lines().find(|line| line.split(':').next().is_some_and(|key| key.eq_ignore_ascii_case(name)));
        line.and_then(|line| line.split_once(':')).map_or("", |(_, value)| value.trim()).to_owned()
    };
    let names = ["To", "Cc", "Bcc", "Subject"];
    let values = names.map(header);
    let rows: Vec<_> = names.iter().zip(&values).map(|(name, value)| text_fact(name, value)).collect();
    panel(
        &Panel { id: "mail", title: &t("history-recorded"), ..Panel::default() },
        &html! { (facts(&rows)) pre class="prose-lines" { (text) } },
    )
}

/// Who was taken out of the recipients, letter by letter.
fn without_mail(letters: &[LeftOut]) -> Markup {
    panel(
        &Panel { id: "left-out", title: &t("left-out"), ..Panel::default() },
        &html! {
            @for letter in letters {
                p { (tr("left-out-by", &[("rule", letter.rule.as_str().into())])) @if letter.message_id.is_none() { " " (t("left-out-all")) } }
                ul { @for (why, address) in &letter.removed { li { bdi { (address) } " – " (t(&format!("left-out-{why}"))) } } }
            }
        },
    )
}

pub(super) async fn alone(visit: Visit, Path(id): Path<String>, parameters: Parameters) -> Answer {
    let id = ticket_id(&id)?;
    let mut tx = visit.app.desk.read().await?;
    let view = show::view(&mut tx, &visit.actor, id).await?;
    let preferences = account::preferences(&mut tx, &visit.actor).await?;
    let manner = Manner::read(&preferences, &parameters).at_once();
    let window = Window::load(&mut tx, &visit.actor, &view, &manner, &parameters).await?;
    let sheet = Sheet::load(&mut tx, &visit, view, (window, manner), &Parameters::default()).await?;
    let title = heading::words(&sheet);
    let body = html! {
        (page_head(&title, &t("history"), &link(&urls::ticket(sheet.view.ticket.id), &Button::new(&t("form-back-to-ticket")).tone(Tone::Quiet))))
        (history::history_at(&sheet, &sheet.part("history")))
    };
    Ok(visit.page(&Frame::new(&title, section(sheet.kind())).keys(&[KeyGroup::Ticket]), &body))
}
