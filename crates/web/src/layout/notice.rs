//! What the last act led to, at the head of the page: announced politely, failures at once.

use http_door::text::t;
use maud::{Markup, html};

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
}

pub fn notices(notices: &[Notice]) -> Markup {
    html! {
        @if !notices.is_empty() { div class="notices" { @for notice in notices { (one(notice)) } } }
    }
}

fn one(notice: &Notice) -> Markup {
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
            button type="button" class="button quiet square needs-script" data-dismiss aria-label=(t("notice-dismiss")) {
                (icon(Icon::Cross))
            }
        }
    }
}
