//! The draft that waits for a form: offered, or told that it is in place.

use http_door::text::{t, tr};
use http_door::urls;
use jiff::Timestamp;
use maud::{Markup, html};

use super::Waiting;
use crate::component::button::{Button, Tone, link, post};
use crate::component::icon::{Icon, icon};
use crate::component::time::Clock;
use crate::place::DRAFT;

pub(super) fn offer(waiting: &Waiting, clock: &Clock, here: &str) -> Markup {
    match waiting {
        Waiting::Nothing => html! {},
        Waiting::Offered { key, saved } => {
            let restore = urls::with(here, &[(DRAFT, "restore")]);
            notice(
                "draft-offer",
                *saved,
                clock,
                &html! {
                    (link(&restore, &Button::new(&t("draft-restore"))))
                    (discard(key, here))
                },
            )
        }
        Waiting::Restored { key, saved, .. } => notice("draft-restored", *saved, clock, &discard(key, &urls::scoped(key))),
    }
}

fn notice(words: &str, saved: Timestamp, clock: &Clock, actions: &Markup) -> Markup {
    let time = [("time", local(saved, clock).into())];
    html! {
        div class="notice hint draft" id="draft" role="status" {
            (icon(Icon::Pencil))
            span { (tr(words, &time)) }
            div class="actions" { (actions) }
        }
    }
}

fn discard(key: &str, next: &str) -> Markup {
    let discard = t("draft-discard");
    let label = Button::new(&discard).tone(Tone::Quiet);
    let address = urls::with("/drafts/discard", &[("form", key), ("next", next)]);
    post(&address, &label)
}

/// The hour alone on the same day.
fn local(saved: Timestamp, clock: &Clock) -> String {
    let (then, now) = (saved.to_zoned(clock.zone.clone()), clock.now.to_zoned(clock.zone.clone()));
    let format = if then.date() == now.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    then.strftime(format).to_string()
}
