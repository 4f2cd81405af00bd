use std::sync::Arc;

use actions::{Error, inbox, setup};
use domain::setting::list;
use futures_util::future::join_all;
use mail_in::lmtp::{Envelope, Intake as _};
use mail_in::{Arriving, Intake};
use testkit::World;

use crate::post::{REPORT, processor, shown, ticket};

fn arriving(raw: &str) -> Arriving {
    Arriving {
        door: "lmtp",
        sender: Some("ray@bank.example".to_owned()),
        recipient: "reports@csirt.example".to_owned(),
        queue: "Incident Reports".to_owned(),
        action: "correspond".to_owned(),
        ticket: String::new(),
        raw: Arc::new(raw.as_bytes().to_vec()),
    }
}

fn envelope(to: &[&str]) -> Envelope {
    Envelope { from: None, to: to.iter().map(|&to| to.to_owned()).collect(), peer: None }
}

testkit::both! {
    async fn messages_that_arrive_together_are_all_stored_under_their_own_number(world: World) {
        let intake = Intake::start(world.desk.clone(), None);
        let texts: Vec<String> = (0..500).map(|number| format!("From: ray@bank.example\nSubject: {number}\n\nhi\n")).collect();
        let stored = join_all(texts.iter().map(|text| intake.store(arriving(text)))).await;
        let admin = world.actor("admin").await;
        let mut tx = world.look().await;
        for (text, id) in texts.iter().zip(&stored) {
            let kept = inbox::get(&mut tx, &admin, *id.as_ref().unwrap()).await.unwrap();
            assert_eq!(kept.message.raw, text.as_bytes());
        }
        drop(tx);
        assert_eq!(inbox::counts(&world.desk).await.unwrap(), (500, 0));
    }

    async fn addresses_of_queues_are_known_and_others_are_not(world: World) {
        let intake = Intake::start(world.desk.clone(), None);
        for (address, known) in [
            ("reports@csirt.example", true),
            ("Reports+network@CSIRT.example", true),
            ("comment@csirt.example", true),
            ("edunet@csirt.example", true),
            ("ray@bank.example", false),
            ("", false),
        ] {
            assert_eq!(intake.knows(address).await, Ok(known), "{address}");
        }
    }

    // TC-183: what follows the plus may be a ticket's number.
    async fn tc183_an_address_with_a_number_is_for_that_ticket(world: World) {
        let first = ticket(&crate::post::mail(&world, REPORT).await);
        let intake = Intake::start(world.desk.clone(), None);
        let raw = "From: ray@bank.example\nSubject: no tag\nMessage-ID: <plus@bank.example>\n\nMore of it.\n";
        let answers = intake.accept(envelope(&[&format!("reports+{first}@csirt.example")]), Arc::new(raw.as_bytes().to_vec())).await;
        assert_eq!(answers, [Ok(())]);
        assert!(processor(&world).process_next().await.unwrap());
        assert_eq!(crate::post::said(&world, first).await[1].1, "More of it.");
    }

    async fn recipients_that_mean_the_same_are_one_message(world: World) {
        let intake = Intake::start(world.desk.clone(), None);
        let to = ["reports@csirt.example", "reports+x@csirt.example", "edunet@csirt.example", "comment@csirt.example"];
        let answers = intake.accept(envelope(&to), Arc::new(REPORT.as_bytes().to_vec())).await;
        assert_eq!(answers, vec![Ok(()); 4]);
        assert_eq!(inbox::counts(&world.desk).await.unwrap().0, 3);
        let processor = processor(&world);
        while processor.process_next().await.unwrap() {}
        let outcome = inbox::outcome(&mut world.look().await, 2).await.unwrap().unwrap();
        assert_eq!(shown(&world, ticket(&outcome)).await.queue.name, "Incident Reports - EDUNET");
    }

    // IR-149: a shared address; only that of a type's base queue stands for those of constituencies.
    async fn ir149_the_sub_address_chooses_the_constituency_and_nothing_else(world: World) {
        let mut tx = world.tx().await;
        let complaints = setup::create_queue(&mut tx, &setup::operator(), "Complaints", "incident_reports", "").await.unwrap();
        setup::set_queue_addresses(&mut tx, &setup::operator(), complaints, Some("complaints@csirt.example"), None).await.unwrap();
        tx.commit().await.unwrap();
        let (none, default) = ("", "GOVNET");
        for (default, address, queue, action) in [
            (none, "reports+edunet@csirt.example", "Incident Reports - EDUNET", "correspond"),
            (none, "Reports+EduNet@CSIRT.example", "Incident Reports - EDUNET", "correspond"),
            (none, "comment+govnet@csirt.example", "Incident Reports - GOVNET", "comment"),
            (none, "investigations+edunet@csirt.example", "Investigations - EDUNET", "correspond"),
            (none, "reports+nonsense@csirt.example", "Incident Reports", "correspond"),
            (none, "reports+@csirt.example", "Incident Reports", "correspond"),
            (none, "reports+General@csirt.example", "Incident Reports", "correspond"),
            (none, "reports+Incidents@csirt.example", "Incident Reports", "correspond"),
            (none, "reports+edunet+govnet@csirt.example", "Incident Reports", "correspond"),
            (none, "complaints+edunet@csirt.example", "Complaints", "correspond"),
            (none, "govnet+edunet@csirt.example", "Incident Reports - GOVNET", "correspond"),
            (default, "reports@csirt.example", "Incident Reports - GOVNET", "correspond"),
            (default, "reports+nonsense@csirt.example", "Incident Reports - GOVNET", "correspond"),
            (default, "reports+edunet@csirt.example", "Incident Reports - EDUNET", "correspond"),
            (default, "edunet@csirt.example", "Incident Reports - EDUNET", "correspond"),
            (default, "complaints@csirt.example", "Complaints", "correspond"),
        ] {
            let mut tx = world.tx().await;
            setup::set_settings(&mut tx, &setup::operator(), &[(list::DEFAULT_CONSTITUENCY, Some(default))]).await.unwrap();
            tx.commit().await.unwrap();
            let catalog = world.look().await.catalog();
            let way = catalog.route(address).map(|(queue, action)| (queue.name.as_str(), action));
            assert_eq!(way, Some((queue, action)), "{address} with “{default}”");
        }
        let intake = Intake::start(world.desk.clone(), None);
        let to = ["reports+edunet@csirt.example", "reports+govnet@csirt.example", "reports+x@csirt.example"];
        assert_eq!(intake.accept(envelope(&to), Arc::new(REPORT.as_bytes().to_vec())).await, vec![Ok(()); 3]);
        assert_eq!(inbox::counts(&world.desk).await.unwrap().0, 2, "the last means the default, as the second does");
        let own = domain::person::EmailAddress::parse("reports+edunet@csirt.example").unwrap();
        assert!(world.look().await.catalog().is_own_address(&own), "never a watcher");
        let mut tx = world.tx().await;
        let wrong = setup::set_settings(&mut tx, &setup::operator(), &[(list::DEFAULT_CONSTITUENCY, Some("nowhere"))]).await.unwrap_err();
        assert!(matches!(&wrong, Error::Invalid(errors) if errors[0].field == list::DEFAULT_CONSTITUENCY), "{wrong}");
    }
}

#[test]
fn a_database_that_is_away_is_temporary_trouble() {
    World::test_on_sqlite(|world| async move {
        let intake = Intake::start(world.desk.clone(), None);
        world.desk.db().close().await;
        assert!(intake.store(arriving(REPORT)).await.unwrap_err().temporary);
        assert!(intake.knows("reports@csirt.example").await.unwrap_err().temporary);
        let answers = intake.accept(envelope(&["reports@csirt.example"]), Arc::default()).await;
        assert!(answers[0].as_ref().unwrap_err().temporary);
    });
}
