//! The lock of a ticket and the people at it. The script asks for the same markup again when it hears of a change.

use actions::lock::Held;
use actions::presence::{Around, Beside, Doing};
use domain::lock::LockKind;
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use crate::component::button::{Button, post};
use crate::component::chip::avatar;
use crate::component::icon::{Icon, icon};
use crate::component::time::{Clock, past, span};

pub(super) fn strip(around: &Around, clock: &Clock) -> Markup {
    html! {
        @if let Some(ticket) = around.ticket {
            div id="beside" class="beside" data-at=(urls::ticket_part(ticket, "presence"))
                data-ticket=(ticket) data-version=(around.version) data-news=(t("live-new-message")) { (fragment(around, clock)) }
        }
    }
}

pub(crate) fn fragment(around: &Around, clock: &Clock) -> Markup {
    html! {
        @if let Some(held) = &around.lock { (lock(held, clock)) }
        @if !around.others.is_empty() {
            ul class="presence" aria-label=(t("presence-label")) { @for beside in &around.others { (person(beside, clock)) } }
        }
    }
}

fn lock(held: &Held, clock: &Clock) -> Markup {
    let key = if held.mine { "lock-mine" } else { "lock-theirs" };
    let words = [
        ("holder", held.holder.clone().into()),
        ("span", span(held.lock.held(clock.now).as_secs().unsigned_abs()).into()),
        ("kind", t(kind_key(held.lock.kind)).into_owned().into()),
    ];
    html! {
        div class={ "notice lock " (if held.mine { "good" } else { "bad" }) } role="status" {
            (icon(Icon::Lock))
            span { (tr(key, &words)) }
            @if held.mine {
                div class="actions" { (post(&urls::ticket_part(held.lock.ticket, "unlock"), &Button::new(&t("lock-unlock")))) }
            }
        }
    }
}

pub(crate) fn kind_key(kind: LockKind) -> &'static str {
    match kind {
        LockKind::Auto => "lock-kind-auto",
        LockKind::Take => "lock-kind-take",
        LockKind::Hard => "lock-kind-hard",
    }
}

fn person(beside: &Beside, clock: &Clock) -> Markup {
    let name = || ("name", beside.name.clone().into());
    let (class, words) = match beside.doing {
        Some(Doing::Writing) => ("writing", tr("presence-writing", &[name()])),
        Some(Doing::Looking) => ("looking", tr("presence-looking", &[name()])),
        Some(Doing::Idle) => ("idle", tr("presence-idle", &[name()])),
        None => ("recently", tr("presence-recently", &[name(), ("ago", past(clock, beside.at).into())])),
    };
    html! {
        li class=(class) {
            (avatar(&beside.name))
            @if beside.doing == Some(Doing::Writing) { (icon(Icon::Pencil)) }
            span { (words) }
        }
    }
}
