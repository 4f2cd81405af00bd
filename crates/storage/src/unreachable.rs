//! People whom mail does not reach.

use crate::{Instant, Result, Tx, db::bind_list};
use domain::{UserId, person::EmailAddress};
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreachable {
    pub user: UserId,
    pub address: String,
    pub since: Timestamp,
    /// What the last report says.
    pub reason: String,
}

#[derive(FromRow)]
struct UnreachableRow {
    user_id: i64,
    address: String,
    since: Instant,
    reason: String,
}

impl From<UnreachableRow> for Unreachable {
    fn from(row: UnreachableRow) -> Self {
        Self { user: UserId(row.user_id), address: row.address, since: row.since.into(), reason: row.reason }
    }
}

/// A mark counts as long as the address is theirs.
const SELECT: &str = "SELECT m.user_id, m.address, m.since, m.reason FROM unreachable m \
                      JOIN users u ON u.id = m.user_id AND u.email = m.address WHERE";

/// Marks somebody; who is marked already stays so since then, unless for another address.
pub async fn mark(tx: &mut Tx, user: UserId, address: &EmailAddress, reason: &str, now: Timestamp) -> Result<()> {
    tx.run(
        "INSERT INTO unreachable (user_id, address, since, reason) VALUES ($1,$2,$3,$4) ON CONFLICT (user_id) DO UPDATE SET \
         since = CASE WHEN unreachable.address = excluded.address THEN unreachable.since ELSE excluded.since END, \
         address = excluded.address, reason = excluded.reason",
        [user.0.into(), address.as_str().into(), Instant::from(now).into(), reason.into()],
    )
    .await?;
    Ok(())
}

/// `false` when there was no mark.
pub async fn clear(tx: &mut Tx, user: UserId) -> Result<bool> {
    Ok(tx.run("DELETE FROM unreachable WHERE user_id = $1", [user.0.into()]).await? > 0)
}

pub async fn of_users(tx: &mut Tx, users: &[UserId]) -> Result<Vec<Unreachable>> {
    if users.is_empty() {
        return Ok(vec![]);
    }
    let mut values = vec![];
    let list = bind_list(&mut values, users.iter().map(|id| id.0));
    let rows: Vec<UnreachableRow> = tx.all_built(format!("{SELECT} m.user_id IN ({list})"), values).await?;
    Ok(rows.into_iter().map(Unreachable::from).collect())
}

pub async fn of_addresses(tx: &mut Tx, addresses: &[&EmailAddress]) -> Result<Vec<Unreachable>> {
    if addresses.is_empty() {
        return Ok(vec![]);
    }
    let places = (1..=addresses.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(",");
    let values = addresses.iter().map(|address| address.as_str().into()).collect();
    let rows: Vec<UnreachableRow> = tx.all_built(format!("{SELECT} m.address IN ({places})"), values).await?;
    Ok(rows.into_iter().map(Unreachable::from).collect())
}
