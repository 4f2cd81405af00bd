//! What groupings, measures and groups are called.

use actions::chart::{Charted, Group};
use domain::chart::{Chart, Grouping, Measure, Quantity};
use http_door::text::{t, tr};

pub(super) fn field(name: &str) -> String {
    t(&format!("chart-field-{}", name.to_lowercase())).into_owned()
}

pub(super) fn grouping(grouping: &Grouping) -> String {
    match grouping {
        Grouping::Plain(name) => field(name),
        Grouping::Person(name, part) | Grouping::Date(name, part) => {
            let part = t(&format!("chart-part-{}", part.to_lowercase()));
            tr("chart-by", &[("field", field(name).into()), ("part", part.into())])
        }
        Grouping::Field(name) => name.clone(),
    }
}

pub(super) fn measure(measure: Measure) -> String {
    match measure {
        Measure::Count => t("chart-count").into_owned(),
        Measure::Of(function, of) => {
            let function = t(&format!("chart-function-{}", function.name().to_lowercase()));
            tr("chart-measured", &[("function", function.into()), ("quantity", quantity(of).into())])
        }
    }
}

pub(super) fn quantity(quantity: Quantity) -> String {
    match quantity.between {
        None => field(quantity.name),
        Some((from, to)) => tr("chart-between", &[("from", field(from).into()), ("to", field(to).into())]),
    }
}

/// A group by its name, whatever it is.
pub(super) fn group(group: &Group) -> String {
    if group.key.is_none() { t("chart-no-value").into_owned() } else { group.label.clone() }
}

/// "Tickets by Status".
pub(super) fn title(chart: &Chart) -> String {
    let measure = measure(chart.measures.first().copied().unwrap_or(Measure::Count));
    let group = grouping(&chart.group);
    match &chart.within {
        None => tr("chart-titled", &[("measure", measure.into()), ("group", group.into())]),
        Some(within) => tr(
            "chart-titled-within",
            &[("measure", measure.into()), ("group", group.into()), ("within", grouping(within).into())],
        ),
    }
}

/// What the drawing shows, in a sentence.
pub(super) fn description(charted: &Charted) -> String {
    let sizes = (0..charted.groups.len()).filter_map(|place| Some((charted.whole(place)?, place)));
    let Some((size, place)) = sizes.max() else { return t("chart-description-nothing").into_owned() };
    let largest = charted.groups.get(place).map(group).unwrap_or_default();
    let values =
        [("count", charted.groups.len().into()), ("largest", largest.into()), ("value", charted.drawn().shown(size).into())];
    tr("chart-description", &values)
}
