//! Working with one constituency: its name in the address narrows home and lists to its queues (IR-286).

use actions::{Actor, Tx, access};
use domain::Right;
use query::Query;

use crate::parameters::Parameters;
use crate::query_text::{any, is};

/// The constituencies whose tickets somebody may see, and the one chosen.
pub(crate) struct Constituencies {
    /// Names with their queues' names.
    known: Vec<(String, Vec<String>)>,
    pub(crate) chosen: String,
}

impl Constituencies {
    pub(crate) fn read(tx: &Tx, actor: &Actor, parameters: &Parameters) -> Self {
        let catalog = tx.catalog();
        let mut known: Vec<(String, Vec<String>)> = Vec::new();
        for queue in access::queues_with(tx, actor, Right::ShowTicket) {
            let Some(constituency) = catalog.constituency(&queue) else { continue };
            match known.iter_mut().find(|(name, _)| *name == constituency.name) {
                Some((_, queues)) => queues.push(queue.name),
                None => known.push((constituency.name.clone(), vec![queue.name])),
            }
        }
        let wanted = parameters.text("constituency");
        let chosen = known.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(name, _)| name.clone());
        Self { known, chosen: chosen.unwrap_or_default() }
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|(name, _)| name.as_str())
    }

    /// Whether tickets of this queue are to be shown.
    pub(crate) fn includes(&self, queue: &str) -> bool {
        self.chosen.is_empty() || self.chosen_queues().any(|name| name == queue)
    }

    /// The condition for queries; `None` when all are wanted.
    pub(crate) fn condition(&self) -> Option<Query> {
        any(self.chosen_queues().map(|queue| is("Queue", queue)).collect())
    }

    fn chosen_queues(&self) -> impl Iterator<Item = &str> {
        self.known.iter().filter(|(name, _)| *name == self.chosen).flat_map(|(_, queues)| queues.iter().map(String::as_str))
    }
}
