//! Attachments that are longer than the installation keeps (TC-117).

use actions::message::NewMessage;
use actions::setup::set_settings;
use actions::ticket::{Reply, comment, reply, show};
use domain::change::ChangeKind;
use domain::right::{Grant, Principal, Scope};
use domain::setting::list;
use domain::{Right, TicketId};
use testkit::World;

const LONG: usize = 3_000;

async fn choose(world: &World, settings: &[(&str, Option<&str>)]) {
    let admin = world.actor("admin").await;
    let mut tx = world.tx().await;
    set_settings(&mut tx, &admin, &[settings, &[(list::LONGEST_ATTACHMENT, Some("1024"))]].concat()).await.unwrap();
    tx.commit().await.unwrap();
}

/// A reply with a long file and a short one; the entries it made, oldest first, as Dana sees them.
async fn replied(world: &World) -> (TicketId, Vec<show::Entry>) {
    let ticket = world.report("Log", "see later").await;
    let dana = world.actor("dana").await;
    let message = NewMessage::text("Two files.").attach("long.log", "text/plain", "ü".repeat(LONG / 2).into_bytes()).attach(
        "short.bin",
        "application/octet-stream",
        b"short".to_vec(),
    );
    let mut tx = world.tx().await;
    let change = reply(&mut tx, &dana, Reply { ticket, message, time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
    let mut entries = show::history(&mut world.look().await, &dana, ticket, i64::MAX, 100).await.unwrap();
    entries.retain(|entry| entry.change.sequence >= change.sequence);
    entries.reverse();
    (ticket, entries)
}

fn told(entries: &[show::Entry]) -> Vec<(ChangeKind, &str)> {
    let shortened =
        |entry: &&show::Entry| matches!(entry.change.what.kind, ChangeKind::AttachmentTruncate | ChangeKind::AttachmentDrop);
    entries
        .iter()
        .filter(shortened)
        .map(|entry| (entry.change.what.kind, entry.change.what.new.as_deref().unwrap_or_default()))
        .collect()
}

testkit::both! {
    async fn tc117_without_a_choice_everything_is_kept(world: World) {
        choose(&world, &[]).await;
        let (_, entries) = replied(&world).await;
        assert_eq!(entries[0].parts[1].size, LONG as i64);
        assert!(told(&entries).is_empty());
    }

    async fn tc117_long_files_are_dropped_and_the_history_tells(world: World) {
        choose(&world, &[(list::DROP_LONG, Some("yes"))]).await;
        let (_, entries) = replied(&world).await;
        let part = &entries[0].parts[1];
        assert_eq!((part.file_name.as_deref(), part.content_type.as_str()), (Some("long.log.txt"), "text/plain"));
        let dana = world.actor("dana").await;
        let (_, content) = show::file(&mut world.look().await, &dana, entries[0].change.id, part.id).await.unwrap();
        assert_eq!(content, b"Large attachment dropped");
        assert_eq!(entries[0].parts[2].size, 5, "the short one is whole");
        assert_eq!(told(&entries), [(ChangeKind::AttachmentDrop, "long.log")]);
        assert_eq!(entries[1].change.what.old.as_deref(), Some("3000"), "right after the message");
        let letters = world.sent().await;
        assert!(letters.iter().all(|letter| letter.letter.raw.len() < 2 * LONG), "nor is it mailed");
        assert_eq!(actions::verify::verify(&world.desk).await.unwrap().findings, []);
    }

    async fn tc117_cutting_wins_and_leaves_letters_whole(world: World) {
        choose(&world, &[(list::DROP_LONG, Some("yes")), (list::TRUNCATE_LONG, Some("yes")), (list::LONGEST_ATTACHMENT, Some("1025"))]).await;
        let (_, entries) = replied(&world).await;
        assert_eq!(entries[0].parts[1].size, 1024);
        assert_eq!(told(&entries), [(ChangeKind::AttachmentTruncate, "long.log")]);
    }

    async fn tc117_what_a_comment_lost_is_told_to_its_readers_alone(world: World) {
        choose(&world, &[(list::DROP_LONG, Some("yes"))]).await;
        let ticket = world.report("Log", "see later").await;
        let dana = world.actor("dana").await;
        let message = NewMessage::text("Inside.").attach("secret.log", "text/plain", vec![b'x'; LONG]);
        let mut tx = world.tx().await;
        comment(&mut tx, &dana, Reply { ticket, message, time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        let seen = show::history(&mut world.look().await, &dana, ticket, i64::MAX, 100).await.unwrap();
        assert_eq!(told(&seen), [(ChangeKind::AttachmentDrop, "secret.log")]);
        let (admin, norman) = (world.actor("admin").await, world.actor("norman").await);
        let mut tx = world.tx().await;
        let grant = Grant { principal: Principal::User(norman.id()), right: Right::ShowTicket, scope: Scope::Global };
        actions::account::grant(&mut tx, &admin, grant).await.unwrap();
        tx.commit().await.unwrap();
        let norman = world.actor("norman").await;
        let seen = show::history(&mut world.look().await, &norman, ticket, i64::MAX, 100).await.unwrap();
        assert!(!seen.is_empty() && told(&seen).is_empty());
    }
}
