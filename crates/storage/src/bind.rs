//! Values of a statement, handed to whichever driver runs it.

use crate::value::Value;
use jiff_sqlx::ToSqlx;
use sqlx::{Arguments, Encode, Type, postgres::PgArguments, sqlite::SqliteArguments};

/// The errors of `add` are those of values too large to send; the statement then fails for lack of a parameter.
pub(crate) fn postgres(values: Vec<Value>) -> PgArguments {
    bind(values, |arguments: &mut PgArguments, time| {
        let _ = arguments.add(time.map(ToSqlx::to_sqlx));
    })
}

pub(crate) fn sqlite(values: Vec<Value>) -> SqliteArguments {
    bind(values, |arguments: &mut SqliteArguments, time| {
        let _ = arguments.add(time.map(jiff::Timestamp::as_microsecond));
    })
}

fn bind<A: Arguments + Default>(values: Vec<Value>, time: fn(&mut A, Option<jiff::Timestamp>)) -> A
where
    for<'q> Option<bool>: Encode<'q, A::Database> + Type<A::Database>,
    for<'q> Option<i64>: Encode<'q, A::Database> + Type<A::Database>,
    for<'q> Option<String>: Encode<'q, A::Database> + Type<A::Database>,
    for<'q> Option<Vec<u8>>: Encode<'q, A::Database> + Type<A::Database>,
{
    let mut arguments = A::default();
    for value in values {
        let _ = match value {
            Value::Bool(x) => arguments.add(x),
            Value::Integer(x) => arguments.add(x),
            Value::Text(x) => arguments.add(x),
            Value::Bytes(x) => arguments.add(x),
            Value::Time(x) => {
                time(&mut arguments, x);
                Ok(())
            }
        };
    }
    arguments
}
