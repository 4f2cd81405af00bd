//! The options of the installation, by group; each can go back to its default (IR section 19, IR-555).

use actions::setup::{self, SettingView};
use domain::setting::{Group, Kind};
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use crate::component::button::{Button, Tone, submit};
use crate::component::field::{Choice, Control, Field, field};
use crate::component::form::form_actions;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::flash;
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};

pub(super) async fn show(visit: Visit) -> Answer {
    page(&visit, &Submission::default(), &Refusal::default()).await
}

pub(super) async fn save(visit: Visit, form: Submission) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    let wishes = wishes(&form);
    match setup::set_settings(&mut tx, &visit.actor, &wishes).await {
        Ok(changed) => {
            tx.commit().await?;
            let key = if changed == 0 { "settings-unchanged" } else { "settings-saved" };
            Ok(flash::redirect(urls::admin_settings(), key, None))
        }
        Err(error) => {
            tx.rollback().await?;
            let refusal = Refusal::of(error, &form)?;
            page(&visit, &form, &refusal).await
        }
    }
}

/// The settings of the group that was sent, or the one to reset. A check box that is not ticked sends nothing.
fn wishes(form: &Submission) -> Vec<(&str, Option<&str>)> {
    if form.has("reset") {
        return vec![(form.text("reset"), None)];
    }
    let sent = domain::setting::all().filter(|setting| setting.group.as_str() == form.text("group") && !setting.fixed);
    sent.map(|setting| match setting.kind {
        Kind::Flag => (setting.name, Some(if form.is_ticked(setting.name) { "yes" } else { "no" })),
        _ => (setting.name, Some(form.text(setting.name))),
    })
    .collect()
}

async fn page(visit: &Visit, form: &Submission, refusal: &Refusal) -> Answer {
    let tx = visit.app.desk.read().await?;
    let settings = setup::settings(&tx, &visit.actor)?;
    let queues: Vec<String> = tx.catalog().queues().map(|queue| queue.name.clone()).collect();
    drop(tx);
    let title = t("admin-settings");
    let one = |view: &SettingView| setting(view, form, refusal, &queues);
    let body = html! {
        (page_head(&title, &t("admin-settings-beneath"), &html! {}))
        (super::sections(urls::admin_settings()))
        (refusal.summary(&t("settings-not-saved")))
        @for group in Group::ALL {
            form class="form" method="post" action=(urls::admin_settings()) {
                input type="hidden" name="group" value=(group.as_str());
                (panel(&Panel { id: group.as_str(), title: &t(&format!("settings-group-{}", group.as_str())), ..Panel::default() }, &html! {
                    div class="fields" {
                        @for view in settings.iter().filter(|view| view.setting.group == group) { (one(view)) }
                    }
                    (form_actions(&Button::new(&t("settings-save")), &[], None))
                }))
            }
        }
    };
    Ok(visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body))
}

fn setting(view: &SettingView, form: &Submission, refusal: &Refusal, queues: &[String]) -> Markup {
    let setting = view.setting;
    let key = format!("setting-{}", setting.name.replace('_', "-"));
    let label = t(&key);
    // what was typed stays when its group comes back
    let typed = form.text("group") == setting.group.as_str() && !setting.fixed;
    let value = if typed { form.text(setting.name) } else { &view.value };
    let unusable = view.problem.as_ref().map(|problem| tr("setting-was-unusable", &[("problem", problem.into())]));
    let error = refusal.on(setting.name).or(unusable.as_deref());
    let mut hint = t(&format!("{key}-hint")).into_owned();
    if setting.fixed {
        hint = format!("{hint} {}", tr("setting-fixed", &[("name", setting.name.into())]));
    }
    if setting.kind == Kind::Secret && view.is_chosen {
        hint = format!("{hint} {}", t("setting-secret-set"));
    }
    let none = t("setting-none");
    let choices = choices(setting.kind, value, queues, &none);
    let control = match setting.kind {
        Kind::Flag => Control::Check { checked: if typed { form.is_ticked(setting.name) } else { view.value == "yes" } },
        Kind::Choice(_) | Kind::Queue => Control::Select(&choices),
        Kind::Map => Control::Lines { rows: 4, draft: false },
        Kind::List(_) | Kind::Pattern => Control::Code,
        Kind::Number { .. } => Control::Line { kind: "number", autocomplete: "off" },
        Kind::Secret => Control::Line { kind: "password", autocomplete: "new-password" },
        Kind::Text | Kind::Address => Control::Line { kind: "text", autocomplete: "off" },
    };
    html! {
        div class="setting" id={ "setting-" (setting.name) } {
            @if setting.fixed {
                p { strong { (label) } ": " code { @if value.is_empty() { (none) } @else { (value) } } }
                p class="hint" { (hint) }
            } @else {
                (field(&Field::new(setting.name, &label, control).value(value).hint(&hint).error(error)))
                p class="default" {
                    span class="hint" { (t("setting-default")) ": " (shown_default(setting.default, &none)) }
                    @if view.is_chosen || view.problem.is_some() {
                        " " (submit(&Button::new(&tr("setting-reset", &[("name", label.as_ref().into())])).tone(Tone::Quiet).sends("reset", setting.name)))
                    }
                }
            }
        }
    }
}

fn shown_default<'a>(stored: &'a str, none: &'a str) -> &'a str {
    if stored.is_empty() { none } else { stored }
}

fn choices<'a>(kind: Kind, value: &'a str, queues: &'a [String], none: &'a str) -> Vec<Choice<'a>> {
    let choice = |name: &'a str| Choice { value: name, label: name, chosen: name == value };
    match kind {
        Kind::Choice(choices) => choices.iter().map(|(name, _)| choice(name)).collect(),
        Kind::Queue => {
            let nothing = Choice { value: "", label: none, chosen: value.is_empty() };
            std::iter::once(nothing).chain(queues.iter().map(|name| choice(name))).collect()
        }
        _ => vec![],
    }
}
