//! The fourth type under its other name (IR-011), and without it (IR-012).

use crate::family::{create, owned_report, set};
use actions::{
    Actor, Door, Error, access,
    bulk::{self, Verdict, Wanted},
    lists::{self, Page},
    message::NewMessage,
    setup::{self, NewConstituency},
    ticket::{self, OwnerChange, Reply, SetStatus, move_to_queue, show},
};
use domain::{Right, TicketId, bulk::Deed, fourth_type::FourthType, setting::list};
use testkit::World;

async fn choose(world: &World, name: &str, value: Option<&str>) -> Result<(), Error> {
    let mut tx = world.tx().await;
    setup::set_settings(&mut tx, &setup::operator(), &[(name, value)]).await?;
    tx.commit().await
}

async fn names(world: &World) -> Vec<String> {
    let catalog = world.look().await.catalog();
    let mut names: Vec<String> =
        catalog.queues().filter(|queue| queue.lifecycle == "countermeasures").map(|queue| queue.name.clone()).collect();
    names.sort();
    names
}

async fn found(world: &World, actor: &Actor, query: &str) -> Vec<TicketId> {
    let query = lists::parse(query).unwrap();
    let page = Page { limit: 50, offset: 0 };
    lists::search(&mut world.look().await, actor, &query, &[], page).await.unwrap().iter().map(|ticket| ticket.id).collect()
}

fn is_disabled<T>(outcome: Result<T, Error>) -> bool {
    outcome.is_err_and(|error| matches!(error, Error::Disabled(_)) && error.to_string().contains("disabled by configuration"))
}

testkit::both! {
    async fn ir011_queues_follow_the_setting_and_both_names_find_them(world: World) {
        let admin = world.actor("admin").await;
        let incident = create(&world, &admin, "Incidents", &[], &[]).await.unwrap();
        let block = create(&world, &admin, "Blocks", &[incident], &[]).await.unwrap();
        for (value, queues) in [
            (Some("block"), ["Blocks", "Blocks - EDUNET", "Blocks - GOVNET"]),
            (None, ["Countermeasures", "Countermeasures - EDUNET", "Countermeasures - GOVNET"]),
        ] {
            choose(&world, list::FOURTH_TYPE, value).await.unwrap();
            assert_eq!(names(&world).await, queues);
            for name in ["Blocks", "countermeasures"] {
                assert_eq!(world.queue(name).await.name, queues[0]);
                assert_eq!(world.queue(&format!("{name} - edunet")).await.name, queues[1]);
                assert_eq!(found(&world, &admin, &format!("Queue = '{name}'")).await, [block], "{name}");
                assert_eq!(found(&world, &admin, &format!("Queue != '{name}'")).await, [incident], "{name}");
            }
        }
        // a setting that names a queue goes on doing so
        choose(&world, list::DEFAULT_QUEUE, Some("Countermeasures")).await.unwrap();
        choose(&world, list::FOURTH_TYPE, Some("block")).await.unwrap();
        assert!(world.look().await.catalog().setting_problems().is_empty());
        let mut tx = world.tx().await;
        setup::create_constituency(&mut tx, &setup::operator(), NewConstituency { name: "BANKNET".to_owned(), ..NewConstituency::default() }).await.unwrap();
        tx.commit().await.unwrap();
        assert!(names(&world).await.contains(&"Blocks - BANKNET".to_owned()));
    }

    async fn ir011_a_queue_of_that_name_is_not_overwritten_and_is_found_first(world: World) {
        let mut tx = world.tx().await;
        let other = setup::create_queue(&mut tx, &setup::operator(), "Blocks", "default", "Of flats").await.unwrap();
        tx.commit().await.unwrap();
        let error = choose(&world, list::FOURTH_TYPE, Some("block")).await.unwrap_err();
        assert!(error.to_string().contains("There is a queue “Blocks” already"), "{error}");
        assert_eq!((names(&world).await[0].as_str(), world.queue_id("Blocks").await), ("Countermeasures", other));
    }

    async fn ir012_what_is_disabled_is_neither_opened_nor_made_nor_changed_by_anybody_at_a_page_or_over_rest(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        let block = create(&world, &dana, "Countermeasures", &[incident], &[]).await.unwrap();
        choose(&world, list::FOURTH_TYPE, Some("block")).await.unwrap();
        choose(&world, list::DISABLE_COUNTERMEASURES, Some("yes")).await.unwrap();
        for door in [Door::Web, Door::Rest2] {
            let dana = world.actor_by("dana", door).await;
            assert!(is_disabled(show::view(&mut world.look().await, &dana, block).await));
            let made = access::queue_for(&world.look().await, &dana, world.queue_id("Blocks").await, Right::CreateTicket);
            assert!(is_disabled(made));
            let mut tx = world.tx().await;
            assert!(is_disabled(ticket::set_status(&mut tx, &dana, SetStatus { ticket: block, status: "active".into() }).await));
            assert!(is_disabled(ticket::comment(&mut tx, &dana, Reply { ticket: block, message: NewMessage::text("x"), time_taken: 0 }).await));
            assert!(is_disabled(ticket::change_owner(&mut tx, &dana, block, OwnerChange::TakeOrSteal).await));
            let queue = tx.catalog().queue_named("Blocks").unwrap().id;
            assert!(move_to_queue(&mut tx, &dana, report, queue).await.is_err());
        }
        let error = show::view(&mut world.look().await, &dana, block).await.unwrap_err();
        assert_eq!(error.to_string(), "Blocks are disabled by configuration.");
        assert!(!access::queues_with(&world.look().await, &dana, Right::CreateTicket).iter().any(|queue| queue.lifecycle == "countermeasures"));
        let prospects = bulk::outlook(&mut world.look().await, &dana, Deed::Write, &[Wanted { ticket: block, seen: None }]).await.unwrap();
        assert_eq!(prospects[0].verdict, Verdict::NotAllowed);
        // who could not see it learns nothing
        let norman = world.actor("norman").await;
        assert!(matches!(show::view(&mut world.look().await, &norman, block).await, Err(Error::NotFound)));
        // mail about it is still taken in, and its Incident still closes
        let mail = world.actor_by("dana", Door::Email).await;
        let mut tx = world.tx().await;
        ticket::reply(&mut tx, &mail, Reply { ticket: block, message: NewMessage::text("Done."), time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        set(&world, &dana, incident, "resolved").await;
        choose(&world, list::DISABLE_COUNTERMEASURES, None).await.unwrap();
        assert!(show::view(&mut world.look().await, &dana, block).await.unwrap().ticket.is_open());
        assert_eq!(world.look().await.catalog().fourth_type(), FourthType::Block);
    }
}
