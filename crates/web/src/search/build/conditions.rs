//! The conditions of a query as chips in groups, each with what can be done to it.

use http_door::text::{t, tr};
use maud::{Markup, html};
use query::{Place, Query};

use super::DO;
use super::act::{ROOT, place_of};
use crate::component::button::{Button, submit};
use crate::component::empty::empty_line;
use crate::component::field::{Control, Field, field};
use crate::component::icon::{Icon, icon};
use crate::parameters::Parameters;

/// The place of the part that is being changed as text, and its new text.
pub(super) const EDITED: &str = "edited";
pub(super) const NEW: &str = "new";

/// More than this is edited as text.
const MOST: usize = 200;

pub(super) fn shown(tree: Option<&Query>, has_mistake: bool, parameters: &Parameters) -> Markup {
    let edited = place_of(parameters.text(EDITED)).filter(|_| !parameters.text(EDITED).is_empty());
    let view = View { edited, typed: parameters.text(NEW) };
    html! {
        @match tree {
            None if has_mistake => (empty_line(&t("build-unreadable"))),
            None => (empty_line(&t("build-none"))),
            Some(tree) if size(tree) > MOST => (empty_line(&tr("build-too-many", &[("most", MOST.into())]))),
            Some(tree) => ul class="conditions" { (view.part(tree, &Place::default(), Around::default())) },
        }
    }
}

fn size(query: &Query) -> usize {
    match query {
        Query::And(parts) | Query::Or(parts) => parts.iter().map(size).sum::<usize>() + 1,
        Query::Not(inner) => size(inner),
        Query::Term(_) => 1,
    }
}

struct View<'a> {
    edited: Option<Place>,
    typed: &'a str,
}

/// What a part can be moved into or out of.
#[derive(Clone, Copy, Default)]
struct Around {
    has_one_before: bool,
    is_in_a_group: bool,
    /// Its group is in another one.
    may_leave: bool,
}

impl View<'_> {
    /// A NOT and what it denies are one line.
    fn part(&self, query: &Query, place: &Place, around: Around) -> Markup {
        let (inner, inner_place) = match query {
            Query::Not(inner) => (&**inner, place.part(0)),
            other => (other, place.clone()),
        };
        let is_denied = matches!(query, Query::Not(_));
        let words = query.to_string();
        html! {
            li class={ "condition" @if group_word(inner).is_some() { " group" } } {
                div class="condition-line" {
                    @if is_denied { span class="chip denied" { (t("build-not")) } }
                    @if let Some(word) = group_word(inner) { (toggle(word, &inner_place)) } @else { code class="chip" { bdi { (inner) } } }
                    span class="condition-acts" { (acts(&words, place, around)) }
                }
                @if self.edited.as_ref() == Some(place) { (self.editing(&words, place)) }
                @if let Query::And(parts) | Query::Or(parts) = inner {
                    ul class="conditions" {
                        @for (number, part) in parts.iter().enumerate() {
                            @let inside = Around { has_one_before: number > 0, is_in_a_group: true, may_leave: around.is_in_a_group };
                            (self.part(part, &inner_place.part(number), inside))
                        }
                    }
                }
            }
        }
    }

    fn editing(&self, words: &str, place: &Place) -> Markup {
        let label = t("build-change-label");
        let mistake = if self.typed.is_empty() { None } else { query::parse(self.typed).err() };
        let mistake = mistake.as_ref().map(super::sentence);
        let input = Field::new(NEW, &label, Control::Code).value(if self.typed.is_empty() { words } else { self.typed });
        html! {
            div class="condition-edit" {
                input type="hidden" name=(EDITED) value=(written(place));
                (field(&input.error(mistake.as_deref())))
                (submit(&Button::new(&t("build-change")).sends(DO, "change")))
            }
        }
    }
}

fn is_root(place: &Place) -> bool {
    *place == Place::default()
}

/// As buttons send it.
fn written(place: &Place) -> String {
    if is_root(place) { ROOT.to_owned() } else { place.to_string() }
}

fn group_word(query: &Query) -> Option<&'static str> {
    match query {
        Query::And(_) => Some("build-all-of"),
        Query::Or(_) => Some("build-any-of"),
        Query::Not(_) | Query::Term(_) => None,
    }
}

fn toggle(word: &str, place: &Place) -> Markup {
    let sends = format!("toggle {}", written(place));
    submit(&Button::new(&t(word)).sends(DO, &sends))
}

fn acts(words: &str, place: &Place, around: Around) -> Markup {
    let act = |name: &str, shape: Icon| {
        let key = if name == "edit" { "build-change-one".to_owned() } else { format!("build-{name}") };
        let label = tr(&key, &[("condition", short(words).into())]);
        html! {
            button type="submit" class="button quiet square" name=(DO) value={ (name) " " (written(place)) } title=(label) aria-label=(label) { (icon(shape)) }
        }
    };
    html! {
        (act("edit", Icon::Pencil))
        (act("negate", Icon::Deny))
        @if around.has_one_before { (act("indent", Icon::ChevronRight)) }
        @if around.may_leave { (act("outdent", Icon::ChevronLeft)) }
        (act("remove", Icon::Cross))
    }
}

/// What a button is about; nobody listens to more.
fn short(words: &str) -> String {
    if words.chars().count() <= 60 { words.to_owned() } else { format!("{}…", words.chars().take(59).collect::<String>()) }
}
