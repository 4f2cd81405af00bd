//! Files of messages, as downloads and nothing else: whatever they hold, no browser runs it in our name (TC-115), and what could
//! run when somebody opens it comes in a container with a password.

mod container;

pub(crate) use container::PASSWORD;

use actions::ticket::show;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use axum::routing::get;
use domain::ChangeId;
use domain::file_kind::{found, is_dangerous};
use http_door::{App, urls};

use crate::failure::{Answer, Failure};
use crate::visit::Visit;

/// What a file may do when a browser shows it after all: nothing.
pub(crate) const POLICY: &str = "sandbox; default-src 'none'";

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/files/{change}/{part}/{name}", get(download))
}

async fn download(visit: Visit, Path((change, part, _)): Path<(String, String, String)>) -> Answer {
    let nowhere = || Failure(actions::Error::NotFound);
    let change: ChangeId = change.parse().map_err(|_| nowhere())?;
    let part: i64 = part.parse().map_err(|_| nowhere())?;
    let mut tx = visit.app.desk.read().await?;
    let (shown, content) = show::file(&mut tx, &visit.actor, change, part).await?;
    answer(&name(&shown), &shown.content_type, content).await
}

/// Any file from outside: as it is, or in a container.
pub(crate) async fn answer(name: &str, said: &str, content: Vec<u8>) -> Answer {
    if !is_dangerous(name, said, found(&content)) {
        return Ok((headers(name, media_type(said, &content)), content).into_response());
    }
    let inside = name.to_owned();
    let packing = tokio::task::spawn_blocking(move || container::pack(&inside, &content));
    let packed: std::io::Result<Vec<u8>> = match packing.await {
        Ok(packed) => packed.map_err(std::io::Error::from),
        Err(broken) => Err(std::io::Error::other(broken)),
    };
    match packed {
        Ok(bytes) => Ok((headers(&container::name(name), "application/zip"), bytes).into_response()),
        Err(error) => {
            tracing::error!(%error, "a file could not be put into its container");
            Err(Failure(actions::Error::Unavailable("the file could not be packed".to_owned())))
        }
    }
}

/// Pages offer it in a container only.
pub(crate) fn is_guarded(part: &show::ShownPart) -> bool {
    is_dangerous(&name(part), &part.content_type, part.found)
}

/// What a link to the part ends with.
pub(crate) fn offered_name(part: &show::ShownPart) -> String {
    if is_guarded(part) { container::name(&name(part)) } else { name(part) }
}

/// Headers of any download of ours.
pub(crate) fn headers(name: &str, media_type: &'static str) -> [(HeaderName, String); 4] {
    [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition(name)),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ]
}

/// The name a part is offered under.
pub(crate) fn name(part: &show::ShownPart) -> String {
    let given: String = part.file_name.iter().flat_map(|name| name.chars()).filter(|c| !deceives(*c)).collect();
    let given = Some(given.trim()).filter(|name| !name.is_empty());
    let made_up = || match part.content_type.as_str() {
        "text/html" => "message.html".to_owned(),
        "text/plain" => "message.txt".to_owned(),
        "message/rfc822" => "message.eml".to_owned(),
        _ => format!("part-{}.bin", part.position),
    };
    given.map_or_else(made_up, str::to_owned)
}

/// Characters that turn what stands beside them around ("exe.fdp" for "pdf.exe") or cannot be seen.
fn deceives(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || c.is_control()
}

/// RFC 6266: a plain name for old programs, the real one in UTF-8 beside it (RFC 8187).
fn disposition(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' }).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", urls::encode(name).replace('/', "%2F"))
}

/// Pictures by what they are, text as plain text, all else as bytes; never what the sender says.
fn media_type(said: &str, content: &[u8]) -> &'static str {
    match domain::picture::media_type(content) {
        Some(picture) if said.starts_with("image/") => picture,
        _ if said == "text/plain" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        let header = disposition("Übersicht \"x\"\r\nSet-Cookie: a=b.pdf");
        assert!(
            header.starts_with("attachment; filename=\"_bersicht _x___Set-Cookie_ a_b.pdf\"; filename*=UTF-8''%C3%9Cbersicht")
        );
        assert!(!header.contains(['\r', '\n']));
    }

    #[test]
    fn what_runs_is_known_by_what_pages_see_of_it() {
        let shown = |found| show::ShownPart {
            id: 1,
            position: 1,
            parent: None,
            content_type: "application/pdf".to_owned(),
            file_name: Some("a.pdf".to_owned()),
            disposition: String::new(),
            content_id: None,
            headers: String::new(),
            size: 1,
            has_content: true,
            found,
        };
        let program = b"MZ\x90\0";
        assert!(is_guarded(&shown(found(program))) && is_dangerous("a.pdf", "application/pdf", found(program)));
        assert_eq!(offered_name(&shown(found(b"%PDF-1.7"))), "a.pdf");
    }

    #[test]
    fn nothing_that_runs_keeps_its_type() {
        assert_eq!(media_type("text/html", b"<script>"), "application/octet-stream");
        assert_eq!(media_type("image/svg+xml", b"<svg>"), "application/octet-stream");
        assert_eq!(media_type("image/png", b"\xff\xd8\xff\xe0"), "image/jpeg");
        assert_eq!(media_type("text/plain", b"GIF8"), "text/plain; charset=utf-8");
    }
}
