//! How things look in JSON: placeholders, numbers as strings, dates in UTC, and fields on demand (API section 5, API-070 … 072).

mod attachment;
mod field;
mod link;
mod queue;
mod ticket;
mod transaction;
mod user;

pub(crate) use attachment::Attached;
pub(crate) use field::{FieldValues, custom_field};
pub(crate) use link::{end, to_uri};
pub(crate) use ticket::TicketRecord;
pub(crate) use transaction::Transaction;
pub(crate) use user::{SYSTEM, login, own_name, sees_all};

use crate::{ask::Fields, site::Site};
use actions::{Actor, Catalog};
use domain::{UserId, person::User};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::fmt::Display;

pub(crate) type Object = Map<String, Value>;

/// What shapes depend on beside the thing itself.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) site: &'a Site,
    pub(crate) catalog: &'a Catalog,
    pub(crate) actor: &'a Actor,
    /// People whom records name by number.
    pub(crate) people: &'a [User],
    /// A full object rather than an item of a list: some columns differ (API-041, API-142).
    pub(crate) whole: bool,
}

/// Something that has columns and can be referred to.
pub(crate) trait Record {
    fn placeholder(&self, look: &Look) -> Object;
    /// `None`: no such column, or not for this actor.
    fn column<'a>(&'a self, name: &str, look: &Look<'a>) -> Option<Column<'a>>;
}

pub(crate) enum Column<'a> {
    Value(Value),
    /// NULL: left out of full objects.
    Unset,
    One(&'a dyn Record),
    Many(Vec<&'a dyn Record>),
}

impl Column<'_> {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Value(Value::String(text.into()))
    }
    pub(crate) fn number(number: impl Display) -> Self {
        Self::Value(Value::String(number.to_string()))
    }
    pub(crate) fn flag(flag: bool) -> Self {
        Self::number(u8::from(flag))
    }
    pub(crate) fn moment(moment: Option<Timestamp>) -> Self {
        Self::text(self::moment(moment))
    }
    pub(crate) fn optional(text: Option<&str>) -> Self {
        text.map_or(Self::Unset, Self::text)
    }
}

/// An unset moment is the beginning of time, never null (API-042).
pub(crate) fn moment(moment: Option<Timestamp>) -> String {
    moment.unwrap_or(Timestamp::UNIX_EPOCH).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A reference by number (API-040).
pub(crate) fn reference(site: &Site, kind: &str, id: impl Display) -> Object {
    let mut object = Object::new();
    object.insert("type".to_owned(), json!(kind));
    object.insert("id".to_owned(), json!(id.to_string()));
    object.insert("_url".to_owned(), json!(site.url(format_args!("{kind}/{id}"))));
    object
}

/// The columns of full objects.
pub(crate) mod columns {
    pub(crate) use super::{
        attachment::COLUMNS as ATTACHMENT,
        queue::COLUMNS as QUEUE,
        ticket::COLUMNS as TICKET,
        transaction::COLUMNS as TRANSACTION,
        user::{COLUMNS as USER, SUMMARY as USER_SUMMARY},
    };
}

/// The first of every object's hyperlinks: by number, even for users (API-050).
pub(crate) fn self_link(site: &Site, kind: &str, id: i64) -> Value {
    json!({ "ref": "self", "type": kind, "id": id, "_url": site.url(format_args!("{kind}/{id}")) })
}

/// A placeholder with the fields that were asked for.
pub(crate) fn item(record: &dyn Record, fields: &Fields, look: &Look) -> Value {
    let mut object = record.placeholder(look);
    for name in &fields.names {
        let value = record.column(name, look).map_or_else(|| json!(""), |column| rendered(&column, fields.of(name), look));
        object.insert(name.clone(), value);
    }
    Value::Object(object)
}

/// A full object of the named columns; unset ones are left out.
pub(crate) fn full(record: &dyn Record, names: &[&str], fields: &Fields, look: &Look) -> Object {
    let look = Look { whole: true, ..*look };
    let mut object = Object::new();
    for name in names {
        match record.column(name, &look) {
            None | Some(Column::Unset) => {}
            Some(column) => {
                object.insert((*name).to_owned(), rendered(&column, fields.of(name), &look));
            }
        }
    }
    object
}

fn rendered(column: &Column, fields: &Fields, look: &Look) -> Value {
    match column {
        Column::Value(value) => value.clone(),
        Column::Unset => json!(""),
        Column::One(record) => item(*record, fields, look),
        Column::Many(records) => records.iter().map(|record| item(*record, fields, look)).collect(),
    }
}

/// A column as conditions and orders compare it.
pub(crate) fn column_text(column: &Column, look: &Look) -> String {
    match column {
        Column::One(record) => record.placeholder(look).get("id").and_then(Value::as_str).unwrap_or_default().to_owned(),
        Column::Value(Value::String(text)) => text.clone(),
        Column::Value(value) => value.to_string(),
        Column::Unset | Column::Many(_) => String::new(),
    }
}

/// Somebody known by number: their placeholder, or the number when nothing else is known.
pub(crate) fn person<'a>(id: UserId, look: &Look<'a>) -> Column<'a> {
    match look.people.iter().find(|user| user.id == id) {
        Some(user) => Column::One(user),
        None if id == UserId::SYSTEM => Column::Value(user::system(look.site)),
        None => Column::number(id),
    }
}
