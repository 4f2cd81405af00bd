//! Custom fields: what one is, how many values it takes, and which of its options go together (TC section 12, IR section 3).
//! What a single value must look like is in `value`, where it leads to in `link`.

mod kind;
mod link;
mod pattern;
mod value;

pub use kind::{Bearer, FieldKind, Render, Spelling};
pub use link::{InvalidLink, Link};
pub use pattern::{InvalidPattern, PRESETS, Pattern};
pub use value::{FieldValue, InvalidValue, StoredFile};

use crate::FieldId;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldOption {
    pub name: String,
    pub description: String,
    /// The value of the field this one is based on that makes it visible; empty always is (TC-137).
    pub category: String,
}

impl FieldOption {
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct CustomField {
    pub id: FieldId,
    pub name: String,
    pub description: String,
    pub kind: FieldKind,
    pub bearer: Bearer,
    /// How many values a ticket may have; 0 means any number.
    pub max_values: i64,
    /// A regular expression that every value must match somewhere.
    pub pattern: Option<String>,
    /// What to type, in the field's own words (RT: EntryHint).
    pub hint: String,
    /// What is said about a value that does not fit the pattern (RT: ValidationHint).
    pub refusal: String,
    /// The box it is shown in: `Networking`, `Details` …
    pub grouping: String,
    pub options: Vec<FieldOption>,
    /// Where the options come from instead of the database (TC-136): the name of a source, or nothing.
    pub source: String,
    pub render: Render,
    pub based_on: Option<FieldId>,
    /// No two things may hold the same value (TC-133).
    pub unique: bool,
    pub spelling: Spelling,
    /// A URL with placeholders that a shown value leads to (TC-141).
    pub link: String,
    /// What a new ticket has, unless its queue says otherwise (TC-135).
    pub default: String,
    /// Of every queue, chosen or not (TC-130).
    pub everywhere: bool,
    pub sort_order: i64,
    pub disabled: bool,
}

impl CustomField {
    #[must_use]
    pub fn new(name: &str, kind: FieldKind) -> Self {
        Self {
            id: FieldId(0),
            name: name.to_owned(),
            description: String::new(),
            kind,
            bearer: Bearer::Ticket,
            max_values: 1,
            pattern: None,
            hint: String::new(),
            refusal: String::new(),
            grouping: String::new(),
            options: vec![],
            source: String::new(),
            render: Render::Dropdown,
            based_on: None,
            unique: false,
            spelling: Spelling::AsTyped,
            link: String::new(),
            default: String::new(),
            everywhere: false,
            sort_order: 0,
            disabled: false,
        }
    }

    #[must_use]
    pub fn is_single(&self) -> bool {
        self.max_values == 1
    }

    /// Whether the pattern asks for a value at all (TC-132).
    #[must_use]
    pub fn is_mandatory(&self) -> bool {
        self.pattern.as_deref().is_some_and(|pattern| Pattern::read(pattern).is_ok_and(|pattern| pattern.is_mandatory()))
    }

    /// Whether its values are compared as numbers (TC-145).
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        self.pattern.as_deref().is_some_and(|pattern| Pattern::read(pattern).is_ok_and(|pattern| pattern.is_numeric()))
    }

    #[must_use]
    pub fn option(&self, name: &str) -> Option<&FieldOption> {
        self.options.iter().find(|option| option.name.eq_ignore_ascii_case(name))
    }

    /// Every value in its stored form, without repeats; the first error that a value has.
    pub fn values<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Result<Vec<FieldValue>, InvalidValue> {
        let mut values: Vec<FieldValue> = Vec::new();
        for text in texts {
            let value = self.value(text)?;
            if !values.contains(&value) {
                values.push(value);
            }
        }
        if self.max_values > 0 && values.len() as i64 > self.max_values {
            return Err(InvalidValue::TooMany(self.max_values));
        }
        Ok(values)
    }

    /// Whether an option may stand beside these values of the field it is based on (TC-137).
    pub fn check_category(&self, value: &str, parents: &[String]) -> Result<(), InvalidValue> {
        let Some(option) = self.option(value).filter(|option| !option.category.is_empty()) else { return Ok(()) };
        if self.based_on.is_none() || parents.iter().any(|parent| parent.eq_ignore_ascii_case(&option.category)) {
            return Ok(());
        }
        Err(InvalidValue::Category(option.name.clone(), option.category.clone()))
    }
}
