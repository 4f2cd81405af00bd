//! Lifecycles as administrators edit them (TC-045): validated, audited, in force at once in every process.

use super::put;
use crate::{Actor, Error, FieldError, Result, Tx, access};
use domain::{QueueId, Right, StatusClass, lifecycle::Lifecycle};
use storage::queue::Definitions;

/// More text than this no lifecycle needs.
const LONGEST: usize = 200_000;

/// Reads and stores a definition (JSON); everything wrong with it is told with its place. A definition of an existing name
/// replaces that one. Needs `SuperUser`: it names the rights that transitions take.
pub async fn save_lifecycle(tx: &mut Tx, actor: &Actor, definition: &str) -> Result<String> {
    access::require_global(tx, actor, Right::SuperUser)?;
    let lifecycle = read(definition)?.normalised();
    let catalog = tx.catalog();
    let flaws = lifecycle.flaws(&catalog.lifecycles);
    Error::unless_empty(
        flaws.into_iter().map(|flaw| FieldError::new("definition", format!("{}: {}", flaw.place, flaw.message))).collect(),
    )?;
    let queues = queues_of(tx, &lifecycle.name);
    keep_statuses_in_use(tx, &lifecycle, &queues).await?;
    put(tx, Definitions::Lifecycles, &lifecycle.name, &lifecycle).await?;
    for status in lifecycle.statuses() {
        let class = lifecycle.class(status).unwrap_or(StatusClass::Active);
        storage::ticket::reclassify(&mut tx.db, &queues, status, class).await?;
    }
    let text = serde_json::to_string(&lifecycle).map_err(|error| Error::Internal(error.into()))?;
    done(tx, actor, "save lifecycle", &text).await?;
    Ok(lifecycle.name)
}

fn read(definition: &str) -> Result<Lifecycle> {
    if definition.len() > LONGEST {
        return Err(Error::invalid("definition", "This is longer than any lifecycle."));
    }
    serde_json::from_str(definition).map_err(|error| Error::invalid("definition", format!("This is not a lifecycle: {error}.")))
}

/// Tickets must not be left in a status that is no more.
async fn keep_statuses_in_use(tx: &mut Tx, lifecycle: &Lifecycle, queues: &[QueueId]) -> Result<()> {
    let used = storage::ticket::statuses_of_queues(&mut tx.db, queues).await?;
    let missing: Vec<String> = used.into_iter().filter(|status| lifecycle.class(status).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let message = format!("There are tickets in these statuses, which would be no more: {}.", missing.join(", "));
    Err(Error::invalid("definition", message))
}

/// One that a queue uses cannot be deleted. The maps of others that lead to it go with it.
pub async fn delete_lifecycle(tx: &mut Tx, actor: &Actor, name: &str) -> Result<()> {
    access::require_global(tx, actor, Right::SuperUser)?;
    let catalog = tx.catalog();
    if catalog.lifecycles.get(name).is_none() {
        return Err(Error::NotFound);
    }
    let users: Vec<&str> = catalog.queues().filter(|queue| queue.lifecycle == name).map(|queue| queue.name.as_str()).collect();
    if !users.is_empty() {
        return Err(Error::Conflict(format!("The lifecycle “{name}” is used by {} and cannot be deleted.", users.join(", "))));
    }
    for other in catalog.lifecycles.iter().filter(|other| other.maps.contains_key(name)) {
        let mut other = other.clone();
        other.maps.remove(name);
        put(tx, Definitions::Lifecycles, &other.name, &other).await?;
    }
    storage::queue::delete_definition(&mut tx.db, Definitions::Lifecycles, name).await?;
    done(tx, actor, "delete lifecycle", name).await
}

fn queues_of(tx: &Tx, lifecycle: &str) -> Vec<QueueId> {
    tx.catalog().queues().filter(|queue| queue.lifecycle == lifecycle).map(|queue| queue.id).collect()
}

pub(super) async fn done(tx: &mut Tx, actor: &Actor, kind: &str, data: &str) -> Result<()> {
    let now = tx.now();
    storage::audit::append(&mut tx.db, actor.id(), kind, data, now).await?;
    tx.catalog_changed().await
}
