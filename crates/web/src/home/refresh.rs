//! Reading the page again by itself (IR-294): never, or every so many minutes, by choice or by what a saved search asks for.

use domain::{dashboard::WidgetKind, preference, setting::Kind};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::Board;
use crate::component::button::{Button, submit};
use crate::component::field::{Choice, Control, Field, field};
use crate::component::panel::{Panel, panel};

/// Minutes; 0 is never. What was chosen, and no longer than the shortest that a search on the page asks for.
pub(super) fn minutes(board: &Board<'_>) -> i64 {
    let shown = |id: i64| board.home.widgets.iter().any(|widget| widget.kind == WidgetKind::Search(id));
    let searches = board.home.searches.iter().filter(|search| shown(search.id)).map(|search| search.refresh);
    let chosen = board.preferences.number(preference::HOME_REFRESH);
    searches.chain([chosen]).filter(|minutes| *minutes > 0).min().unwrap_or(0)
}

pub(super) fn shown(board: &Board<'_>) -> Markup {
    let chosen = board.preferences.text(preference::HOME_REFRESH);
    let known = preference::named(preference::HOME_REFRESH).map(|one| one.kind);
    let values: Vec<&str> = match known {
        Some(Kind::Choice(choices)) => choices.iter().map(|(name, _)| *name).collect(),
        _ => vec![],
    };
    let words: Vec<String> = values.iter().map(|value| t(&format!("preference-home-refresh-{value}")).into_owned()).collect();
    let choices: Vec<Choice<'_>> =
        values.iter().zip(&words).map(|(value, label)| Choice { value, label, chosen: *value == chosen }).collect();
    let label = t("preference-home-refresh");
    let body = html! {
        form method="post" action=(urls::preference("home-refresh")) class="form" {
            input type="hidden" name="return" value=(board.visit.here);
            (field(&Field::new("home-refresh", &label, Control::Select(&choices)).value(chosen)))
            div class="form-actions" { (submit(&Button::new(&t("preferences-save")))) }
        }
    };
    panel(&Panel { id: "refresh", title: &t("home-refresh"), ..Panel::default() }, &body)
}
