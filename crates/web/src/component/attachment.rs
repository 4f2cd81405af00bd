//! Files of a message: served as downloads only, so the link says so and nothing is shown inline. What could run when opened
//! comes in a container whose password stands beside it; what is something else than it says is marked.

use http_door::text::{t, tr};
use maud::{Markup, html};

use super::icon::{Icon, icon};

#[derive(Debug, Clone)]
pub struct Attachment<'a> {
    pub name: &'a str,
    pub href: &'a str,
    pub media_type: &'a str,
    pub bytes: u64,
    pub caution: Caution,
}

/// What whoever opens a file should know first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Caution {
    /// The password of its container.
    pub password: Option<&'static str>,
    /// What it is, where that is not what it says; a key of the catalogue.
    pub found: Option<&'static str>,
}

impl Caution {
    pub fn shown(self) -> Markup {
        html! {
            @if let Some(found) = self.found {
                " " span class="file-warning" { (icon(Icon::Alert)) (tr("file-lies", &[("found", t(&format!("file-{found}")).into_owned().into())])) }
            }
            @if let Some(password) = self.password { " " span class="file-guard" { (t("file-guarded")) " " code { (password) } } }
        }
    }
}

pub fn attachments(files: &[Attachment<'_>]) -> Markup {
    html! {
        @if !files.is_empty() {
            ul class="attachments" {
                @for file in files {
                    li {
                        a href=(file.href) download title=(file.media_type) {
                            (icon(Icon::File)) bdi { (file.name) } span class="size" { (size(file.bytes)) }
                        }
                        (file.caution.shown())
                    }
                }
            }
        }
    }
}

/// A size in the largest unit that keeps it above one, with one decimal below ten.
pub fn size(bytes: u64) -> String {
    let (key, unit) = match bytes {
        ..1_024 => return tr("size-bytes", &[("size", bytes.into())]),
        1_024..1_048_576 => ("size-kilobytes", 1_024),
        _ => ("size-megabytes", 1_048_576),
    };
    let whole = bytes / unit;
    let tenth = (bytes % unit) * 10 / unit;
    let number = if whole < 10 { format!("{whole}.{tenth}") } else { whole.to_string() };
    tr(key, &[("size", number.into())])
}
