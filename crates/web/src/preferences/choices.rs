//! The choices that people make for themselves, by group; one form each.

use actions::access;
use actions::account::{self, Preferences, preference::default_queues};
use domain::Right;
use domain::preference::{self, Group, Preference};
use domain::queue::Queue;
use domain::setting::Kind;
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use crate::component::button::Button;
use crate::component::field::{Choice, Control, Field, field};
use crate::component::form::form_actions;
use crate::component::panel::{Panel, panel};
use crate::failure::Answer;
use crate::flash;
use crate::form::{refusal::Refusal, submission::Submission};
use crate::visit::Visit;

/// What the forms are filled with.
pub(super) struct Filled<'a> {
    pub(super) preferences: &'a Preferences,
    pub(super) queues: &'a [String],
    pub(super) form: &'a Submission,
    pub(super) refusal: &'a Refusal,
}

pub(super) async fn save(visit: Visit, form: Submission) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    let hidden = hidden_queues(&tx, &visit, &form);
    let mut wishes = wishes(&form);
    wishes.extend(hidden.as_deref().map(|hidden| (preference::HIDDEN_QUEUES, Some(hidden))));
    match account::choose(&mut tx, &visit.actor, &wishes).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(flash::redirect(&urls::preferences(), "preferences", None))
        }
        Err(error) => {
            tx.rollback().await?;
            let refusal = Refusal::of(error, &form)?;
            super::page(&visit, &form, &refusal).await
        }
    }
}

/// Those of the group that was sent. A check box that is not ticked sends nothing.
fn wishes(form: &Submission) -> Vec<(&'static str, Option<&str>)> {
    let group = Group::SHOWN.into_iter().find(|group| group.as_str() == form.text("group"));
    let sent = preference::all().filter(|preference| Some(preference.group) == group);
    sent.map(|preference| match preference.kind {
        Kind::Flag => (preference.name, Some(if form.is_ticked(preference.name) { "yes" } else { "no" })),
        _ => (preference.name, Some(form.text(preference.name))),
    })
    .collect()
}

/// The names of the queues that creating may begin with.
pub(super) fn queue_names(tx: &actions::Tx, visit: &Visit) -> Vec<String> {
    default_queues(tx, &visit.actor.everywhere()).into_iter().map(|queue| queue.name).collect()
}

/// Queues of the queue list with whether they are shown (IR-293).
pub(super) fn shown_queues(tx: &actions::Tx, visit: &Visit, preferences: &Preferences) -> Vec<(String, String, bool)> {
    let hidden: Vec<&str> = preferences.words(preference::HIDDEN_QUEUES).collect();
    let queues = access::queues_with(tx, &visit.actor.everywhere(), Right::ShowTicket);
    let one = |queue: Queue| {
        let id = queue.id.to_string();
        let is_shown = !hidden.contains(&id.as_str());
        (id, queue.name, is_shown)
    };
    queues.into_iter().map(one).collect()
}

/// Those that were not ticked, when that form was sent.
fn hidden_queues(tx: &actions::Tx, visit: &Visit, form: &Submission) -> Option<String> {
    let queues = access::queues_with(tx, &visit.actor.everywhere(), Right::ShowTicket);
    let ids = queues.iter().map(|queue| queue.id.to_string()).filter(|id| !form.all("queue").any(|ticked| ticked == id));
    (form.text("group") == "queues").then(|| ids.collect::<Vec<_>>().join(" "))
}

pub(super) fn queue_box(queues: &[(String, String, bool)]) -> Markup {
    let choices: Vec<Choice<'_>> = queues.iter().map(|(value, label, shown)| Choice { value, label, chosen: *shown }).collect();
    let label = t("preferences-queues-shown");
    html! {
        form class="form" method="post" action=(urls::preferences()) {
            input type="hidden" name="group" value="queues";
            (panel(&Panel { id: "queues", title: &t("preferences-queues"), ..Panel::default() }, &html! {
                div class="fields" { (field(&Field::new("queue", &label, Control::Choices { choices: &choices, many: true }))) }
                (form_actions(&Button::new(&t("preferences-save")), &[], None))
            }))
        }
    }
}

pub(super) fn boxes(filled: &Filled<'_>) -> Markup {
    html! {
        @for group in Group::SHOWN {
            form class="form" method="post" action=(urls::preferences()) {
                input type="hidden" name="group" value=(group.as_str());
                (panel(&Panel { id: group.as_str(), title: &t(&format!("preferences-group-{}", group.as_str())), ..Panel::default() }, &html! {
                    div class="fields" { @for one in preference::all().filter(|one| one.group == group) { (choice(filled, one)) } }
                    (form_actions(&Button::new(&t("preferences-save")), &[], None))
                }))
            }
        }
    }
}

fn choice(filled: &Filled<'_>, preference: &Preference) -> Markup {
    let name = preference.name;
    let key = format!("preference-{}", name.replace('_', "-"));
    // what was typed stays when its group comes back
    let typed = filled.form.text("group") == preference.group.as_str();
    let inherited = preference.inherits.is_some() && !filled.preferences.is_chosen(name);
    let held = if inherited { "" } else { filled.preferences.text(name) };
    let value = if typed { filled.form.text(name) } else { held };
    let label = t(&key);
    let hint = tr(&format!("{key}-hint"), &[("usual", filled.preferences.usual(name).into())]);
    let words: Vec<(&str, String)> = match preference.kind {
        Kind::Choice(choices) => choices.iter().map(|(name, _)| (*name, t(&format!("{key}-{name}")).into_owned())).collect(),
        Kind::Queue => {
            let none = ("", t("setting-none").into_owned());
            std::iter::once(none).chain(filled.queues.iter().map(|name| (name.as_str(), name.clone()))).collect()
        }
        _ => vec![],
    };
    let choices: Vec<Choice<'_>> =
        words.iter().map(|(name, label)| Choice { value: name, label, chosen: *name == value }).collect();
    let control = match preference.kind {
        Kind::Flag => Control::Check { checked: if typed { filled.form.is_ticked(name) } else { value == "yes" } },
        Kind::Choice(_) | Kind::Queue => Control::Select(&choices),
        Kind::Number { .. } => Control::Line { kind: "number", autocomplete: "off" },
        _ => Control::Line { kind: "text", autocomplete: "off" },
    };
    field(&Field::new(name, &label, control).value(value).hint(&hint).error(filled.refusal.on(name)))
}
