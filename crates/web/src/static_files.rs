//! Style, script and icon, embedded. Each is served under a name that holds the hash of its content, so browsers may
//! keep it for ever; the stylesheet and the script are each one file to browsers, written in parts.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

const STYLE: &[&str] = &[
    include_str!("../static/css/tokens.css"),
    include_str!("../static/css/base.css"),
    include_str!("../static/css/layout.css"),
    include_str!("../static/css/controls.css"),
    include_str!("../static/css/parts.css"),
    include_str!("../static/css/table.css"),
    include_str!("../static/css/ticket.css"),
    include_str!("../static/css/relations.css"),
    include_str!("../static/css/together.css"),
    include_str!("../static/css/home.css"),
    include_str!("../static/css/chart.css"),
    include_str!("../static/css/work.css"),
    include_str!("../static/css/fields.css"),
    include_str!("../static/css/search.css"),
    include_str!("../static/css/print.css"),
];

const SCRIPT: &[&str] = &[
    include_str!("../static/js/announce.js"),
    include_str!("../static/js/drafts.js"),
    include_str!("../static/js/menus.js"),
    include_str!("../static/js/rows.js"),
    include_str!("../static/js/keys.js"),
    include_str!("../static/js/forgotten.js"),
    include_str!("../static/js/forms.js"),
    include_str!("../static/js/recipients.js"),
    include_str!("../static/js/follow.js"),
    include_str!("../static/js/times.js"),
    include_str!("../static/js/news.js"),
    include_str!("../static/js/ticket.js"),
    include_str!("../static/js/presence.js"),
    include_str!("../static/js/lists.js"),
    include_str!("../static/js/verdicts.js"),
    include_str!("../static/js/copying.js"),
    include_str!("../static/js/palette.js"),
    include_str!("../static/js/history.js"),
    include_str!("../static/js/timer.js"),
    include_str!("../static/js/cascade.js"),
    include_str!("../static/js/builder.js"),
    include_str!("../static/js/complete.js"),
    include_str!("../static/js/frame.js"),
];

/// One file as it is served.
#[derive(Debug)]
pub struct StaticFile {
    pub name: &'static str,
    pub hashed_name: String,
    pub media_type: &'static str,
    pub content: String,
}

static FILES: LazyLock<[StaticFile; 3]> = LazyLock::new(|| {
    let script = format!("(() => {{\n\"use strict\";\n{}\n}})();\n", SCRIPT.join("\n"));
    [
        file("app.css", "text/css; charset=utf-8", STYLE.join("\n")),
        file("app.js", "text/javascript; charset=utf-8", script),
        file("icon.svg", "image/svg+xml", include_str!("../static/icon.svg").to_owned()),
    ]
});

pub fn files() -> &'static [StaticFile] {
    FILES.as_slice()
}

/// The address of a file: `asset("app.css")` is `/static/app-0123456789abcdef.css`.
pub fn asset(name: &str) -> String {
    let hashed = files().iter().find(|file| file.name == name).map_or(name, |file| &file.hashed_name);
    format!("/static/{hashed}")
}

/// Serves `/static/{name}`; nothing else, and never a listing.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/static/{name}", get(serve))
}

async fn serve(Path(name): Path<String>) -> Response {
    let Some(file) = files().iter().find(|file| file.hashed_name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, file.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, file.content.as_str()).into_response()
}

fn file(name: &'static str, media_type: &'static str, content: String) -> StaticFile {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let hashed_name = format!("{stem}-{:016x}.{extension}", fingerprint(&content));
    StaticFile { name, hashed_name, media_type, content }
}

/// FNV-1a: only has to change when the content does.
fn fingerprint(content: &str) -> u64 {
    content.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
