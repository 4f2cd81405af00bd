//! Links follow a merge: they begin at, or lead to, the target. Where each was before stays with it, and those that became
//! superfluous are put on a shelf, so that an unmerge finds all of them, in whatever order merges are taken back.

use crate::{
    Result, Tx,
    db::{Number, in_list},
};
use domain::TicketId;
use sqlx::FromRow;

const SHELVED: &str = "kind, base_id, target_id, target_uri, from_id, to_id, creator_id, created_at";

/// Moves the links of `source` to `target`; those between the two and those that `target` has already go on the shelf.
pub async fn carry(tx: &mut Tx, source: TicketId, target: TicketId) -> Result<()> {
    tx.kept().forget_links();
    for table in ["links", "shelved_links"] {
        note_origins(tx, table, source).await?;
    }
    let superfluous: Vec<Number> = tx
        .all(
            "SELECT l.id AS n FROM links l WHERE l.base_id = $1 AND (l.target_id = $2 OR EXISTS (SELECT 1 FROM links o \
             WHERE o.base_id = $2 AND o.kind = l.kind AND (o.target_id = l.target_id OR o.target_uri = l.target_uri))) \
             UNION SELECT l.id AS n FROM links l WHERE l.target_id = $1 AND (l.base_id = $2 OR EXISTS (SELECT 1 FROM links o \
             WHERE o.base_id = l.base_id AND o.kind = l.kind AND o.target_id = $2))",
            [source.0.into(), target.0.into()],
        )
        .await?;
    if !superfluous.is_empty() {
        let list = in_list(superfluous.iter().map(|row| row.n));
        let put = format!("INSERT INTO shelved_links ({SHELVED}) SELECT {SHELVED} FROM links WHERE id IN ({list})");
        tx.run_built(put, vec![]).await?;
        tx.run_built(format!("DELETE FROM links WHERE id IN ({list})"), vec![]).await?;
    }
    for table in ["links", "shelved_links"] {
        for end in ["base_id", "target_id"] {
            let sql = format!("UPDATE {table} SET {end} = $2 WHERE {end} = $1");
            tx.run_built(sql, vec![source.0.into(), target.0.into()]).await?;
        }
    }
    Ok(())
}

/// Before an end moves for the first time.
async fn note_origins(tx: &mut Tx, table: &str, ticket: TicketId) -> Result<()> {
    for (end, origin) in [("base_id", "from_id"), ("target_id", "to_id")] {
        let sql = format!("UPDATE {table} SET {origin} = {end} WHERE {end} = $1 AND {origin} IS NULL");
        tx.run_built(sql, vec![ticket.0.into()]).await?;
    }
    Ok(())
}

/// Gives `source` back the links that it and whatever was merged into it (`members`, with itself) came with.
pub async fn give_back(tx: &mut Tx, source: TicketId, members: &[TicketId], target: TicketId) -> Result<()> {
    tx.kept().forget_links();
    let list = in_list(members.iter().map(|id| id.0));
    for table in ["links", "shelved_links"] {
        for (end, origin) in [("base_id", "from_id"), ("target_id", "to_id")] {
            let sql = format!("UPDATE {table} SET {end} = $1 WHERE {end} = $2 AND {origin} IN ({list})");
            tx.run_built(sql, vec![source.0.into(), target.0.into()]).await?;
            let sql = format!("UPDATE {table} SET {origin} = NULL WHERE {end} = $1 AND {origin} = $1");
            tx.run_built(sql, vec![source.0.into()]).await?;
        }
    }
    for end in [source, target] {
        unshelve(tx, end).await?;
    }
    Ok(())
}

#[derive(FromRow)]
struct Shelved {
    id: i64,
}

/// Puts back what is no longer superfluous.
async fn unshelve(tx: &mut Tx, ticket: TicketId) -> Result<()> {
    let shelved: Vec<Shelved> =
        tx.all("SELECT id FROM shelved_links WHERE base_id = $1 OR target_id = $1 ORDER BY id", [ticket.0.into()]).await?;
    for row in shelved {
        let columns = SHELVED.split(", ").map(|column| format!("s.{column}")).collect::<Vec<_>>().join(", ");
        let put = format!(
            "INSERT INTO links ({SHELVED}) SELECT {columns} FROM shelved_links s WHERE s.id = $1 \
             AND (s.target_id IS NULL OR s.base_id <> s.target_id) AND NOT EXISTS (SELECT 1 FROM links o WHERE o.base_id = s.base_id \
             AND o.kind = s.kind AND (o.target_id = s.target_id OR o.target_uri = s.target_uri))"
        );
        if tx.run_built(put, vec![row.id.into()]).await? > 0 {
            tx.run("DELETE FROM shelved_links WHERE id = $1", [row.id.into()]).await?;
        }
    }
    Ok(())
}
