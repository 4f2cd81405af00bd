//! Bars from left to right, a group a line: side by side for its parts, or one behind the other.

use maud::{Markup, html};

use super::{Drawing, LONGEST_LABEL, at, colour, letter, short};

const WIDTH: f64 = 640.0;
/// Where the bars begin: labels stand before.
const LEFT: f64 = 180.0;
/// Room for numbers behind them.
const RIGHT: f64 = 110.0;
const BAR: f64 = 20.0;
const GAP: f64 = 10.0;

/// Numbers to places.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn over(numbers: impl Iterator<Item = i64>) -> Self {
        let (low, high) = numbers.fold((0_i64, 0_i64), |(low, high), number| (low.min(number), high.max(number)));
        Self { low: low as f64, high: if low == high { 1.0 } else { high as f64 } }
    }
    fn x(&self, value: f64) -> f64 {
        LEFT + (value - self.low) / (self.high - self.low) * (WIDTH - LEFT - RIGHT)
    }
}

pub(super) fn bars(drawing: &Drawing<'_>, stacked: bool) -> ((f64, f64), Markup) {
    let groups = drawing.labels.len();
    let lines = if stacked { 1 } else { drawing.parts.len().max(1) };
    let row = lines as f64 * BAR + GAP;
    let values = |group: usize| (0..drawing.parts.len()).filter_map(move |part| drawing.value(group, part));
    let scale = if stacked {
        Scale::over((0..groups).map(|group| values(group).map(|value| value.max(0)).fold(0, i64::saturating_add)))
    } else {
        Scale::over((0..groups).flat_map(values))
    };
    let height = groups as f64 * row + GAP;
    let zero = scale.x(0.0);
    let shapes = html! {
        @for (group, label) in drawing.labels.iter().enumerate() {
            @let top = group as f64 * row + GAP;
            text class="label" x=(at(LEFT - 8.0)) y=(at(top + (row - GAP) / 2.0 + 5.0)) text-anchor="end" { (short(label, LONGEST_LABEL)) }
            @if stacked { (one_behind_the_other(drawing, group, top, &scale)) } @else { (side_by_side(drawing, group, top, &scale)) }
        }
        line class="axis" x1=(at(zero)) x2=(at(zero)) y1="0" y2=(at(height)) {}
    };
    ((WIDTH, height), shapes)
}

fn side_by_side(drawing: &Drawing<'_>, group: usize, top: f64, scale: &Scale) -> Markup {
    let zero = scale.x(0.0);
    html! {
        @for part in 0..drawing.parts.len() {
            @if let Some(value) = drawing.value(group, part) {
                @let (end, y) = (scale.x(value as f64), top + part as f64 * BAR);
                rect class=(colour(part)) x=(at(zero.min(end))) y=(at(y)) width=(at((end - zero).abs().max(1.0))) height=(at(BAR - 3.0)) {
                    title { (drawing.tip(group, part, value)) }
                }
                @let letter = if drawing.charted.is_split() { format!("{} ", letter(part)) } else { String::new() };
                text class="number" x=(at(end.max(zero) + 6.0)) y=(at(y + 13.0)) { (letter) (drawing.shown(value)) }
            }
        }
    }
}

fn one_behind_the_other(drawing: &Drawing<'_>, group: usize, top: f64, scale: &Scale) -> Markup {
    let mut begin = 0_i64;
    let mut pieces = Vec::new();
    for part in 0..drawing.parts.len() {
        let value = drawing.value(group, part).unwrap_or(0).max(0);
        let end = begin.saturating_add(value);
        if value > 0 {
            pieces.push((part, value, scale.x(begin as f64), scale.x(end as f64)));
        }
        begin = end;
    }
    let split = drawing.charted.is_split();
    html! {
        @for (part, value, from, to) in &pieces {
            rect class=(colour(*part)) x=(at(*from)) y=(at(top)) width=(at((to - from).max(1.0))) height=(at(BAR - 3.0)) {
                title { (drawing.tip(group, *part, *value)) }
            }
            @if split && to - from > 14.0 { text class="letter" x=(at((from + to) / 2.0)) y=(at(top + 13.0)) text-anchor="middle" { (letter(*part)) } }
        }
        text class="number" x=(at(scale.x(begin as f64) + 6.0)) y=(at(top + 13.0)) { (drawing.shown(begin)) }
    }
}
