//! Definitions of custom fields, where they apply, and the values that queues have.

use crate::{Error, Result, Tx};
use domain::{
    FieldId, QueueId,
    custom_field::{Bearer, CustomField, FieldKind, FieldOption, Render, Spelling},
};
use sqlx::FromRow;

/// A field in a queue, with what that queue says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    pub field: FieldId,
    pub queue: QueueId,
    pub sort_order: Option<i64>,
    /// `None` takes the field's own.
    pub default: Option<String>,
    pub mandatory: bool,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    name: String,
    description: String,
    kind: String,
    bearer: String,
    max_values: i64,
    pattern: Option<String>,
    hint: String,
    refusal: String,
    grouping: String,
    source: String,
    render: String,
    based_on: Option<i64>,
    is_unique: bool,
    spelling: String,
    link: String,
    default_value: String,
    everywhere: bool,
    sort_order: i64,
    disabled: bool,
}

#[derive(FromRow)]
struct OptionRow {
    field_id: i64,
    name: String,
    description: String,
    category: String,
}

pub(super) async fn fields(tx: &mut Tx) -> Result<Vec<CustomField>> {
    let rows: Vec<Row> = tx
        .all(
            "SELECT id, name, description, kind, bearer, max_values, pattern, hint, refusal, grouping, source, render, based_on, \
             is_unique, spelling, link, default_value, everywhere, sort_order, disabled FROM custom_fields ORDER BY sort_order, id",
            [],
        )
        .await?;
    let sql = "SELECT field_id, name, description, category FROM custom_field_options ORDER BY field_id, sort_order, name";
    let options: Vec<OptionRow> = tx.all(sql, []).await?;
    rows.into_iter().map(|row| field(row, &options)).collect()
}

fn field(row: Row, options: &[OptionRow]) -> Result<CustomField> {
    let unknown = |what: &str, text: &str| Error::Corrupt(format!("field “{}” has the unknown {what} “{text}”", row.name));
    let mine = options.iter().filter(|option| option.field_id == row.id);
    Ok(CustomField {
        id: FieldId(row.id),
        kind: FieldKind::parse(&row.kind).ok_or_else(|| unknown("kind", &row.kind))?,
        bearer: Bearer::parse(&row.bearer).ok_or_else(|| unknown("bearer", &row.bearer))?,
        render: Render::parse(&row.render).unwrap_or_default(),
        spelling: Spelling::parse(&row.spelling).unwrap_or_default(),
        options: mine
            .map(|option| FieldOption {
                name: option.name.clone(),
                description: option.description.clone(),
                category: option.category.clone(),
            })
            .collect(),
        name: row.name,
        description: row.description,
        max_values: row.max_values,
        pattern: row.pattern.filter(|pattern| !pattern.is_empty()),
        hint: row.hint,
        refusal: row.refusal,
        grouping: row.grouping,
        source: row.source,
        based_on: row.based_on.map(FieldId),
        unique: row.is_unique,
        link: row.link,
        default: row.default_value,
        everywhere: row.everywhere,
        sort_order: row.sort_order,
        disabled: row.disabled,
    })
}

pub(super) async fn applied(tx: &mut Tx) -> Result<Vec<Applied>> {
    #[derive(FromRow)]
    struct Row {
        field_id: i64,
        queue_id: i64,
        sort_order: Option<i64>,
        default_value: Option<String>,
        mandatory: bool,
    }
    let sql =
        "SELECT field_id, queue_id, sort_order, default_value, mandatory FROM custom_field_queues ORDER BY field_id, queue_id";
    let rows: Vec<Row> = tx.all(sql, []).await?;
    let one = |row: Row| Applied {
        field: FieldId(row.field_id),
        queue: QueueId(row.queue_id),
        sort_order: row.sort_order,
        default: row.default_value,
        mandatory: row.mandatory,
    };
    Ok(rows.into_iter().map(one).collect())
}

pub(super) async fn queue_values(tx: &mut Tx) -> Result<Vec<(QueueId, FieldId, String)>> {
    #[derive(FromRow)]
    struct Row {
        queue_id: i64,
        field_id: i64,
        content: String,
    }
    let rows: Vec<Row> = tx.all("SELECT queue_id, field_id, content FROM queue_field_values ORDER BY id", []).await?;
    Ok(rows.into_iter().map(|row| (QueueId(row.queue_id), FieldId(row.field_id), row.content)).collect())
}
