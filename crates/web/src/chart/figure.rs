//! The drawing of a chart: one picture to assistive technology, with a title and a sentence that tells what it shows. Letters tell
//! parts apart, not colours alone; the numbers themselves stand in the table beside it.

mod bar;
mod line;
mod pie;

use actions::chart::Charted;
use domain::chart::Style;
use http_door::text::tr;
use maud::{Markup, html};

use super::words;

/// Groups that are drawn; more can be read in the table only.
const MOST: usize = 40;
/// Letters of a label that have room.
const LONGEST_LABEL: usize = 22;

/// Numbers as they are drawn, and the letters that tell the parts of each group apart.
struct Drawing<'a> {
    charted: &'a Charted,
    labels: Vec<String>,
    parts: Vec<String>,
}

impl Drawing<'_> {
    fn value(&self, group: usize, part: usize) -> Option<i64> {
        self.charted.value(group, part, 0)
    }
    fn shown(&self, value: i64) -> String {
        self.charted.drawn().shown(value)
    }
    /// What a part says when one points at it.
    fn tip(&self, group: usize, part: usize, value: i64) -> String {
        let label = self.labels.get(group).map_or("", String::as_str);
        let part = self.parts.get(part).filter(|_| self.charted.is_split()).map(|part| format!(", {part}")).unwrap_or_default();
        format!("{label}{part}: {}", self.shown(value))
    }
}

pub(super) fn figure(charted: &Charted, id: &str) -> Markup {
    let labels: Vec<String> = charted.groups.iter().take(MOST).map(words::group).collect();
    let drawing = Drawing { charted, labels, parts: charted.within.iter().map(words::group).collect() };
    // averages and the like are no parts of a whole
    let style = match charted.chart.style {
        Style::Stacked | Style::Pie if !charted.drawn().adds_up() => Style::Bar,
        style => style,
    };
    let (size, shapes) = match style {
        Style::Bar => bar::bars(&drawing, false),
        Style::Stacked => bar::bars(&drawing, true),
        Style::Line => line::lines(&drawing),
        Style::Pie => pie::slices(&drawing),
    };
    let (title, description) = (format!("{id}-drawn"), format!("{id}-told"));
    html! {
        figure class="chart" {
            svg viewBox={ "0 0 " (size.0) " " (size.1) } class={ "drawing " (style.name()) } role="img" aria-labelledby={ (title) " " (description) } {
                title id=(title) { (words::title(&charted.chart)) }
                desc id=(description) { (words::description(charted)) }
                (shapes)
            }
            @if style == Style::Pie { (pie::legend(&drawing)) } @else if charted.is_split() { (legend(drawing.parts.iter().cloned())) }
            @if charted.groups.len() > MOST { figcaption class="hint" { (tr("chart-drawn-first", &[("count", MOST.into())])) } }
        }
    }
}

/// Which letter and colour is what.
fn legend(names: impl Iterator<Item = String>) -> Markup {
    html! {
        ul class="chart-legend" {
            @for (place, name) in names.enumerate() {
                li { span class={ "swatch " (colour(place)) } { (letter(place)) } " " bdi { (name) } }
            }
        }
    }
}

fn letter(place: usize) -> char {
    u8::try_from(place % 26).map_or('?', |place| char::from(b'A' + place))
}

/// The class of a part: colours come again, letters do not.
fn colour(place: usize) -> String {
    format!("series-{}", place % 8 + 1)
}

/// A number of the picture, short.
fn at(number: f64) -> String {
    format!("{number:.1}")
}

fn short(label: &str, most: usize) -> String {
    if label.chars().count() <= most {
        return label.to_owned();
    }
    label.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}
