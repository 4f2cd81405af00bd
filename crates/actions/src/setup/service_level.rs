//! Service levels and calendars as administrators edit them, and the scheme that dates follow (TC-213 … TC-215, IR-230, IR-235).

use super::{lifecycle::done, put};
use crate::{Actor, Error, Result, Tx, access};
use domain::{
    Right,
    service_level::{Calendar, ServiceLevel, classic},
    setting::list,
};
use storage::queue::Definitions;

/// What sets Starts and Due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// The promises of the level in force.
    Standard,
    /// The historic scheme (IR-235 … IR-241).
    Classic,
}

impl Scheme {
    pub const ALL: [Self; 2] = [Self::Standard, Self::Classic];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Classic => "classic",
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.as_str() == text)
    }
}

/// Stores a level under its name.
pub async fn save_level(tx: &mut Tx, actor: &Actor, level: ServiceLevel) -> Result<()> {
    access::require_global(tx, actor, Right::AdminQueue)?;
    let level = ServiceLevel { name: level.name.trim().to_owned(), ..level };
    level.check().map_err(|error| Error::invalid(error.field, format!("{}.", error.message)))?;
    if !tx.catalog().calendars().any(|calendar| calendar.name == level.calendar) {
        return Err(Error::invalid("calendar", format!("There is no calendar “{}”.", level.calendar)));
    }
    put(tx, Definitions::ServiceLevels, &level.name, &level).await?;
    let text = serde_json::to_string(&level).map_err(|error| Error::Internal(error.into()))?;
    done(tx, actor, "save service level", &text).await
}

/// One that a queue or an open ticket has stays.
pub async fn delete_level(tx: &mut Tx, actor: &Actor, name: &str) -> Result<()> {
    access::require_global(tx, actor, Right::AdminQueue)?;
    let catalog = tx.catalog();
    if catalog.level(name).is_none() {
        return Err(Error::NotFound);
    }
    let queues: Vec<&str> =
        catalog.queues().filter(|queue| queue.default_level.as_deref() == Some(name)).map(|queue| queue.name.as_str()).collect();
    if !queues.is_empty() || catalog.default_level() == Some(name) {
        let users = if queues.is_empty() { "all queues".to_owned() } else { queues.join(", ") };
        return Err(Error::Conflict(format!("“{name}” is the default level of {users} and cannot be deleted.")));
    }
    let tickets = storage::ticket::count_open_with_level(&mut tx.db, name).await?;
    if tickets > 0 {
        return Err(Error::Conflict(format!("{tickets} open tickets have the level “{name}”; it cannot be deleted.")));
    }
    storage::queue::delete_definition(&mut tx.db, Definitions::ServiceLevels, name).await?;
    done(tx, actor, "delete service level", name).await
}

/// Stores a calendar under its name.
pub async fn save_calendar(tx: &mut Tx, actor: &Actor, calendar: Calendar) -> Result<()> {
    access::require_global(tx, actor, Right::AdminQueue)?;
    let calendar = Calendar { name: calendar.name.trim().to_owned(), ..calendar };
    calendar.check().map_err(|error| Error::invalid(error.field, format!("{}.", error.message)))?;
    put(tx, Definitions::Calendars, &calendar.name, &calendar).await?;
    let text = serde_json::to_string(&calendar).map_err(|error| Error::Internal(error.into()))?;
    done(tx, actor, "save calendar", &text).await
}

/// One that a level goes by stays.
pub async fn delete_calendar(tx: &mut Tx, actor: &Actor, name: &str) -> Result<()> {
    access::require_global(tx, actor, Right::AdminQueue)?;
    let catalog = tx.catalog();
    let users: Vec<&str> = catalog.levels().filter(|level| level.calendar == name).map(|level| level.name.as_str()).collect();
    if !users.is_empty() {
        return Err(Error::Conflict(format!(
            "The levels {} go by the calendar “{name}”; it cannot be deleted.",
            users.join(", ")
        )));
    }
    if !storage::queue::delete_definition(&mut tx.db, Definitions::Calendars, name).await? {
        return Err(Error::NotFound);
    }
    done(tx, actor, "delete calendar", name).await
}

/// Which scheme dates follow, and the level of tickets whose queue has none of its own (IR-230). Choosing the historic scheme brings
/// its levels back as they were meant; other levels stay.
pub async fn choose_scheme(tx: &mut Tx, actor: &Actor, scheme: Scheme, default_level: &str) -> Result<()> {
    access::require_global(tx, actor, Right::AdminQueue)?;
    let catalog = tx.catalog();
    if !default_level.is_empty() && catalog.level(default_level).is_none() {
        return Err(Error::invalid("default_level", format!("There is no service level “{default_level}”.")));
    }
    if scheme == Scheme::Classic {
        let Some(calendar) = catalog.calendars().next() else {
            return Err(Error::invalid("scheme", "The scheme needs a calendar."));
        };
        for level in classic::levels(&calendar.name) {
            put(tx, Definitions::ServiceLevels, &level.name, &level).await?;
        }
    }
    for (name, value) in [(list::LEVEL_SCHEME, scheme.as_str()), (list::DEFAULT_LEVEL, default_level)] {
        storage::queue::put_definition(&mut tx.db, Definitions::Settings, name, value).await?;
    }
    done(tx, actor, "choose service levels", &format!("{}, default “{default_level}”", scheme.as_str())).await
}
