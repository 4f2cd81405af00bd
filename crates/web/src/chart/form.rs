//! The form that a chart is chosen with. It is sent as the address of the chart.

use actions::{Tx, chart};
use domain::chart::{DATE_PARTS, DATES, Grouping, Measure, PARTS_OF_PEOPLE, PEOPLE, PLAIN, Sort, Style};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::words;
use crate::component::button::Button;
use crate::component::field::{Choice, Control, Field, Listed};
use crate::component::form::{columns, form_actions};
use crate::form::inputs::Offer;
use crate::form::{inputs::Inputs, refusal::Refusal, submission::Submission};
use crate::visit::Visit;

pub(super) fn shown(tx: &Tx, visit: &Visit, form: &Submission, refusal: &Refusal) -> Markup {
    let inputs = Inputs { form, refusal };
    let offers = groupings(&chart::fields(tx, &visit.actor));
    let styles: Vec<Offer> =
        Style::ALL.iter().map(|(_, name)| ((*name).to_owned(), t(&format!("chart-style-{name}")).into_owned())).collect();
    let sorts: Vec<Offer> =
        Sort::ALL.iter().map(|(_, name)| ((*name).to_owned(), t(&format!("chart-sort-{name}")).into_owned())).collect();
    let usual = Grouping::Plain("Status").written();
    html! {
        form class="form wide code-form" method="get" action=(urls::chart_page()) {
            (inputs.any(&Field::new("query", &t("search-query"), Control::Lines { rows: 2, draft: false }).hint(&t("search-hint"))))
            (columns(&[
                grouped(&inputs, ("group", &t("chart-group")), &offers, Some(&usual)),
                grouped(&inputs, ("within", &t("chart-within")), &offers, None),
                inputs.select("style", &t("chart-style"), &styles, ""),
                measured(&inputs, ("measure", &t("chart-measure")), false),
                measured(&inputs, ("measure2", &t("chart-measure-2")), true),
                measured(&inputs, ("measure3", &t("chart-measure-3")), true),
                inputs.select("sort", &t("chart-sort"), &sorts, ""),
                inputs.any(&Field::new("top", &t("chart-top"), Control::Line { kind: "number", autocomplete: "off" }).hint(&t("chart-top-hint"))),
            ]))
            (form_actions(&Button::new(&t("chart-draw")), &[], None))
        }
    }
}

/// Values and names of groupings, by what they belong to.
type Offers = Vec<(String, Vec<Offer>)>;

fn groupings(fields: &[String]) -> Offers {
    let offer = |grouping: Grouping| (grouping.written(), words::grouping(&grouping));
    let plain = PLAIN.iter().map(|name| offer(Grouping::Plain(name))).collect();
    let people = PEOPLE
        .iter()
        .map(|name| (words::field(name), PARTS_OF_PEOPLE.iter().map(|part| offer(Grouping::Person(name, part))).collect()));
    let dates =
        DATES.iter().map(|name| (words::field(name), DATE_PARTS.iter().map(|part| offer(Grouping::Date(name, part))).collect()));
    let custom = fields.iter().map(|name| offer(Grouping::Field(name.clone()))).collect();
    let mut all = vec![(String::new(), plain)];
    all.extend(people.chain(dates));
    all.push((t("chart-others-groups").into_owned(), custom));
    all
}

/// A short name of a grouping is chosen, too: `Owner` is `Owner.Name`.
fn grouped(inputs: &Inputs<'_>, (name, label): (&'static str, &str), offers: &Offers, usual: Option<&str>) -> Markup {
    let typed = inputs.form.text(name);
    let chosen = Grouping::parse(typed).map_or_else(|| usual.unwrap_or_default().to_owned(), |grouping| grouping.written());
    let none = Choice { value: "", label: &t("chart-none"), chosen: chosen.is_empty() };
    let mut groups: Vec<(&str, Vec<Choice<'_>>)> = if usual.is_none() { vec![("", vec![none])] } else { vec![] };
    for (title, offers) in offers.iter().filter(|(_, offers)| !offers.is_empty()) {
        groups.push((title, offers.iter().map(|(value, label)| Choice { value, label, chosen: *value == chosen }).collect()));
    }
    let listed = Listed { groups: &groups, many: false, rows: 1, based_on: "" };
    inputs.any(&Field::new(name, label, Control::Listed(listed)))
}

fn measured(inputs: &Inputs<'_>, (name, label): (&'static str, &str), may_be_none: bool) -> Markup {
    let none = may_be_none.then(|| (String::new(), t("chart-none").into_owned()));
    let all = Measure::all().map(|measure| (measure.written(), words::measure(measure)));
    let offers: Vec<Offer> = none.into_iter().chain(all).collect();
    inputs.select(name, label, &offers, "")
}
