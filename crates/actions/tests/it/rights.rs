//! A8: who may do what, as a table. The snapshot is the promise: a change in it is a change of policy.

use actions::{
    Actor, Error, Tx,
    message::NewMessage,
    setup::{self, RuleInput, TemplateInput},
    ticket::{self, Basics, Create, FieldInput, Link, OwnerChange, PeopleInput, Reply, SetStatus, show},
};
use domain::{Role, TicketId, link::LinkKind, person::PersonName};
use testkit::World;

const VERBS: [&str; 29] = [
    "see",
    "see comments",
    "create",
    "reply",
    "comment",
    "take",
    "steal",
    "give away",
    "status",
    "subject",
    "due",
    "snooze",
    "field",
    "people",
    "move",
    "link",
    "close incident",
    "manage accounts",
    "believe mail",
    "see rules",
    "try a rule",
    "write a rule",
    "export rules",
    "import rules",
    "write template",
    "chart",
    "read by feed",
    "subscribe",
    "chart for all",
];

/// Tries one verb in a transaction that is then thrown away.
async fn attempt(world: &World, actor: &Actor, verb: &str, report: TicketId, incident: TicketId) -> Result<(), Error> {
    let mut tx = world.tx().await;
    let tx = &mut tx;
    let queue = tx.catalog().queue_named("Incident Reports").unwrap().id;
    let general = tx.catalog().queue_named("General").unwrap().id;
    match verb {
        "see" => show::view(tx, actor, report).await.map(drop),
        "see comments" => {
            let entries = show::history(tx, actor, report, i64::MAX, 100).await?;
            let sees = entries.iter().any(|entry| entry.text.contains("between us"));
            if sees { Ok(()) } else { Err(Error::NotFound) }
        }
        "create" => ticket::create(tx, actor, Create::new(queue, "new", NewMessage::text("x"))).await.map(drop),
        "reply" => {
            ticket::reply(tx, actor, Reply { ticket: report, message: NewMessage::text("x"), time_taken: 0 }).await.map(drop)
        }
        "comment" => {
            ticket::comment(tx, actor, Reply { ticket: report, message: NewMessage::text("x"), time_taken: 0 }).await.map(drop)
        }
        "take" => ticket::change_owner(tx, actor, incident, OwnerChange::Take).await.map(drop),
        "steal" => ticket::change_owner(tx, actor, report, OwnerChange::TakeOrSteal).await.map(drop),
        "give away" => {
            let tariq = Actor::by_name(tx, "tariq", actor.door).await?.id();
            ticket::change_owner(tx, actor, report, OwnerChange::Give(tariq)).await.map(drop)
        }
        "status" => ticket::set_status(tx, actor, SetStatus { ticket: report, status: "resolved".into() }).await.map(drop),
        "subject" => {
            ticket::set_basics(tx, actor, report, Basics { subject: Some("other".into()), ..Basics::default() }).await.map(drop)
        }
        "due" => ticket::set_due(tx, actor, report, None).await.map(drop),
        "snooze" => {
            let later = tx.now() + jiff::SignedDuration::from_hours(1);
            ticket::snooze(tx, actor, report, Some(later)).await.map(drop)
        }
        "field" => {
            let field = tx.catalog().field_named(queue, "IP").unwrap().id;
            ticket::set_values(tx, actor, report, FieldInput { field, values: vec!["192.0.2.1".into()] }).await.map(drop)
        }
        "people" => {
            let people = vec![PersonName::parse("x@y.example").unwrap()];
            ticket::set_people(tx, actor, report, PeopleInput { role: Role::Cc, people }).await.map(drop)
        }
        "move" => ticket::move_to_queue(tx, actor, report, general).await.map(drop),
        "link" => ticket::link(tx, actor, Link { kind: LinkKind::RefersTo, base: report, target: incident }).await.map(drop),
        "close incident" => actions::incident::close(
            tx,
            actor,
            actions::incident::Close {
                incident,
                status: Some("resolved".into()),
                children: vec![],
                message: NewMessage::default(),
                as_reply: false,
                on_incident: false,
                owner: None,
                resolution: None,
                time_taken: 0,
            },
        )
        .await
        .map(drop),
        "manage accounts" => actions::account::all_users(tx, actor, 1).await.map(drop),
        "believe mail" => {
            let ray = Actor::by_name(tx, "ray@bank.example", actor.door).await?.id();
            actions::account::reachability::believe(tx, actor, ray).await
        }
        "see rules" => setup::rules(tx, actor).await.map(drop),
        "try a rule" => setup::dry_run(tx, actor, &a_rule()).await.map(drop),
        "write a rule" => setup::save_rule(tx, actor, None, a_rule()).await.map(drop),
        "export rules" => setup::export_rules(tx, actor).await.map(drop),
        "import rules" => setup::import_rules(tx, actor, "rules: []").await.map(drop),
        "write template" => {
            let input = TemplateInput { name: "New".into(), content: "x".into(), ..TemplateInput::default() };
            setup::save_template(tx, actor, None, input).await.map(drop)
        }
        other => attempt_output(tx, actor, other, report).await,
    }
}

/// Charts count, and feeds tell, what the person may see.
async fn attempt_output(tx: &mut Tx, actor: &Actor, verb: &str, report: TicketId) -> Result<(), Error> {
    match verb {
        "chart" => {
            let query = actions::lists::parse(&format!("id = {report}")).unwrap();
            let charted = actions::chart::chart(tx, actor, &query, &domain::chart::Chart::default()).await?;
            if charted.groups.is_empty() { Err(Error::NotFound) } else { Ok(()) }
        }
        "read by feed" => {
            let secret = actions::feed::create(tx, actor, "Mine", &format!("id = {report}")).await?;
            let (reader, feed, _) = actions::feed::open(tx, &secret).await?;
            let items = actions::feed::items(tx, &reader, &feed, actions::feed::First::Newest).await?;
            if items.is_empty() { Err(Error::NotFound) } else { Ok(()) }
        }
        "subscribe" => {
            let weekdays = vec!["monday".to_owned()];
            let (frequency, hour, rows, recipients) = ("daily".into(), "7".into(), "5".into(), "dana".into());
            let input =
                actions::subscription::SubscriptionInput { frequency, weekdays, hour, rows, recipients, ..Default::default() };
            actions::subscription::subscribe(tx, actor, 1, &input).await.map(drop)
        }
        "chart for all" => {
            let input = actions::dashboard::SearchInput {
                name: "New".into(),
                query: "id > 0".into(),
                chart: "group Status".into(),
                ..Default::default()
            };
            actions::dashboard::save_search(tx, actor, domain::dashboard::Keeper::System, &input).await.map(drop)
        }
        other => panic!("{other}"),
    }
}

fn a_rule() -> RuleInput {
    let effects = r#"{"do":"activate"}"#.into();
    RuleInput { name: "New".into(), on: vec!["Create".into()], effects, ..RuleInput::default() }
}

testkit::both! {
    async fn a8_the_matrix_of_roles_and_verbs(world: World) {
        // a report of ray's, owned by dana, with a comment; and an incident that nobody owns
        let report = world.report("Scan", "x").await;
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        ticket::change_owner(&mut tx, &dana, report, OwnerChange::Take).await.unwrap();
        ticket::comment(&mut tx, &dana, Reply { ticket: report, message: NewMessage::text("between us"), time_taken: 0 }).await.unwrap();
        let queue = tx.catalog().queue_named("Incidents").unwrap().id;
        let incident = ticket::create(&mut tx, &dana, Create::new(queue, "Incident", NewMessage::text("x"))).await.unwrap().ticket;
        tx.commit().await.unwrap();

        let people = [("owner", "dana"), ("team", "hana"), ("other constituency", "greta"), ("requestor", "ray@bank.example"), ("no rights", "norman"), ("administrator", "admin")];
        let mut table = format!("{:<16}", "");
        for (column, _) in people {
            table.push_str(&format!("{column:<20}"));
        }
        for verb in VERBS {
            table.push_str(&format!("\n{verb:<16}"));
            for (_, name) in people {
                let actor = world.actor(name).await;
                let answer = match attempt(&world, &actor, verb, report, incident).await {
                    Ok(()) => "yes",
                    Err(Error::Forbidden(_)) => "forbidden",
                    Err(Error::NotFound) => "not there",
                    Err(Error::Conflict(_)) => "conflict",
                    Err(Error::Invalid(_)) => "invalid",
                    Err(other) => panic!("{verb} by {name}: {other}"),
                };
                table.push_str(&format!("{answer:<20}"));
            }
        }
        let table = table.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n";
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots" }, { insta::assert_snapshot!("rights_matrix", table) });
    }
}
