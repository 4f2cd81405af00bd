//! Files of messages, beneath each and in a box of their own.

use actions::ticket::show::{Entry, NamedFile, ShownPart};
use domain::file_kind::{Found, lies};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::Sheet;
use crate::component::attachment::{Attachment, Caution, size};
use crate::component::icon::{Icon, icon};
use crate::component::panel::{Panel, panel};
use crate::component::time::moment;
use crate::file::{self, PASSWORD};
use crate::ticket::message::Body;

/// A part that can be downloaded.
pub(super) struct Download {
    name: String,
    href: String,
    media_type: String,
    bytes: u64,
    caution: Caution,
}

impl Download {
    pub(super) fn shown(&self) -> Attachment<'_> {
        Attachment { name: &self.name, href: &self.href, media_type: &self.media_type, bytes: self.bytes, caution: self.caution }
    }
}

/// Everything but what is shown in place. The HTML of a mail stays to be had: it is evidence.
pub(super) fn of_entry(entry: &Entry, body: &Body) -> Vec<Download> {
    let is_shown = |part: &ShownPart| {
        let is_text = part.file_name.is_none() && part.disposition != "attachment" && part.content_type == "text/plain";
        let text_is_shown = !entry.text.is_empty() && !body.is_html;
        (is_text && (part.size == 0 || text_is_shown)) || body.pictures.contains(&part.id)
    };
    let parts = entry.parts.iter().filter(|part| part.has_content && !is_shown(part));
    let download = |part: &ShownPart| Download {
        href: urls::file(entry.change.id, part.id, &file::offered_name(part)),
        media_type: part.content_type.clone(),
        bytes: part.size.max(0) as u64,
        name: file::name(part),
        caution: caution(part),
    };
    parts.map(download).collect()
}

fn caution(part: &ShownPart) -> Caution {
    let lies = |found: &Found| lies(&file::name(part), &part.content_type, *found);
    Caution { password: file::is_guarded(part).then_some(PASSWORD), found: part.found.filter(lies).map(Found::as_str) }
}

/// Files in the box before *Show all* (TC-114).
const FIRST: usize = 5;
/// With *Show all*.
pub(super) const MOST: i64 = 500;

/// How many to load: one more than the first few tells whether there are more.
pub(super) fn wanted(all: bool) -> i64 {
    if all { MOST } else { FIRST as i64 * 4 }
}

/// Every file of the ticket, grouped by name, newest first (IR-325, TC-114).
pub(super) fn files(sheet: &Sheet<'_>) -> Markup {
    let mut names: Vec<(String, Vec<&NamedFile>)> = Vec::new();
    for one in &sheet.files {
        let name = file::name(&one.part);
        match names.iter_mut().find(|(known, _)| *known == name) {
            Some((_, files)) => files.push(one),
            None => names.push((name, vec![one])),
        }
    }
    let more = !sheet.all_files && (names.len() > FIRST || sheet.files.len() as i64 >= wanted(false));
    let shown = if sheet.all_files { names.len() } else { FIRST };
    let all = urls::with(&urls::ticket(sheet.view.ticket.id), &[("files", "all")]);
    let body = html! {
        ul class="files" {
            @for (name, files) in names.iter().take(shown) {
                li { bdi class="file-name" { (name) } ul { @for one in files { li { (line(sheet, one)) } } } }
            }
        }
        @if more { p { a href={ (all) "#files" } { (t("files-all")) } } }
    };
    html! { @if !names.is_empty() { (panel(&Panel { id: "files", title: &t("ticket-files"), ..Panel::default() }, &body)) } }
}

fn line(sheet: &Sheet<'_>, one: &NamedFile) -> Markup {
    let href = urls::file(one.change, one.part.id, &file::offered_name(&one.part));
    html! {
        a href=(href) download title=(one.part.content_type) { (icon(Icon::Download)) (moment(&sheet.clock, one.at)) }
        " " span class="size" { (size(one.part.size.max(0) as u64)) } " " span class="address" { (one.author.display_name()) }
        (caution(&one.part).shown())
    }
}
