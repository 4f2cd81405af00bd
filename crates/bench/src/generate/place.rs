//! What generated tickets refer to: queues, fields and staff as they are found, and correspondents made for them.

use actions::{Actor, Catalog, Desk, Door};
use anyhow::{Context, Result};
use domain::{
    QueueId, TicketKind, UserId,
    custom_field::{CustomField, FieldValue},
    person::{EmailAddress, Theme, User},
    queue::Queue,
};
use jiff::Timestamp;
use std::sync::Arc;

pub(super) struct Place {
    pub(super) now: Timestamp,
    pub(super) staff: Vec<UserId>,
    pub(super) correspondents: Vec<(UserId, String)>,
    catalog: Arc<Catalog>,
    /// The queues of reports: the base queue first, then one a constituency.
    reports: Vec<Queue>,
}

impl Place {
    pub(super) async fn prepare(desk: &Desk, count: i64) -> Result<Self> {
        let correspondents = make_correspondents(desk, (count / 50).clamp(20, 2_000)).await?;
        let mut tx = desk.read().await?;
        let catalog = tx.catalog();
        let reports: Vec<Queue> = catalog.queues().filter(|queue| queue.kind() == TicketKind::Report).cloned().collect();
        let mut staff = Vec::new();
        for name in ["dana", "tariq", "hana"] {
            staff.push(Actor::by_name(&mut tx, name, Door::Web).await.with_context(|| format!("{name} is missing"))?.id());
        }
        anyhow::ensure!(!reports.is_empty(), "there is no queue for reports");
        Ok(Self { now: tx.now(), staff, correspondents, catalog, reports })
    }

    /// Seven of ten families belong to no constituency.
    pub(super) fn report_queue(&self, die: u64) -> &Queue {
        let others = self.reports.len().saturating_sub(1) as u64;
        let index = if die % 10 < 7 || others == 0 { 0 } else { 1 + (die / 10 % others) as usize };
        self.reports.get(index).expect("there is a queue for reports")
    }

    pub(super) fn queue(&self, kind: TicketKind, like: &Queue) -> &Queue {
        self.catalog.queue_beside(kind, like).expect("every kind has its base queue")
    }

    /// A value of a seeded field, if the queue has it and the value fits.
    pub(super) fn value(&self, queue: QueueId, name: &str, text: &str) -> Option<(&CustomField, FieldValue)> {
        let field = self.catalog.field_named(queue, name)?;
        Some((field, field.value(text).ok()?))
    }
}

async fn make_correspondents(desk: &Desk, count: i64) -> Result<Vec<(UserId, String)>> {
    let now = desk.now();
    let mut tx = desk.db().write().await?;
    let mut made = Vec::new();
    for number in 0..count {
        let address = format!("contact{number}@site{}.example", number % 97);
        let user = User {
            id: UserId(0),
            name: address.clone(),
            email: Some(EmailAddress::parse(&address)?),
            real_name: format!("Contact {number}"),
            organization: String::new(),
            privileged: false,
            disabled: false,
            time_zone: None,
            theme: Theme::System,
            keys: true,
            signature: String::new(),
        };
        // an installation may be added to
        let known = storage::person::by_name(&mut tx, &address).await?.map(|user| user.id);
        let id = match known {
            Some(id) => id,
            None => storage::person::insert(&mut tx, &user, "", now).await?,
        };
        made.push((id, address));
    }
    tx.commit().await?;
    Ok(made)
}
