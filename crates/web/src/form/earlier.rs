//! Files of earlier messages of the ticket, to be sent along with an answer (TC-114).

use super::inputs::{Inputs, Offer};
use super::submission::Submission;
use crate::component::attachment::size;
use actions::{
    Actor, Result, Tx, lists,
    ticket::show::{self, NamedFile},
};
use domain::{ChangeId, TicketId};
use http_door::text::{t, tr};
use jiff::tz::TimeZone;
use maud::{Markup, html};

/// The boxes: `entry-part`.
pub(super) const FILES: &str = "again_file";
/// The newest; older ones are forwarded with their entry.
const OFFERED: i64 = 50;

pub(super) async fn offers(tx: &mut Tx, actor: &Actor, ticket: TicketId) -> Result<Vec<Offer>> {
    let zone = lists::zone_of(actor);
    let files = show::files(tx, actor, ticket, OFFERED).await?;
    Ok(files.iter().map(|file| (format!("{}-{}", file.change, file.part.id), label(file, &zone))).collect())
}

fn label(file: &NamedFile, zone: &TimeZone) -> String {
    let words = [
        ("name", crate::file::name(&file.part).into()),
        ("size", size(file.part.size.max(0) as u64).into()),
        ("author", file.author.display_name().to_owned().into()),
        ("date", file.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string().into()),
    ];
    let label = tr("form-earlier-file", &words);
    if file.internal { format!("{label} · {}", t("form-earlier-internal")) } else { label }
}

pub(super) fn choices(inputs: Inputs<'_>, offers: &[Offer]) -> Markup {
    let is_open = inputs.form.has(FILES) || inputs.refusal.on(FILES).is_some();
    html! {
        @if !offers.is_empty() {
            details class="field" open[is_open] {
                summary { (t("form-earlier-files")) " (" (offers.len()) ")" }
                p class="hint" { (t("form-earlier-files-hint")) }
                (inputs.choices(FILES, &t("form-earlier-files"), offers, true))
            }
        }
    }
}

pub(super) fn ticked(form: &Submission) -> Vec<(ChangeId, i64)> {
    let numbers = |text: &str| {
        let (change, part) = text.split_once('-')?;
        Some((change.parse().ok()?, part.parse().ok()?))
    };
    // what is no pair of numbers is no file of ours, and is told like one that is gone
    form.all(FILES).map(|text| numbers(text).unwrap_or((ChangeId(0), 0))).collect()
}
