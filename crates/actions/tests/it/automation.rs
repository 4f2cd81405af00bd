//! What rules do on their own (IR section 6), and that a broken one harms nothing else.

use actions::{
    Actor, Door,
    message::NewMessage,
    ticket::{self, Create, Reply, show},
};
use domain::{TicketId, person::PersonName};
use testkit::World;

async fn reply_by(world: &World, name: &str, id: TicketId, text: &str) {
    let actor = world.actor_by(name, Door::Email).await;
    let mut tx = world.tx().await;
    ticket::reply(&mut tx, &actor, Reply { ticket: id, message: NewMessage::text(text), time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn status(world: &World, id: TicketId) -> String {
    show::view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap().ticket.status.clone()
}

async fn letters(world: &World, id: TicketId) -> Vec<storage::outbound::Outbound> {
    let mut tx = world.desk.db().read().await.unwrap();
    storage::outbound::of_ticket(&mut tx, id).await.unwrap()
}

async fn launched(world: &World, queue: &str) -> TicketId {
    let dana = world.actor("dana").await;
    let mut tx = world.tx().await;
    let incidents = tx.catalog().queue_named("Incidents").unwrap().id;
    let incident =
        ticket::create(&mut tx, &dana, Create::new(incidents, "Incident", NewMessage::text("x"))).await.unwrap().ticket;
    let queue = tx.catalog().queue_named(queue).unwrap().id;
    let mut input = Create::new(queue, "Please block", NewMessage::text("Please block 192.0.2.9."));
    input.requestors = vec![PersonName::parse("ops@net.example").unwrap()];
    input.incidents = vec![incident];
    input.owner = Some("dana".into());
    let id = ticket::create(&mut tx, &dana, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    id
}

/// The Incident that a ticket is a member of.
async fn incident_of(tx: &mut actions::Tx, actor: &Actor, child: TicketId) -> TicketId {
    show::view(tx, actor, child).await.unwrap().incidents().next().unwrap().ticket.id
}

testkit::both! {
    async fn ir003_a_reply_reaches_its_own_correspondents_and_nobody_elses(world: World) {
        let report = world.report("Worm", "from 192.0.2.7").await;
        let investigation = launched(&world, "Investigations").await;
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        let incident = incident_of(&mut tx, &dana, investigation).await;
        ticket::change_owner(&mut tx, &dana, report, ticket::OwnerChange::Take).await.unwrap();
        actions::incident::link_to_incident(&mut tx, &dana, report, incident).await.unwrap();
        tx.commit().await.unwrap();
        let before = letters(&world, report).await.len();
        reply_by(&world, "dana", investigation, "For the provider only.").await;
        assert_eq!(letters(&world, report).await.len(), before, "the report of the same Incident hears nothing");
        let sent = letters(&world, investigation).await;
        assert_eq!(sent.last().unwrap().letter.recipients, ["ops@net.example"]);
    }

    async fn ir221_an_answer_of_the_operators_activates_a_block_and_later_removes_it(world: World) {
        let block = launched(&world, "Countermeasures").await;
        assert_eq!(status(&world, block).await, "pending activation");
        reply_by(&world, "dana", block, "any news?").await;
        assert_eq!(status(&world, block).await, "pending activation", "staff do not confirm their own block");
        reply_by(&world, "ops@net.example", block, "done").await;
        assert_eq!(status(&world, block).await, "active");
    }

    async fn ir253_the_creation_of_an_investigation_is_its_message(world: World) {
        let investigation = launched(&world, "Investigations").await;
        let letters = letters(&world, investigation).await;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].letter.recipients, ["ops@net.example"]);
        let raw = String::from_utf8(letters[0].letter.raw.clone()).unwrap();
        assert!(raw.contains("Please block 192.0.2.9.") && raw.contains(&format!("[csirt.example #{investigation}]")), "{raw}");
        assert!(!raw.contains("Auto-Submitted") && raw.contains("investigations@csirt.example"), "{raw}");
    }

    async fn tc188_what_a_machine_wrote_gets_no_acknowledgement(world: World) {
        let queue = world.queue_id("Incident Reports").await;
        let mut tx = world.tx().await;
        let name = PersonName::parse("robot@away.example").unwrap();
        let user = ticket::load_or_create(&mut tx, &name, "requestors").await.unwrap();
        let robot = Actor::of(&tx, user, Door::Email).unwrap();
        let message = NewMessage { automatic: true, ..NewMessage::text("I am away") };
        let mut input = Create::new(queue, "Out of office", message);
        input.requestors = vec![name];
        let id = ticket::create(&mut tx, &robot, input).await.unwrap().ticket;
        tx.commit().await.unwrap();
        assert_eq!(letters(&world, id).await, []);
    }

    async fn ir252_a_quiet_creation_tells_the_correspondents_nothing(world: World) {
        let dana = world.actor("dana").await;
        let queue = world.queue_id("Incident Reports").await;
        let mut tx = world.tx().await;
        let mut input = Create::new(queue, "By telephone", NewMessage::text("x"));
        input.requestors = vec![PersonName::parse("ray@bank.example").unwrap()];
        input.quiet = true;
        let id = ticket::create(&mut tx, &dana, input).await.unwrap().ticket;
        tx.commit().await.unwrap();
        assert_eq!(letters(&world, id).await, []);
        reply_by(&world, "dana", id, "but now").await;
        assert_eq!(letters(&world, id).await.len(), 1);
    }

    async fn ir173_a_rule_that_fails_undoes_only_itself(world: World) {
        let mut db = world.desk.db().write().await.unwrap();
        db.run("UPDATE templates SET content = 'Subject: x\n\n{{ ticket.subject.nothing.at.all() }}' WHERE name = 'Autoreply' AND queue_id IS NULL", []).await.unwrap();
        storage::catalog::touch(&mut db).await.unwrap();
        db.commit().await.unwrap();
        let id = world.report("Scan", "from 192.0.2.7").await;
        let view = show::view(&mut world.look().await, &world.actor("dana").await, id).await.unwrap();
        assert_eq!(view.fields.iter().find(|field| field.field.name == "IP").unwrap().values, ["192.0.2.7"], "the other rules ran");
        assert!(view.ticket.due.is_some());
        assert_eq!(letters(&world, id).await, []);
    }

    async fn ir187_replies_open_reports_as_the_rules_say(world: World) {
        let report = world.report("Scan", "x").await;
        reply_by(&world, "dana", report, "looking").await;
        assert_eq!(status(&world, report).await, "new", "an unlinked new report is never opened by a reply");
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        ticket::change_owner(&mut tx, &dana, report, ticket::OwnerChange::Take).await.unwrap();
        ticket::set_status(&mut tx, &dana, ticket::SetStatus { ticket: report, status: "rejected".into() }).await.unwrap();
        tx.commit().await.unwrap();
        reply_by(&world, "ray@bank.example", report, "really").await;
        assert_eq!(status(&world, report).await, "open");
    }
}
