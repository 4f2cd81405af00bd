//! Mail that reaches people all at once, or not at all (TC-179).

use crate::{
    family::owned_report,
    left_out::requestors_see_tickets,
    letter::{comment, on_comment, watched},
    preview::choose as set,
};
use actions::{
    Actor, Error, account, digest,
    message::NewMessage,
    setup,
    ticket::{self, Forward, Reply, Update, show},
    undo,
};
use domain::{TicketId, UserId, digest::Frequency, preference, setting::list};
use jiff::SignedDuration;
use storage::outbound::Outbound;
use testkit::World;

async fn wants(world: &World, actor: &Actor, frequency: &str) {
    let mut tx = world.tx().await;
    account::choose(&mut tx, actor, &[(preference::MAIL_FREQUENCY, Some(frequency))]).await.unwrap();
    tx.commit().await.unwrap();
}

async fn reply(world: &World, actor: &Actor, id: TicketId, text: &str) {
    let mut tx = world.tx().await;
    ticket::reply(&mut tx, actor, Reply { ticket: id, message: NewMessage::text(text), time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
}

/// What the job sends when so much time has passed.
async fn after(world: &World, time: SignedDuration) -> Vec<Outbound> {
    world.clock.advance(time);
    world.sent().await;
    digest::write_due(&world.desk).await.unwrap();
    world.sent().await
}

fn text(letter: &Outbound) -> String {
    String::from_utf8_lossy(&letter.letter.raw).replace("=\r\n", "").replace("=3D", "=")
}

const DAY: SignedDuration = SignedDuration::from_hours(24);

testkit::both! {
    async fn tc179_a_digest_tells_once_what_no_letter_told(world: World) {
        let (dana, admin) = (world.actor("dana").await, world.actor("admin").await);
        let (one, two) = (owned_report(&world, &dana).await, owned_report(&world, &dana).await);
        on_comment(&world, &["owner", "requestors"]).await;
        wants(&world, &dana, "daily").await;
        world.sent().await;
        for (id, text) in [(one, "First of all"), (two, "Second thing"), (one, "Third thing")] {
            let letter = comment(&world, &admin, id, NewMessage::text(text)).await.remove(0);
            assert_eq!(letter.letter.recipients, ["ray@bank.example"], "dana hears of it later");
        }
        let sent = after(&world, DAY).await;
        assert_eq!((sent.len(), sent[0].letter.recipients.as_slice()), (1, &["dana@csirt-staff.example".to_owned()][..]));
        let letter = text(&sent[0]);
        assert!(letter.contains("Your daily digest: 2 tickets") && letter.contains("Auto-Submitted: auto-generated"), "{letter}");
        let place = |text: &str| letter.find(text).unwrap_or_else(|| panic!("{text} is not in {letter}"));
        assert!(place(&format!("/tickets/{one}")) < place("First of all") && place("First of all") < place("Third thing"));
        assert!(place("Third thing") < place(&format!("/tickets/{two}")), "by ticket");
        assert!(after(&world, DAY).await.is_empty(), "once");
    }

    async fn tc179_a_digest_tells_only_what_the_person_may_see_by_then(world: World) {
        let (dana, admin) = (world.actor("dana").await, world.actor("admin").await);
        let report = owned_report(&world, &dana).await;
        let ray = world.actor("ray@bank.example").await;
        on_comment(&world, &["requestors"]).await;
        wants(&world, &ray, "daily").await;
        world.sent().await;
        assert_eq!(comment(&world, &admin, report, NewMessage::text("x")).await.len(), 1, "who cannot look has the letter alone");
        requestors_see_tickets(&world).await;
        world.sent().await;
        assert!(comment(&world, &admin, report, NewMessage::text("between us")).await.is_empty());
        reply(&world, &admin, report, "We look into it.").await;
        let sent = after(&world, DAY).await;
        assert_eq!(sent.len(), 1);
        assert!(text(&sent[0]).contains("We look into it.") && !text(&sent[0]).contains("between us"));
        comment(&world, &admin, report, NewMessage::text("between us")).await;
        assert!(after(&world, DAY).await.is_empty(), "nothing to tell is no letter");
    }

    async fn tc179_weekly_digests_go_out_on_their_day_and_hour(world: World) {
        let (dana, admin) = (world.actor("dana").await, world.actor("admin").await);
        let report = owned_report(&world, &dana).await;
        on_comment(&world, &["owner"]).await;
        let zone = world.look().await.catalog().zone();
        let now = world.look().await.now().to_zoned(zone);
        // the day before today, so that nearly a week passes
        let yesterday = now.yesterday().unwrap().strftime("%A").to_string().to_lowercase();
        set(&world, list::DIGEST_WEEKDAY, &yesterday).await;
        set(&world, list::DIGEST_HOUR, "12:00").await;
        wants(&world, &dana, "weekly").await;
        world.sent().await;
        comment(&world, &admin, report, NewMessage::text("x")).await;
        assert!(after(&world, DAY * 5).await.is_empty());
        assert_eq!(after(&world, DAY * 2).await.len(), 1);
        let operator = setup::operator();
        let wrong = setup::set_settings(&mut world.tx().await, &operator, &[(list::DIGEST_HOUR, Some("noon"))]).await;
        assert!(matches!(wrong, Err(Error::Invalid(errors)) if errors[0].field == list::DIGEST_HOUR));
    }

    async fn tc179_who_suspended_their_mail_gets_none_and_administrators_see_who_that_is(world: World) {
        let (dana, admin, hana) = (world.actor("dana").await, world.actor("admin").await, world.actor("hana").await);
        let report = owned_report(&world, &dana).await;
        watched(&world, report).await;
        on_comment(&world, &["owner", "admin_ccs", "others"]).await;
        wants(&world, &hana, "suspended").await;
        wants(&world, &dana, "daily").await;
        world.sent().await;
        let named = NewMessage { cc: vec![hana.email().unwrap().clone()], ..NewMessage::text("x") };
        assert!(comment(&world, &admin, report, named).await.is_empty());
        wants(&world, &dana, "suspended").await;
        assert!(after(&world, DAY).await.is_empty(), "what waited is not sent either");
        let mut tx = world.tx().await;
        let who = digest::suspended(&mut tx, &admin, UserId(0), 10).await.unwrap();
        let mut names: Vec<&str> = who.iter().map(|user| user.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["dana", "hana"]);
        assert!(matches!(digest::suspended(&mut tx, &dana, UserId(0), 10).await, Err(Error::Forbidden(_))));
        let forward = Forward { to: vec![hana.email().unwrap().clone()], subject: "Fwd".into(), ..Forward::default() };
        let refused = ticket::forward(&mut tx, &admin, report, forward).await;
        assert!(matches!(refused, Err(Error::Invalid(errors)) if errors[0].message.contains("wants no mail")));
    }

    async fn tc179_a_preview_tells_who_hears_of_it_later(world: World) {
        let (dana, admin) = (world.actor("dana").await, world.actor("admin").await);
        let report = owned_report(&world, &dana).await;
        wants(&world, &dana, "weekly").await;
        let update = Update { reply: Some(NewMessage::text("x")), ..Update::default() };
        let preview = ticket::preview(&world.desk, &admin, report, update).await.unwrap();
        let of = |who: &str| preview.posted.iter().find(|one| one.address.as_str() == who).map(|one| one.frequency);
        assert_eq!((of("ray@bank.example"), of("dana@csirt-staff.example")), (Some(Frequency::Each), Some(Frequency::Weekly)));
        assert!(after(&world, DAY * 8).await.is_empty(), "nothing is left of it");
    }

    async fn tc179_what_was_undone_is_not_told(world: World) {
        let (dana, tariq) = (world.actor("dana").await, world.actor("tariq").await);
        let report = owned_report(&world, &dana).await;
        on_comment(&world, &["owner"]).await;
        wants(&world, &dana, "daily").await;
        world.sent().await;
        let mut tx = world.tx().await;
        let update = Update { comment: Some(NewMessage::text("a mistake")), ..Update::default() };
        ticket::update(&mut tx, &tariq, report, update).await.unwrap();
        let act = tx.commit_act().await.unwrap().unwrap();
        let mut tx = world.tx().await;
        undo::undo(&mut tx, &tariq, act).await.unwrap();
        tx.commit().await.unwrap();
        let history = show::history(&mut world.look().await, &dana, report, i64::MAX, 5).await.unwrap();
        assert!(history.iter().any(|entry| entry.change.what.kind.as_str() == "Withdrawn"), "it was undone");
        let sent = after(&world, DAY).await;
        assert!(sent.iter().all(|letter| !text(letter).contains("a mistake")), "{:?}", sent.iter().map(text).collect::<Vec<_>>());
    }
}
