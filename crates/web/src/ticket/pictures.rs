//! Pictures that a message brought for its HTML to show by their Content-ID (TC-111): raster pictures by their own bytes, and
//! nothing from elsewhere. They are fetched from where downloads are, which serves nothing that could run.

use actions::ticket::show::{Entry, ShownPart};
use domain::file_kind::Found;
use domain::html_safe::Picture;
use http_door::urls;

use crate::file;

const MOST: usize = 50;
/// Of one; a larger one is a download.
const LARGEST: i64 = 5 * 1024 * 1024;
const DEEPEST: usize = 50;

/// The parts that may be shown, those made for the HTML before others of the same name.
pub(super) fn candidates(entry: &Entry) -> Vec<&ShownPart> {
    let mut found: Vec<&ShownPart> = entry.parts.iter().filter(|part| is_picture(part)).collect();
    let around = containers_of_html(entry);
    found.sort_by_key(|part| part.parent.and_then(|parent| around.iter().position(|one| *one == parent)).unwrap_or(usize::MAX));
    found.truncate(MOST);
    found
}

pub(super) fn picture(entry: &Entry, part: &ShownPart) -> Picture {
    let address = urls::file(entry.change.id, part.id, &file::name(part));
    Picture { content_id: part.content_id.clone().unwrap_or_default(), address }
}

fn is_picture(part: &ShownPart) -> bool {
    let is_drawn = matches!(part.found, Some(Found::Picture("image/png" | "image/jpeg" | "image/gif" | "image/webp")));
    is_drawn
        && part.has_content
        && part.size <= LARGEST
        && part.content_type.starts_with("image/")
        && part.content_id.as_deref().is_some_and(|id| !id.is_empty())
        && !file::is_guarded(part)
}

/// The containers of the HTML that is shown, the nearest first.
fn containers_of_html(entry: &Entry) -> Vec<i64> {
    let html = |part: &&ShownPart| part.has_content && part.content_type == "text/html" && part.file_name.is_none();
    let mut next = entry.parts.iter().find(html).and_then(|part| part.parent);
    let mut around = Vec::new();
    while let Some(position) = next.filter(|_| around.len() < DEEPEST) {
        around.push(position);
        next = entry.parts.iter().find(|part| part.position == position).and_then(|part| part.parent);
    }
    around
}
