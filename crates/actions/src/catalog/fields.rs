//! Which queue has which custom fields, in which order, and what it says about them.

use super::Catalog;
use crate::directory::Directory;
use domain::{
    FieldId, QueueId, TicketKind,
    custom_field::{Bearer, CustomField, FieldOption},
    setting::list,
};
use storage::catalog::Applied;

/// What the strict form of a new Incident asks for besides a subject (IR-103).
const CLASSIFICATION: &str = "Classification";

impl Catalog {
    /// Enabled fields of a queue's tickets, in order.
    pub fn fields_of(&self, queue: QueueId) -> impl Iterator<Item = &CustomField> {
        self.fields_for(Bearer::Ticket, queue)
    }
    /// The same for what else carries values: entries of the history of its tickets, the queue itself.
    pub fn fields_for(&self, bearer: Bearer, queue: QueueId) -> impl Iterator<Item = &CustomField> {
        let mut fields: Vec<&CustomField> = self
            .fields
            .iter()
            .filter(|field| field.bearer == bearer && !field.disabled)
            .filter(|field| field.everywhere || self.applied(field.id, queue).is_some())
            .collect();
        let place =
            |field: &CustomField| self.applied(field.id, queue).and_then(|one| one.sort_order).unwrap_or(field.sort_order);
        fields.sort_by_key(|field| (place(field), field.id));
        fields.into_iter()
    }
    #[must_use]
    pub fn field(&self, id: FieldId) -> Option<&CustomField> {
        self.fields.iter().find(|field| field.id == id)
    }
    /// Enabled ones of tickets.
    pub fn fields(&self) -> impl Iterator<Item = &CustomField> {
        self.fields.iter().filter(|field| !field.disabled && field.bearer == Bearer::Ticket)
    }
    /// Disabled ones too, and of whatever carries them.
    pub fn all_fields(&self) -> impl Iterator<Item = &CustomField> {
        self.fields.iter()
    }
    /// One that is of this queue alone goes before one of all queues (TC-146).
    #[must_use]
    pub fn field_named(&self, queue: QueueId, name: &str) -> Option<&CustomField> {
        let named = || self.fields_of(queue).filter(|field| field.name.eq_ignore_ascii_case(name));
        named().find(|field| !field.everywhere).or_else(|| named().next())
    }
    #[must_use]
    pub fn applied(&self, field: FieldId, queue: QueueId) -> Option<&Applied> {
        self.applied.iter().find(|one| one.field == field && one.queue == queue)
    }
    pub fn applied_to(&self, field: FieldId) -> impl Iterator<Item = &Applied> {
        self.applied.iter().filter(move |one| one.field == field)
    }

    /// What the field starts with in this queue (IR-097, TC-135); empty is nothing.
    #[must_use]
    pub fn default_of<'a>(&'a self, field: &'a CustomField, queue: QueueId) -> &'a str {
        self.applied(field.id, queue).and_then(|one| one.default.as_deref()).unwrap_or(&field.default)
    }

    /// The box a field stands in; ordinary queues may have their own arrangement (IR-096).
    #[must_use]
    pub fn grouping_of<'a>(&'a self, field: &'a CustomField, queue: QueueId) -> &'a str {
        let ordinary = self.queue(queue).is_some_and(|queue| queue.kind() == TicketKind::General);
        let own =
            || self.setting_map(list::ORDINARY_GROUPINGS).into_iter().find(|(name, _)| name.eq_ignore_ascii_case(&field.name));
        own().filter(|_| ordinary).map_or(field.grouping.as_str(), |(_, grouping)| grouping)
    }

    /// Whether a new ticket, or one that is edited, must have a value (IR-103, TC-132). A select without options cannot have one.
    #[must_use]
    pub fn is_mandatory(&self, field: &CustomField, queue: QueueId) -> bool {
        let empty = field.kind == domain::custom_field::FieldKind::Select && field.options.is_empty();
        let here = || self.applied(field.id, queue).is_some_and(|one| one.mandatory);
        !empty && (field.is_mandatory() || here())
    }
    /// The same at creation, where the strict Incident form asks for more.
    #[must_use]
    pub fn is_mandatory_at_creation(&self, field: &CustomField, queue: QueueId) -> bool {
        let strict = || {
            field.name == CLASSIFICATION
                && !field.options.is_empty()
                && self.queue(queue).is_some_and(|queue| queue.kind() == TicketKind::Incident)
                && self.setting_flag(list::STRICT_INCIDENT_FORM)
        };
        self.is_mandatory(field, queue) || strict()
    }

    /// Fills in what lists of values come from elsewhere (IR-122, TC-136).
    pub(super) fn with_outside_values(mut self) -> Self {
        let path = self.setting_text(list::DIRECTORY_FILE);
        self.directory = (!path.is_empty()).then(|| Directory::load(path));
        let groups: Vec<FieldOption> = self.groups.iter().map(|(_, name)| FieldOption::named(name)).collect();
        let institutions = self.directory.as_ref().map(Directory::options).unwrap_or_default();
        for field in &mut self.fields {
            match field.source.as_str() {
                "groups" => field.options.clone_from(&groups),
                "directory" => field.options.clone_from(&institutions),
                _ => {}
            }
        }
        self
    }
    /// Institutions and their networks, where a site has such a directory (IR-124).
    #[must_use]
    pub fn directory(&self) -> Option<&Directory> {
        self.directory.as_ref()
    }
    #[must_use]
    pub fn has_directory(&self) -> bool {
        self.directory.is_some()
    }
    pub(crate) fn is_directory_current(&self) -> bool {
        self.directory.as_ref().is_none_or(Directory::is_current)
    }

    /// The values a queue itself has in a field by name: its default WHOIS server and the like (IR-095).
    #[must_use]
    pub fn queue_values(&self, queue: QueueId, field: FieldId) -> Vec<&str> {
        self.queue_values.iter().filter(|(id, of, _)| *id == queue && *of == field).map(|(_, _, value)| value.as_str()).collect()
    }
    /// The first of them, by the field's name.
    #[must_use]
    pub fn queue_value(&self, queue: QueueId, name: &str) -> Option<&str> {
        let field = self.fields_for(Bearer::Queue, queue).find(|field| field.name.eq_ignore_ascii_case(name))?;
        self.queue_values(queue, field.id).first().copied()
    }
}
