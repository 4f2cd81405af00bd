//! C3: what answers by itself comes to rest, also when the marks that should stop it are lost on the way.

use actions::Desk;
use actions::inbox::{self, NewInbound, Outcome};
use mail_in::{Limits, Processor, parse};
use testkit::World;

use crate::post::{mail, refused, sent_to, to};

const US: &str = "reports@csirt.example";
const THEM: &str = "reports@other.example";

/// Letters to that address, in the order written.
async fn letters(desk: &Desk, address: &str) -> Vec<Vec<u8>> {
    let all = testkit::send_all(desk).await.into_iter().map(|one| one.letter);
    all.filter(|letter| letter.recipients.iter().any(|one| one == address)).map(|letter| letter.raw).collect()
}

async fn hand_over(desk: &Desk, raw: Vec<u8>, from: &str) {
    let message = NewInbound { sender: Some(from.to_owned()), ..to(US, raw) };
    inbox::store(desk, vec![message]).await.unwrap();
    assert!(Processor::new(desk.clone(), Limits::default()).process_next().await.unwrap());
}

/// What a careless gateway leaves of a letter: who wrote it, and what about.
fn without_marks(raw: &[u8], number: usize) -> Vec<u8> {
    let letter = parse(raw, &Limits::default()).unwrap();
    let subject = letter.subject.rsplit("] ").next().unwrap();
    format!("From: {}\nSubject: {subject}\nMessage-ID: <{number}@gateway.example>\n\nhi\n", letter.from[0].address).into_bytes()
}

/// Lets both write to each other until nobody has anything to say; how many letters that took.
async fn correspond(world: &World, other: &Desk, carry: impl Fn(&[u8], usize) -> Vec<u8>) -> usize {
    let first = format!("From: {THEM}\nSubject: Scan\nMessage-ID: <first@other.example>\n\nhi\n");
    hand_over(&world.desk, first.into_bytes(), THEM).await;
    let mut count = 0;
    loop {
        let (theirs, ours) = (letters(&world.desk, THEM).await, letters(other, US).await);
        if theirs.is_empty() && ours.is_empty() || count > 50 {
            return count;
        }
        for raw in theirs {
            count += 1;
            hand_over(other, carry(&raw, count), US).await;
        }
        for raw in ours {
            count += 1;
            hand_over(&world.desk, carry(&raw, count), THEM).await;
        }
    }
}

async fn remarks(world: &World) -> Vec<String> {
    let admin = world.actor("admin").await;
    let kept = inbox::troubled(&mut world.look().await, &admin, i64::MAX, 100).await.unwrap();
    kept.into_iter().map(|message| message.reason).collect()
}

testkit::both! {
    async fn c3_two_installations_do_not_answer_each_others_answers(world: World) {
        let other = world.another("other.example", THEM).await;
        assert_eq!(correspond(&world, &other, |raw, _| raw.to_vec()).await, 1);
    }

    async fn c3_two_installations_come_to_rest_though_all_marks_are_lost_and_administrators_see_it(world: World) {
        let other = world.another("other.example", THEM).await;
        let count = correspond(&world, &other, without_marks).await;
        assert!((5..=10).contains(&count), "{count} letters");
        assert!(remarks(&world).await.iter().any(|reason| reason.contains("looping")), "{:?}", remarks(&world).await);
    }

    async fn c3_a_responder_that_says_nothing_of_being_one_gets_a_few_answers_only(world: World) {
        let mut count = 0;
        let mut waiting = 1;
        while waiting > 0 && count < 50 {
            for _ in 0..waiting {
                count += 1;
                mail(&world, format!("From: ray@bank.example\nSubject: I am away\nMessage-ID: <{count}@bank.example>\n\nBack soon.\n")).await;
            }
            waiting = sent_to(&world, "ray@bank.example").await.len();
            count += waiting;
        }
        assert!((5..=10).contains(&count), "{count} messages");
        assert!(remarks(&world).await[0].contains("ray@bank.example"));
    }

    // TC-187
    async fn tc187_a_flood_of_the_same_is_kept_aside_and_rests_after_an_hour(world: World) {
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        actions::setup::set_settings(&mut tx, &admin, &[(domain::setting::list::ALIKE_PER_HOUR, Some("10"))]).await.unwrap();
        tx.commit().await.unwrap();
        let flood = async |number: usize| {
            let raw = format!("From: ray@bank.example\nAuto-Submitted: auto-generated\nSubject: Alarm\nMessage-ID: <{number}@bank.example>\n\nx\n");
            mail(&world, raw).await
        };
        for number in 0..10 {
            assert!(matches!(flood(number).await, Outcome::Done(_)));
        }
        assert!(refused(&flood(10).await).starts_with("looping"));
        assert!(remarks(&world).await[0].starts_with("looping"));
        world.clock.advance(jiff::SignedDuration::from_mins(61));
        assert!(matches!(flood(11).await, Outcome::Done(_)));
    }

    async fn many_different_mails_of_one_sender_are_all_answered(world: World) {
        for number in 0..8 {
            mail(&world, format!("From: ray@bank.example\nSubject: Scan by 192.0.2.{number}\nMessage-ID: <{number}@bank.example>\n\nx\n")).await;
        }
        assert_eq!(sent_to(&world, "ray@bank.example").await.len(), 8);
    }
}
