//! Pages of administration.

use super::encode;
use domain::{FieldId, QueueId, RuleId, TemplateId};

#[must_use]
pub fn admin_fields() -> &'static str {
    "/admin/fields"
}
#[must_use]
pub fn admin_field_new() -> &'static str {
    "/admin/fields/new"
}
#[must_use]
pub fn admin_field(id: FieldId) -> String {
    format!("/admin/fields/{id}")
}
/// A part of a field's administration: `options`, `queues`, `grants`.
#[must_use]
pub fn admin_field_part(id: FieldId, part: &str) -> String {
    format!("/admin/fields/{id}/{part}")
}
/// What a queue itself holds in the fields of queues.
#[must_use]
pub fn admin_queue_values(id: QueueId) -> String {
    format!("/admin/queue-values/{id}")
}
#[must_use]
pub fn admin() -> &'static str {
    "/admin"
}
/// Automation rules, in the order they run.
#[must_use]
pub fn admin_rules() -> &'static str {
    "/admin/rules"
}
#[must_use]
pub fn admin_rule_new() -> &'static str {
    "/admin/rules/new"
}
#[must_use]
pub fn admin_rule(id: RuleId) -> String {
    format!("/admin/rules/{id}")
}
/// All rules and templates as a file.
#[must_use]
pub fn admin_rules_export() -> &'static str {
    "/admin/rules/export"
}
#[must_use]
pub fn admin_rules_import() -> &'static str {
    "/admin/rules/import"
}
/// A sub-resource of a rule: `enabled`, `move`.
#[must_use]
pub fn admin_rule_part(id: RuleId, part: &str) -> String {
    format!("/admin/rules/{id}/{part}")
}
/// Templates of mails.
#[must_use]
pub fn admin_templates() -> &'static str {
    "/admin/templates"
}
#[must_use]
pub fn admin_template_new() -> &'static str {
    "/admin/templates/new"
}
/// A template, or a sub-resource of it: `delete`.
#[must_use]
pub fn admin_template(id: TemplateId, part: &str) -> String {
    if part.is_empty() { format!("/admin/templates/{id}") } else { format!("/admin/templates/{id}/{part}") }
}
/// Options of the installation; forms are sent there too.
#[must_use]
pub fn admin_settings() -> &'static str {
    "/admin/settings"
}
#[must_use]
pub fn admin_constituencies() -> &'static str {
    "/admin/constituencies"
}
#[must_use]
pub fn admin_constituency_rename() -> &'static str {
    "/admin/constituencies/rename"
}
/// Mail that could not be processed.
#[must_use]
pub fn admin_mail() -> &'static str {
    "/admin/mail"
}
/// A sub-resource of such a mail: `raw`, `retry`.
#[must_use]
pub fn admin_mail_part(id: i64, part: &str) -> String {
    format!("/admin/mail/{id}/{part}")
}
/// Letters that wait or failed.
#[must_use]
pub fn admin_outbox() -> &'static str {
    "/admin/outbox"
}
/// What is done to such a letter: `send`, `cancel`.
#[must_use]
pub fn admin_outbox_part(id: i64, part: &str) -> String {
    format!("/admin/outbox/{id}/{part}")
}
#[must_use]
pub fn admin_queues() -> &'static str {
    "/admin/queues"
}
/// A queue's page, or a part of it: `watchers`.
#[must_use]
pub fn admin_queue(id: QueueId, part: &str) -> String {
    if part.is_empty() { format!("/admin/queues/{id}") } else { format!("/admin/queues/{id}/{part}") }
}
#[must_use]
pub fn admin_lifecycles() -> &'static str {
    "/admin/lifecycles"
}
/// A lifecycle's page, or a part of it: `edit`, `delete`.
#[must_use]
pub fn admin_lifecycle(name: &str, part: &str) -> String {
    let name = encode(name);
    if part.is_empty() { format!("/admin/lifecycles/{name}") } else { format!("/admin/lifecycles/{name}/{part}") }
}
#[must_use]
pub fn admin_levels() -> &'static str {
    "/admin/service-levels"
}
/// A part of the pages of service levels: `scheme`, `level`, `calendar`, `delete-level`, `delete-calendar`.
#[must_use]
pub fn admin_levels_part(part: &str) -> String {
    format!("/admin/service-levels/{part}")
}
