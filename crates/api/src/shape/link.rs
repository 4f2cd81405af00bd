//! Ends of links as placeholders with RT's word for the direction (API-052).

use super::reference;
use crate::site::Site;
use domain::{TicketId, link::LinkKind};
use serde_json::{Value, json};

fn word(kind: LinkKind, outgoing: bool) -> &'static str {
    match (kind, outgoing) {
        (LinkKind::DependsOn, true) => "depends-on",
        (LinkKind::DependsOn, false) => "depended-on-by",
        (LinkKind::MemberOf, true) => "parent",
        (LinkKind::MemberOf, false) => "child",
        (LinkKind::RefersTo, true) => "refers-to",
        (LinkKind::RefersTo, false) => "referred-to-by",
    }
}

pub(crate) fn end(site: &Site, kind: LinkKind, outgoing: bool, other: TicketId) -> Value {
    let mut object = reference(site, "ticket", other);
    object.insert("ref".to_owned(), json!(word(kind, outgoing)));
    Value::Object(object)
}

pub(crate) fn to_uri(kind: LinkKind, uri: &str) -> Value {
    json!({ "type": "external", "_url": uri, "ref": word(kind, true) })
}
