//! Names and values, one pair a line.

use http_door::text::t;
use maud::{Markup, html};

#[derive(Debug, Clone)]
pub struct Fact<'a> {
    pub name: &'a str,
    pub value: Markup,
}

pub fn fact(name: &str, value: Markup) -> Fact<'_> {
    Fact { name, value }
}

/// A fact of plain text; "(none)" when there is none.
pub fn text_fact<'a>(name: &'a str, value: &str) -> Fact<'a> {
    let value = if value.is_empty() {
        none()
    } else {
        html! { (value) }
    };
    Fact { name, value }
}

/// What stands where nothing is.
pub fn none() -> Markup {
    html! { span class="none" { (t("none")) } }
}

pub fn facts(facts: &[Fact<'_>]) -> Markup {
    html! { dl class="facts" { @for fact in facts { div { dt { (fact.name) } dd { (fact.value) } } } } }
}
