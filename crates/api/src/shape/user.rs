//! People. Those who may not administer users see of others only a summary (API-171).

use super::{Column, Look, Object, Record, reference, self_link};
use crate::site::Site;
use domain::{Right, UserId, person::User};
use serde_json::{Value, json};

/// RT's name for the product itself (API: `Creator` of what rules do).
pub(crate) const SYSTEM: &str = "RT_System";

pub(crate) fn login(user: &User) -> &str {
    if user.id == UserId::SYSTEM { SYSTEM } else { &user.name }
}

/// The name as we keep it.
pub(crate) fn own_name(login: &str) -> &str {
    if login.eq_ignore_ascii_case(SYSTEM) { "system" } else { login }
}

pub(crate) const SUMMARY: [&str; 4] = ["Name", "EmailAddress", "RealName", "Privileged"];
pub(crate) const COLUMNS: [&str; 16] = [
    "id",
    "Name",
    "EmailAddress",
    "RealName",
    "Organization",
    "Timezone",
    "Signature",
    "Privileged",
    "Disabled",
    "Memberships",
    "Creator",
    "Created",
    "LastUpdated",
    "LastUpdatedBy",
    "CustomFields",
    "_hyperlinks",
];

/// Administrators and oneself see everything.
pub(crate) fn sees_all(user: &User, look: &Look) -> bool {
    user.id == look.actor.id() || look.catalog.grants.globally(&look.actor.identity, Right::AdminUsers)
}

/// The product, where nobody loaded it.
pub(super) fn system(site: &Site) -> Value {
    json!({ "type": "user", "id": SYSTEM, "_url": site.user(SYSTEM) })
}

fn user_hyperlinks(user: &User, site: &Site) -> Value {
    json!([self_link(site, "user", user.id.0)])
}

impl Record for User {
    fn placeholder(&self, look: &Look) -> Object {
        let mut object = Object::new();
        object.insert("type".to_owned(), json!("user"));
        object.insert("id".to_owned(), json!(login(self)));
        object.insert("_url".to_owned(), json!(look.site.user(login(self))));
        object
    }

    fn column<'a>(&'a self, name: &str, look: &Look<'a>) -> Option<Column<'a>> {
        let open_to_all = SUMMARY.contains(&name) || matches!(name, "_hyperlinks" | "id");
        if !open_to_all && !sees_all(self, look) {
            return None;
        }
        Some(match name {
            "id" => Column::Value(json!(self.id.0)),
            "Name" => Column::text(login(self)),
            "EmailAddress" => Column::text(self.email.as_ref().map_or("", |email| email.as_str())),
            "RealName" => Column::text(self.real_name.as_str()),
            "Privileged" => Column::Value(json!(u8::from(self.privileged))),
            "Organization" => Column::optional(Some(self.organization.as_str()).filter(|text| !text.is_empty())),
            "Timezone" => Column::optional(self.time_zone.as_deref()),
            "Signature" => Column::text(self.signature.as_str()),
            "Disabled" => Column::flag(self.disabled),
            "Memberships" => {
                let groups = look.catalog.groups_of(self.id);
                Column::Value(groups.iter().map(|group| reference(look.site, "group", group)).map(Value::Object).collect())
            }
            // who made an account and when is on the administrative record only
            "Creator" | "LastUpdatedBy" => Column::Value(system(look.site)),
            "Created" | "LastUpdated" => Column::moment(None),
            "CustomFields" => Column::Value(json!([])),
            "_hyperlinks" => Column::Value(user_hyperlinks(self, look.site)),
            _ => return None,
        })
    }
}
