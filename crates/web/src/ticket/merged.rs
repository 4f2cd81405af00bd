//! What was merged into the ticket, and the way to take it out again (TC-085).

use actions::ticket::show::MergedTicket;
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::Sheet;
use crate::component::button::icon_link;
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::time::moment;

pub(super) fn merged(sheet: &Sheet<'_>) -> Markup {
    let all = &sheet.view.merged;
    let frame = Panel { id: "merged", title: &t("merged-title"), count: all.len() as u64, ..Panel::default() };
    let body = html! { ul { @for one in all { li { (line(sheet, one)) } } } };
    html! { @if !all.is_empty() { (panel(&frame, &body)) } }
}

fn line(sheet: &Sheet<'_>, one: &MergedTicket) -> Markup {
    let number = [("ticket", one.ticket.id.to_string().into())];
    let is_outermost = one.into == sheet.view.ticket.id;
    html! {
        "#" (one.ticket.id) " " bdi { (one.ticket.subject) }
        @if !is_outermost { " " span class="address" { (tr("merged-inside", &[("ticket", one.into.to_string().into())])) } }
        " " span class="address" { (moment(&sheet.clock, one.at)) " " (tr("merged-by", &[("name", one.by.display_name().into())])) }
        @if is_outermost && sheet.view.may_modify() {
            " " (icon_link(&urls::ticket_part(one.ticket.id, "unmerge"), Icon::Cross, &tr("merged-take-out", &number)))
        }
    }
}
