//! That mail does not reach somebody, beside their name: since when, and what the report said.

use actions::account::reachability::Unreachable;
use http_door::text::{t, tr};
use maud::{Markup, html};

use super::icon::{Icon, icon};

pub fn unreachable(mark: &Unreachable) -> Markup {
    let day = mark.since.strftime("%Y-%m-%d").to_string();
    let reason = if mark.reason.is_empty() { t("person-bounces-unsaid").into_owned() } else { mark.reason.clone() };
    html! {
        span class="file-warning unreachable" {
            (icon(Icon::Alert)) span { (tr("person-bounces", &[("day", day.into()), ("reason", reason.into())])) }
        }
    }
}
