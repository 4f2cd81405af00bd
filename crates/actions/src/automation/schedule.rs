//! Rules by the clock: at their time each runs on every ticket that its search finds, each ticket in a transaction of its own. How far
//! a run is stands in the database, written with what was done: whatever dies or waits, no ticket is done twice or left out, and of
//! several processes one does it. What was missed while nothing ran is made up for once.

use super::{Occasion, Scene, run, step};
use crate::{Actor, Desk, Door, Result, Tx, lists};
use domain::{
    ChangeId, Ticket, TicketId, UserId,
    change::{Change, ChangeKind, NewChange},
};
use jiff::{SignedDuration, Timestamp};
use query::{Field, Op, Query, Term, Value};
use rules::{Rule, next_run};
use storage::search::{Order, OrderBy, Page};

/// Tickets looked up at once.
const AT_ONCE: i64 = 100;
/// A process that says nothing for so long is thought dead, and another one goes on.
const HOLD: SignedDuration = SignedDuration::from_mins(5);
/// Where something is no change, it is called this.
const SCHEDULE: &str = "Schedule";

/// Runs what is due. Returns how many rules ran.
pub async fn run_schedules(desk: &Desk) -> Result<u64> {
    let mut look = desk.read().await?;
    let catalog = look.catalog();
    let known = storage::schedule::all(&mut look.db).await?;
    let now = look.now();
    drop(look);
    let clocked = || catalog.rules().iter().filter_map(|rule| Some((rule, rule.definition.schedule.as_ref()?)));
    for gone in known.iter().filter(|row| !clocked().any(|(rule, _)| rule.id == row.rule)) {
        let mut tx = desk.write().await?;
        storage::schedule::end(&mut tx.db, gone.rule).await?;
        tx.commit().await?;
    }
    let mut ran = 0;
    for (rule, schedule) in clocked() {
        match known.iter().find(|row| row.rule == rule.id && row.pattern == schedule.cron) {
            None => {
                let Some(next) = next_run(&schedule.cron, &catalog.zone(), now) else { continue };
                let mut tx = desk.write().await?;
                storage::schedule::begin(&mut tx.db, rule.id, &schedule.cron, next).await?;
                tx.commit().await?;
            }
            Some(row) if row.next <= now && row.held_until.is_none_or(|until| until <= now) => {
                let mut tx = desk.write().await?;
                let (now, until) = moments(&tx);
                let mine = storage::schedule::claim(&mut tx.db, rule.id, now, until).await?;
                tx.commit().await?;
                if mine {
                    // whatever is wrong with one must not keep the others from running; it is tried again when its hold ends
                    if let Err(error) = all_tickets(desk, rule, &schedule.search, (row.after, until)).await {
                        tracing::error!(rule = rule.name, %error, "a rule by the clock broke off");
                    }
                    ran += 1;
                }
            }
            Some(_) => {}
        }
    }
    Ok(ran)
}

fn moments(tx: &Tx) -> (Timestamp, Timestamp) {
    (tx.now(), tx.now().checked_add(HOLD).unwrap_or(tx.now()))
}

async fn all_tickets(desk: &Desk, rule: &Rule, search: &str, (mut after, mut held): (TicketId, Timestamp)) -> Result<()> {
    let system = Actor::system(Door::Cli);
    match query::parse(search) {
        Err(error) => tracing::error!(rule = rule.name, %error, "the search of a rule by the clock cannot be read"),
        Ok(wanted) => loop {
            let mut look = desk.read().await?;
            let found = from(&mut look, &system, &wanted, (Op::Gt, after), AT_ONCE).await?;
            drop(look);
            if found.is_empty() {
                break;
            }
            for ticket in found {
                match one(desk, rule, &wanted, (ticket.id, held)).await? {
                    Some(until) => held = until,
                    None => return Ok(()),
                }
                after = ticket.id;
            }
        },
    }
    let mut tx = desk.write().await?;
    let now = tx.now();
    let cron = rule.definition.schedule.as_ref().map_or("", |schedule| schedule.cron.as_str());
    // from now, so that what was missed meanwhile is not made up for again and again
    match next_run(cron, &tx.catalog().zone(), now) {
        Some(next) => storage::schedule::finish(&mut tx.db, rule.id, held, next).await?,
        None => storage::schedule::end(&mut tx.db, rule.id).await?,
    }
    tx.commit().await
}

async fn from(tx: &mut Tx, actor: &Actor, wanted: &Query, (op, id): (Op, TicketId), limit: i64) -> Result<Vec<Ticket>> {
    let place = Query::Term(Term::new(Field::named("id"), op, Value::Number(id.0)));
    let query = Query::And(vec![place, wanted.clone()]);
    lists::search(tx, actor, &query, &[OrderBy::ascending(Order::Id)], Page { limit, offset: 0 }).await
}

/// One ticket, if the search still finds it. Returns until when we may go on, or nothing when another process took over.
async fn one(desk: &Desk, rule: &Rule, wanted: &Query, (id, held): (TicketId, Timestamp)) -> Result<Option<Timestamp>> {
    let system = Actor::system(Door::Cli);
    let mut tx = desk.write().await?;
    let (now, until) = moments(&tx);
    if !storage::schedule::advance(&mut tx.db, rule.id, held, id, until).await? {
        tx.rollback().await?;
        return Ok(None);
    }
    let ticket = from(&mut tx, &system, wanted, (Op::Eq, id), 1).await?.pop();
    if let Some(ticket) = ticket.filter(|ticket| applies(&tx, rule, ticket)) {
        let change = occasion(&ticket, now);
        let scene = Scene { actor: &system, ticket: id, change: &change, occasion: &Occasion::default() };
        tx.depth += 1;
        run::run(&mut tx, scene, &[step(rule)]).await?;
        tx.depth -= 1;
    }
    tx.commit().await?;
    Ok(Some(until))
}

fn applies(tx: &Tx, rule: &Rule, ticket: &Ticket) -> bool {
    let definition = &rule.definition;
    let catalog = tx.catalog();
    let Some(queue) = catalog.queue(ticket.queue) else { return false };
    (definition.lifecycles.is_empty() || definition.lifecycles.contains(&queue.lifecycle))
        && (definition.queues.is_empty() || definition.queues.contains(&queue.id))
}

/// What templates and receivers hear of, where no change set the rule off.
fn occasion(ticket: &Ticket, now: Timestamp) -> Change {
    Change {
        id: ChangeId(0),
        ticket: ticket.id,
        sequence: 0,
        actor: UserId::SYSTEM,
        what: NewChange::moved(ChangeKind::Set, SCHEDULE, None, None),
        created: now,
        message: None,
        hash: vec![],
    }
}
