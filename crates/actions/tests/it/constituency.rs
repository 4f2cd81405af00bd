//! Constituencies as administrators make and rename them (IR section 5.1), and the rights that come with them.

use actions::{
    Error,
    setup::{self, NewConstituency},
};
use domain::{
    Right, Role, TicketKind,
    right::{Grant, Principal, Scope},
};
use testkit::World;

async fn add(world: &World, input: NewConstituency) -> Result<(), Error> {
    let mut tx = world.tx().await;
    setup::create_constituency(&mut tx, &world.actor("admin").await, input).await?;
    tx.commit().await
}

async fn rename(world: &World, old: &str, new: &str) -> Result<(), Error> {
    let mut tx = world.tx().await;
    setup::rename_constituency(&mut tx, &world.actor("admin").await, old, new).await?;
    tx.commit().await
}

fn named(name: &str) -> NewConstituency {
    NewConstituency { name: name.to_owned(), ..NewConstituency::default() }
}

async fn names(world: &World) -> (Vec<String>, Vec<String>) {
    let catalog = world.look().await.catalog();
    (catalog.queues().map(|queue| queue.name.clone()).collect(), catalog.groups().map(|(_, name)| name.to_owned()).collect())
}

/// Rights that a group holds on a queue.
async fn held(world: &World, group: &str, queue: &str) -> Vec<Right> {
    let catalog = world.look().await.catalog();
    let group = catalog.groups().find(|(_, name)| *name == group).unwrap().0;
    let queue = catalog.queue_named(queue).unwrap().id;
    let fits = |grant: &&Grant| grant.principal == Principal::Group(group) && grant.scope == Scope::Queue(queue);
    let mut rights: Vec<Right> = catalog.grants.iter().filter(fits).map(|grant| grant.right).collect();
    rights.sort_unstable();
    rights
}

testkit::both! {
    // IR-164, IR-147, IR-169: queues and groups under the cleaned name; made again it adds nothing and takes new addresses.
    async fn ir164_adding_is_safe_to_repeat_and_updates_addresses_that_are_given(world: World) {
        let first = NewConstituency { correspond_address: Some("abuse@health.example".into()), ..named("  Health   Net ") };
        add(&world, first).await.unwrap();
        let (queues, groups) = names(&world).await;
        for name in ["Incident Reports - Health Net", "Incidents - Health Net", "Investigations - Health Net", "Countermeasures - Health Net"] {
            assert!(queues.iter().any(|queue| queue == name), "{name}");
        }
        assert!(groups.iter().any(|name| name == "DutyTeam Health Net") && groups.iter().any(|name| name == "ReadOnly Health Net"));
        let again = NewConstituency { comment_address: Some("notes@health.example".into()), ..named("health net") };
        add(&world, again).await.unwrap();
        assert_eq!(names(&world).await, (queues, groups), "nothing twice");
        let reports = world.queue("Incident Reports - Health Net").await;
        assert_eq!(reports.correspond_address.unwrap().as_str(), "abuse@health.example", "what is not given stays");
        assert_eq!(reports.comment_address.unwrap().as_str(), "notes@health.example");
        let wrong = add(&world, NewConstituency { correspond_address: Some("nonsense@".into()), ..named("X") }).await.unwrap_err();
        assert!(matches!(&wrong, Error::Invalid(errors) if errors[0].field == "correspond_address"), "{wrong}");
        assert!(matches!(add(&world, named("  ")).await, Err(Error::Invalid(_))));
    }

    // IR-165, IR-151: what the base queue of the lifecycle has, the new one has.
    async fn ir165_new_queues_copy_their_base(world: World) {
        add(&world, named("HEALTH")).await.unwrap();
        let catalog = world.look().await.catalog();
        for kind in TicketKind::INCIDENT_RESPONSE {
            let base = catalog.queues().filter(|queue| queue.kind() == kind && queue.constituency.is_none()).min_by_key(|queue| queue.id).unwrap();
            let copy = catalog.queue_named(&format!("{} - HEALTH", base.name)).unwrap();
            let fields = |id| { let mut names: Vec<&str> = catalog.fields_of(id).map(|field| field.name.as_str()).collect(); names.sort_unstable(); names };
            assert_eq!(fields(base.id), fields(copy.id), "{kind:?}");
            assert_eq!((base.levels_disabled, &base.default_level, &base.lifecycle), (copy.levels_disabled, &copy.default_level, &copy.lifecycle));
            for template in ["Autoreply", "CountermeasureRemoved"] {
                assert_eq!(catalog.template(base.id, template), catalog.template(copy.id, template), "{kind:?} {template}");
            }
        }
    }

    // IR-166, IR-170: the team as DutyTeam on its own queues, readers to look, nobody else's queues.
    async fn ir166_team_and_readers_get_their_rights_on_their_own_queues(world: World) {
        add(&world, named("HEALTH")).await.unwrap();
        assert_eq!(held(&world, "DutyTeam HEALTH", "Incidents - HEALTH").await, held(&world, "DutyTeam", "Incidents").await);
        assert_eq!(held(&world, "DutyTeam", "Incidents - HEALTH").await, held(&world, "DutyTeam", "Incidents").await);
        let mut readers = vec![Right::ShowTicket, Right::ShowTicketComments, Right::Watch, Right::SeeQueue, Right::ShowTemplate];
        readers.sort_unstable();
        assert_eq!(held(&world, "ReadOnly HEALTH", "Incident Reports - HEALTH").await, readers);
        assert_eq!(held(&world, "DutyTeam HEALTH", "Incident Reports - EDUNET").await, []);
        assert_eq!(held(&world, "DutyTeam HEALTH", "Incident Reports").await, []);
    }

    // IR-167, IR-168: everything that carries the name, both groups included, or nothing.
    async fn ir167_renaming_renames_queues_and_both_groups_and_refuses_taken_names(world: World) {
        rename(&world, "EDUNET", "CAMPUS").await.unwrap();
        let (queues, groups) = names(&world).await;
        assert!(queues.iter().any(|name| name == "Incident Reports - CAMPUS") && !queues.iter().any(|name| name.contains("EDUNET")));
        assert!(groups.iter().any(|name| name == "DutyTeam CAMPUS") && groups.iter().any(|name| name == "ReadOnly CAMPUS"));
        assert!(!groups.iter().any(|name| name.contains("EDUNET")), "{groups:?}");
        let catalog = world.look().await.catalog();
        let queue = catalog.queue_named("Investigations - CAMPUS").unwrap();
        assert_eq!(catalog.constituency(queue).unwrap().name, "CAMPUS");
        for (old, new) in [("EDUNET", "X"), ("CAMPUS", "GOVNET"), ("CAMPUS", " ")] {
            assert!(matches!(rename(&world, old, new).await, Err(Error::Invalid(_))), "{old} to {new}");
        }
        let mut tx = world.tx().await;
        actions::account::create_group(&mut tx, &world.actor("admin").await, "ReadOnly NEW", "").await.unwrap();
        tx.commit().await.unwrap();
        let before = names(&world).await;
        assert!(rename(&world, "CAMPUS", "NEW").await.unwrap_err().to_string().contains("ReadOnly NEW"));
        assert_eq!(names(&world).await, before, "nothing half done");
        let mut tx = world.tx().await;
        let error = setup::rename_constituency(&mut tx, &world.actor("dana").await, "CAMPUS", "MINE").await.unwrap_err();
        assert!(matches!(error, Error::Forbidden(Right::AdminQueue)));
    }

    // IR-145, IR-146, IR-148: the address decides the queue, and the queue the constituency.
    async fn ir148_mail_gets_its_constituency_from_the_address(world: World) {
        let catalog = world.look().await.catalog();
        let (queue, action) = catalog.route("edunet@csirt.example").unwrap();
        assert_eq!((queue.name.as_str(), action), ("Incident Reports - EDUNET", "correspond"));
        assert_eq!(catalog.constituency(queue).unwrap().name, "EDUNET");
        assert!(catalog.constituency(catalog.route("reports@csirt.example").unwrap().0).is_none());
    }

    // IR-150: its own address, else the base queue's of the same type, else the global one.
    async fn ir150_a_queue_without_an_address_writes_from_its_base_queues(world: World) {
        let catalog = world.look().await.catalog();
        let from = |name: &str| catalog.address(catalog.queue_named(name).unwrap(), false).unwrap().as_str().to_owned();
        assert_eq!(from("Incident Reports - EDUNET"), "edunet@csirt.example");
        assert_eq!(from("Investigations - EDUNET"), "investigations@csirt.example");
        assert_eq!(from("Incidents - EDUNET"), "reports@csirt.example", "the global one");
    }

    // IR-144: into any queue where one may create; an owner who may own nothing there owns it no more.
    async fn ir144_a_ticket_moves_where_one_may_create_and_loses_an_owner_who_may_not_own_there(world: World) {
        let greta = world.actor("greta").await;
        let mut tx = world.tx().await;
        let (from, to) = ("Incident Reports - GOVNET", "Incident Reports");
        let catalog = tx.catalog();
        let (from, to) = (catalog.queue_named(from).unwrap().id, catalog.queue_named(to).unwrap().id);
        let mut input = actions::ticket::Create::new(from, "Worm", actions::message::NewMessage::text("x"));
        input.owner = Some("greta".to_owned());
        let id = actions::ticket::create(&mut tx, &greta, input).await.unwrap().ticket;
        actions::ticket::move_to_queue(&mut tx, &greta, id, to).await.unwrap();
        tx.commit().await.unwrap();
        let view = actions::ticket::show::view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap();
        assert_eq!((view.queue.name.as_str(), view.owner.name.as_str()), ("Incident Reports", "Nobody"));
    }

    // IR-186: linking makes a new Report open.
    async fn ir186_linking_a_new_report_activates_it(world: World) {
        let dana = world.actor("dana").await;
        let report = world.report("Worm", "x").await;
        let mut tx = world.tx().await;
        actions::ticket::change_owner(&mut tx, &dana, report, actions::ticket::OwnerChange::Take).await.unwrap();
        let queue = tx.catalog().queue_named("Incidents").unwrap().id;
        let input = actions::ticket::Create::new(queue, "Outbreak", actions::message::NewMessage::text("x"));
        let incident = actions::ticket::create(&mut tx, &dana, input).await.unwrap().ticket;
        actions::incident::link_to_incident(&mut tx, &dana, report, incident).await.unwrap();
        tx.commit().await.unwrap();
        let view = actions::ticket::show::view(&mut world.look().await, &dana, report).await.unwrap();
        assert_eq!(view.ticket.status, "open");
    }

    // IR-131, IR-133: the team's rights on each of the four queues; IR-134: the owner's.
    async fn ir133_the_duty_team_holds_its_rights_on_all_four_queues_and_owners_may_modify(world: World) {
        use Right::*;
        let mut team = vec![
            CreateTicket, ShowTemplate, OwnTicket, CommentOnTicket, SeeQueue, ShowTicket, ShowTicketComments, StealTicket,
            TakeTicket, Watch, ShowOutgoingEmail, ForwardMessage,
        ];
        team.sort_unstable();
        let catalog = world.look().await.catalog();
        for queue in ["Incidents", "Incident Reports", "Investigations", "Countermeasures"] {
            assert_eq!(held(&world, "DutyTeam", queue).await, team, "{queue}");
            let id = catalog.queue_named(queue).unwrap().id;
            assert_eq!(catalog.grants.roles(ModifyTicket, id).collect::<Vec<_>>(), [Role::Owner], "{queue}");
        }
    }

    // IR-135: reports from everyone; IR-136: answers to what we ask; IR-137: Incidents are the team's own.
    async fn ir135_everyone_may_report_and_answer_and_knows_nothing_of_incidents(world: World) {
        let catalog = world.look().await.catalog();
        let everyones = |queue: &str| {
            let id = catalog.queue_named(queue).unwrap().id;
            let fits = |grant: &&Grant| grant.principal == Principal::Everyone && grant.scope == Scope::Queue(id);
            let mut rights: Vec<Right> = catalog.grants.iter().filter(fits).map(|grant| grant.right).collect();
            rights.sort_unstable();
            rights
        };
        let mut open = vec![Right::CreateTicket, Right::ReplyToTicket];
        open.sort_unstable();
        assert_eq!(everyones("Incident Reports"), open);
        assert_eq!(everyones("Investigations"), [Right::ReplyToTicket]);
        assert_eq!(everyones("Countermeasures"), [Right::ReplyToTicket]);
        assert_eq!(everyones("Incidents"), []);
    }

    // IR-138: what the team may do everywhere; IR-139: every seeded field is theirs to see and change.
    async fn ir139_the_team_sees_and_changes_every_seeded_field_and_keeps_its_own_settings(world: World) {
        let catalog = world.look().await.catalog();
        let dana = world.actor("dana").await.identity;
        for field in catalog.fields() {
            for queue in catalog.queues().filter(|queue| catalog.fields_of(queue.id).any(|other| other.id == field.id)) {
                for right in [Right::SeeCustomField, Right::ModifyCustomField] {
                    assert!(catalog.grants.on_field(&dana, right, field.id, queue.id), "{right} on {} in {}", field.name, queue.name);
                }
            }
        }
        for right in [Right::ModifySelf, Right::LoadSavedSearch, Right::CreateSavedSearch] {
            assert!(catalog.grants.globally(&dana, right), "{right}");
        }
    }

    // IR-132: staff is whoever is in a group whose name contains DutyTeam, through other groups too, in any case.
    async fn ir132_staff_is_decided_by_membership_through_any_duty_team(world: World) {
        let admin = world.actor("admin").await;
        let norman = world.actor("norman").await;
        let (greta, dana) = (world.actor("greta").await, world.actor("dana").await);
        let catalog = world.look().await.catalog();
        assert!(catalog.is_staff(dana.id()) && catalog.is_staff(greta.id()) && !catalog.is_staff(norman.id()));
        let mut tx = world.tx().await;
        let night = actions::account::create_group(&mut tx, &admin, "night dutyteam shift", "").await.unwrap();
        actions::account::add_member(&mut tx, &admin, night, norman.id()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(world.look().await.catalog().is_staff(norman.id()));
    }

    // IR-006, IR-007, IR-008: the queues of a fresh installation.
    async fn ir006_a_fresh_installation_has_a_queue_for_each_type(world: World) {
        let catalog = world.look().await.catalog();
        for (name, kind, priority, levels_disabled) in [
            ("Incidents", TicketKind::Incident, 50, true),
            ("Incident Reports", TicketKind::Report, 0, false),
            ("Investigations", TicketKind::Investigation, 0, false),
            ("Countermeasures", TicketKind::Countermeasure, 0, false),
        ] {
            let queue = catalog.queue_named(name).unwrap();
            assert_eq!((queue.kind(), queue.initial_priority, queue.levels_disabled), (kind, priority, levels_disabled), "{name}");
        }
        assert_eq!(catalog.queue_named("Incidents").unwrap().correspond_address, None);
    }

    // IR-005, IR-009: the lifecycle makes the type, whatever the queue is called, and rules hold there at once.
    async fn ir009_a_queue_of_an_incident_lifecycle_is_a_full_member_whatever_its_name(world: World) {
        let mut tx = world.tx().await;
        let admin = world.actor("admin").await;
        let id = setup::create_queue(&mut tx, &admin, "Complaints", "incident_reports", "").await.unwrap();
        let input = actions::ticket::Create::new(id, "Worm", actions::message::NewMessage::text("from 192.0.2.7"));
        let ticket = actions::ticket::create(&mut tx, &admin, input).await.unwrap().ticket;
        let view = actions::ticket::show::view(&mut tx, &admin, ticket).await.unwrap();
        assert_eq!(view.ticket.kind, TicketKind::Report);
        let found = view.fields.iter().find(|shown| shown.field.name == "IP").unwrap();
        assert_eq!(found.values, ["192.0.2.7"]);
    }
}
