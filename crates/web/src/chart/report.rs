//! Ready reports (TC-287): a choice and two dates make the address of a chart.

use domain::chart::{Chart, Function, Grouping, Measure, QUANTITIES, Sort, Style};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};
use query::{Field as Named, Op, Query, Term, Value};

use crate::component::button::{Button, submit};
use crate::component::field::{Control, Field};
use crate::component::form::columns;
use crate::component::panel::{Panel, panel};
use crate::component::time::Clock;
use crate::form::inputs::Offer;
use crate::form::{inputs::Inputs, refusal::Refusal, submission::Submission};

const REPORTS: [&str; 4] = ["resolved-by-owner", "resolved-by-day", "created-by-day", "time-worked"];

pub(super) fn shown(form: &Submission, clock: &Clock) -> Markup {
    let mut form = form.clone();
    let today = clock.now.to_zoned(clock.zone.clone()).date();
    let month_ago = today.checked_sub(jiff::Span::new().days(30)).unwrap_or(today);
    form.preset("from", month_ago);
    form.preset("until", today);
    let inputs = Inputs { form: &form, refusal: &Refusal::default() };
    let offers: Vec<Offer> =
        REPORTS.iter().map(|name| ((*name).to_owned(), t(&format!("chart-report-{name}")).into_owned())).collect();
    panel(
        &Panel { id: "reports", title: &t("chart-reports"), ..Panel::default() },
        &html! {
            form class="form" method="get" action=(urls::chart_page()) {
                (columns(&[
                    inputs.select("report", &t("chart-report"), &offers, &t("chart-reports-hint")),
                    inputs.any(&Field::new("from", &t("chart-report-from"), Control::Date)),
                    inputs.any(&Field::new("until", &t("chart-report-until"), Control::Date)),
                ]))
                div class="form-actions" { (submit(&Button::new(&t("chart-draw")))) }
            }
        },
    )
}

/// Where the form of a report leads; dates that are none are those of the last thirty days.
pub(super) fn address(form: &Submission, clock: &Clock) -> Option<String> {
    let report = REPORTS.into_iter().find(|name| *name == form.text("report"))?;
    let today = clock.now.to_zoned(clock.zone.clone()).date();
    let date = |name: &str| form.text(name).parse::<jiff::civil::Date>().ok();
    let until = date("until").unwrap_or(today);
    let from = date("from").unwrap_or_else(|| until.checked_sub(jiff::Span::new().days(30)).unwrap_or(until));
    // the last day belongs to it
    let beyond = until.tomorrow().unwrap_or(until);
    let field = match report {
        "created-by-day" => "Created",
        "time-worked" => "LastUpdated",
        _ => "Resolved",
    };
    let term = |op, date: jiff::civil::Date| Query::Term(Term::new(Named::named(field), op, Value::Text(date.to_string())));
    let query = Query::And(vec![term(Op::Ge, from), term(Op::Lt, beyond)]);
    let owner = Grouping::Person("Owner", "Name");
    let chart = match report {
        "resolved-by-owner" => Chart { group: owner, sort: Sort::ValueDown, ..Chart::default() },
        "time-worked" => Chart {
            group: owner,
            measures: vec![Measure::Of(Function::Sum, QUANTITIES[0]), Measure::Count],
            sort: Sort::ValueDown,
            ..Chart::default()
        },
        _ => Chart { group: Grouping::Date(field, "Daily"), style: Style::Line, ..Chart::default() },
    };
    Some(urls::chart(&query.to_string(), &chart.pairs()))
}
