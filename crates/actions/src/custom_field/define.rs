//! Making and changing a field's definition.

use super::{get, record};
use crate::{Actor, Error, FieldError, Result, Tx, access};
use domain::{
    FieldId, Right,
    custom_field::{CustomField, FieldKind, Link, Pattern},
};

/// Rules and pages know these by name (IR section 3.1).
const NAMED_BY_RULES: [&str; 5] = ["IP", "Domain", "CVE ID", "Resolution", "How Reported"];
/// Where options may come from besides the field itself (TC-136).
pub const SOURCES: [&str; 3] = ["", "groups", "directory"];
const MOST_VALUES: i64 = 10_000;
const LONGEST_NAME: usize = 100;

/// A new field when it has no number yet; options have their own verb.
pub async fn define(tx: &mut Tx, actor: &Actor, mut field: CustomField) -> Result<FieldId> {
    let before = if field.id.0 == 0 {
        access::require_global(tx, actor, Right::AdminCustomField)?;
        None
    } else {
        Some(get(tx, actor, field.id)?)
    };
    field.name = field.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if !field.kind.may_be_many() {
        field.max_values = 1;
    }
    if let Some(before) = &before {
        field.options.clone_from(&before.options);
    }
    Error::unless_empty(check(tx, &field, before.as_ref()))?;
    let Some(before) = before else {
        let id = storage::field_definition::insert(&mut tx.db, &field).await?;
        record(tx, actor, "create custom field", &field.name).await?;
        return Ok(id);
    };
    if before.bearer != field.bearer {
        // TC-130
        storage::field_definition::set_applied(&mut tx.db, field.id, &[]).await?;
    }
    storage::field_definition::update(&mut tx.db, &field).await?;
    record(tx, actor, "change custom field", &field.name).await?;
    Ok(field.id)
}

fn check(tx: &Tx, field: &CustomField, before: Option<&CustomField>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut wrong = |input: &str, sentence: String| errors.push(FieldError::new(input, sentence));
    if field.name.is_empty() || field.name.chars().count() > LONGEST_NAME || field.name.parse::<i64>().is_ok() {
        wrong("name", "A field needs a name that is not a number.".to_owned());
    }
    if field.name.contains(['{', '}', '\'', '"']) {
        wrong("name", "Braces and quotes cannot be part of a field's name.".to_owned());
    }
    if let Some(before) = before {
        if NAMED_BY_RULES.contains(&before.name.as_str()) && before.name != field.name {
            wrong("name", format!("Rules know the field “{}” by this name; it cannot be renamed.", before.name));
        }
        if before.kind != field.kind {
            wrong("kind", "The kind of a field stays as it is; make a new field.".to_owned());
        }
    }
    if !(0..=MOST_VALUES).contains(&field.max_values) {
        wrong("max_values", format!("A number from 0 (any number) to {MOST_VALUES}, please."));
    }
    if let Some(Err(error)) = field.pattern.as_deref().map(Pattern::read) {
        wrong("pattern", format!("{error}."));
    }
    if let (false, Err(error)) = (field.link.is_empty(), Link::read(&field.link)) {
        wrong("link", format!("{error}."));
    }
    if !SOURCES.contains(&field.source.as_str()) {
        wrong("source", "There is no such source of values.".to_owned());
    }
    if let Some(sentence) = wrong_base(tx, field) {
        wrong("based_on", sentence.to_owned());
    }
    if let (false, Err(error)) = (field.default.is_empty(), field.values(field.split(&field.default))) {
        wrong("default", format!("{error}."));
    }
    errors
}

/// A select may be based on another of the same bearer, not on itself by whatever way (TC-137).
fn wrong_base(tx: &Tx, field: &CustomField) -> Option<&'static str> {
    let catalog = tx.catalog();
    let mut next = field.based_on;
    let Some(parent) = next.and_then(|id| catalog.field(id)) else {
        return next.map(|_| "There is no such field.");
    };
    if field.kind != FieldKind::Select || parent.kind != FieldKind::Select || parent.bearer != field.bearer {
        return Some("Only a select can be based on another select.");
    }
    for _ in 0..20 {
        match next {
            Some(id) if id == field.id => return Some("The field would be based on itself."),
            Some(id) => next = catalog.field(id).and_then(|field| field.based_on),
            None => return None,
        }
    }
    Some("Too many fields are based on each other.")
}
