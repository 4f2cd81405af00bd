//! What can go wrong below the verbs.

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("database: {0}")]
    Sql(sqlx::Error),
    #[error("not found")]
    NotFound,
    /// A unique value is taken already.
    #[error("already exists")]
    Taken,
    /// Another transaction was in the way; the same work may be tried again.
    #[error("busy: {0}")]
    Busy(String),
    /// A statement was stopped because it took longer than one may.
    #[error("it took too long")]
    TooLong,
    #[error("stored data is not readable: {0}")]
    Corrupt(String),
    #[error("the search asks for something unknown: {0}")]
    Search(String),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::PoolTimedOut => Self::Busy("no free connection".into()),
            sqlx::Error::Database(inner) if inner.is_unique_violation() => Self::Taken,
            // 57014 query cancelled (PostgreSQL), 9 interrupted (SQLite)
            sqlx::Error::Database(inner) if inner.code().is_some_and(|code| ["57014", "9"].contains(&code.as_ref())) => {
                Self::TooLong
            }
            // 40001 serialization, 40P01 deadlock (PostgreSQL); 5 busy, 6 locked (SQLite)
            sqlx::Error::Database(inner)
                if inner.code().is_some_and(|code| ["40001", "40P01", "5", "6", "517"].contains(&code.as_ref())) =>
            {
                Self::Busy(inner.message().to_owned())
            }
            _ => Self::Sql(error),
        }
    }
}
