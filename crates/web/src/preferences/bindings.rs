//! Other keys than the usual ones, for oneself (WCAG 2.1.4): one input an act.

use actions::{Error, FieldError, account};
use axum::response::Response;
use domain::preference;
use http_door::text::{t, tr};
use http_door::urls;
use maud::html;

use crate::component::button::Button;
use crate::component::field::{Control, Field, field};
use crate::component::form::{columns, form_actions};
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::flash;
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::layout::keys::{Act, KeyGroup, OFF, in_force, remappable};
use crate::layout::navigation::key_of;
use crate::visit::{Frame, Visit};

/// Two keys after one another at most, each one character or a named key.
const LONGEST: usize = 20;

pub(super) async fn show(visit: Visit) -> Answer {
    let mut form = Submission::default();
    for (name, _, usual, _) in remappable() {
        form.put(name, in_force(name, usual, visit.remapped()).unwrap_or_else(|| OFF.to_owned()));
    }
    Ok(page(&visit, &form, &Refusal::default()))
}

fn page(visit: &Visit, form: &Submission, refusal: &Refusal) -> Response {
    let title = t("bindings-title");
    // a key that leads nowhere keeps what was chosen for it
    let without = visit.viewer().without.and_then(key_of).map(Act::name);
    let fields: Vec<_> = remappable()
        .filter(|(name, ..)| without != Some(*name))
        .map(|(name, word, _, _)| {
            let input = Field::new(name, "", Control::Code).value(form.text(name)).error(refusal.on(name));
            field(&Field { label: &t(word), ..input })
        })
        .collect();
    let body = html! {
        (page_head(&title, "", &html! {}))
        (refusal.summary(&t("preferences-not-saved")))
        form class="form bindings" method="post" action=(urls::key_bindings()) {
            (panel(&Panel { id: "bindings", title: &title, ..Panel::default() }, &html! {
                p class="hint" { (t("bindings-hint")) }
                @if let Some(name) = without { input type="hidden" name=(name) value=(form.text(name)); }
                (columns(&fields))
            }))
            (form_actions(&Button::new(&t("form-save")), &[Button::new(&t("bindings-usual")).sends("usual", "1")], None))
        }
    };
    visit.page(&Frame::new(&title, Section::Elsewhere).status(refusal.status), &body)
}

pub(super) async fn save(visit: Visit, form: Submission) -> Answer {
    let chosen = if form.has("usual") { Ok(String::new()) } else { read(&form) };
    let chosen = match chosen {
        Ok(chosen) => chosen,
        Err(errors) => return Ok(page(&visit, &form, &Refusal::of(Error::Invalid(errors), &form)?)),
    };
    let mut tx = visit.app.desk.write().await?;
    account::choose(&mut tx, &visit.actor, &[(preference::KEYS, Some(&chosen))]).await?;
    tx.commit().await?;
    Ok(flash::redirect(&urls::key_bindings(), "preferences", None))
}

/// What differs from the usual, or each key that cannot be.
fn read(form: &Submission) -> Result<String, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut kept: Vec<(&str, String, &[KeyGroup])> = Vec::new();
    let mut lines = Vec::new();
    for (name, word, usual, groups) in remappable() {
        let typed = form.text(name).split_whitespace().collect::<Vec<_>>().join(" ");
        let keys = if typed.is_empty() { usual.join("|") } else { typed };
        if keys == OFF {
            lines.push(format!("{name} = {OFF}"));
            continue;
        }
        if keys.chars().count() > LONGEST || keys.chars().any(char::is_control) {
            errors.push(FieldError::new(name, t("bindings-not-a-key")));
        }
        let shares = |others: &[KeyGroup]| {
            groups.iter().any(|group| others.contains(group) || *group == KeyGroup::Everywhere)
                || others.contains(&KeyGroup::Everywhere)
        };
        let clash = kept
            .iter()
            .find(|(_, known, others)| shares(others) && known.split('|').any(|key| keys.split('|').any(|one| one == key)));
        if let Some((other, _, _)) = clash {
            errors.push(FieldError::new(name, tr("bindings-taken", &[("act", t(other).into_owned().into())])));
        }
        if keys != usual.join("|") {
            lines.push(format!("{name} = {keys}"));
        }
        kept.push((word, keys, groups));
    }
    if errors.is_empty() { Ok(lines.join("\n")) } else { Err(errors) }
}
