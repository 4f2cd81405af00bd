//! A moment as each database keeps it: `timestamptz` in PostgreSQL, microseconds since 1970 in SQLite.

use jiff::Timestamp;
use sqlx::{Decode, Postgres, Sqlite, Type};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub Timestamp);

/// The same moment without what neither database keeps, so that what is hashed now is what is read later.
#[must_use]
pub(crate) fn to_microseconds(moment: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(moment.as_microsecond()).unwrap_or(moment)
}

impl From<Timestamp> for Instant {
    fn from(moment: Timestamp) -> Self {
        Self(to_microseconds(moment))
    }
}
impl From<Instant> for Timestamp {
    fn from(instant: Instant) -> Self {
        instant.0
    }
}
type Boxed = Box<dyn std::error::Error + Send + Sync>;

impl Type<Postgres> for Instant {
    fn type_info() -> sqlx::postgres::PgTypeInfo {
        <jiff_sqlx::Timestamp as Type<Postgres>>::type_info()
    }
}
impl Type<Sqlite> for Instant {
    fn type_info() -> sqlx::sqlite::SqliteTypeInfo {
        <i64 as Type<Sqlite>>::type_info()
    }
    fn compatible(info: &sqlx::sqlite::SqliteTypeInfo) -> bool {
        <i64 as Type<Sqlite>>::compatible(info)
    }
}
impl<'r> Decode<'r, Postgres> for Instant {
    fn decode(value: sqlx::postgres::PgValueRef<'r>) -> Result<Self, Boxed> {
        Ok(Self(<jiff_sqlx::Timestamp as Decode<Postgres>>::decode(value)?.to_jiff()))
    }
}
impl<'r> Decode<'r, Sqlite> for Instant {
    fn decode(value: sqlx::sqlite::SqliteValueRef<'r>) -> Result<Self, Boxed> {
        Ok(Self(Timestamp::from_microsecond(<i64 as Decode<Sqlite>>::decode(value)?)?))
    }
}
