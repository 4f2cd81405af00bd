//! The page of one's own drafts.

use actions::draft::{self, Draft};
use actions::{Actor, Result, Tx, access};
use http_door::text::{has, t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::restoring;
use crate::component::button::{Button, Tone, post};
use crate::component::empty::empty;
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::table::{Column, Kind, Row, Table, table};
use crate::component::ticket::page_head;
use crate::component::time::{Clock, ago};
use crate::failure::Answer;
use crate::layout::{KeyGroup, Section};
use crate::parameters::Parameters;
use crate::place::Place;
use crate::visit::{Frame, Visit};

/// So much of a text tells which it is.
const BEGINNING: usize = 120;

/// A draft with what people call its form.
struct Line {
    draft: Draft,
    name: String,
    address: String,
}

pub(super) async fn show(visit: Visit) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let mut lines = Vec::new();
    for draft in draft::all(&mut tx, &visit.actor).await? {
        let name = name(&mut tx, &visit.actor, &draft.form).await?;
        lines.push(Line { name, address: restoring(&urls::scoped(&draft.form)), draft });
    }
    let title = t("drafts-title");
    let clock = visit.clock(tx.now());
    let body = html! {
        (page_head(&title, "", &html! {}))
        (panel(&Panel { id: "drafts", title: &title, flush: true, ..Panel::default() }, &list(&lines, &clock)))
        p class="hint" { (t("drafts-hint")) }
    };
    Ok(visit.page(&Frame::new(&title, Section::Elsewhere).keys(&[KeyGroup::List]), &body))
}

/// The subject of a ticket only for whoever may still see it.
async fn name(tx: &mut Tx, actor: &Actor, form: &str) -> Result<String> {
    let path = form.split('?').next().unwrap_or_default();
    let words = |key: &str| if has(key) { t(key) } else { t("draft-kind-other") }.into_owned();
    Ok(match Place::of(path) {
        Place::Part(id, part) => {
            let form = words(&format!("draft-kind-{part}"));
            let name = tr("draft-on-ticket", &[("form", form.into()), ("ticket", id.to_string().into())]);
            match access::ticket(tx, actor, id).await {
                Ok(ticket) => format!("{name}: {}", ticket.subject),
                Err(_) => name,
            }
        }
        _ => words(&format!("draft-kind-new{}", path.replace('/', "-").trim_end_matches("-new"))),
    })
}

fn list(lines: &[Line], clock: &Clock) -> Markup {
    if lines.is_empty() {
        return empty(Icon::Pencil, &t("drafts-none"), None);
    }
    let titles = ["drafts-form", "drafts-text", "drafts-saved", "draft-discard"].map(|key| t(key).into_owned());
    let [form, text, saved, discard] = &titles;
    table(&Table {
        caption: &t("drafts-title"),
        columns: vec![
            Column::new(form, Kind::Main),
            Column::new(text, Kind::Text),
            Column::new(saved, Kind::Text),
            Column::new(discard, Kind::Actions),
        ],
        rows: lines.iter().map(|line| row(line, clock)).collect(),
        ..Table::default()
    })
}

fn row<'a>(line: &'a Line, clock: &Clock) -> Row<'a> {
    let discard = urls::with("/drafts/discard", &[("form", &line.draft.form)]);
    Row {
        id: &line.draft.form,
        href: &line.address,
        cells: vec![
            html! { a href=(line.address) { bdi { (line.name) } } },
            html! { bdi { (beginning(&line.draft.content)) } },
            ago(clock, line.draft.saved),
            post(&discard, &Button::new(&t("draft-discard")).tone(Tone::Quiet)),
        ],
        ..Row::default()
    }
}

/// The first words of what was typed.
fn beginning(content: &str) -> String {
    let inputs = Parameters::parse(content.as_bytes());
    let text = ["message", "subject"].into_iter().map(|name| inputs.text(name)).find(|text| !text.is_empty());
    text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").chars().take(BEGINNING).collect()
}
