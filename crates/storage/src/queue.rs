//! Writing what the catalog reads: queues, fields, lifecycles, levels, rules, templates, settings. Each call is followed by
//! [`crate::catalog::touch`] in the same transaction.

use crate::{Result, Tx, db::Number};
use domain::{ConstituencyId, QueueId, queue::Queue};

pub async fn insert(tx: &mut Tx, queue: &Queue) -> Result<QueueId> {
    let address = |address: &Option<domain::person::EmailAddress>| address.as_ref().map(|address| address.as_str().to_owned());
    let row: Number = tx
        .one(
            "INSERT INTO queues (name, description, correspond_address, comment_address, lifecycle, subject_tag, sort_order, levels_disabled, \
             default_level, initial_priority, final_priority, constituency_id, disabled) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) RETURNING id AS n",
            [
                queue.name.as_str().into(),
                queue.description.as_str().into(),
                address(&queue.correspond_address).into(),
                address(&queue.comment_address).into(),
                queue.lifecycle.as_str().into(),
                queue.subject_tag.clone().into(),
                queue.sort_order.into(),
                queue.levels_disabled.into(),
                queue.default_level.clone().into(),
                queue.initial_priority.into(),
                queue.final_priority.into(),
                queue.constituency.map(|id| id.0).into(),
                queue.disabled.into(),
            ],
        )
        .await?;
    Ok(QueueId(row.n))
}

/// Writes everything that can be edited.
pub async fn update(tx: &mut Tx, queue: &Queue) -> Result<()> {
    let address = |address: &Option<domain::person::EmailAddress>| address.as_ref().map(|address| address.as_str().to_owned());
    tx.run(
        "UPDATE queues SET name=$2, description=$3, correspond_address=$4, comment_address=$5, lifecycle=$6, subject_tag=$7, sort_order=$8, \
         levels_disabled=$9, default_level=$10, initial_priority=$11, final_priority=$12, disabled=$13, default_due=$14, default_starts=$15, \
         priorities=$16, time_zone=$17 WHERE id=$1",
        [
            queue.id.0.into(),
            queue.name.as_str().into(),
            queue.description.as_str().into(),
            address(&queue.correspond_address).into(),
            address(&queue.comment_address).into(),
            queue.lifecycle.as_str().into(),
            queue.subject_tag.clone().into(),
            queue.sort_order.into(),
            queue.levels_disabled.into(),
            queue.default_level.clone().into(),
            queue.initial_priority.into(),
            queue.final_priority.into(),
            queue.disabled.into(),
            queue.default_due.as_deref().unwrap_or_default().into(),
            queue.default_starts.as_deref().unwrap_or_default().into(),
            queue.scale.as_ref().map(domain::priority::Scale::written).unwrap_or_default().into(),
            queue.time_zone.clone().into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn set_addresses(tx: &mut Tx, queue: QueueId, correspond: Option<&str>, comment: Option<&str>) -> Result<()> {
    tx.run(
        "UPDATE queues SET correspond_address = $2, comment_address = $3 WHERE id = $1",
        [queue.0.into(), correspond.map(str::to_owned).into(), comment.map(str::to_owned).into()],
    )
    .await?;
    Ok(())
}

pub async fn rename(tx: &mut Tx, queue: QueueId, name: &str) -> Result<()> {
    tx.run("UPDATE queues SET name = $2 WHERE id = $1", [queue.0.into(), name.into()]).await?;
    Ok(())
}

pub async fn rename_constituency(tx: &mut Tx, id: ConstituencyId, name: &str) -> Result<()> {
    tx.run("UPDATE constituencies SET name = $2 WHERE id = $1", [id.0.into(), name.into()]).await?;
    Ok(())
}

/// A queue has its service levels switched as another one.
pub async fn copy_levels(tx: &mut Tx, from: QueueId, to: QueueId) -> Result<()> {
    tx.run(
        "UPDATE queues SET levels_disabled = (SELECT levels_disabled FROM queues WHERE id = $1), \
         default_level = (SELECT default_level FROM queues WHERE id = $1) WHERE id = $2",
        [from.0.into(), to.0.into()],
    )
    .await?;
    Ok(())
}

pub async fn set_disabled(tx: &mut Tx, queue: QueueId, disabled: bool) -> Result<()> {
    tx.run("UPDATE queues SET disabled = $2 WHERE id = $1", [queue.0.into(), disabled.into()]).await?;
    Ok(())
}

pub async fn insert_constituency(tx: &mut Tx, name: &str, description: &str) -> Result<ConstituencyId> {
    let row: Number = tx
        .one(
            "INSERT INTO constituencies (name, description) VALUES ($1, $2) RETURNING id AS n",
            [name.into(), description.into()],
        )
        .await?;
    Ok(ConstituencyId(row.n))
}

/// Writes one named definition (JSON text), replacing what had the name.
pub async fn put_definition(tx: &mut Tx, table: Definitions, name: &str, definition: &str) -> Result<()> {
    let sql = match table {
        Definitions::Lifecycles => {
            "INSERT INTO lifecycles (name, definition) VALUES ($1,$2) ON CONFLICT (name) DO UPDATE SET definition = excluded.definition"
        }
        Definitions::Calendars => {
            "INSERT INTO calendars (name, definition) VALUES ($1,$2) ON CONFLICT (name) DO UPDATE SET definition = excluded.definition"
        }
        Definitions::ServiceLevels => {
            "INSERT INTO service_levels (name, definition) VALUES ($1,$2) ON CONFLICT (name) DO UPDATE SET definition = excluded.definition"
        }
        Definitions::Settings => {
            "INSERT INTO settings (name, value) VALUES ($1,$2) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        }
    };
    tx.run(sql, [name.into(), definition.into()]).await?;
    Ok(())
}

/// Takes one away; `false` when there was none. What refers to it must be looked at before.
pub async fn delete_definition(tx: &mut Tx, table: Definitions, name: &str) -> Result<bool> {
    let sql = match table {
        Definitions::Lifecycles => "DELETE FROM lifecycles WHERE name = $1",
        Definitions::Calendars => "DELETE FROM calendars WHERE name = $1",
        Definitions::ServiceLevels => "DELETE FROM service_levels WHERE name = $1",
        Definitions::Settings => "DELETE FROM settings WHERE name = $1",
    };
    Ok(tx.run(sql, [name.into()]).await? > 0)
}

/// The tables that hold named definitions.
#[derive(Clone, Copy, Debug)]
pub enum Definitions {
    Lifecycles,
    Calendars,
    ServiceLevels,
    Settings,
}
