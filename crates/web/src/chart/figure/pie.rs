//! A pie of whole groups; the smallest make one slice.

use maud::{Markup, html};
use std::f64::consts::{PI, TAU};

use super::{Drawing, at, colour, legend as plain_legend, letter};
use http_door::text::t;

const SIZE: f64 = 320.0;
const RADIUS: f64 = 150.0;
const MOST: usize = 12;
/// Narrower ones have no room for their letter.
const ROOM: f64 = 0.16;

/// Names and sizes; what is not more than nothing has no slice.
fn sizes(drawing: &Drawing<'_>) -> Vec<(String, i64)> {
    let mut all: Vec<(String, i64)> = (0..drawing.charted.groups.len())
        .filter_map(|group| {
            let name = drawing.charted.groups.get(group).map(super::words::group)?;
            Some((name, drawing.charted.whole(group).filter(|size| *size > 0)?))
        })
        .collect();
    if all.len() > MOST {
        let mut by_size: Vec<i64> = all.iter().map(|(_, size)| *size).collect();
        by_size.sort_unstable_by_key(|size| std::cmp::Reverse(*size));
        let least = by_size.get(MOST - 2).copied().unwrap_or(0);
        let mut room = MOST - 1;
        let mut others = 0_i64;
        all.retain(|(_, size)| {
            let stays = *size >= least && room > 0;
            if stays {
                room -= 1;
            } else {
                others = others.saturating_add(*size);
            }
            stays
        });
        all.push((t("chart-others").into_owned(), others));
    }
    all
}

pub(super) fn slices(drawing: &Drawing<'_>) -> ((f64, f64), Markup) {
    let sizes = sizes(drawing);
    let total: f64 = sizes.iter().map(|(_, size)| *size as f64).sum();
    let mut turned = -PI / 2.0;
    let mut slices = Vec::new();
    for (name, size) in &sizes {
        let share = *size as f64 / total * TAU;
        slices.push((turned, share, format!("{name}: {}", drawing.shown(*size))));
        turned += share;
    }
    let centre = SIZE / 2.0;
    let point = |angle: f64, radius: f64| (centre + radius * angle.cos(), centre + radius * angle.sin());
    let shapes = html! {
        @for (place, (from, share, tip)) in slices.iter().enumerate() {
            @if slices.len() == 1 {
                circle class=(colour(place)) cx=(at(centre)) cy=(at(centre)) r=(at(RADIUS)) { title { (tip) } }
            } @else {
                @let ((x1, y1), (x2, y2)) = (point(*from, RADIUS), point(from + share, RADIUS));
                @let large = u8::from(*share > PI);
                path class=(colour(place)) d={ "M" (at(centre)) "," (at(centre)) "L" (at(x1)) "," (at(y1)) "A" (at(RADIUS)) "," (at(RADIUS)) " 0 " (large) " 1 " (at(x2)) "," (at(y2)) "Z" } {
                    title { (tip) }
                }
            }
            @if *share > ROOM {
                @let (x, y) = point(from + share / 2.0, RADIUS * 0.72);
                text class="letter" x=(at(x)) y=(at(y + 5.0)) text-anchor="middle" { (letter(place)) }
            }
        }
    };
    ((SIZE, SIZE), shapes)
}

/// With sizes and shares, which a pie tells badly.
pub(super) fn legend(drawing: &Drawing<'_>) -> Markup {
    let sizes = sizes(drawing);
    let total: i128 = sizes.iter().map(|(_, size)| i128::from(*size)).sum();
    let named = sizes.iter().map(|(name, size)| {
        let share = (i128::from(*size) * 1_000 / total.max(1) + 5) / 10;
        format!("{name}: {} ({share} %)", drawing.shown(*size))
    });
    plain_legend(named)
}
