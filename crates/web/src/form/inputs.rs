//! The inputs of a form with what was typed into them and what is wrong with it.

use super::{
    refusal::Refusal,
    submission::{ATTACH, KEPT, Submission, Upload},
};
use crate::component::{
    attachment::size,
    button::{Button, Tone},
    field::{Choice, Control, Field, field},
};
use domain::priority::Scale;
use http_door::text::{t, tr};
use maud::{Markup, html};

/// A value of a select and how people call it.
pub(crate) type Offer = (String, String);

#[derive(Clone, Copy)]
pub(crate) struct Inputs<'a> {
    pub(crate) form: &'a Submission,
    pub(crate) refusal: &'a Refusal,
}

impl Inputs<'_> {
    pub(crate) fn any(&self, input: &Field<'_>) -> Markup {
        field(&input.value(self.form.text(input.name)).error(self.refusal.on(input.name)))
    }

    pub(crate) fn line(&self, name: &str, label: &str) -> Markup {
        self.any(&Field::line(name, label))
    }

    pub(crate) fn number(&self, name: &str, label: &str) -> Markup {
        self.any(&Field::new(name, label, Control::Line { kind: "number", autocomplete: "off" }))
    }

    pub(crate) fn moment(&self, name: &str, label: &str, hint: &str) -> Markup {
        let hint = if hint.is_empty() { t("form-moment-hint").into_owned() } else { format!("{hint} {}", t("form-moment-hint")) };
        self.any(&Field::line(name, label).hint(&hint))
    }

    /// Time in minutes or hours (TC-069).
    pub(crate) fn duration(&self, name: &str, label: &str) -> Markup {
        self.any(&Field::line(name, label).hint(&t("form-time-hint")))
    }

    /// A number or one of the names that stand for numbers (TC-073).
    pub(crate) fn priority(&self, name: &str, label: &str, scale: &Scale) -> Markup {
        let hint = tr("form-priority-hint", &[("scale", scale.written().into())]);
        let is_named = scale.labels().next().is_some();
        self.any(&Field::line(name, label).hint(if is_named { &hint } else { "" }))
    }

    pub(crate) fn select(&self, name: &str, label: &str, options: &[Offer], hint: &str) -> Markup {
        let chosen = self.form.text(name);
        self.any(&Field::new(name, label, Control::Select(&choices(options, |value| value == chosen))).hint(hint))
    }

    /// Boxes, or radio buttons without `many`.
    pub(crate) fn choices(&self, name: &str, label: &str, options: &[Offer], many: bool) -> Markup {
        let listed = choices(options, |value| self.form.all(name).any(|chosen| chosen == value));
        self.any(&Field::new(name, label, Control::Choices { choices: &listed, many }))
    }

    pub(crate) fn check(&self, name: &str, label: &str) -> Markup {
        self.any(&Field::new(name, label, Control::Check { checked: self.form.is_ticked(name) }))
    }

    pub(crate) fn message(&self, name: &str, rows: u8) -> Markup {
        self.any(&Field::new(name, &t("form-message"), Control::Lines { rows, draft: true }))
    }

    /// Last in a form, so that what stands before is read even when the files are too large.
    pub(crate) fn files(&self) -> Markup {
        html! {
            (self.kept_files())
            (field(&Field::new("files", &t("form-files"), Control::Files).error(self.refusal.on("files"))))
        }
    }

    /// What was attached before the form came back; unticked, a file is left out.
    fn kept_files(&self) -> Markup {
        let offers: Vec<Offer> = self.form.files.iter().filter_map(|file| Some((file.token.clone()?, shown(file)))).collect();
        html! { @if !offers.is_empty() { (self.choices(KEPT, &t("form-files-kept"), &offers, true)) } }
    }

    /// For the end of a form with files: attaches what was chosen and shows the form again.
    pub(crate) fn attach(label: &str) -> Button<'_> {
        Button::new(label).tone(Tone::Quiet).sends(ATTACH, "1")
    }

    pub(crate) fn hidden(&self, name: &str) -> Markup {
        html! { @for value in self.form.all(name) { input type="hidden" name=(name) value=(value); } }
    }
}

fn shown(file: &Upload) -> String {
    tr("form-file-kept", &[("name", file.name.clone().into()), ("size", size(file.content.len() as u64).into())])
}

fn choices(options: &[Offer], is_chosen: impl Fn(&str) -> bool) -> Vec<Choice<'_>> {
    options.iter().map(|(value, label)| Choice { value, label, chosen: is_chosen(value) }).collect()
}
