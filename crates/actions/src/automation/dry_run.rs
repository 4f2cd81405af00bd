//! What a rule would have done: its condition is held against changes of the past, and nothing is carried out. Of a ticket its
//! present state is asked, of a change what the history kept; the door it came through and marks of machines are not kept.

use super::{Occasion, Scene, facts};
use crate::{Actor, Door, Result, Tx, access};
use domain::{
    ChangeId, Ticket, TicketId,
    change::{Change, ChangeKind},
};
use jiff::SignedDuration;
use rules::{Rule, Stage, plan};

/// Changes looked at, the newest first …
const MOST: usize = 10_000;
/// … so many in one question …
const AT_ONCE: i64 = 500;
/// … and no longer than this.
const LONGEST: SignedDuration = SignedDuration::from_secs(5);
/// Tickets that are told by name.
const TOLD: usize = 50;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DryRun {
    /// Changes of tickets that the asker may see, or tickets for a rule by the clock.
    pub looked_at: usize,
    pub fired: usize,
    /// Number and subject of the newest it would have acted on.
    pub tickets: Vec<(TicketId, String)>,
    /// It took too long to look at all that it might have.
    pub cut: bool,
}

pub(crate) async fn against_the_past(tx: &mut Tx, actor: &Actor, rule: Rule) -> Result<DryRun> {
    let began = tx.desk().now();
    let mut outcome = DryRun::default();
    let rule = [Rule { definition: rules::Definition { stage: Stage::Immediate, ..rule.definition }, ..rule }];
    let mut before = ChangeId(i64::MAX);
    let mut seen = 0;
    while seen < MOST {
        let changes = storage::change::newest(&mut tx.db, before, AT_ONCE).await?;
        let Some(last) = changes.last() else { break };
        before = last.id;
        seen += changes.len();
        look(tx, actor, (&rule, &changes), &mut outcome).await?;
        if tx.desk().now().duration_since(began) > LONGEST {
            outcome.cut = true;
            break;
        }
    }
    Ok(outcome)
}

async fn look(tx: &mut Tx, actor: &Actor, (rule, changes): (&[Rule; 1], &[Change]), outcome: &mut DryRun) -> Result<()> {
    let mut ids: Vec<TicketId> = changes.iter().map(|change| change.ticket).collect();
    ids.sort_unstable();
    ids.dedup();
    let tickets = storage::ticket::by_ids(&mut tx.db, &ids).await?;
    let tickets = access::visible_of(tx, actor, &tickets).await?;
    let ticket = |change: &Change| tickets.iter().find(|ticket| ticket.id == change.ticket).cloned();
    let pairs: Vec<(&Change, Ticket)> = changes.iter().filter_map(|change| Some((change, ticket(change)?))).collect();
    outcome.looked_at += pairs.len();
    let asked: Vec<(&Change, Ticket)> =
        pairs.into_iter().filter(|(change, _)| rule.iter().any(|rule| rule.definition.on.contains(&change.what.kind))).collect();
    let named: Vec<(&Change, Ticket)> = asked.clone();
    let facts = facts::gather_all(tx, asked, facts::Asked::by(rule.iter())).await?;
    let somebody = Actor::system(Door::Web);
    for ((change, ticket), facts) in named.into_iter().zip(facts) {
        let Some(facts) = facts else { continue };
        let occasion = Occasion { message: None, old_class: old_class(tx, change, &ticket) };
        let scene = Scene { actor: &somebody, ticket: ticket.id, change, occasion: &occasion };
        if !plan(rule, Stage::Immediate, &facts.happened(scene)).is_empty() {
            outcome.fired += 1;
            if outcome.tickets.len() < TOLD && !outcome.tickets.iter().any(|(id, _)| *id == ticket.id) {
                outcome.tickets.push((ticket.id, ticket.subject));
            }
        }
    }
    Ok(())
}

fn old_class(tx: &Tx, change: &Change, ticket: &Ticket) -> Option<domain::StatusClass> {
    let catalog = tx.catalog();
    let queue = catalog.queue(ticket.queue).filter(|_| change.what.kind == ChangeKind::Status)?;
    facts::class(tx, queue, change.what.old.as_deref())
}
