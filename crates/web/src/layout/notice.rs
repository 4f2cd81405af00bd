//! What the last act led to, at the head of the page: announced politely, failures at once.

use domain::{ActId, BatchId};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::keys::Act;
use crate::component::button::{Button, submit};
use crate::component::icon::{Icon, icon};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    Done,
    Hint,
    Warning,
    Failed,
}

#[derive(Debug, Clone)]
pub struct Notice {
    pub kind: NoticeKind,
    pub text: String,
    /// What it tells of can be taken back.
    pub undo: Option<Undo>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undo {
    pub act: ActId,
    pub batch: Option<BatchId>,
}

impl Undo {
    pub fn href(self) -> String {
        self.batch.map_or_else(|| urls::undo_act(self.act), urls::undo_batch)
    }
}

pub fn notices(notices: &[Notice], here: &str) -> Markup {
    html! {
        @if !notices.is_empty() { div class="notices" { @for notice in notices { (one(notice, here)) } } }
    }
}

fn one(notice: &Notice, here: &str) -> Markup {
    let (class, role, shape) = match notice.kind {
        NoticeKind::Done => ("notice good", "status", Icon::Check),
        NoticeKind::Hint => ("notice hint", "status", Icon::Bell),
        NoticeKind::Warning => ("notice warning", "status", Icon::Alert),
        NoticeKind::Failed => ("notice bad", "alert", Icon::Alert),
    };
    html! {
        div class=(class) role=(role) {
            (icon(shape))
            span { (notice.text) }
            @if let Some(undo) = notice.undo { (undo_form(undo, here)) }
            button type="button" class="button quiet square needs-script" data-dismiss aria-label=(t("notice-dismiss")) {
                (icon(Icon::Cross))
            }
        }
    }
}

/// Works without the script; the key does the same.
fn undo_form(undo: Undo, here: &str) -> Markup {
    html! {
        form method="post" action=(undo.href()) class="inline" {
            input type="hidden" name="next" value=(here);
            (submit(&Button::new(&t("undo-act")).act(Act::Undo)))
        }
    }
}
