//! Groups from left to right, a line a part; each line has dashes of its own and its letter at the end.

use maud::{Markup, html};

use super::{Drawing, at, colour, letter, short};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 100.0;
const RIGHT: f64 = 30.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 34.0;
/// Labels that have room beneath.
const MOST_LABELS: usize = 6;

pub(super) fn lines(drawing: &Drawing<'_>) -> ((f64, f64), Markup) {
    let groups = drawing.labels.len();
    let adds_up = drawing.charted.drawn().adds_up();
    // no tickets are none; no average is nothing to draw
    let value = |group: usize, part: usize| drawing.value(group, part).or(adds_up.then_some(0));
    let all = (0..groups).flat_map(|group| (0..drawing.parts.len()).filter_map(move |part| drawing.value(group, part)));
    let (low, high) = all.fold((0_i64, 0_i64), |(low, high), number| (low.min(number), high.max(number)));
    let high = if low == high { high + 1 } else { high };
    let x = |group: usize| {
        let step = if groups > 1 { group as f64 / (groups - 1) as f64 } else { 0.5 };
        LEFT + step * (WIDTH - LEFT - RIGHT)
    };
    let y = |value: i64| HEIGHT - BOTTOM - (value - low) as f64 / (high - low) as f64 * (HEIGHT - TOP - BOTTOM);
    let every = groups.div_ceil(MOST_LABELS).max(1);
    let levels = if low < 0 { vec![low, 0, high] } else { vec![0, high] };
    let shapes = html! {
        @for level in &levels {
            line class="grid" x1=(at(LEFT)) x2=(at(WIDTH - RIGHT)) y1=(at(y(*level))) y2=(at(y(*level))) {}
            text class="number" x=(at(LEFT - 8.0)) y=(at(y(*level) + 5.0)) text-anchor="end" { (drawing.shown(*level)) }
        }
        @for (group, label) in drawing.labels.iter().enumerate().step_by(every) {
            text class="label" x=(at(x(group))) y=(at(HEIGHT - 10.0)) text-anchor="middle" { (short(label, 13)) }
        }
        @for part in 0..drawing.parts.len() {
            @let points: Vec<(usize, i64)> = (0..groups).filter_map(|group| Some((group, value(group, part)?))).collect();
            @let path: Vec<String> = points.iter().map(|(group, value)| format!("{},{}", at(x(*group)), at(y(*value)))).collect();
            polyline class={ "stroke " (colour(part)) } points=(path.join(" ")) {}
            @for (group, value) in &points {
                circle class=(colour(part)) cx=(at(x(*group))) cy=(at(y(*value))) r="4" { title { (drawing.tip(*group, part, *value)) } }
            }
            @if let Some((group, value)) = points.last().filter(|_| drawing.charted.is_split()) {
                text class="letter" x=(at(x(*group) + 8.0)) y=(at(y(*value) + 5.0)) { (letter(part)) }
            }
        }
    };
    ((WIDTH, HEIGHT), shapes)
}
