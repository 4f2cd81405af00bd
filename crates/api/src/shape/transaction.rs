//! Entries of history as RT's transactions: encoded in full objects, plain in lists (API-141, API-142).

use super::{Column, Look, Object, Record, reference, self_link};
use crate::sentence;
use actions::ticket::show::Entry;
use domain::{
    TicketId, UserId,
    change::{ChangeKind, NewChange},
    link::{HAS_MERGED, MERGED_INTO},
};
use jiff::Timestamp;
use serde_json::{Value, json};

pub(crate) const COLUMNS: [&str; 12] = [
    "id",
    "Type",
    "Object",
    "Field",
    "OldValue",
    "NewValue",
    "Data",
    "TimeTaken",
    "Description",
    "Creator",
    "Created",
    "_hyperlinks",
];

pub(crate) struct Transaction(pub(crate) Entry);

impl Transaction {
    /// Changes of owner have a type of their own when the new or the old owner made them.
    fn kind(&self) -> &'static str {
        let change = &self.0.change;
        let is = |value: &Option<String>, user: UserId| value.as_deref() == Some(user.to_string().as_str());
        let (what, actor) = (&change.what, change.actor);
        match what.field.as_deref() {
            Some("Owner") if what.kind == ChangeKind::Set => {
                if is(&what.new, actor) {
                    if is(&what.old, UserId::NOBODY) { "Take" } else { "Steal" }
                } else if is(&what.old, actor) && is(&what.new, UserId::NOBODY) {
                    "Untake"
                } else {
                    "Set"
                }
            }
            _ => match what.kind {
                ChangeKind::ForwardTicket => "Forward Ticket",
                ChangeKind::ForwardTransaction => "Forward Transaction",
                kind => kind.as_str(),
            },
        }
    }

    fn field(&self, look: &Look) -> Column<'static> {
        let what = &self.0.change.what;
        match (&what.field, what.kind) {
            (Some(id), ChangeKind::CustomField) if look.whole => {
                Column::Value(Value::Object(reference(look.site, "customfield", id)))
            }
            // RT has one name for both sides
            (Some(field), _) if field == HAS_MERGED => Column::text(MERGED_INTO),
            (Some(field), _) => Column::text(field.as_str()),
            (None, _) => Column::Unset,
        }
    }

    fn value(&self, value: Option<&str>, look: &Look) -> Column<'static> {
        let Some(value) = value else { return Column::Unset };
        let what = &self.0.change.what;
        let placeholder = |kind: &str| Column::Value(Value::Object(reference(look.site, kind, value)));
        match what.kind {
            ChangeKind::AddWatcher | ChangeKind::DelWatcher if look.whole => placeholder("principal"),
            ChangeKind::AddLink | ChangeKind::DeleteLink if value.parse::<TicketId>().is_ok() => {
                if look.whole {
                    placeholder("ticket")
                } else {
                    Column::text(format!("fsck.com-rt://{}/ticket/{value}", look.catalog.organization()))
                }
            }
            ChangeKind::AddLink | ChangeKind::DeleteLink if look.whole => {
                Column::Value(json!({ "type": "external", "_url": value }))
            }
            ChangeKind::Set if look.whole && what.field.as_deref() == Some("Queue") => placeholder("queue"),
            ChangeKind::Set if is_date(what) => {
                Column::text(value.parse::<Timestamp>().map_or_else(|_| value.to_owned(), |moment| super::moment(Some(moment))))
            }
            _ => Column::text(value),
        }
    }

    fn hyperlinks(&self, look: &Look) -> Value {
        let attachments = self
            .0
            .parts
            .iter()
            .map(|part| json!({ "ref": "attachment", "_url": look.site.url(format_args!("attachment/{}", part.id)) }));
        std::iter::once(self_link(look.site, "transaction", self.0.change.id.0)).chain(attachments).collect()
    }
}

fn is_date(what: &NewChange) -> bool {
    matches!(what.field.as_deref(), Some("Starts" | "Started" | "Due" | "Told" | "Resolved" | "SnoozedUntil"))
}

impl Record for Transaction {
    fn placeholder(&self, look: &Look) -> Object {
        reference(look.site, "transaction", self.0.change.id)
    }

    fn column<'a>(&'a self, name: &str, look: &Look<'a>) -> Option<Column<'a>> {
        let change = &self.0.change;
        Some(match name {
            "id" => Column::Value(json!(change.id.0)),
            "Type" => Column::text(self.kind()),
            "Object" => Column::Value(Value::Object(reference(look.site, "ticket", change.ticket))),
            "ObjectType" => Column::text("RT::Ticket"),
            "ObjectId" => Column::number(change.ticket),
            "Field" => self.field(look),
            "OldValue" => self.value(change.what.old.as_deref(), look),
            "NewValue" => self.value(change.what.new.as_deref(), look),
            "Data" => Column::optional(change.what.data.as_deref()),
            "TimeTaken" => Column::number(change.what.time_taken),
            "Description" => Column::text(sentence::description(&self.0, look.catalog)),
            "Creator" => Column::One(&self.0.actor),
            "Created" => Column::moment(Some(change.created)),
            "_hyperlinks" => Column::Value(self.hyperlinks(look)),
            _ => return None,
        })
    }
}
