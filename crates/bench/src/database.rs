//! The databases to measure on: SQLite in the folder, and a PostgreSQL that waits for the disk at every commit.

use actions::{Desk, Surroundings, SystemClock};
use anyhow::{Context, Result};
use std::{path::Path, sync::Arc};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub(crate) const ALL: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }
}

/// An installation's own database and folder.
pub(crate) struct Database {
    pub(crate) engine: Engine,
    pub(crate) url: String,
    pub(crate) folder: std::path::PathBuf,
}

impl Database {
    /// Empty, whatever was there before.
    pub(crate) fn fresh(engine: Engine, within: &Path, name: &str) -> Result<Self> {
        let folder = within.join(format!("{name}-{}", engine.name().to_lowercase()));
        if folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
        }
        std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let url = match engine {
            Engine::Sqlite => format!("sqlite://{}", folder.join("watchbell.db").display()),
            Engine::Postgres => testkit::postgres::durable_cluster().make_database(&format!("bench_{name}")),
        };
        Ok(Self { engine, url, folder })
    }

    pub(crate) async fn desk(&self) -> Result<Desk> {
        Ok(Desk::open(
            &self.url,
            Arc::new(SystemClock),
            Surroundings { public_url: "http://bench.example".to_owned(), receivers: vec![] },
        )
        .await?)
    }

    pub(crate) async fn version(&self) -> Result<String> {
        let db = storage::Db::open(&self.url, storage::Options::default()).await?;
        let mut tx = db.read().await?;
        let (version,): (String,) = match self.engine {
            Engine::Sqlite => tx.one("SELECT 'SQLite ' || sqlite_version()", []).await?,
            Engine::Postgres => tx.one("SELECT 'PostgreSQL ' || split_part(version(), ' ', 2)", []).await?,
        };
        drop(tx);
        db.close().await;
        Ok(version)
    }

    pub(crate) fn remove(self) {
        if self.engine == Engine::Postgres {
            testkit::postgres::durable_cluster().drop_database(&self.url);
        }
        // leaving it behind harms nothing: the next run begins by removing it
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
