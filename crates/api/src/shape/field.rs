//! Custom fields, and their values on a ticket (API-045, API-191).

use super::{Column, Look, Object, Record, reference, self_link};
use crate::{ask::Fields, site::Site};
use domain::{UserId, custom_field::CustomField};
use serde_json::{Value, json};

pub(crate) const COLUMNS: [&str; 17] = [
    "id",
    "Name",
    "Type",
    "MaxValues",
    "LookupType",
    "Pattern",
    "Description",
    "EntryHint",
    "SortOrder",
    "UniqueValues",
    "Disabled",
    "Values",
    "Creator",
    "Created",
    "LastUpdated",
    "LastUpdatedBy",
    "_hyperlinks",
];

pub(crate) fn custom_field(field: &CustomField, fields: &Fields, look: &Look) -> Value {
    Value::Object(super::full(field, &COLUMNS, fields, look))
}

impl Record for CustomField {
    fn placeholder(&self, look: &Look) -> Object {
        reference(look.site, "customfield", self.id)
    }

    fn column<'a>(&'a self, name: &str, look: &Look<'a>) -> Option<Column<'a>> {
        Some(match name {
            "id" => Column::Value(json!(self.id.0)),
            "Name" => Column::text(self.name.as_str()),
            "Type" => Column::text(self.kind.as_str()),
            "MaxValues" => Column::number(self.max_values),
            "LookupType" => Column::text(self.bearer.lookup_type()),
            "Pattern" => Column::text(self.pattern.as_deref().unwrap_or_default()),
            "Description" => Column::text(self.description.as_str()),
            "EntryHint" => Column::text(self.hint.as_str()),
            "SortOrder" => Column::number(self.sort_order),
            "UniqueValues" => Column::flag(self.unique),
            "Disabled" => Column::flag(self.disabled),
            "Values" if self.kind.has_options() => {
                Column::Value(self.options.iter().map(|option| Value::String(option.name.clone())).collect())
            }
            "Values" => Column::Unset,
            "Creator" | "LastUpdatedBy" => super::person(UserId::SYSTEM, look),
            "Created" | "LastUpdated" => Column::moment(None),
            "_hyperlinks" => Column::Value(json!([self_link(look.site, "customfield", self.id.0)])),
            _ => return None,
        })
    }
}

/// A field with the values a ticket has in it.
#[derive(Clone, Debug)]
pub(crate) struct FieldValues {
    pub(crate) field: CustomField,
    pub(crate) values: Vec<String>,
}

impl FieldValues {
    /// As hyperlinks list it (API-053).
    pub(crate) fn link(field: &CustomField, site: &Site) -> Value {
        let mut object = reference(site, "customfield", field.id);
        object.insert("ref".to_owned(), json!("customfield"));
        object.insert("name".to_owned(), json!(field.name));
        Value::Object(object)
    }
}

impl Record for FieldValues {
    fn placeholder(&self, look: &Look) -> Object {
        let mut object = reference(look.site, "customfield", self.field.id);
        object.insert("name".to_owned(), json!(self.field.name));
        object.insert("values".to_owned(), json!(self.values));
        object
    }
    fn column<'a>(&'a self, name: &str, look: &Look<'a>) -> Option<Column<'a>> {
        match name {
            "name" => Some(Column::text(self.field.name.as_str())),
            "values" => Some(Column::Value(json!(self.values))),
            _ => self.field.column(name, look),
        }
    }
}
