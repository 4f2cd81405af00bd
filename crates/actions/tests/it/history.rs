//! A5: what was altered, deleted or moved is found and named; and the product's own connection cannot do it.

use actions::{
    message::NewMessage,
    ticket::{self, Reply},
    verify::{Finding, verify},
};
use domain::TicketId;
use testkit::World;

async fn ticket_with_history(world: &World) -> TicketId {
    let id = world.report("Scan", "from 192.0.2.7").await;
    let dana = world.actor("dana").await;
    for text in ["one", "two", "three"] {
        let mut tx = world.tx().await;
        ticket::comment(&mut tx, &dana, Reply { ticket: id, message: NewMessage::text(text), time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(verify(&world.desk).await.unwrap().findings, []);
    id
}

/// As an attacker with the database in hand would: without the triggers.
async fn tamper(world: &World, statements: &[&'static str]) {
    let mut tx = world.desk.db().write().await.unwrap();
    if world.is_postgres() {
        for trigger in
            ["DROP TRIGGER changes_stay ON changes", "DROP TRIGGER parts_stay ON parts", "DROP TRIGGER blobs_stay ON blobs"]
        {
            tx.run(trigger, []).await.unwrap();
        }
    } else {
        for trigger in ["changes_stay", "changes_remain", "parts_stay", "parts_remain", "blobs_stay", "blobs_remain"] {
            let sql: &'static str = format!("DROP TRIGGER {trigger}").leak();
            tx.run(sql, []).await.unwrap();
        }
    }
    for sql in statements {
        assert!(tx.run(sql, []).await.unwrap() > 0, "{sql}");
    }
    tx.commit().await.unwrap();
}

async fn found(world: &World, id: TicketId) -> Vec<String> {
    let findings = verify(&world.desk).await.unwrap().findings;
    assert!(!findings.is_empty(), "nothing was found");
    for finding in &findings {
        match finding {
            Finding::Change { ticket, .. } | Finding::CutOff { ticket, .. } => assert_eq!(*ticket, id),
            other => panic!("{other}"),
        }
    }
    findings.iter().map(ToString::to_string).collect()
}

testkit::both! {
    async fn a5_an_altered_change_is_found_and_named(world: World) {
        let id = ticket_with_history(&world).await;
        tamper(&world, &["UPDATE changes SET actor_id = 1 WHERE kind = 'Comment' AND sequence = (SELECT MIN(sequence) FROM changes WHERE kind = 'Comment')"]).await;
        let found = found(&world, id).await;
        assert!(found.len() == 1 && found[0].contains(&format!("ticket #{id}, change ")) && found[0].contains("altered"), "{found:?}");
    }

    async fn a5_a_deleted_change_is_found_wherever_it_stood(world: World) {
        let id = ticket_with_history(&world).await;
        tamper(&world, &[
            "DELETE FROM parts WHERE change_id = (SELECT MIN(id) FROM changes WHERE kind = 'Comment')",
            "DELETE FROM changes WHERE id = (SELECT MIN(id) FROM changes WHERE kind = 'Comment')",
        ]).await;
        assert!(found(&world, id).await[0].contains("1 change(s) before it are missing"));
    }

    async fn a5_a_history_cut_off_at_its_end_is_found(world: World) {
        let id = ticket_with_history(&world).await;
        tamper(&world, &[
            "DELETE FROM parts WHERE change_id = (SELECT MAX(id) FROM changes WHERE kind = 'Comment')",
            "DELETE FROM changes WHERE id = (SELECT MAX(id) FROM changes)",
        ]).await;
        assert!(found(&world, id).await[0].contains("the history ends"));
    }

    async fn a5_changes_put_in_another_order_are_found(world: World) {
        let id = ticket_with_history(&world).await;
        tamper(&world, &[
            "UPDATE changes SET sequence = -1 WHERE sequence = 2",
            "UPDATE changes SET sequence = 2 WHERE sequence = 3",
            "UPDATE changes SET sequence = 3 WHERE sequence = -1",
        ]).await;
        found(&world, id).await;
    }

    async fn a5_an_altered_message_is_found(world: World) {
        let id = ticket_with_history(&world).await;
        tamper(&world, &["UPDATE parts SET file_name = 'other.txt' WHERE id = (SELECT MAX(id) FROM parts)"]).await;
        assert!(found(&world, id).await[0].contains("message was altered"));
    }

    async fn a5_altered_content_is_found(world: World) {
        ticket_with_history(&world).await;
        let content = if world.is_postgres() { "UPDATE blobs SET content = 'x'::bytea WHERE hash = (SELECT blob FROM parts LIMIT 1)" } else { "UPDATE blobs SET content = x'78' WHERE hash = (SELECT blob FROM parts LIMIT 1)" };
        tamper(&world, &[content]).await;
        assert!(matches!(verify(&world.desk).await.unwrap().findings[..], [Finding::Blob { .. }]));
    }

    // IR-004, TC-094: entries can only be added.
    // IR-004
    async fn a5_the_products_own_connection_cannot_rewrite_history(world: World) {
        ticket_with_history(&world).await;
        for sql in [
            "UPDATE changes SET actor_id = 1",
            "DELETE FROM changes",
            "UPDATE parts SET headers = ''",
            "DELETE FROM parts",
            "UPDATE blobs SET size = 0",
            "DELETE FROM blobs",
        ] {
            let mut tx = world.desk.db().write().await.unwrap();
            let error = tx.run(sql, []).await.unwrap_err();
            assert!(error.to_string().contains("append-only"), "{sql}: {error}");
        }
        assert_eq!(verify(&world.desk).await.unwrap().findings, []);
    }
}
