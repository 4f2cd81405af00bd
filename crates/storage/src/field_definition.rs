//! Writing what custom fields are and where they apply. Each call is followed by [`crate::catalog::touch`] in the same transaction.

use crate::{Result, Tx, catalog::Applied, db::Number, value::Value};
use domain::{
    FieldId, QueueId,
    custom_field::{CustomField, FieldOption},
};

pub async fn insert(tx: &mut Tx, field: &CustomField) -> Result<FieldId> {
    let row: Number = tx
        .one(
            "INSERT INTO custom_fields (name, description, kind, bearer, max_values, pattern, hint, refusal, grouping, source, render, based_on, \
             is_unique, spelling, link, default_value, everywhere, sort_order, disabled) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19) RETURNING id AS n",
            columns(field),
        )
        .await?;
    let id = FieldId(row.n);
    set_options(tx, id, &field.options).await?;
    Ok(id)
}

/// All but the options.
pub async fn update(tx: &mut Tx, field: &CustomField) -> Result<()> {
    let mut values = columns(field).to_vec();
    values.push(field.id.0.into());
    tx.run(
        "UPDATE custom_fields SET name = $1, description = $2, kind = $3, bearer = $4, max_values = $5, pattern = $6, hint = $7, refusal = $8, \
         grouping = $9, source = $10, render = $11, based_on = $12, is_unique = $13, spelling = $14, link = $15, default_value = $16, \
         everywhere = $17, sort_order = $18, disabled = $19 WHERE id = $20",
        values,
    )
    .await?;
    Ok(())
}

fn columns(field: &CustomField) -> [Value; 19] {
    [
        field.name.as_str().into(),
        field.description.as_str().into(),
        field.kind.as_str().into(),
        field.bearer.as_str().into(),
        field.max_values.into(),
        field.pattern.clone().into(),
        field.hint.as_str().into(),
        field.refusal.as_str().into(),
        field.grouping.as_str().into(),
        field.source.as_str().into(),
        field.render.as_str().into(),
        field.based_on.map(|id| id.0).into(),
        field.unique.into(),
        field.spelling.as_str().into(),
        field.link.as_str().into(),
        field.default.as_str().into(),
        field.everywhere.into(),
        field.sort_order.into(),
        field.disabled.into(),
    ]
}

/// Replaces the list of a field's own values; what tickets hold stays.
pub async fn set_options(tx: &mut Tx, field: FieldId, options: &[FieldOption]) -> Result<()> {
    tx.run("DELETE FROM custom_field_options WHERE field_id = $1", [field.0.into()]).await?;
    for (order, option) in options.iter().enumerate() {
        tx.run(
            "INSERT INTO custom_field_options (field_id, name, description, category, sort_order) VALUES ($1,$2,$3,$4,$5)",
            [
                field.0.into(),
                option.name.as_str().into(),
                option.description.as_str().into(),
                option.category.as_str().into(),
                (order as i64).into(),
            ],
        )
        .await?;
    }
    Ok(())
}

pub async fn apply(tx: &mut Tx, field: FieldId, queue: QueueId) -> Result<()> {
    tx.run(
        "INSERT INTO custom_field_queues (field_id, queue_id) VALUES ($1,$2) ON CONFLICT DO NOTHING",
        [field.0.into(), queue.0.into()],
    )
    .await?;
    Ok(())
}

/// Makes the field apply exactly here.
pub async fn set_applied(tx: &mut Tx, field: FieldId, applied: &[Applied]) -> Result<()> {
    tx.run("DELETE FROM custom_field_queues WHERE field_id = $1", [field.0.into()]).await?;
    for one in applied {
        tx.run(
            "INSERT INTO custom_field_queues (field_id, queue_id, sort_order, default_value, mandatory) VALUES ($1,$2,$3,$4,$5)",
            [field.0.into(), one.queue.0.into(), one.sort_order.into(), one.default.clone().into(), one.mandatory.into()],
        )
        .await?;
    }
    Ok(())
}

pub async fn set_queue_values(tx: &mut Tx, queue: QueueId, field: FieldId, values: &[String]) -> Result<()> {
    tx.run("DELETE FROM queue_field_values WHERE queue_id = $1 AND field_id = $2", [queue.0.into(), field.0.into()]).await?;
    for value in values {
        tx.run(
            "INSERT INTO queue_field_values (queue_id, field_id, content) VALUES ($1,$2,$3)",
            [queue.0.into(), field.0.into(), value.as_str().into()],
        )
        .await?;
    }
    Ok(())
}
