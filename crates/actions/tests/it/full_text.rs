//! Finding messages by their words: at once, the same on both databases, and nothing that the asker may not read.

use crate::family::commit;
use actions::{
    full_text, incident,
    lists::{self, Order, OrderBy, Page},
    message::NewMessage,
    ticket::{self, Reply},
};
use domain::{
    Right, TicketId,
    right::{Grant, Principal, Scope},
};
use testkit::World;

async fn ids(world: &World, name: &str, query: &str) -> Vec<i64> {
    let actor = world.actor(name).await;
    let query = lists::parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let mut tx = world.look().await;
    let page = Page { limit: 100, offset: 0 };
    let found = lists::search(&mut tx, &actor, &query, &[OrderBy::ascending(Order::Id)], page).await.unwrap();
    assert_eq!(lists::count(&mut tx, &actor, &query).await.unwrap(), found.len() as i64);
    found.iter().map(|ticket| ticket.id.0).collect()
}

async fn say(world: &World, id: TicketId, is_comment: bool, message: NewMessage) {
    let admin = world.actor("admin").await;
    let reply = Reply { ticket: id, message, time_taken: 0 };
    if is_comment {
        commit!(world, |tx| ticket::comment(&mut tx, &admin, reply).await.unwrap());
    } else {
        commit!(world, |tx| ticket::reply(&mut tx, &admin, reply).await.unwrap());
    }
}

testkit::both! {
    async fn tc261_messages_are_found_by_their_words_at_once(world: World) {
        let scan = world.report("Odd traffic", "Since noon, scans of port 22 from 192.0.2.7; see our Überwachung.").await;
        let worm = world.report("A worm", "The remote code of this worm runs here. 攻撃を受けました").await;
        say(&world, scan, false, NewMessage::text("Thank you.").attach("list.txt", "text/plain", b"zebra-host.example".to_vec())).await;
        let (scan, worm) = (scan.0, worm.0);
        for (query, expected) in [
            ("Content LIKE 'SCANS'", vec![scan]),
            ("Content LIKE 'scan'", vec![]),
            ("Content LIKE 'scan*'", vec![scan]),
            ("Content LIKE 'uberwachung'", vec![scan]),
            ("Content LIKE '192.0.2.7'", vec![scan]),
            ("Content LIKE '192.0.7.2'", vec![]),
            ("Content LIKE 'odd'", vec![scan]),
            ("Content LIKE 'zebra host'", vec![scan]),
            ("Content LIKE 'this code'", vec![worm]),
            ("Content LIKE '\"this code\"'", vec![]),
            ("Content LIKE '\"remote code\" worm'", vec![worm]),
            ("Content LIKE '攻撃'", vec![worm]),
            ("Content LIKE '撃'", vec![worm]),
            ("Content LIKE '受攻'", vec![]),
            ("Content NOT LIKE 'worm'", vec![scan]),
            ("NOT (Content LIKE 'worm' OR Content LIKE 'zebra')", vec![]),
            ("HistoryContent LIKE 'noon' AND Status = 'resolved'", vec![]),
            ("Filename LIKE 'list'", vec![scan]),
            ("Filename NOT LIKE 'list'", vec![worm]),
            ("UpdatedBy = 'admin'", vec![scan]),
            ("UpdatedBy != 'admin'", vec![worm]),
            ("TransactionDate = 'today' AND TransactionDate > 'yesterday'", vec![scan, worm]),
            ("TransactionDate = 'yesterday'", vec![]),
        ] {
            assert_eq!(ids(&world, "dana", query).await, expected, "{query}");
        }
    }

    async fn tc237_comments_are_not_found_by_those_who_may_not_read_them(world: World) {
        let id = world.report("Scan", "public words").await;
        say(&world, id, true, NewMessage::text("a secret guess").attach("guess.txt", "text/plain", b"hidden".to_vec())).await;
        let (admin, norman) = (world.actor("admin").await, world.actor("norman").await);
        for right in [Right::ShowTicket, Right::SeeQueue] {
            let grant = Grant { principal: Principal::User(norman.id()), right, scope: Scope::Global };
            commit!(world, |tx| actions::account::grant(&mut tx, &admin, grant).await.unwrap());
        }
        let everyone = ["Content LIKE 'public'", "id > 0"];
        let readers = ["Content LIKE 'secret'", "Content LIKE 'hidden'", "Filename = 'guess.txt'", "ContentType LIKE 'plain' AND Filename LIKE 'guess'", "UpdatedBy = 'admin'"];
        for query in everyone {
            assert_eq!((ids(&world, "norman", query).await, ids(&world, "dana", query).await), (vec![id.0], vec![id.0]), "{query}");
        }
        for query in readers {
            assert_eq!((ids(&world, "norman", query).await, ids(&world, "dana", query).await), (vec![], vec![id.0]), "{query}");
        }
        assert_eq!(ids(&world, "norman", "Content NOT LIKE 'secret'").await, [id.0], "as if it were not there");
        assert_eq!(ids(&world, "greta", "Content LIKE 'public'").await, [0; 0]);
    }

    async fn tc237_a_change_of_a_field_is_not_found_by_those_who_may_not_see_it(world: World) {
        let id = world.report("Scan", "text").await;
        let (admin, norman) = (world.actor("admin").await, world.actor("norman").await);
        for right in [Right::ShowTicket, Right::SeeQueue] {
            let grant = Grant { principal: Principal::User(norman.id()), right, scope: Scope::Global };
            commit!(world, |tx| actions::account::grant(&mut tx, &admin, grant).await.unwrap());
        }
        let field = world.tx().await.catalog().fields().find(|field| field.name == "IP").unwrap().id;
        let input = ticket::FieldInput { field, values: vec!["203.0.113.9".to_owned()] };
        commit!(world, |tx| ticket::add_values(&mut tx, &admin, id, input).await.unwrap());
        for (name, expected) in [("dana", vec![id.0]), ("norman", vec![])] {
            assert_eq!(ids(&world, name, "UpdatedBy = 'admin'").await, expected, "{name}");
        }
    }

    async fn merging_takes_the_words_along_and_gives_them_back(world: World) {
        let admin = world.actor("admin").await;
        let (one, other) = (world.report("One", "apple").await, world.report("Other", "banana").await);
        commit!(world, |tx| incident::merge(&mut tx, &admin, one, other).await.unwrap());
        say(&world, other, false, NewMessage::text("cherry")).await;
        for word in ["apple", "banana", "cherry"] {
            assert_eq!(ids(&world, "dana", &format!("Content LIKE '{word}'")).await, [other.0], "{word}");
        }
        assert_eq!(ids(&world, "dana", "TransactionDate = 'today' AND Filename IS NULL").await, [other.0]);
        commit!(world, |tx| ticket::unmerge(&mut tx, &admin, one).await.unwrap());
        assert_eq!(ids(&world, "dana", "Content LIKE 'apple'").await, [one.0]);
        assert_eq!(ids(&world, "dana", "Content LIKE 'banana'").await, [other.0]);
    }

    async fn tc262_messages_of_an_older_version_are_read_by_a_job_that_tells_how_many_wait(world: World) {
        let mut old = Vec::new();
        for number in 0..60 {
            old.push(world.report("Old", &format!("antique number{number}")).await.0);
        }
        let mut tx = world.desk.db().write().await.unwrap();
        tx.run("DELETE FROM texts", []).await.unwrap();
        if !world.is_postgres() {
            tx.run("INSERT INTO text_words (text_words) VALUES ('delete-all')", []).await.unwrap();
        }
        tx.run("UPDATE texts_to_read SET below = (SELECT MAX(id) + 1 FROM parts)", []).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(ids(&world, "dana", "Content LIKE 'antique'").await, [0; 0]);
        let before = full_text::waiting(&world.desk).await.unwrap();
        assert!(before >= 60);
        let mut steps = 0;
        while full_text::read_older(&world.desk).await.unwrap() > 0 {
            steps += 1;
            assert!(full_text::waiting(&world.desk).await.unwrap() < before);
        }
        assert!(steps >= 1);
        assert_eq!(ids(&world, "dana", "Content LIKE 'antique'").await, old);
        assert_eq!(full_text::read_older(&world.desk).await.unwrap(), 0, "once is enough");
        assert_eq!(full_text::waiting(&world.desk).await.unwrap(), 0);
    }

    async fn what_is_no_question_to_the_words_is_said(world: World) {
        let dana = world.actor("dana").await;
        let mut tx = world.look().await;
        let page = Page { limit: 1, offset: 0 };
        let long = format!("Content LIKE '{}'", "w ".repeat(51));
        for (query, word) in [("Content LIKE '*'", "no word"), ("Content > 'a'", "LIKE"), ("Content IS NULL", "LIKE"), (&*long, "at most 50"), ("TransactionDate IS NULL", "never")] {
            let error = lists::search(&mut tx, &dana, &lists::parse(query).unwrap(), &[], page).await.unwrap_err();
            assert!(error.to_string().contains(word), "{query}: {error}");
        }
    }
}
