//! What people chose for themselves, over what the installation chose, over the defaults.

use crate::{Actor, Catalog, Error, FieldError, Result, Tx, access};
use domain::{
    Right, TicketKind, UserId,
    fourth_type::queue_named,
    preference::{self, Preference},
    queue::Queue,
    setting::Kind,
};
use std::{collections::HashMap, sync::Arc};

/// What holds for one person.
#[derive(Clone, Debug)]
pub struct Preferences {
    chosen: HashMap<String, String>,
    catalog: Arc<Catalog>,
}

impl Preferences {
    /// The name is one of the constants of [`domain::preference`].
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.chosen.get(name).map_or_else(|| self.usual(name), String::as_str)
    }
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        self.text(name) == "yes"
    }
    #[must_use]
    pub fn number(&self, name: &str) -> i64 {
        self.text(name).parse().unwrap_or(0)
    }
    pub fn words(&self, name: &str) -> impl Iterator<Item = &str> {
        self.text(name).split_whitespace()
    }
    #[must_use]
    pub fn is_chosen(&self, name: &str) -> bool {
        self.chosen.contains_key(name)
    }
    /// What holds for who did not choose.
    #[must_use]
    pub fn usual(&self, name: &str) -> &str {
        let Some(preference) = preference::named(name) else { return "" };
        preference.inherits.map_or(preference.default, |setting| self.catalog.setting_text(setting))
    }
}

/// What holds for the actor.
pub async fn preferences(tx: &mut Tx, actor: &Actor) -> Result<Preferences> {
    preferences_of(tx, actor.id()).await
}

/// What holds for somebody, for verbs that act on their behalf. A stored value that cannot be used counts as not chosen.
pub async fn preferences_of(tx: &mut Tx, user: UserId) -> Result<Preferences> {
    let rows = storage::preference::of_user(&mut tx.db, user).await?;
    let usable = |(name, value): &(String, String)| {
        preference::named(name).is_some_and(|preference| preference.kind.read(value).as_deref() == Ok(value))
    };
    Ok(Preferences { chosen: rows.into_iter().filter(usable).collect(), catalog: tx.catalog() })
}

/// Chooses several at once, all or none; everything wrong is told with its name. `None` goes back to what holds for all, and so
/// does nothing where nothing is no choice.
pub async fn choose(tx: &mut Tx, actor: &Actor, wishes: &[(&str, Option<&str>)]) -> Result<()> {
    let (mut errors, mut steps) = (Vec::new(), Vec::new());
    for (name, wish) in wishes {
        let preference = preference::named(name).ok_or(Error::NotFound)?;
        match wish.map(|text| read(tx, actor, preference, text)).transpose() {
            Ok(value) => steps.push((preference.name, value.flatten())),
            Err(problem) => errors.push(FieldError::new(preference.name, problem)),
        }
    }
    Error::unless_empty(errors)?;
    for (name, value) in steps {
        match value {
            Some(value) => storage::preference::put(&mut tx.db, actor.id(), name, &value).await?,
            None => drop(storage::preference::remove(&mut tx.db, actor.id(), name).await?),
        }
    }
    Ok(())
}

fn read(tx: &Tx, actor: &Actor, preference: &Preference, text: &str) -> Result<Option<String>, String> {
    if text.trim().is_empty() && preference.kind != Kind::Flag {
        return Ok(None);
    }
    let value = preference.kind.read(text)?;
    if preference.kind == Kind::Queue && !default_queues(tx, actor).iter().any(|queue| queue.name == value) {
        return Err("There is no such queue in which you may create tickets.".to_owned());
    }
    Ok(Some(value))
}

/// The one that creating begins with by that name; where somebody works in one constituency, its queue of the same type (IR-159).
#[must_use]
pub fn usual_queue(tx: &Tx, actor: &Actor, wanted: &str) -> Option<Queue> {
    let queues = default_queues(tx, actor);
    let named = queue_named(&queues, wanted);
    let catalog = tx.catalog();
    let kind = catalog.queue_named(wanted).filter(|_| actor.within.is_some()).map(Queue::kind);
    named.or_else(|| queues.iter().find(|queue| Some(queue.kind()) == kind)).cloned()
}

/// Queues that creating may begin with: of incident response, where the actor may create (IR-282).
#[must_use]
pub fn default_queues(tx: &Tx, actor: &Actor) -> Vec<Queue> {
    let queues = access::queues_with(tx, actor, Right::CreateTicket);
    let seen = access::queues_with(tx, actor, Right::SeeQueue);
    let is_ours = |queue: &Queue| queue.kind() != TicketKind::General && seen.iter().any(|one| one.id == queue.id);
    queues.into_iter().filter(is_ours).collect()
}
