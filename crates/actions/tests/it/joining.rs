//! Joining tickets of different constituencies: every verb alike (IR-153, IR-154, IR-157, IR-158), and who watches them (IR-162).

use crate::family::{commit, create, view};
use actions::{
    Actor, Error, account, incident,
    message::NewMessage,
    setup,
    ticket::{self, Create, Link, LinksInput, move_to_queue, watching_groups},
};
use domain::{Role, TicketId, change::ChangeKind, link::LinkKind, setting::list};
use testkit::World;

const EDUNET: &str = "Incident Reports - EDUNET";
const GOVNET: &str = "Incidents - GOVNET";

async fn choose(world: &World, mode: &str) {
    let wish = [(list::CONSTITUENCY_LINKING, Some(mode))];
    commit!(world, |tx| setup::set_settings(&mut tx, &setup::operator(), &wish).await.unwrap());
}

async fn queue(world: &World, id: TicketId) -> String {
    view(world, id).await.queue.name
}

/// Refused, with the number of a ticket in a sentence beside a field.
fn refuses<T>(outcome: Result<T, Error>, field: &str, named: TicketId) {
    let Err(Error::Invalid(errors)) = outcome else { panic!("{named} was let in") };
    assert_eq!(errors[0].field, field);
    assert!(errors[0].message.contains(&format!("#{named} ")) && errors[0].message.contains("constituency"), "{errors:?}");
}

/// Everything that joins tickets, each undone again; `Ok` when it was done.
async fn each_way(world: &World, actor: &Actor, report: TicketId, other: TicketId) -> Vec<(&'static str, Result<(), Error>)> {
    let mut outcomes = Vec::new();
    macro_rules! way {
        ($field:literal, |$tx:ident| $deed:expr) => {{
            let mut $tx = world.tx().await;
            outcomes.push(($field, $deed.await.map(drop)));
            $tx.rollback().await.unwrap();
        }};
    }
    let link = |kind| Link { kind, base: report, target: other };
    let new = |queue| Create::new(queue, "New", NewMessage::text("x"));
    let (investigations, incidents) =
        (world.queue_id("Investigations - EDUNET").await, world.queue_id("Incidents - EDUNET").await);
    way!("link", |tx| ticket::link(&mut tx, actor, link(LinkKind::RefersTo)));
    way!("link", |tx| ticket::link(&mut tx, actor, link(LinkKind::MemberOf)));
    way!("incident", |tx| incident::link_to_incident(&mut tx, actor, report, other));
    let add = LinksInput { add: vec![("DependsOn".to_owned(), other.to_string())], ..LinksInput::default() };
    way!("add-dependson", |tx| ticket::edit_links(&mut tx, actor, report, &add));
    way!("merge", |tx| ticket::merge(&mut tx, actor, report, other));
    way!("incidents", |tx| ticket::create(&mut tx, actor, Create { incidents: vec![other], ..new(investigations) }));
    way!("refers_to", |tx| ticket::create(&mut tx, actor, Create { refers_to: vec![other.to_string()], ..new(incidents) }));
    outcomes
}

testkit::both! {
    // IR-153, IR-154, IR-158
    async fn ir153_no_verb_joins_tickets_of_two_constituencies_but_those_of_the_advanced_page(world: World) {
        let admin = world.actor("admin").await;
        let (report, other) = (create(&world, &admin, EDUNET, &[], &[]).await.unwrap(), create(&world, &admin, GOVNET, &[], &[]).await.unwrap());
        for (field, outcome) in each_way(&world, &admin, report, other).await {
            refuses(outcome, field, other);
        }
        refuses(create(&world, &admin, GOVNET, &[], &[report]).await, "queue", report);
        let mut tx = world.tx().await;
        let twin = ticket::create(&mut tx, &admin, Create::new(world.queue_id("Incident Reports - GOVNET").await, "Twin", NewMessage::text("x"))).await.unwrap().ticket;
        refuses(incident::merge(&mut tx, &admin, report, twin).await, "merge", twin);
        let across = Link { kind: LinkKind::MemberOf, base: report, target: other };
        ticket::link_across(&mut tx, &admin, across).await.unwrap();
        ticket::merge_across(&mut tx, &admin, report, twin).await.unwrap();
        tx.rollback().await.unwrap();
        choose(&world, "no").await;
        for (field, outcome) in each_way(&world, &admin, report, other).await {
            assert!(outcome.is_ok(), "{field}: {outcome:?}");
        }
        assert!(create(&world, &admin, GOVNET, &[], &[report]).await.is_ok(), "IR-157: changeable in this mode only");
    }

    // IR-157: the child gets its Incident's constituency, as far as the actor may put it there.
    async fn ir157_a_child_inherits_the_constituency_of_its_incident(world: World) {
        choose(&world, "inherit").await;
        let (admin, dana) = (world.actor("admin").await, world.actor("dana").await);
        let incident = create(&world, &admin, GOVNET, &[], &[]).await.unwrap();
        let made = create(&world, &dana, "Investigations - EDUNET", &[incident], &[]).await.unwrap();
        assert_eq!(queue(&world, made).await, "Investigations - GOVNET");
        let report = create(&world, &dana, EDUNET, &[], &[]).await.unwrap();
        let linked = commit!(world, |tx| incident::link_to_incident(&mut tx, &dana, report, incident).await.unwrap());
        assert_eq!(queue(&world, report).await, "Incident Reports - GOVNET");
        let moved = |change: &domain::change::Change| change.what.kind == ChangeKind::Set && change.what.field.as_deref() == Some("Queue");
        assert!(linked.changes.iter().any(moved), "the move stands in the history");
        assert!(view(&world, report).await.links.iter().any(|link| link.ticket.id == incident));
        let other = create(&world, &dana, EDUNET, &[], &[]).await.unwrap();
        let wish = Link { kind: LinkKind::MemberOf, base: other, target: incident };
        commit!(world, |tx| ticket::link(&mut tx, &admin, wish).await.unwrap());
        assert_eq!(queue(&world, other).await, "Incident Reports - GOVNET", "as REST links");
        refuses(create(&world, &admin, "Incidents - EDUNET", &[], &[report]).await, "queue", report);
        // norman may change both, but may put nothing into GOVNET
        let norman = world.actor("norman").await;
        let own = create(&world, &dana, "Investigations - EDUNET", &[], &[]).await.unwrap();
        let mut tx = world.tx().await;
        for queue in ["Investigations - EDUNET", GOVNET] {
            let id = tx.catalog().queue_named(queue).unwrap().id;
            for right in [domain::Right::ShowTicket, domain::Right::ModifyTicket] {
                let grant = domain::right::Grant { principal: domain::right::Principal::User(norman.id()), right, scope: domain::right::Scope::Queue(id) };
                account::grant(&mut tx, &setup::operator(), grant).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        let mut tx = world.tx().await;
        refuses(incident::link_to_incident(&mut tx, &norman, own, incident).await, "incident", incident);
    }

    // IR-157: where constituencies are rejected, what is linked stays; what is not moves as ever.
    async fn ir157_a_linked_ticket_keeps_its_constituency_where_they_are_rejected(world: World) {
        let admin = world.actor("admin").await;
        let report = create(&world, &admin, EDUNET, &[], &[]).await.unwrap();
        let incident = create(&world, &admin, "Incidents - EDUNET", &[], &[report]).await.unwrap();
        choose(&world, "reject").await;
        let targets = [(report, "Incident Reports - GOVNET"), (incident, GOVNET), (report, "Incident Reports")];
        for (id, to) in targets {
            let to = world.queue_id(to).await;
            let mut tx = world.tx().await;
            refuses(move_to_queue(&mut tx, &admin, id, to).await, "queue", id);
            drop(tx);
        }
        commit!(world, |tx| incident::unlink_from_incident(&mut tx, &admin, report, incident).await.unwrap());
        let to = world.queue_id("Incident Reports - GOVNET").await;
        commit!(world, |tx| move_to_queue(&mut tx, &admin, report, to).await.unwrap());
        assert_eq!(queue(&world, report).await, "Incident Reports - GOVNET");
    }

    // IR-162: seeded, off; when on, the team of the constituency and no other.
    async fn ir162_the_team_of_a_constituency_is_admin_cc_of_its_tickets(world: World) {
        const RULE: &str = "Team of the constituency as AdminCc";
        let admin = world.actor("admin").await;
        let watching = async |id| {
            let groups = watching_groups(&mut world.look().await, &admin, id).await.unwrap();
            groups.into_iter().filter(|(role, ..)| *role == Role::AdminCc).map(|(_, _, name)| name).collect::<Vec<_>>()
        };
        let before = create(&world, &admin, EDUNET, &[], &[]).await.unwrap();
        assert_eq!(watching(before).await, Vec::<String>::new(), "off in a fresh installation");
        let mut tx = world.tx().await;
        let rule = setup::rules(&mut tx, &admin).await.unwrap().into_iter().find(|rule| rule.name == RULE).unwrap();
        setup::enable_rule(&mut tx, &admin, rule.id, true).await.unwrap();
        tx.commit().await.unwrap();
        let id = create(&world, &admin, EDUNET, &[], &[]).await.unwrap();
        assert_eq!(watching(id).await, ["DutyTeam EDUNET"]);
        for (queue, team) in [("Incident Reports - GOVNET", &["DutyTeam GOVNET"][..]), ("Incident Reports", &[])] {
            let to = world.queue_id(queue).await;
            commit!(world, |tx| move_to_queue(&mut tx, &admin, id, to).await.unwrap());
            assert_eq!(watching(id).await, team, "{queue}");
        }
        let history = ticket::show::history(&mut world.look().await, &admin, id, i64::MAX, 50).await.unwrap();
        let kinds = |kind| history.iter().filter(|entry| entry.change.what.kind == kind).count();
        assert_eq!((kinds(ChangeKind::AddWatcher), kinds(ChangeKind::DelWatcher)), (2, 2), "each stands in the history");
    }
}
