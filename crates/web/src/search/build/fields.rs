//! The rows that conditions are added with: what can be asked of a field, and with which values (TC-269).

mod choices;

use actions::{Actor, Tx};
use http_door::text::{t, tr};
use maud::{Markup, html};
use query::{Field, Op, Query, Term, Value};

use crate::parameters::Parameters;
use choices::Choices;

type Ops = &'static [(Op, &'static str)];

const TEXTS: Ops = &[
    (Op::Like, "op-contains"),
    (Op::NotLike, "op-contains-not"),
    (Op::Eq, "op-is"),
    (Op::Ne, "op-is-not"),
    (Op::StartsWith, "op-begins"),
    (Op::EndsWith, "op-ends"),
];
const WORDS: Ops = &[(Op::Like, "op-contains"), (Op::NotLike, "op-contains-not")];
const SAME: Ops = &[(Op::Eq, "op-is"), (Op::Ne, "op-is-not")];
const MEMBER: Ops = &[(Op::Eq, "op-in-group")];
const NUMBERS: Ops = &[
    (Op::Eq, "op-is"),
    (Op::Ne, "op-is-not"),
    (Op::Lt, "op-less"),
    (Op::Le, "op-at-most"),
    (Op::Gt, "op-more"),
    (Op::Ge, "op-at-least"),
];
const DATES: Ops = &[(Op::Lt, "op-before"), (Op::Gt, "op-after"), (Op::Eq, "op-on"), (Op::Is, "op-unset"), (Op::IsNot, "op-set")];
const LINKS: Ops = &[(Op::Eq, "op-is"), (Op::Ne, "op-is-not"), (Op::Is, "op-none"), (Op::IsNot, "op-any")];
const VALUES: Ops = &[
    (Op::Eq, "op-is"),
    (Op::Ne, "op-is-not"),
    (Op::Like, "op-contains"),
    (Op::NotLike, "op-contains-not"),
    (Op::StartsWith, "op-begins"),
    (Op::EndsWith, "op-ends"),
    (Op::Lt, "op-less"),
    (Op::Gt, "op-more"),
    (Op::Is, "op-unset"),
    (Op::IsNot, "op-set"),
];

const PERSON_PARTS: &[&str] = &["EmailAddress", "Name", "RealName", "NickName", "Organization", "City", "Country", "id"];
const DATES_OF: &[&str] =
    &["Created", "LastUpdated", "Due", "Starts", "Started", "Told", "Resolved", "SnoozedUntil", "TransactionDate"];
const LINKS_OF: &[&str] =
    &["MemberOf", "HasMember", "DependsOn", "DependedOnBy", "RefersTo", "ReferredToBy", "Linked", "LinkedTo", "LinkedFrom"];

/// Rows by their key: fields, parts of them, operators.
const ROWS: &[(&str, &[&str], &[&str], Ops)] = &[
    ("id", &["id"], &[], NUMBERS),
    ("subject", &["Subject", "Description"], &[], TEXTS),
    ("content", &["Content", "Filename", "ContentType"], &[], WORDS),
    ("queue", &["Queue"], &[], SAME),
    ("lifecycle", &["Lifecycle"], &[], SAME),
    ("status", &["Status"], &[], SAME),
    ("level", &["SLA"], &[], SAME),
    ("actor", &["Owner", "Creator", "LastUpdatedBy", "UpdatedBy"], &[], SAME),
    ("watcher", &["Requestor", "Cc", "AdminCc", "Watcher", "QueueCc", "QueueAdminCc", "QueueWatcher"], PERSON_PARTS, TEXTS),
    ("group", &["OwnerGroup", "RequestorGroup", "CcGroup", "AdminCcGroup", "WatcherGroup"], &[], MEMBER),
    ("date", DATES_OF, &[], DATES),
    ("time", &["TimeWorked", "TimeEstimated", "TimeLeft"], &[], NUMBERS),
    ("priority", &["Priority", "InitialPriority", "FinalPriority"], &[], NUMBERS),
    ("link", LINKS_OF, &[], LINKS),
    (CUSTOM, &[], &[], VALUES),
];
const CUSTOM: &str = "custom";

/// One row, with what was typed into it.
pub(super) struct Row {
    key: &'static str,
    fields: Vec<String>,
    parts: &'static [&'static str],
    ops: Ops,
    choices: Choices,
    field: String,
    part: String,
    op: Op,
    value: String,
}

/// Fields that the asker may see; values of queues, statuses and levels to choose from.
pub(super) fn rows(tx: &Tx, actor: &Actor, query: &str, parameters: &Parameters) -> Vec<Row> {
    let named = choices::queues_named(tx, actor, query::parse(query).ok().as_ref());
    let row = |(key, fields, parts, ops): &(&'static str, &'static [&'static str], &'static [&'static str], Ops)| {
        let typed = |what: &str| parameters.text(&input(what, key)).to_owned();
        let fields = match *key {
            CUSTOM => choices::custom_fields(tx, actor, &named),
            _ => fields.iter().map(|field| (*field).to_owned()).collect(),
        };
        let op = ops.iter().find(|(op, _)| op.to_string() == typed("op")).or(ops.first()).map_or(Op::Eq, |(op, _)| *op);
        let (field, part, value) = (typed("field"), typed("part"), typed("value"));
        Row { key, fields, parts, ops, choices: Choices::of(tx, actor, key, &named), field, part, op, value }
    };
    ROWS.iter().map(row).filter(|row| !row.fields.is_empty()).collect()
}

/// The custom fields among them.
pub(super) fn custom(rows: &[Row]) -> &[String] {
    rows.iter().find(|row| row.key == CUSTOM).map_or(&[], |row| &row.fields)
}

/// Values that a field can be compared with, as far as the asker may see them.
pub(in crate::search) fn values_of(tx: &Tx, actor: &Actor, field: &str) -> Vec<String> {
    let row = ROWS.iter().find(|(_, fields, ..)| fields.iter().any(|name| name.eq_ignore_ascii_case(field)));
    let Some((key, ..)) = row else { return vec![] };
    match Choices::of(tx, actor, key, &choices::queues_named(tx, actor, None)) {
        Choices::Only(offers) => offers.into_iter().map(|(stored, _)| stored).collect(),
        Choices::Any(proposals) => proposals,
    }
}

/// Names and texts of the inputs of rows that somebody typed into, for the address of the page that shows them again.
pub(super) fn typed(parameters: &Parameters) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (key, ..) in ROWS.iter().filter(|(key, ..)| !parameters.text(&input("value", key)).is_empty()) {
        for what in ["field", "part", "op", "value"] {
            let name = input(what, key);
            let text = parameters.text(&name).to_owned();
            found.push((name, text));
        }
    }
    found
}

fn input(what: &str, key: &str) -> String {
    format!("{what}-{key}")
}

impl Row {
    /// What it asks for; `None` when nobody filled it in.
    pub(super) fn condition(&self) -> Option<Query> {
        let name = self.fields.iter().find(|field| **field == self.field).or(self.fields.first())?;
        let is_null = matches!(self.op, Op::Is | Op::IsNot);
        if self.value.is_empty() && !is_null {
            return None;
        }
        let part = self.parts.iter().find(|part| **part == self.part && Some(*part) != self.parts.first());
        let field = match part {
            _ if self.key == CUSTOM => Field::keyed("CF", name.as_str()),
            Some(part) => Field::keyed(name.as_str(), *part),
            None => Field::named(name.as_str()),
        };
        let value = if is_null { Value::Null } else { self.read() };
        Some(Query::Term(Term::new(field, self.op, value)))
    }

    /// Whose values are asked for while they are typed: those of people and of custom fields.
    fn completed(&self) -> Option<&'static str> {
        matches!(self.key, "actor" | "watcher" | CUSTOM).then_some(self.key)
    }

    fn read(&self) -> Value {
        let name = self.value.strip_prefix("__").and_then(|rest| rest.strip_suffix("__"));
        let name = name.filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()));
        let is_number = matches!(self.key, "id" | "time" | "priority" | "link");
        let number = self.value.trim_start_matches('#').parse().ok().filter(|_| is_number);
        match (name, number) {
            (Some(name), _) => Value::Placeholder(name.to_owned()),
            (None, Some(number)) => Value::Number(number),
            (None, None) => Value::Text(self.value.clone()),
        }
    }

    pub(super) fn shown(&self) -> Markup {
        let label = t(&format!("build-row-{}", self.key));
        let named = |what: &str| tr(&format!("build-{what}"), &[("row", label.as_ref().into())]);
        html! {
            div class="adding-row" role="group" aria-label=(label) {
                span class="adding-name" { (label) }
                @if self.fields.len() > 1 { (options("field", self.key, &named("field"), self.fields.iter().map(|field| (field.as_str(), field.clone())), &self.field)) }
                @if !self.parts.is_empty() { (options("part", self.key, &named("part"), self.parts.iter().map(|part| (*part, (*part).to_owned())), &self.part)) }
                (options("op", self.key, &named("op"), self.ops.iter().map(|(op, words)| (op.to_string(), t(words).into_owned())), &self.op.to_string()))
                (self.choices.input(&input("value", self.key), &named("value"), &self.value, self.completed()))
            }
        }
    }
}

fn options<V: AsRef<str>>(
    what: &str,
    key: &str,
    label: &str,
    options: impl Iterator<Item = (V, String)>,
    chosen: &str,
) -> Markup {
    html! {
        select name=(input(what, key)) aria-label=(label) {
            @for (value, words) in options { option value=(value.as_ref()) selected[value.as_ref() == chosen] { (words) } }
        }
    }
}
