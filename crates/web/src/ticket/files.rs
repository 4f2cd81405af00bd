//! Files of messages, beneath each and in a box of their own.

use actions::ticket::show::{Entry, ShownPart};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::Sheet;
use crate::component::attachment::{Attachment, attachments};
use crate::component::panel::{Panel, panel};
use crate::file;

/// A part that can be downloaded.
pub(super) struct Download {
    name: String,
    href: String,
    media_type: String,
    bytes: u64,
}

impl Download {
    pub(super) fn shown(&self) -> Attachment<'_> {
        Attachment { name: &self.name, href: &self.href, media_type: &self.media_type, bytes: self.bytes }
    }
}

/// Everything but the text that is shown in place. The HTML of a mail stays to be had: it is evidence.
pub(super) fn of_entry(entry: &Entry) -> Vec<Download> {
    let is_shown = |part: &ShownPart| {
        let is_text = part.file_name.is_none() && part.disposition != "attachment" && part.content_type == "text/plain";
        is_text && (part.size == 0 || !entry.text.is_empty())
    };
    let parts = entry.parts.iter().filter(|part| part.has_content && !is_shown(part));
    let download = |part: &ShownPart| {
        let name = file::name(part);
        Download {
            href: urls::file(entry.change.id, part.id, &name),
            media_type: part.content_type.clone(),
            bytes: part.size.max(0) as u64,
            name,
        }
    };
    parts.map(download).collect()
}

/// Those of the messages on this page, newest first (IR-325).
pub(super) fn files(sheet: &Sheet<'_>) -> Markup {
    let all: Vec<Download> = sheet.window.entries.iter().flat_map(of_entry).collect();
    let shown: Vec<Attachment<'_>> = all.iter().map(Download::shown).collect();
    html! {
        @if !shown.is_empty() {
            (panel(&Panel { id: "files", title: &t("ticket-files"), count: shown.len() as u64, ..Panel::default() }, &attachments(&shown)))
        }
    }
}
