//! Administering custom fields: what they are, their options, where they apply, who may do what with them (TC-130, TC-131, TC-138).
//! Every change is in the administrative record.

mod define;
mod options;

pub use define::{SOURCES, define};
pub use options::{option_lines, set_options};

use crate::{Actor, Error, FieldError, Result, Tx, access};
use domain::{
    FieldId, GroupId, QueueId, Right, Role,
    custom_field::{Bearer, CustomField},
    right::{Grant, Principal, Scope},
};
use storage::catalog::Applied;

/// Rights that are granted on a field.
pub const RIGHTS: [Right; 5] = [
    Right::SeeCustomField,
    Right::ModifyCustomField,
    Right::SetInitialCustomField,
    Right::AdminCustomField,
    Right::AdminCustomFieldValues,
];

/// Those that the actor administers: all, or the ones they were given.
pub fn list(tx: &Tx, actor: &Actor) -> Result<Vec<CustomField>> {
    let fields: Vec<CustomField> =
        tx.catalog().all_fields().filter(|field| may(tx, actor, Right::AdminCustomField, field.id)).cloned().collect();
    if fields.is_empty() {
        access::require_global(tx, actor, Right::AdminCustomField)?;
    }
    Ok(fields)
}

pub fn get(tx: &Tx, actor: &Actor, id: FieldId) -> Result<CustomField> {
    require(tx, actor, Right::AdminCustomField, id)?;
    tx.catalog().field(id).cloned().ok_or(Error::NotFound)
}

fn may(tx: &Tx, actor: &Actor, right: Right, field: FieldId) -> bool {
    // no queue: only what is granted everywhere or on the field itself
    tx.catalog().grants.on_field(&actor.identity, right, field, QueueId(0))
}

fn require(tx: &Tx, actor: &Actor, right: Right, field: FieldId) -> Result<()> {
    if may(tx, actor, right, field) { Ok(()) } else { Err(Error::Forbidden(right)) }
}

/// Where a field applies, and what each queue says about it; makes it exactly so.
pub async fn apply(tx: &mut Tx, actor: &Actor, id: FieldId, applied: Vec<Applied>) -> Result<()> {
    let field = get(tx, actor, id)?;
    let catalog = tx.catalog();
    let mut errors = Vec::new();
    for one in &applied {
        let Some(queue) = catalog.queue(one.queue) else { return Err(Error::invalid("queues", "There is no such queue.")) };
        if let Some(Err(error)) = one.default.as_deref().map(|default| field.values(field.split(default))) {
            errors.push(FieldError::new(format!("default-{}", queue.id), format!("{}: {error}.", queue.name)));
        }
    }
    Error::unless_empty(errors)?;
    storage::field_definition::set_applied(&mut tx.db, id, &applied).await?;
    record(tx, actor, "apply custom field", &field.name).await
}

/// Gives a group, or holders of a role, a right on the field, or takes it away.
pub async fn grant(tx: &mut Tx, actor: &Actor, id: FieldId, (principal, right): (Principal, Right), given: bool) -> Result<()> {
    let field = get(tx, actor, id)?;
    if !RIGHTS.contains(&right) {
        return Err(Error::invalid("right", "This right is not one of fields."));
    }
    if matches!(principal, Principal::Role(_)) {
        return Err(Error::invalid("principal", "Fields are granted to groups and people, not to roles."));
    }
    let grant = Grant { principal, right, scope: Scope::Field(id) };
    if given {
        storage::group::grant(&mut tx.db, &grant).await?;
    } else {
        storage::group::revoke(&mut tx.db, &grant).await?;
    }
    let verb = if given { "grant on custom field" } else { "revoke on custom field" };
    record(tx, actor, verb, &format!("{}: {right} {}", field.name, named(tx, principal))).await
}

/// Grants on the field itself, as pages show them.
pub fn grants(tx: &Tx, actor: &Actor, id: FieldId) -> Result<Vec<(Principal, String, Right)>> {
    get(tx, actor, id)?;
    let catalog = tx.catalog();
    Ok(catalog.grants.on(Scope::Field(id)).map(|grant| (grant.principal, named(tx, grant.principal), grant.right)).collect())
}

fn named(tx: &Tx, principal: Principal) -> String {
    let group = |id: GroupId| tx.catalog().groups().find(|(known, _)| *known == id).map(|(_, name)| name.to_owned());
    match principal {
        Principal::Everyone => "Everyone".to_owned(),
        Principal::Privileged => "Privileged".to_owned(),
        Principal::Unprivileged => "Unprivileged".to_owned(),
        Principal::User(id) => format!("user {id}"),
        Principal::Group(id) => group(id).unwrap_or_else(|| format!("group {id}")),
        Principal::Role(role) => Role::as_str(role).to_owned(),
    }
}

/// What a queue itself holds in the fields of queues (IR-095).
pub async fn set_queue_values(tx: &mut Tx, actor: &Actor, queue: QueueId, inputs: &[(FieldId, String)]) -> Result<()> {
    access::require_global(tx, actor, Right::AdminQueue)?;
    let catalog = tx.catalog();
    let name = catalog.queue(queue).ok_or(Error::NotFound)?.name.clone();
    let mut errors = Vec::new();
    for (id, text) in inputs {
        let field = catalog.fields_for(Bearer::Queue, queue).find(|field| field.id == *id);
        let field = field.ok_or_else(|| Error::invalid(format!("cf-{id}"), "This queue has no such field."))?;
        match field.values(field.split(text)) {
            Ok(values) => {
                let values: Vec<String> = values.into_iter().map(|value| value.content).collect();
                storage::field_definition::set_queue_values(&mut tx.db, queue, *id, &values).await?;
            }
            Err(error) => errors.push(FieldError::new(format!("cf-{id}"), format!("{}: {error}.", field.name))),
        }
    }
    Error::unless_empty(errors)?;
    record(tx, actor, "set values of queue", &name).await
}

async fn record(tx: &mut Tx, actor: &Actor, kind: &str, data: &str) -> Result<()> {
    let now = tx.now();
    storage::audit::append(&mut tx.db, actor.id(), kind, data, now).await?;
    tx.catalog_changed().await
}
