//! What rules can do beyond the ticket itself, by the clock, tried out and written down (TC-074, TC-148 … TC-155, TC-161).

use crate::family::{create, owned_report, view};
use crate::rule::{rule, runs, save};
use actions::{
    Actor, Error, Result, hook,
    message::NewMessage,
    setup::{self, RuleInput},
    ticket::{self, Basics, Reply, show},
};
use domain::{RuleId, TicketId, change::ChangeKind};
use jiff::SignedDuration;
use testkit::World;

fn clocked(name: &str, cron: &str, search: &str, effects: &str) -> RuleInput {
    let (name, cron, search, effects) = (name.into(), cron.into(), search.into(), effects.into());
    RuleInput { name, cron, search, effects, ..RuleInput::default() }
}

async fn comment(world: &World, actor: &Actor, ticket: TicketId, text: &str) {
    let mut tx = world.tx().await;
    ticket::comment(&mut tx, actor, Reply { ticket, message: NewMessage::text(text), time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn set(world: &World, actor: &Actor, id: TicketId, basics: Basics) {
    let mut tx = world.tx().await;
    ticket::set_basics(&mut tx, actor, id, basics).await.unwrap();
    tx.commit().await.unwrap();
}

async fn priority(world: &World, id: TicketId) -> i64 {
    view(world, id).await.ticket.priority
}

fn refused(outcome: Result<RuleId>) -> Vec<String> {
    match outcome {
        Err(Error::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
        other => panic!("{other:?}"),
    }
}

testkit::both! {
    // TC-154: Create Tickets, as far as one ticket goes; a rule may link
    async fn tc154_a_rule_links_and_makes_tickets(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let other = create(&world, &dana, "General", &[], &[]).await.unwrap();
        let effects = format!(
            "{}\n{}\n{}",
            format_args!(r#"{{"do":"link","relation":"RefersTo","target":"{other}"}}"#),
            r#"{"do":"link","relation":"RefersTo","target":"https://wiki.example/worm"}"#,
            r#"{"do":"create_ticket","queue":"General","template":"Status Change","relation":"DependedOnBy"}"#,
        );
        let id = save(&world, rule("Join", "Comment", "Queue = 'Incident Reports'", &effects)).await.unwrap();
        comment(&world, &dana, report, "go").await;
        comment(&world, &dana, report, "again").await;
        assert_eq!(runs(&world, id).await, [None, None], "what is linked already is no mistake");
        let admin = world.actor("admin").await;
        let history = show::history_from(&mut world.look().await, &admin, report, 0, 100).await.unwrap();
        let links: Vec<(String, String)> = history
            .into_iter()
            .filter(|entry| entry.change.what.kind == ChangeKind::AddLink)
            .map(|entry| (entry.change.what.field.unwrap(), entry.change.what.new.unwrap()))
            .collect();
        let refers = links.iter().filter(|(kind, _)| kind == "RefersTo").map(|(_, to)| to.as_str()).collect::<Vec<_>>();
        assert_eq!(refers, [&*other.to_string(), "https://wiki.example/worm"]);
        let made: Vec<TicketId> = links.iter().filter(|(kind, _)| kind == "DependsOn").map(|(_, to)| to.parse().unwrap()).collect();
        assert_eq!(made.len(), 2, "{links:?}");
        let new = view(&world, made[0]).await.ticket;
        assert_eq!((new.subject.as_str(), new.queue), ("Status of this ticket: new", world.queue_id("General").await));
    }

    async fn what_an_effect_names_must_be_there(world: World) {
        for effects in [
            r#"{"do":"link","relation":"Likes","target":"1"}"#,
            r#"{"do":"link","relation":"RefersTo","target":"javascript:alert(1)"}"#,
            r#"{"do":"create_ticket","queue":"Nowhere","template":"Transaction"}"#,
            r#"{"do":"create_ticket","queue":"General","template":"Nope"}"#,
            r#"{"do":"call","receiver":"nobody"}"#,
        ] {
            assert_eq!(refused(save(&world, rule("X", "Create", "", effects)).await), ["effects"], "{effects}");
        }
    }

    async fn a_rule_notes_a_call_and_its_log_tells_the_answer(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let id = save(&world, rule("Tell", "Comment", "", r#"{"do":"call","receiver":"siem"}"#)).await.unwrap();
        comment(&world, &dana, report, "go").await;
        world.clock.advance(SignedDuration::from_mins(5));
        let calls = hook::claim(&world.desk, 10).await.unwrap();
        let told: serde_json::Value = serde_json::from_str(&calls[0].payload).unwrap();
        assert_eq!((&told["ticket"]["id"], &told["message"]["text"], &told["rule"]), (&report.0.into(), &"go".into(), &"Tell".into()));
        assert!(told["delivery"].as_str().is_some_and(|delivery| !delivery.is_empty()));
        hook::settle(&world.desk, &calls[0], hook::Fate::Done("thanks\u{7}".into())).await.unwrap();
        let admin = world.actor("admin").await;
        let log = setup::rule_runs(&mut world.look().await, &admin, id, false, 10).await.unwrap();
        assert_eq!((log.len(), log[0].note.as_str(), &log[0].error), (2, "siem (try 1): thanks", &None));
        comment(&world, &dana, report, "more").await;
        world.clock.advance(SignedDuration::from_mins(5));
        let calls = hook::claim(&world.desk, 10).await.unwrap();
        hook::settle(&world.desk, &calls[0], hook::Fate::Refused("no".into())).await.unwrap();
        assert_eq!(runs(&world, id).await[0].as_deref(), Some("siem (try 1): no"));
    }

    // TC-153: BeforeDue, Overdue and PriorityExceeds are searches; TC-154: Escalate
    async fn tc074_priorities_rise_by_the_clock_and_no_ticket_is_done_twice(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let low = create(&world, &dana, "Incident Reports", &[], &[]).await.unwrap();
        for id in [report, low] {
            set(&world, &dana, id, Basics { priority: Some(if id == low { 5 } else { 50 }), final_priority: Some(80), due: Some(None), ..Basics::default() }).await;
        }
        let search = "Priority > 20 AND Queue = 'Incident Reports' AND Status = '__Active__'";
        let id = save(&world, clocked("Ageing", "0 * * * *", search, r#"{"do":"age_priority"}"#)).await.unwrap();
        assert_eq!(setup::run_schedules(&world.desk).await.unwrap(), 0, "it is only noted when it will run");
        world.clock.advance(SignedDuration::from_mins(31));
        assert_eq!(setup::run_schedules(&world.desk).await.unwrap(), 1);
        assert_eq!((priority(&world, report).await, priority(&world, low).await), (51, 5));
        assert_eq!(setup::run_schedules(&world.desk).await.unwrap(), 0);
        // after a day without us, once
        world.clock.advance(SignedDuration::from_hours(24));
        assert_eq!(setup::run_schedules(&world.desk).await.unwrap(), 1);
        assert_eq!(setup::run_schedules(&world.desk).await.unwrap(), 0);
        assert_eq!((priority(&world, report).await, runs(&world, id).await), (52, vec![None, None]));
        // another process at the same time does nothing
        world.clock.advance(SignedDuration::from_hours(1));
        let (one, other) = tokio::join!(setup::run_schedules(&world.desk), setup::run_schedules(&world.desk));
        assert_eq!((one.unwrap() + other.unwrap(), priority(&world, report).await), (1, 53));
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        setup::enable_rule(&mut tx, &admin, id, false).await.unwrap();
        tx.commit().await.unwrap();
        world.clock.advance(SignedDuration::from_hours(2));
        assert_eq!(setup::run_schedules(&world.desk).await.unwrap(), 0);
    }

    async fn tc074_the_priority_follows_a_line_to_due(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let now = world.desk.now();
        let due = now.checked_add(SignedDuration::from_hours(10)).unwrap();
        let line = Basics { final_priority: Some(100), starts: Some(Some(now)), due: Some(Some(due)), ..Basics::default() };
        set(&world, &dana, report, line).await;
        save(&world, clocked("Line", "30 * * * *", &format!("id = {report}"), r#"{"do":"age_priority","linear":true}"#)).await.unwrap();
        setup::run_schedules(&world.desk).await.unwrap();
        world.clock.advance(SignedDuration::from_hours(5));
        setup::run_schedules(&world.desk).await.unwrap();
        assert_eq!(priority(&world, report).await, 50);
    }

    // TC-149, TC-150: a failing rule undoes only itself, by the clock as well
    async fn tc150_a_ticket_that_fails_by_the_clock_stops_no_other(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let general = create(&world, &dana, "General", &[], &[]).await.unwrap();
        let search = format!("id = {report} OR id = {general}");
        let id = save(&world, clocked("Stall", "* * * * *", &search, r#"{"do":"set_status","status":"stalled"}"#)).await.unwrap();
        setup::run_schedules(&world.desk).await.unwrap();
        world.clock.advance(SignedDuration::from_mins(2));
        assert_eq!(setup::run_schedules(&world.desk).await.unwrap(), 1);
        assert_eq!(view(&world, general).await.ticket.status, "stalled");
        assert_eq!(runs(&world, id).await.iter().filter(|error| error.is_some()).count(), 1);
    }

    async fn a_rule_by_the_clock_with_mistakes_is_refused(world: World) {
        let effects = r#"{"do":"age_priority"}"#;
        assert_eq!(refused(save(&world, clocked("X", "every day", "Status = 'new'", effects)).await), ["cron"]);
        assert_eq!(refused(save(&world, clocked("X", "0 8 * * *", "Status =", effects)).await), ["search"]);
        assert_eq!(refused(save(&world, clocked("X", "0 8 * * *", "Colour = 'red'", effects)).await), ["search"]);
        let both = RuleInput { on: vec!["Create".into()], ..clocked("X", "0 8 * * *", "id > 0", effects) };
        assert_eq!(refused(save(&world, both).await), ["on"]);
        assert_eq!(refused(save(&world, clocked("X", "", "", effects)).await), ["on"]);
    }

    async fn tc161_a_rule_is_tried_against_the_past_before_it_is_used(world: World) {
        let (admin, dana, greta) = (world.actor("admin").await, world.actor("dana").await, world.actor("greta").await);
        let report = owned_report(&world, &dana).await;
        for text in ["one", "two"] {
            comment(&world, &dana, report, text).await;
        }
        let input = rule("Try", "Comment", "Change.ByStaff = 'yes' AND Owner = 'dana' AND CF.{IP} = '192.0.2.7'", "");
        let outcome = setup::dry_run(&mut world.look().await, &admin, &input).await.unwrap();
        assert_eq!((outcome.fired, outcome.tickets.len(), outcome.cut), (2, 1, false));
        assert!(outcome.looked_at > 2 && outcome.tickets[0].0 == report);
        let closing = rule("Try", "Status", "Change.NewClass = 'inactive' AND Change.OldClass != 'inactive'", "");
        assert_eq!(setup::dry_run(&mut world.look().await, &admin, &closing).await.unwrap().fired, 0);
        let mut tx = world.tx().await;
        ticket::set_status(&mut tx, &dana, ticket::SetStatus { ticket: report, status: "rejected".into() }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(setup::dry_run(&mut world.look().await, &admin, &closing).await.unwrap().fired, 1);
        let by_clock = clocked("Try", "0 8 * * *", "Status = 'rejected'", "");
        assert_eq!(setup::dry_run(&mut world.look().await, &admin, &by_clock).await.unwrap().fired, 1);
        assert!(matches!(setup::dry_run(&mut world.look().await, &greta, &input).await, Err(Error::Forbidden(_))));
        let wrong = rule("Try", "Comment", "Colour = 'red'", "");
        assert!(matches!(setup::dry_run(&mut world.look().await, &admin, &wrong).await, Err(Error::Invalid(_))));
    }

    // TC-148, TC-161: rules and templates go to another installation and back as a file
    async fn tc161_rules_and_templates_are_written_to_a_file_and_read_again(world: World) {
        let (admin, dana) = (world.actor("admin").await, world.actor("dana").await);
        let edunet = world.queue_id("Incident Reports - EDUNET").await;
        save(&world, RuleInput { queues: vec![edunet], ..rule("Loud", "Create", "Subject LIKE 'worm: \"x\"'", r#"{"do":"set_priority","to":90}"#) }).await.unwrap();
        save(&world, clocked("Ageing", "0 8 * * 1-5", "Priority > 20", r#"{"do":"age_priority","linear":true}"#)).await.unwrap();
        let text = setup::export_rules(&mut world.look().await, &admin).await.unwrap();
        assert!(text.contains("Incident Reports - EDUNET") && text.contains("0 8 * * 1-5"), "{text}");
        let mut tx = world.tx().await;
        assert_eq!(setup::import_rules(&mut tx, &admin, &text).await.unwrap(), setup::Imported::default(), "nothing is other than written");
        let changed = text.replace("name: Loud", "name: Quiet").replacen("enabled: true", "enabled: false", 1);
        assert_eq!(setup::import_rules(&mut tx, &admin, &changed).await.unwrap().rules, 2);
        tx.commit().await.unwrap();
        let rules = setup::rules(&mut world.look().await, &admin).await.unwrap();
        let quiet = rules.iter().find(|rule| rule.name == "Quiet").unwrap();
        assert_eq!((quiet.input.queues.as_slice(), quiet.enabled, rules[0].enabled), (&[edunet][..], true, false));
        let mut tx = world.tx().await;
        assert!(matches!(setup::import_rules(&mut tx, &dana, &text).await, Err(Error::Forbidden(_))));
        let bad = "templates:\n  - name: A\n    content: |\n      x\n      {{ nope }}\nrules:\n  - name: B\n    on: [Create]\n    when: Colour = 1\n    effects:\n      - do: set_priority\n        to: 1\n";
        let Err(Error::Invalid(errors)) = setup::import_rules(&mut tx, &admin, bad).await else { panic!("it was taken") };
        let told: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
        assert!(told.len() == 2 && told[0].starts_with("Line 3, content of “A”: Line 2: there is no name") && told[1].starts_with("Line 9, when of “B”:"), "{told:?}");
        for broken in ["rules: [", "rulez: []", "rules:\n  - name: B\n    effects:\n      - do: explode\n"] {
            let refused = setup::import_rules(&mut tx, &admin, broken).await;
            assert!(matches!(&refused, Err(Error::Invalid(errors)) if errors[0].message.to_lowercase().contains("line")), "{broken}: {refused:?}");
        }
    }
}
