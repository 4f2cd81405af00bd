//! Why a form came back, if it did: beside each field what is wrong with it, and a summary above. What a form cannot help
//! with (nothing there, no right) becomes a page of its own.

use super::submission::{ATTACH, Submission};
use crate::{component::form::error_summary, failure::Failure};
use actions::{Error, FieldError};
use axum::http::StatusCode;
use http_door::{public_message, status, text::t};
use maud::{Markup, html};

#[derive(Debug, Default)]
pub(crate) struct Refusal {
    /// 200 for a form that nothing was refused of yet.
    pub(crate) status: StatusCode,
    errors: Vec<FieldError>,
    /// What the person has to see before they send again.
    shown: Option<Markup>,
}

impl Refusal {
    /// The form comes back with what was typed and the files that could be kept. *Attach* is no failure: nothing else is judged.
    pub(crate) fn of(error: Error, form: &Submission) -> Result<Self, Failure> {
        let status = status(&error);
        let mut errors = match error {
            Error::Invalid(errors) => errors,
            Error::Conflict(message) => vec![FieldError::new("", message)],
            Error::Unavailable(_) => vec![FieldError::new("", public_message(&error))],
            other => return Err(Failure(other)),
        };
        if form.has(ATTACH) {
            errors.retain(|error| error.field == "files" && !error.message.is_empty());
            return Ok(Self { status: StatusCode::OK, errors, shown: None });
        }
        if form.files.iter().any(|file| file.token.is_none()) && !errors.iter().any(|error| error.field == "files") {
            errors.push(FieldError::new("files", t("form-files-again")));
        }
        Ok(Self { status, errors, shown: None })
    }

    pub(crate) fn showing(self, shown: Option<Markup>) -> Self {
        Self { shown, ..self }
    }

    pub(crate) fn is_conflict(&self) -> bool {
        self.status == StatusCode::CONFLICT
    }

    /// The same errors under other names, where a form holds the inputs of two verbs or shows one input for another.
    pub(crate) fn renamed(mut self, rename: impl Fn(&str) -> String) -> Self {
        for error in &mut self.errors {
            error.field = rename(&error.field);
        }
        self
    }

    pub(crate) fn on(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }

    pub(crate) fn summary(&self, title: &str) -> Markup {
        let errors: Vec<(&str, &str)> = self.errors.iter().map(|error| (error.field.as_str(), error.message.as_str())).collect();
        html! { (error_summary(title, &errors)) @if let Some(shown) = &self.shown { (shown) } }
    }
}
