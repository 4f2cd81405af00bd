//! Rules that administrators write: when they run, what they can do, what is noted of them (TC section 13, IR sections 6.1, 6.2).

use crate::family::{create, owned_report, set, view};
use actions::{
    Actor, Error, Result,
    message::NewMessage,
    setup::{self, RuleInput},
    ticket::{self, Basics, FieldInput, Reply, Update, show},
};
use domain::{RuleId, TicketId};
use testkit::World;

pub(crate) fn rule(name: &str, on: &str, when: &str, effects: &str) -> RuleInput {
    RuleInput { name: name.into(), on: vec![on.into()], when: when.into(), effects: effects.into(), ..RuleInput::default() }
}

pub(crate) async fn save(world: &World, input: RuleInput) -> Result<RuleId> {
    let admin = world.actor("admin").await;
    let mut tx = world.tx().await;
    let id = setup::save_rule(&mut tx, &admin, None, input).await?;
    tx.commit().await?;
    Ok(id)
}

/// Whether each run did what it should, newest first, with the error of those that did not.
pub(crate) async fn runs(world: &World, id: RuleId) -> Vec<Option<String>> {
    let admin = world.actor("admin").await;
    let runs = setup::rule_runs(&mut world.look().await, &admin, id, false, 50).await.unwrap();
    runs.into_iter().map(|run| run.error).collect()
}

async fn comments(world: &World, id: TicketId) -> Vec<String> {
    let admin = world.actor("admin").await;
    let history = show::history(&mut world.look().await, &admin, id, i64::MAX, 100).await.unwrap();
    let is_comment = |entry: &&show::Entry| entry.change.what.kind == domain::change::ChangeKind::Comment;
    history.iter().filter(is_comment).map(|entry| entry.text.trim().to_owned()).collect()
}

async fn reply(world: &World, actor: &Actor, id: TicketId, text: &str) {
    let mut tx = world.tx().await;
    ticket::reply(&mut tx, actor, Reply { ticket: id, message: NewMessage::text(text), time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn field(world: &World, id: TicketId, name: &str) -> Vec<String> {
    view(world, id).await.fields.into_iter().find(|shown| shown.field.name == name).map(|shown| shown.values).unwrap_or_default()
}

const NOTE: &str = r#"{"do":"record_comment","template":"Status Change"}"#;

testkit::both! {
    // TC-149: once at the end of the whole update, about the first change that fits
    async fn ir174_a_batch_rule_runs_once_when_the_whole_update_is_done(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let input = RuleInput { on: vec!["Set".into(), "Status".into()], batch: true, ..rule("Sum up", "Set", "Change.Field != 'Due'", NOTE) };
        let id = save(&world, input).await.unwrap();
        let mut tx = world.tx().await;
        let basics = Basics { subject: Some("Sharper".into()), priority: Some(70), ..Basics::default() };
        ticket::update(&mut tx, &dana, report, Update { status: Some("open".into()), basics, ..Update::default() }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(comments(&world, report).await, ["The status changed from new to open."], "the status was set first");
        assert_eq!(runs(&world, id).await, [None]);
    }

    // TC-150: a failing rule is logged and does not prevent the others or the change
    async fn ir173_the_log_of_a_rule_tells_what_failed_and_why(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let broken = save(&world, rule("Broken", "Comment", "", r#"{"do":"set_status","status":"removed"}"#)).await.unwrap();
        let fine = save(&world, rule("Fine", "Comment", "", r#"{"do":"set_priority","to":42}"#)).await.unwrap();
        let mut tx = world.tx().await;
        ticket::comment(&mut tx, &dana, Reply { ticket: report, message: NewMessage::text("hm"), time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(view(&world, report).await.ticket.priority, 42);
        assert_eq!(comments(&world, report).await, ["hm"]);
        let failed = runs(&world, broken).await;
        assert!(failed.len() == 1 && failed[0].as_ref().is_some_and(|error| error.contains("removed")), "{failed:?}");
        assert_eq!(runs(&world, fine).await, [None]);
        let admin = world.actor("admin").await;
        let rules = setup::rules(&mut world.look().await, &admin).await.unwrap();
        let flags: Vec<bool> = rules.iter().filter(|rule| [broken, fine].contains(&rule.id)).map(|rule| rule.failed).collect();
        assert_eq!(flags, [true, false]);
    }

    async fn rules_that_call_each_other_without_end_are_stopped_and_the_change_stands(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let id = save(&world, rule("Echo", "Comment", "", NOTE)).await.unwrap();
        let mut tx = world.tx().await;
        ticket::comment(&mut tx, &dana, Reply { ticket: report, message: NewMessage::text("hm"), time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        let noted = comments(&world, report).await.len();
        assert!((2..20).contains(&noted), "{noted}");
        assert!(runs(&world, id).await.iter().flatten().any(|error| error.contains("without end")));
    }

    // IR-171, TC-148, TC-161: switched off, attached to other queues, replaced
    async fn ir171_an_administrator_disables_moves_and_replaces_rules(world: World) {
        let (admin, dana) = (world.actor("admin").await, world.actor("dana").await);
        let edunet = world.queue_id("Incident Reports - EDUNET").await;
        let id = save(&world, RuleInput { queues: vec![edunet], ..rule("Urgent", "Create", "", r#"{"do":"set_priority","to":90}"#) }).await.unwrap();
        let here = create(&world, &dana, "Incident Reports - EDUNET", &[], &[]).await.unwrap();
        let elsewhere = create(&world, &dana, "Incident Reports", &[], &[]).await.unwrap();
        assert_eq!((view(&world, here).await.ticket.priority, view(&world, elsewhere).await.ticket.priority), (90, 0));
        let mut tx = world.tx().await;
        assert!(matches!(setup::enable_rule(&mut tx, &dana, id, false).await, Err(Error::Forbidden(_))));
        setup::enable_rule(&mut tx, &admin, id, false).await.unwrap();
        setup::move_rule(&mut tx, &admin, id, true).await.unwrap();
        tx.commit().await.unwrap();
        let later = create(&world, &dana, "Incident Reports - EDUNET", &[], &[]).await.unwrap();
        assert_eq!(view(&world, later).await.ticket.priority, 0);
        let names: Vec<String> = setup::rules(&mut world.look().await, &admin).await.unwrap().into_iter().map(|rule| rule.name).collect();
        assert_eq!(names.iter().position(|name| name == "Urgent"), Some(names.len() - 2));
        let mut tx = world.tx().await;
        setup::enable_rule(&mut tx, &admin, id, true).await.unwrap();
        setup::save_rule(&mut tx, &admin, Some(id), rule("Mild", "Create", "Queue = 'Incident Reports'", r#"{"do":"add_priority","by":5}"#)).await.unwrap();
        tx.commit().await.unwrap();
        let mild = create(&world, &dana, "Incident Reports", &[], &[]).await.unwrap();
        assert_eq!(view(&world, mild).await.ticket.priority, 5);
        let mut db = world.desk.db().read().await.unwrap();
        let told: Vec<String> = storage::audit::after(&mut db, 0, 1000).await.unwrap().into_iter().map(|entry| entry.kind).filter(|kind| kind.contains("rule")).collect();
        assert_eq!(told, ["save rule", "disable rule", "move rule", "enable rule", "save rule"]);
    }

    async fn a_rule_that_cannot_work_is_refused_with_everything_that_is_wrong(world: World) {
        let wrong = RuleInput { lifecycles: vec!["nothing".into()], ..rule("", "Create", "Colour = 'red'", r#"{"do":"record_comment","template":"Nope"}"#) };
        let Err(Error::Invalid(errors)) = save(&world, wrong).await else { panic!("it was taken") };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["name", "lifecycles", "when", "effects"]);
        for effects in ["", "{", r#"{"do":"explode"}"#, r#"{"do":"clear_field","field":"Nope"}"#, r#"{"do":"set_status","status":"nope"}"#] {
            let refused = save(&world, rule("X", "Create", "", effects)).await;
            assert!(matches!(&refused, Err(Error::Invalid(errors)) if errors[0].field == "effects"), "{effects}: {refused:?}");
        }
        assert!(matches!(save(&world, rule("Find domains", "Create", "", NOTE)).await, Err(Error::Invalid(errors)) if errors[0].field == "name"));
    }

    // TC-154: Set status, Set priority, Add priority, Clear CF, Set CF to now, Record comment, Record correspondence, owner
    async fn tc154_the_actions_that_change_the_ticket_itself(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        let effects = [
            r#"{"do":"set_priority","to":70}"#,
            r#"{"do":"add_priority","by":5}"#,
            r#"{"do":"set_field","field":"Reporter Type","values":["police"]}"#,
            r#"{"do":"set_field","field":"IP","values":["192.0.2.1"],"add":true}"#,
            r#"{"do":"clear_field","field":"How Reported"}"#,
            r#"{"do":"field_to_now","field":"Domain"}"#,
            r#"{"do":"record_comment","template":"Status Change"}"#,
            r#"{"do":"record_correspondence","template":"Status Change"}"#,
            r#"{"do":"set_owner","owner":"hana"}"#,
            r#"{"do":"set_status","status":"resolved"}"#,
        ];
        save(&world, rule("Everything", "Comment", "Subject NOT LIKE 'Done' AND Change.ByStaff = 'yes'", &effects.join("\n"))).await.unwrap();
        let mut tx = world.tx().await;
        ticket::comment(&mut tx, &dana, Reply { ticket: report, message: NewMessage::text("go"), time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        let seen = view(&world, report).await;
        assert_eq!((seen.ticket.priority, seen.ticket.status.as_str(), seen.owner.name.as_str()), (75, "resolved", "hana"));
        assert_eq!(field(&world, report, "Reporter Type").await, ["police"]);
        assert_eq!(field(&world, report, "IP").await, ["192.0.2.7", "192.0.2.1"]);
        assert_eq!(field(&world, report, "How Reported").await, Vec::<String>::new());
        assert!(field(&world, report, "Domain").await[0].starts_with("2026-03-02T09:30:00"));
        assert_eq!(view(&world, incident).await.ticket.priority, 50, "nothing but the ticket itself");
    }

    // TC-154: Update parent TimeWorked; TC-153: On TimeWorked Change
    async fn tc154_time_is_booked_on_the_parents_too(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        let on = RuleInput { on: vec!["Comment".into(), "Correspond".into()], ..rule("Time", "Comment", "Change.TimeTaken != 0", r#"{"do":"time_to_parents"}"#) };
        save(&world, on).await.unwrap();
        let mut tx = world.tx().await;
        ticket::comment(&mut tx, &dana, Reply { ticket: report, message: NewMessage::text("x"), time_taken: 12 }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((view(&world, report).await.ticket.time_worked, view(&world, incident).await.ticket.time_worked), (12, 12));
    }

    // TC-154: Notify Group (users, groups, addresses), Owner or AdminCcs
    async fn tc154_named_people_and_groups_are_notified(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        save(&world, rule("Alarm", "Set", "Change.Field = 'Priority'", r#"{"do":"notify_named","to":["DutyTeam GOVNET","tariq","noc@net.example","comment@csirt.example","nobody at all"],"template":"Transaction"}"#)).await.unwrap();
        save(&world, rule("Owner", "Set", "Change.Field = 'Priority'", r#"{"do":"notify","to":["owner_or_admin_ccs"],"template":"Transaction"}"#)).await.unwrap();
        let hana = world.actor("admin").await;
        let mut tx = world.tx().await;
        ticket::set_basics(&mut tx, &hana, report, Basics { priority: Some(99), ..Basics::default() }).await.unwrap();
        tx.commit().await.unwrap();
        let mut db = world.desk.db().read().await.unwrap();
        let letters = storage::outbound::of_ticket(&mut db, report).await.unwrap();
        let to: Vec<Vec<String>> = letters.into_iter().map(|letter| letter.letter.recipients).rev().take(2).collect();
        assert!(to.contains(&vec!["greta@csirt-staff.example".into(), "tariq@csirt-staff.example".into(), "noc@net.example".into()]), "{to:?}");
        assert!(to.contains(&vec!["dana@csirt-staff.example".into()]), "{to:?}");
    }

    // TC-156: On Transaction → Extract Subject Tag
    async fn tc154_tags_of_other_systems_join_the_subject(world: World) {
        let ray = world.report("Scan", "x").await;
        let actor = world.actor_by("ray@bank.example", actions::Door::Email).await;
        let mut tx = world.tx().await;
        let message = NewMessage { subject: Some("Re: [csirt.example #1] Scan [NOC #42]".into()), ..NewMessage::text("see") };
        ticket::reply(&mut tx, &actor, Reply { ticket: ray, message, time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(view(&world, ray).await.ticket.subject, "Scan [NOC #42]");
    }

    // TC-153: conditions may ask for owner, custom fields and the door
    async fn tc153_conditions_see_owner_fields_and_door(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let when = "Owner = 'dana' AND CF.{Reporter Type} = 'police' AND Change.Door = 'Web' AND Change.ByStaff = 'yes'";
        let id = save(&world, rule("Police", "Correspond", when, r#"{"do":"set_priority","to":80}"#)).await.unwrap();
        reply(&world, &dana, report, "first").await;
        assert_eq!(runs(&world, id).await, [] as [Option<String>; 0]);
        let kind = view(&world, report).await.fields.into_iter().find(|shown| shown.field.name == "Reporter Type").unwrap().field.id;
        let mut tx = world.tx().await;
        ticket::set_values(&mut tx, &dana, report, FieldInput { field: kind, values: vec!["police".into()] }).await.unwrap();
        tx.commit().await.unwrap();
        reply(&world, &dana, report, "second").await;
        assert_eq!(runs(&world, id).await, [None]);
    }

    // TC-151: a queue's own template goes before the one for all; IR-229: rules of the base queues apply to every queue of a type
    async fn ir229_the_seeded_rules_and_nothing_else(world: World) {
        let admin = world.actor("admin").await;
        let rules = setup::rules(&mut world.look().await, &admin).await.unwrap();
        assert!(rules.iter().all(|rule| rule.problem.is_none()));
        let text: Vec<String> = rules
            .iter()
            .map(|rule| format!("{}{} | {} | {} | {} | {}", if rule.enabled { "" } else { "off: " }, rule.name, rule.input.on.join("+"), rule.input.lifecycles.join("+"), rule.input.when, rule.input.effects.replace('\n', " ")))
            .collect();
        insta::assert_snapshot!("seeded_rules", text.join("\n"));
    }

    async fn old_runs_are_forgotten_when_there_are_very_many(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        set(&world, &dana, report, "open").await;
        let mut db = world.desk.db().write().await.unwrap();
        let gone = storage::rule::prune(&mut db, 3).await.unwrap();
        assert!(gone > 0);
        assert_eq!(storage::rule::prune(&mut db, 3).await.unwrap(), 0);
    }
}
