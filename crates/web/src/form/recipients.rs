//! Who would get mail, by which rule, and what else would happen; each recipient can be left out (IR-380, TC-026, TC-166).
//! Without a script the box is brought up to date by *Preview*, with one by itself.

use super::submission::Submission;
use crate::component::{
    button::{Button, Tone},
    panel::{Panel, panel},
    unreachable::unreachable,
};
use actions::{Posted, ticket::Preview};
use domain::digest::Frequency;
use domain::person::EmailAddress;
use http_door::text::{t, tr};
use maud::{Markup, html};

/// The button that asks.
pub(super) const PREVIEW: &str = "preview";
/// Every address that the box showed …
const SHOWN: &str = "previewed";
/// … and those that stayed ticked.
const TICKED: &str = "mail";

pub(super) fn button(label: &str) -> Button<'_> {
    Button::new(label).tone(Tone::Quiet).sends(PREVIEW, "1")
}

/// Addresses that were shown and unticked.
pub(super) fn left_out(form: &Submission) -> Vec<EmailAddress> {
    let shown = form.all(SHOWN).filter(|address| !form.all(TICKED).any(|ticked| ticked == *address));
    shown.filter_map(|address| EmailAddress::parse(address).ok()).collect()
}

pub(super) fn recipients(preview: Option<&Preview>, form: &Submission) -> Markup {
    let frame = Panel { id: "recipients", title: &t("form-recipients"), ..Panel::default() };
    let Some(preview) = preview else {
        return panel(&frame, &html! { div class="fields" { p class="hint" { (t("preview-none")) } (kept(form)) } });
    };
    let mut addresses: Vec<(&Posted, Vec<&str>)> = Vec::new();
    for posted in &preview.posted {
        match addresses.iter_mut().find(|(known, _)| known.address == posted.address) {
            Some((_, rules)) => rules.push(&posted.rule),
            None => addresses.push((posted, vec![&posted.rule])),
        }
    }
    let body = html! { div class="fields" {
        @if addresses.is_empty() { p { (t("preview-nobody")) } } @else { p class="hint" { (t("preview-hint")) } }
        @for (posted, rules) in &addresses { (line(posted, rules, form)) (warning(preview, posted)) }
        @if !preview.rules.is_empty() {
            details { summary { (t("preview-rules")) } ul { @for rule in &preview.rules { li { (rule) } } } }
        }
    } };
    panel(&frame, &body)
}

fn line(posted: &Posted, rules: &[&str], form: &Submission) -> Markup {
    let address = posted.address.as_str();
    let was_shown = form.all(SHOWN).any(|shown| shown == address);
    let ticked = !was_shown || form.all(TICKED).any(|one| one == address);
    let who = posted.name.as_ref().map_or_else(|| address.to_owned(), |name| format!("{name} <{address}>"));
    if posted.frequency == Frequency::Suspended {
        return html! { p { bdi { (who) } " " span class="address" { (t("preview-suspended")) } } };
    }
    html! {
        input type="hidden" name=(SHOWN) value=(address);
        label class="check" {
            input type="checkbox" name=(TICKED) value=(address) checked[ticked];
            span {
                bdi { (who) } " " span class="address" { (tr("preview-by", &[("rules", rules.join(", ").into())])) }
                @if posted.frequency != Frequency::Each {
                    " " span class="address" { (t(&format!("preview-later-{}", posted.frequency.as_str()))) }
                }
                @if posted.hidden { " " span class="address" { (t("preview-hidden")) } }
            }
        }
    }
}

fn warning(preview: &Preview, posted: &Posted) -> Markup {
    let mark = preview.unreachable.iter().find(|mark| mark.address == posted.address.as_str());
    html! { @if let Some(mark) = mark { (unreachable(mark)) } }
}

/// What was chosen before stays chosen when there is nothing to show.
fn kept(form: &Submission) -> Markup {
    html! {
        @for shown in form.all(SHOWN) { input type="hidden" name=(SHOWN) value=(shown); }
        @for ticked in form.all(TICKED) { input type="hidden" name=(TICKED) value=(ticked); }
    }
}
