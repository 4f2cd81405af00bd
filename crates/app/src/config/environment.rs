//! Keys from the environment: `WATCHBELL_MAIL__SMTP__HOST` is `mail.smtp.host`.

use anyhow::{Result, bail};
use toml::{Table, Value};

const PREFIX: &str = "WATCHBELL_";

/// No keys: those for tests of the product itself, and those that a program which is told of Countermeasures gets from us.
const NO_KEYS: [&str; 3] = ["WATCHBELL_TEST_", "WATCHBELL_HOOK_", "WATCHBELL_BINARY"];

/// Ours among the variables.
pub(super) fn variables() -> Vec<(String, String)> {
    let is_key = |name: &str| name.starts_with(PREFIX) && !NO_KEYS.iter().any(|other| name.starts_with(other));
    std::env::vars().filter(|(name, _)| is_key(name)).collect()
}

pub(super) fn set(table: &mut Table, variable: &str, text: &str) -> Result<()> {
    let key = variable.trim_start_matches(PREFIX).to_lowercase();
    let mut path: Vec<&str> = key.split("__").collect();
    let Some(last) = path.pop().filter(|last| !last.is_empty()) else {
        bail!("the environment variable {variable} names no key")
    };
    let mut place = table;
    for section in path {
        let entry = place.entry(section).or_insert_with(|| Value::Table(Table::new()));
        place = match entry {
            Value::Table(inner) => inner,
            _ => bail!("the environment variable {variable} treats “{section}” as a section, and it is a value"),
        };
    }
    place.insert(last.to_owned(), value(text));
    Ok(())
}

/// A number, a truth value or a list when it reads as one, else a text.
fn value(text: &str) -> Value {
    let parsed = toml::from_str::<Table>(&format!("v = {text}")).ok().and_then(|mut table| table.remove("v"));
    match parsed {
        Some(value @ (Value::Integer(_) | Value::Boolean(_) | Value::Array(_) | Value::String(_))) => value,
        _ => Value::String(text.to_owned()),
    }
}
