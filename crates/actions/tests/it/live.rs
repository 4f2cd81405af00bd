//! News for open pages, and who is at a ticket.

use actions::{
    Error, Live, draft, live,
    live::Since,
    presence::{self, Doing},
};
use jiff::SignedDuration;
use std::time::Duration;

testkit::both! {
    async fn what_is_told_of_is_what_may_be_seen(world: World) {
        let before = world.desk.now();
        world.clock.advance(SignedDuration::from_mins(2));
        let mut heard = world.desk.live();
        let id = world.report("Worm", "x").await;
        assert_eq!(heard.recv().await, Ok(Live::TicketChanged(id)));
        let mut tx = world.look().await;
        let (dana, norman) = (world.actor("dana").await, world.actor("norman").await);
        let Since::News(news) = live::since(&mut tx, &dana, before).await.unwrap() else { panic!("too much") };
        assert_eq!(news.iter().map(|news| news.ticket).collect::<Vec<_>>(), [id]);
        assert_eq!(live::since(&mut tx, &norman, before).await.unwrap(), Since::News(vec![]));
        let later = world.desk.now() + SignedDuration::from_mins(5);
        assert_eq!(live::since(&mut tx, &dana, later).await.unwrap(), Since::News(vec![]));
    }

    async fn several_processes_hear_of_each_others_changes_and_people(world: World) {
        let id = world.report("Worm", "x").await;
        let db = storage::Db::open(&world.url, storage::Options { readers: 2, postgres_connections: 4, ..storage::Options::default() }).await.unwrap();
        let surroundings = actions::Surroundings { public_url: "http://watchbell.example".to_owned(), receivers: vec![] };
        let other = actions::Desk::new(db, world.clock.clone(), surroundings);
        let mut heard = other.live();
        let relays = [tokio::spawn(live::relay(world.desk.clone())), tokio::spawn(live::relay(other.clone()))];
        // until both listen
        tokio::time::sleep(Duration::from_millis(2500)).await;
        world.clock.advance(SignedDuration::from_secs(1));
        let mut tx = world.tx().await;
        actions::ticket::set_due(&mut tx, &world.actor("admin").await, id, Some(world.desk.now())).await.unwrap();
        tx.commit().await.unwrap();
        let found = tokio::time::timeout(Duration::from_secs(10), heard.recv()).await.expect("news").unwrap();
        assert_eq!(found, Live::TicketChanged(id));
        if world.is_postgres() {
            presence::note(&mut world.look().await, &world.actor("dana").await, id, Some(Doing::Writing)).await.unwrap();
            let found = tokio::time::timeout(Duration::from_secs(10), heard.recv()).await.expect("news").unwrap();
            assert_eq!(found, Live::PeopleChanged(id));
            assert!(other.is_at(id, world.actor("dana").await.id()));
        }
        for relay in relays {
            relay.abort();
        }
    }

    async fn others_see_who_looks_and_who_writes_until_time_forgets_them(world: World) {
        let id = world.report("Worm", "x").await;
        let (dana, tariq) = (world.actor("dana").await, world.actor("tariq").await);
        let doing = async || {
            let around = presence::around(&mut world.look().await, &tariq, id).await.unwrap();
            around.others.into_iter().map(|beside| (beside.name, beside.doing)).collect::<Vec<_>>()
        };
        presence::note(&mut world.look().await, &dana, id, Some(Doing::Looking)).await.unwrap();
        presence::note(&mut world.look().await, &tariq, id, Some(Doing::Looking)).await.unwrap();
        let name = dana.user.display_name().to_owned();
        assert_eq!(doing().await, [(name.clone(), Some(Doing::Looking))]);
        presence::note(&mut world.look().await, &dana, id, Some(Doing::Writing)).await.unwrap();
        assert_eq!(doing().await, [(name.clone(), Some(Doing::Writing))]);
        presence::note(&mut world.look().await, &dana, id, None).await.unwrap();
        assert_eq!(doing().await, [(name, None)]);
        world.clock.advance(SignedDuration::from_mins(11));
        assert_eq!(doing().await, []);
        let norman = world.actor("norman").await;
        let refused = presence::note(&mut world.look().await, &norman, id, Some(Doing::Looking)).await;
        assert!(matches!(refused, Err(Error::NotFound)));
    }

    async fn a_draft_is_its_owners_alone_and_bounded(world: World) {
        let (dana, tariq) = (world.actor("dana").await, world.actor("tariq").await);
        let mut tx = world.tx().await;
        draft::save(&mut tx, &dana, "/tickets/7/reply", "message=Hello").await.unwrap();
        draft::save(&mut tx, &dana, "/tickets/7/reply", "message=Hello+Ray").await.unwrap();
        let kept = draft::of_form(&mut tx, &dana, "/tickets/7/reply").await.unwrap().unwrap();
        assert_eq!(kept.content, "message=Hello+Ray");
        assert!(draft::of_form(&mut tx, &tariq, "/tickets/7/reply").await.unwrap().is_none());
        assert!(draft::save(&mut tx, &dana, "/x", &"x".repeat(draft::LONGEST + 1)).await.is_err());
        assert!(draft::save(&mut tx, &dana, "", "x").await.is_err());
        for number in 0..120 {
            draft::save(&mut tx, &dana, &format!("/tickets/{number}/comment"), "message=x").await.unwrap();
        }
        assert_eq!(draft::all(&mut tx, &dana).await.unwrap().len(), 100);
        assert!(!draft::discard(&mut tx, &tariq, "/tickets/119/comment").await.unwrap());
        assert!(draft::discard(&mut tx, &dana, "/tickets/119/comment").await.unwrap());
    }
}
