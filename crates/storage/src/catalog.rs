//! What an administrator has set up, read in one go. The verbs keep it in memory and read it again when its version moves.

mod field;

pub use field::Applied;

use crate::{Result, Tx, db::Number};
use domain::{
    ConstituencyId, FieldId, GroupId, QueueId, Right, Role, RuleId, UserId,
    custom_field::CustomField,
    person::EmailAddress,
    priority::Scale,
    queue::{Constituency, Queue},
    right::{Grant, Principal, Scope},
};
use sqlx::FromRow;

/// Everything as rows; definitions that other crates understand stay text.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    pub version: i64,
    pub settings: Vec<(String, String)>,
    /// JSON of each lifecycle, calendar and service level.
    pub lifecycles: Vec<String>,
    pub calendars: Vec<String>,
    pub service_levels: Vec<String>,
    pub constituencies: Vec<Constituency>,
    pub queues: Vec<Queue>,
    pub queue_watchers: Vec<(QueueId, Role, UserId)>,
    pub queue_watcher_groups: Vec<(QueueId, Role, GroupId)>,
    pub fields: Vec<CustomField>,
    /// Which queues have which fields.
    pub applied: Vec<Applied>,
    pub queue_values: Vec<(QueueId, FieldId, String)>,
    pub grants: Vec<Grant>,
    pub groups: Vec<(GroupId, String)>,
    pub user_members: Vec<(GroupId, UserId)>,
    pub group_members: Vec<(GroupId, GroupId)>,
    /// Number, name, enabled, JSON; in the order they run.
    pub rules: Vec<(RuleId, String, bool, String)>,
    /// Queue (none is every queue), name, content.
    pub templates: Vec<(Option<QueueId>, String, String)>,
}

pub async fn version(tx: &mut Tx) -> Result<i64> {
    let row: Number = tx.one("SELECT version AS n FROM catalog_version WHERE id = 1", []).await?;
    Ok(row.n)
}

/// Tells every process that the catalog changed; part of each transaction that changes it.
pub async fn touch(tx: &mut Tx) -> Result<()> {
    tx.run("UPDATE catalog_version SET version = version + 1 WHERE id = 1", []).await?;
    Ok(())
}

#[derive(FromRow)]
struct Text {
    a: String,
}
#[derive(FromRow)]
struct Pair {
    a: String,
    b: String,
}
#[derive(FromRow)]
struct Ids {
    a: i64,
    b: i64,
}

pub async fn read(tx: &mut Tx) -> Result<Rows> {
    let texts = |rows: Vec<Text>| rows.into_iter().map(|row| row.a).collect::<Vec<_>>();
    let version = version(tx).await?;
    let settings: Vec<Pair> = tx.all("SELECT name AS a, value AS b FROM settings", []).await?;
    let lifecycles = texts(tx.all("SELECT definition AS a FROM lifecycles ORDER BY name", []).await?);
    let calendars = texts(tx.all("SELECT definition AS a FROM calendars ORDER BY name", []).await?);
    let service_levels = texts(tx.all("SELECT definition AS a FROM service_levels ORDER BY name", []).await?);
    let users: Vec<Ids> = tx.all("SELECT group_id AS a, user_id AS b FROM group_members WHERE user_id IS NOT NULL", []).await?;
    let groups: Vec<Ids> =
        tx.all("SELECT group_id AS a, member_group_id AS b FROM group_members WHERE member_group_id IS NOT NULL", []).await?;
    Ok(Rows {
        version,
        settings: settings.into_iter().map(|row| (row.a, row.b)).collect(),
        lifecycles,
        calendars,
        service_levels,
        constituencies: constituencies(tx).await?,
        queues: queues(tx).await?,
        queue_watchers: queue_watchers(tx).await?,
        queue_watcher_groups: crate::watcher::of_queues(tx).await?,
        fields: field::fields(tx).await?,
        applied: field::applied(tx).await?,
        queue_values: field::queue_values(tx).await?,
        grants: grants(tx).await?,
        groups: group_names(tx).await?,
        user_members: users.into_iter().map(|row| (GroupId(row.a), UserId(row.b))).collect(),
        group_members: groups.into_iter().map(|row| (GroupId(row.a), GroupId(row.b))).collect(),
        rules: rules(tx).await?,
        templates: templates(tx).await?,
    })
}

async fn constituencies(tx: &mut Tx) -> Result<Vec<Constituency>> {
    #[derive(FromRow)]
    struct Row {
        id: i64,
        name: String,
        description: String,
    }
    let rows: Vec<Row> = tx.all("SELECT id, name, description FROM constituencies ORDER BY name", []).await?;
    Ok(rows
        .into_iter()
        .map(|row| Constituency { id: ConstituencyId(row.id), name: row.name, description: row.description })
        .collect())
}

#[derive(FromRow)]
struct QueueRow {
    id: i64,
    name: String,
    description: String,
    correspond_address: Option<String>,
    comment_address: Option<String>,
    lifecycle: String,
    subject_tag: Option<String>,
    sort_order: i64,
    levels_disabled: bool,
    default_level: Option<String>,
    initial_priority: i64,
    final_priority: i64,
    default_due: String,
    default_starts: String,
    priorities: String,
    time_zone: Option<String>,
    constituency_id: Option<i64>,
    disabled: bool,
}

async fn queues(tx: &mut Tx) -> Result<Vec<Queue>> {
    let rows: Vec<QueueRow> = tx
        .all(
            "SELECT id, name, description, correspond_address, comment_address, lifecycle, subject_tag, sort_order, levels_disabled, \
             default_level, initial_priority, final_priority, default_due, default_starts, priorities, time_zone, constituency_id, disabled FROM queues ORDER BY sort_order, name",
            [],
        )
        .await?;
    let address = |text: Option<String>| text.and_then(|text| EmailAddress::parse(&text).ok());
    Ok(rows
        .into_iter()
        .map(|row| Queue {
            id: QueueId(row.id),
            name: row.name,
            description: row.description,
            correspond_address: address(row.correspond_address),
            comment_address: address(row.comment_address),
            lifecycle: row.lifecycle,
            subject_tag: row.subject_tag.filter(|tag| !tag.is_empty()),
            sort_order: row.sort_order,
            levels_disabled: row.levels_disabled,
            default_level: row.default_level.filter(|level| !level.is_empty()),
            initial_priority: row.initial_priority,
            final_priority: row.final_priority,
            default_due: Some(row.default_due).filter(|text| !text.is_empty()),
            default_starts: Some(row.default_starts).filter(|text| !text.is_empty()),
            scale: Scale::parse(&row.priorities).ok(),
            time_zone: row.time_zone.filter(|zone| !zone.is_empty()),
            constituency: row.constituency_id.map(ConstituencyId),
            disabled: row.disabled,
        })
        .collect())
}

async fn queue_watchers(tx: &mut Tx) -> Result<Vec<(QueueId, Role, UserId)>> {
    #[derive(FromRow)]
    struct Row {
        queue_id: i64,
        role: String,
        user_id: i64,
    }
    let rows: Vec<Row> = tx.all("SELECT queue_id, role, user_id FROM queue_watchers ORDER BY 1, 2, 3", []).await?;
    Ok(rows.into_iter().filter_map(|row| Some((QueueId(row.queue_id), Role::parse(&row.role)?, UserId(row.user_id)))).collect())
}

async fn grants(tx: &mut Tx) -> Result<Vec<Grant>> {
    #[derive(FromRow)]
    struct Row {
        principal_kind: String,
        principal_id: i64,
        role: String,
        right_name: String,
        scope_kind: String,
        scope_id: i64,
    }
    let rows: Vec<Row> =
        tx.all("SELECT principal_kind, principal_id, role, right_name, scope_kind, scope_id FROM grants ORDER BY id", []).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let principal = match row.principal_kind.as_str() {
                "everyone" => Principal::Everyone,
                "privileged" => Principal::Privileged,
                "unprivileged" => Principal::Unprivileged,
                "user" => Principal::User(UserId(row.principal_id)),
                "group" => Principal::Group(GroupId(row.principal_id)),
                "role" => Principal::Role(Role::parse(&row.role)?),
                _ => return None,
            };
            let scope = match row.scope_kind.as_str() {
                "global" => Scope::Global,
                "queue" => Scope::Queue(QueueId(row.scope_id)),
                "field" => Scope::Field(FieldId(row.scope_id)),
                _ => return None,
            };
            Some(Grant { principal, right: Right::parse(&row.right_name)?, scope })
        })
        .collect())
}

async fn group_names(tx: &mut Tx) -> Result<Vec<(GroupId, String)>> {
    #[derive(FromRow)]
    struct Row {
        id: i64,
        name: String,
    }
    let rows: Vec<Row> = tx.all("SELECT id, name FROM groups WHERE NOT disabled ORDER BY name", []).await?;
    Ok(rows.into_iter().map(|row| (GroupId(row.id), row.name)).collect())
}

async fn rules(tx: &mut Tx) -> Result<Vec<(RuleId, String, bool, String)>> {
    #[derive(FromRow)]
    struct Row {
        id: i64,
        name: String,
        enabled: bool,
        definition: String,
    }
    let rows: Vec<Row> = tx.all("SELECT id, name, enabled, definition FROM rules ORDER BY position, id", []).await?;
    Ok(rows.into_iter().map(|row| (RuleId(row.id), row.name, row.enabled, row.definition)).collect())
}

async fn templates(tx: &mut Tx) -> Result<Vec<(Option<QueueId>, String, String)>> {
    #[derive(FromRow)]
    struct Row {
        queue_id: Option<i64>,
        name: String,
        content: String,
    }
    let rows: Vec<Row> = tx.all("SELECT queue_id, name, content FROM templates ORDER BY id", []).await?;
    Ok(rows.into_iter().map(|row| (row.queue_id.map(QueueId), row.name, row.content)).collect())
}
