//! One input with its label, hint and error. What was typed stays, the error stands beside it and is tied to it
//! for assistive technology.

use http_door::text::t;
use maud::{Markup, html};

#[derive(Debug, Clone, Copy)]
pub enum Control<'a> {
    /// A line of text; the kind is the `type` attribute: text, email, password, search, number, url.
    Line {
        kind: &'a str,
        autocomplete: &'a str,
    },
    /// Addresses, networks, hashes: monospaced.
    Code,
    Lines {
        rows: u8,
        draft: bool,
    },
    Select(&'a [Choice<'a>]),
    /// Any number of the choices (check boxes) or, without `many`, exactly one (radio buttons).
    Choices {
        choices: &'a [Choice<'a>],
        many: bool,
    },
    /// A single check box; its label stands behind it.
    Check {
        checked: bool,
    },
    Date,
    DateTime,
    Files,
    /// A line with a list of proposals.
    Suggest(&'a [&'a str]),
    /// Options in groups, one or several of them.
    Listed(Listed<'a>),
    /// One upload for this input alone.
    File {
        pictures: bool,
    },
}

/// A select whose options are in groups; a group without a title stands on its own.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    pub groups: &'a [(&'a str, Vec<Choice<'a>>)],
    pub many: bool,
    /// Rows shown at once; 1 is a drop-down list.
    pub rows: usize,
    /// The input whose values the titles of the groups are; empty when there is none.
    pub based_on: &'a str,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Choice<'a> {
    pub value: &'a str,
    pub label: &'a str,
    pub chosen: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub value: &'a str,
    pub hint: &'a str,
    pub error: Option<&'a str>,
    pub required: bool,
    pub control: Control<'a>,
}

impl<'a> Field<'a> {
    pub fn new(name: &'a str, label: &'a str, control: Control<'a>) -> Self {
        Self { name, label, value: "", hint: "", error: None, required: false, control }
    }

    pub fn line(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Control::Line { kind: "text", autocomplete: "off" })
    }

    pub fn value(self, value: &'a str) -> Self {
        Self { value, ..self }
    }

    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    pub fn error(self, error: Option<&'a str>) -> Self {
        Self { error, ..self }
    }

    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    fn id(&self) -> String {
        format!("field-{}", self.name)
    }

    /// The ids of what describes the input: error first.
    fn described_by(&self) -> Option<String> {
        let parts = [self.error.map(|_| "error"), (!self.hint.is_empty()).then_some("hint")];
        let ids: Vec<String> = parts.into_iter().flatten().map(|part| format!("{}-{part}", self.id())).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.map(|_| "true")
    }
}

pub fn field(field: &Field<'_>) -> Markup {
    match field.control {
        Control::Check { checked } => check_field(field, checked),
        Control::Choices { choices, many } => choices_field(field, choices, many),
        _ => html! {
            div class={ "field" @if field.error.is_some() { " failed" } } {
                label for=(field.id()) { (field.label) (required_mark(field)) }
                (control(field))
                (below(field))
            }
        },
    }
}

fn control(field: &Field<'_>) -> Markup {
    match field.control {
        Control::Lines { rows, draft } => lines(field, rows, draft),
        Control::Select(choices) => html! {
            select id=(field.id()) name=(field.name) required[field.required]
                aria-describedby=[field.described_by()] aria-invalid=[field.invalid()] {
                @for choice in choices { option value=(choice.value) selected[choice.chosen] { (choice.label) } }
            }
        },
        Control::Files => html! {
            input type="file" multiple id=(field.id()) name=(field.name)
                aria-describedby=[field.described_by()] aria-invalid=[field.invalid()];
        },
        Control::Line { kind, autocomplete } => input(field, kind, autocomplete, None),
        Control::Code => input(field, "text", "off", Some("code")),
        Control::Date => input(field, "date", "off", None),
        Control::DateTime => input(field, "datetime-local", "off", None),
        Control::Suggest(proposals) => suggest(field, proposals),
        Control::Listed(listed) => listed_options(field, listed),
        Control::File { pictures } => html! {
            input type="file" id=(field.id()) name=(field.name) accept=[pictures.then_some("image/png,image/jpeg,image/gif,image/webp,image/bmp")]
                required[field.required] aria-describedby=[field.described_by()] aria-invalid=[field.invalid()];
        },
        Control::Check { .. } | Control::Choices { .. } => html! {},
    }
}

fn input(field: &Field<'_>, kind: &str, autocomplete: &str, class: Option<&str>) -> Markup {
    html! {
        input type=(kind) id=(field.id()) name=(field.name) value=(field.value) class=[class]
            autocomplete=(autocomplete) required[field.required] spellcheck=[class.map(|_| "false")]
            aria-describedby=[field.described_by()] aria-invalid=[field.invalid()];
    }
}

fn suggest(field: &Field<'_>, proposals: &[&str]) -> Markup {
    let list = format!("{}-list", field.id());
    html! {
        input type="text" id=(field.id()) name=(field.name) value=(field.value) list=(list) autocomplete="off" required[field.required]
            aria-describedby=[field.described_by()] aria-invalid=[field.invalid()];
        datalist id=(list) { @for proposal in proposals { option value=(proposal) {} } }
    }
}

fn listed_options(field: &Field<'_>, listed: Listed<'_>) -> Markup {
    let based_on = (!listed.based_on.is_empty()).then_some(listed.based_on);
    let option = |choice: &Choice<'_>| html! { option value=(choice.value) selected[choice.chosen] { (choice.label) } };
    html! {
        select id=(field.id()) name=(field.name) required[field.required] multiple[listed.many] data-based-on=[based_on]
            size=[(listed.rows > 1).then_some(listed.rows)] aria-describedby=[field.described_by()] aria-invalid=[field.invalid()] {
            @for (title, choices) in listed.groups {
                @if title.is_empty() { @for choice in choices { (option(choice)) } }
                @else { optgroup label=(title) { @for choice in choices { (option(choice)) } } }
            }
        }
    }
}

fn lines(field: &Field<'_>, rows: u8, draft: bool) -> Markup {
    // A line break right after the start tag is dropped by browsers; this one saves the value's own.
    html! {
        textarea id=(field.id()) name=(field.name) rows=(rows) required[field.required] data-draft[draft]
            aria-describedby=[field.described_by()] aria-invalid=[field.invalid()] { "\n" (field.value) }
    }
}

fn check_field(field: &Field<'_>, checked: bool) -> Markup {
    html! {
        div class={ "field check" @if field.error.is_some() { " failed" } } {
            label {
                input type="checkbox" id=(field.id()) name=(field.name) value="1" checked[checked]
                    aria-describedby=[field.described_by()] aria-invalid=[field.invalid()];
                span { (field.label) }
            }
            (below(field))
        }
    }
}

fn choices_field(field: &Field<'_>, choices: &[Choice<'_>], many: bool) -> Markup {
    let kind = if many { "checkbox" } else { "radio" };
    html! {
        fieldset class={ "field choices" @if field.error.is_some() { " failed" } } id=(field.id()) tabindex="-1"
            aria-describedby=[field.described_by()] {
            legend { (field.label) (required_mark(field)) }
            @for choice in choices {
                label {
                    input type=(kind) name=(field.name) value=(choice.value) checked[choice.chosen];
                    span { (choice.label) }
                }
            }
            (below(field))
        }
    }
}

fn required_mark(field: &Field<'_>) -> Markup {
    html! { @if field.required { span class="required" { " " (t("field-required")) } } }
}

fn below(field: &Field<'_>) -> Markup {
    html! {
        @if let Some(error) = field.error { p class="error" id={ (field.id()) "-error" } { (error) } }
        @if !field.hint.is_empty() { p class="hint" id={ (field.id()) "-hint" } { (field.hint) } }
    }
}
