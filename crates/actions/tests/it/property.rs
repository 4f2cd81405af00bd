//! Random verbs on random families: what must be true of Incidents and their tickets whatever people do, and that undoing is
//! exact (acceptance B3). `WATCHBELL_PROPERTY_CASES` asks for more cases than the few that every test run takes.

mod check;
mod deed;

use actions::{Error, message::NewMessage, ticket, undo::undo, verify::verify};
use check::{Snapshot, baseline, check, snapshot};
use deed::{Deed, deeds};
use domain::TicketId;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use testkit::World;

/// Two Incidents, three reports, an investigation and a countermeasure; some are linked from the start.
pub(crate) struct Family {
    pub(crate) incidents: Vec<TicketId>,
    pub(crate) children: Vec<TicketId>,
}

impl Family {
    pub(crate) fn all(&self) -> Vec<TicketId> {
        self.incidents.iter().chain(&self.children).copied().collect()
    }
}

async fn family(world: &World) -> Family {
    let dana = world.actor("dana").await;
    let mut incidents = Vec::new();
    let mut children = Vec::new();
    for name in ["Worm", "Phishing"] {
        let mut tx = world.tx().await;
        let queue = tx.catalog().queue_named("Incidents").unwrap().id;
        let input = ticket::Create::new(queue, name, NewMessage::text(name));
        incidents.push(ticket::create(&mut tx, &dana, input).await.unwrap().ticket);
        tx.commit().await.unwrap();
    }
    for name in ["one", "two", "three"] {
        children.push(world.report(name, &format!("seen at 192.0.2.{}", children.len())).await);
    }
    for queue in ["Investigations", "Countermeasures"] {
        let mut tx = world.tx().await;
        let queue = tx.catalog().queue_named(queue).unwrap().id;
        let mut input = ticket::Create::new(queue, "ask them", NewMessage::text("Please look."));
        input.requestors = vec![domain::person::PersonName::parse("noc@isp.example").unwrap()];
        input.incidents = vec![incidents[0]];
        children.push(ticket::create(&mut tx, &dana, input).await.unwrap().ticket);
        tx.commit().await.unwrap();
    }
    Family { incidents, children }
}

/// What a refused or undone deed leaves: the family as it was.
async fn one_case(world: &World, steps: &[(Deed, bool)]) -> Result<(), String> {
    let family = family(world).await;
    let before_all = baseline(world, &family).await;
    for (number, (deed, take_back)) in steps.iter().enumerate() {
        world.clock.advance(jiff::SignedDuration::from_secs(61));
        let told = |what: &str| format!("step {number}, {deed:?}: {what}");
        let before: Snapshot = snapshot(world, &family).await;
        let actor = world.actor(deed.who()).await;
        let mut tx = world.tx().await;
        let act = match deed.perform(&mut tx, &actor, &family).await {
            Ok(()) => tx.commit_act().await.map_err(|error| told(&error.to_string()))?,
            Err(error @ (Error::Internal(_) | Error::Unavailable(_))) => return Err(told(&error.to_string())),
            Err(_) => {
                tx.rollback().await.map_err(|error| told(&error.to_string()))?;
                if snapshot(world, &family).await != before {
                    return Err(told("a refusal left something behind"));
                }
                continue;
            }
        };
        check(world, &family).await.map_err(|what| told(&what))?;
        let Some(act) = act.filter(|_| *take_back) else { continue };
        let mut tx = world.tx().await;
        match undo(&mut tx, &actor, act).await {
            Ok(undone) if !undone.changed_meanwhile.is_empty() => return Err(told("nothing came between, yet something stayed")),
            Ok(_) => tx.commit().await.map_err(|error| told(&error.to_string()))?,
            // a merge parted, and a comment that was heard
            Err(Error::Invalid(_)) => {
                tx.rollback().await.map_err(|error| told(&error.to_string()))?;
                continue;
            }
            Err(error) => return Err(told(&format!("cannot be undone: {error}"))),
        }
        let after = snapshot(world, &family).await;
        if after != before {
            return Err(told(&format!("undone, but {}", before.difference(&after))));
        }
        check(world, &family).await.map_err(|what| told(&format!("undone, but {what}")))?;
    }
    before_all.replay(world, &family).await
}

testkit::both! {
    // IR-204, IR-205, IR-212, IR-215, TC-083: what holds of every family, whatever was done to it and taken back.
    async fn b3_families_stay_sound_and_undoing_restores_them(world: World) {
        let cases = std::env::var("WATCHBELL_PROPERTY_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(10);
        let mut runner = TestRunner::new(Config { cases, max_shrink_iters: 60, failure_persistence: None, ..Config::default() });
        let handle = tokio::runtime::Handle::current();
        let outcome = runner.run(&deeds(), |steps| {
            tokio::task::block_in_place(|| handle.block_on(one_case(&world, &steps))).map_err(TestCaseError::fail)
        });
        if let Err(failure) = outcome {
            panic!("{failure}");
        }
        let report = verify(&world.desk).await.unwrap();
        assert_eq!(report.findings, [], "{} changes", report.changes);
    }
}
