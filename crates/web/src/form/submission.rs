//! What a browser sends with a form, multipart or urlencoded, read within limits; also what a form starts with before anything
//! was sent. A body that is too large or broken never ends in a bare refusal: what could be read is kept, and what is wrong
//! stands in `problems` beside its field.

mod kept;
mod multipart;

use actions::FieldError;
use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::header,
};
use http_door::{App, text::t};
pub(crate) use kept::{ATTACH, KEPT};
use std::{convert::Infallible, fmt::Display};

/// More inputs than this no form of ours has.
const MOST_INPUTS: usize = 1_000;
/// The longest text of one input; what is longer belongs into a file.
const LONGEST_TEXT: usize = 1024 * 1024;

/// One attached file.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) content: Vec<u8>,
    /// What gives it back when the form is sent again; without one it must be chosen again.
    pub(crate) token: Option<String>,
}

/// Names and texts of a form's inputs, in order, and its files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Submission {
    inputs: Vec<(String, String)>,
    pub(crate) files: Vec<Upload>,
    /// Those chosen for a custom field, by its input; they have to be chosen again when the form comes back.
    pub(crate) field_files: Vec<(String, Upload)>,
    pub(crate) problems: Vec<FieldError>,
}

impl Submission {
    /// The parameters of a link.
    pub(crate) fn of_query(query: Option<&str>) -> Self {
        let mut submission = Self::default();
        for (name, text) in serde_urlencoded::from_str::<Vec<(String, String)>>(query.unwrap_or_default()).unwrap_or_default() {
            submission.receive(&name, &text);
        }
        submission
    }

    /// The text of an input; empty when it is not there.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.inputs.iter().find(|(input, _)| input == name).map_or("", |(_, text)| text)
    }
    /// Every text sent under a name: the ticked boxes of a group.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.inputs.iter().filter(move |(input, _)| input == name).map(|(_, text)| text.as_str())
    }
    /// Whether the form had such an input at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.inputs.iter().any(|(input, _)| input == name)
    }
    /// A check box.
    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        self.all(name).any(|text| !text.is_empty())
    }

    pub(crate) fn inputs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.inputs.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
    /// Makes the inputs of a draft hold what was typed there.
    pub(crate) fn restore(&mut self, draft: &[(String, String)]) {
        self.inputs.retain(|(input, _)| !draft.iter().any(|(name, _)| name == input));
        for (name, text) in draft {
            self.receive(name, text);
        }
    }
    /// The same form as if these inputs had not been in it.
    pub(crate) fn without(&self, names: &[String]) -> Self {
        let mut form = self.clone();
        form.inputs.retain(|(input, _)| !names.contains(input));
        form
    }

    /// Adds an input.
    pub(crate) fn put(&mut self, name: &str, text: impl Display) {
        self.inputs.push((name.to_owned(), text.to_string()));
    }
    /// Makes an input hold this alone.
    pub(crate) fn set(&mut self, name: &str, text: impl Display) {
        self.inputs.retain(|(input, _)| input != name);
        self.put(name, text);
    }
    /// Makes a group hold these.
    pub(crate) fn replace(&mut self, name: &str, values: &[String]) {
        self.inputs.retain(|(input, _)| input != name);
        for value in values {
            self.put(name, value);
        }
    }
    /// Adds an input unless it is there already: what a link says goes before what a form starts with.
    pub(crate) fn preset(&mut self, name: &str, text: impl Display) {
        if !self.has(name) {
            self.put(name, text);
        }
    }

    /// Takes in what came from outside.
    fn receive(&mut self, name: &str, text: &str) {
        if self.inputs.len() >= MOST_INPUTS {
            self.problem("", "form-too-many-inputs");
            return;
        }
        let mut text = text.replace('\0', "").replace("\r\n", "\n");
        if text.len() > LONGEST_TEXT {
            text.truncate(text.floor_char_boundary(LONGEST_TEXT));
            self.problem(name, "form-text-too-long");
        }
        self.inputs.push((name.chars().filter(|c| !c.is_control()).take(100).collect(), text));
    }

    fn problem(&mut self, field: &str, key: &str) {
        let problem = FieldError::new(field, t(key));
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

impl FromRequest<App> for Submission {
    type Rejection = Infallible;

    async fn from_request(request: Request, app: &App) -> Result<Self, Infallible> {
        let headers = request.headers().clone();
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut submission = if kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data") {
            multipart::read(request, app.settings.max_upload).await
        } else {
            urlencoded(request, app.settings.max_upload).await
        };
        kept::carry(app, &headers, &mut submission).await;
        Ok(submission)
    }
}

async fn urlencoded(request: Request, limit: usize) -> Submission {
    let mut submission = Submission::default();
    let inputs = match to_bytes(request.into_body(), limit).await {
        Ok(body) => serde_urlencoded::from_bytes::<Vec<(String, String)>>(&body).ok(),
        Err(_) => None,
    };
    match inputs {
        Some(inputs) => {
            for (name, text) in inputs {
                submission.receive(&name, &text);
            }
        }
        None => submission.problem("", "form-broken"),
    }
    submission
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_link_says_goes_before_what_a_form_starts_with() {
        let mut form = Submission::of_query(Some("to=noc%40isp.example&ip=192.0.2.7&ip=192.0.2.8&x=a%00b%0D%0Ac"));
        form.preset("to", "nobody");
        form.preset("subject", "Worm");
        assert_eq!((form.text("to"), form.text("subject"), form.text("x")), ("noc@isp.example", "Worm", "ab\nc"));
        assert_eq!(form.all("ip").collect::<Vec<_>>(), ["192.0.2.7", "192.0.2.8"]);
    }

    #[test]
    fn too_many_inputs_and_too_long_texts_are_cut_and_said() {
        let mut form = Submission::default();
        form.receive("message", &"ä".repeat(LONGEST_TEXT));
        for _ in 0..2 * MOST_INPUTS {
            form.receive("x", "");
        }
        assert!(form.text("message").len() <= LONGEST_TEXT);
        assert_eq!(form.inputs.len(), MOST_INPUTS);
        assert_eq!(form.problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["message", ""]);
    }
}
