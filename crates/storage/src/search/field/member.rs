//! People through the groups they are in, however deep: groups that hold a role, watch a queue, or are asked for by name.

use super::{Answer, refused, words};
use crate::search::Sql;
use query::{Op, Term, Value};

/// Groups that a person is in for whom `condition` holds (of `u`), as `held (id)`.
pub(super) fn groups_of(condition: &str) -> String {
    format!(
        "WITH RECURSIVE held (id) AS (SELECT g.group_id FROM group_members g JOIN users u ON u.id = g.user_id WHERE {condition} \
         UNION SELECT g.group_id FROM group_members g JOIN held ON g.member_group_id = held.id)"
    )
}

/// `OwnerGroup`, `RequestorGroup`, … : somebody of that role is in the group of that name or number (TC-255).
pub(super) fn in_group(sql: &mut Sql, roles: &[&str], term: &Term) -> Answer {
    if term.op != Op::Eq || term.value == Value::Null {
        return Err(refused(term, format!("{} is compared with = and a group's name or number", term.field.name)));
    }
    let wanted = words(term)?;
    let group = match wanted.trim().parse::<i64>() {
        Ok(id) => format!("id = {}", sql.bind(id)),
        Err(_) => format!("lower(name) = {}", sql.bind(wanted.trim().to_lowercase())),
    };
    let inside = format!(
        "WITH RECURSIVE inside (id) AS (SELECT id FROM groups WHERE {group} \
         UNION SELECT g.member_group_id FROM group_members g JOIN inside ON g.group_id = inside.id WHERE g.member_group_id IS NOT NULL)"
    );
    let people = format!(
        "{inside} SELECT g.user_id FROM group_members g JOIN inside ON g.group_id = inside.id WHERE g.user_id IS NOT NULL"
    );
    if roles.is_empty() {
        return Ok(format!("t.owner_id IN ({people})"));
    }
    let roles = roles.iter().map(|role| format!("'{role}'")).collect::<Vec<_>>().join(",");
    Ok(format!(
        "(t.id IN (SELECT m.ticket_id FROM role_members m WHERE m.role IN ({roles}) AND m.user_id IN ({people})) \
         OR t.id IN ({inside} SELECT r.ticket_id FROM role_groups r JOIN inside ON r.group_id = inside.id WHERE r.role IN ({roles})))"
    ))
}
