//! Two people at one ticket: nothing is overwritten or answered unseen (IR-513, TC-027).

use super::owner;
use crate::browser::{Browser, Page};
use axum::http::StatusCode;

fn values(page: &Page) -> Vec<(String, String)> {
    let names = page.attributes("form.form input[name]:not([type=checkbox]):not([type=radio]):not([type=file])", "name");
    let texts = page.attributes("form.form input[name]:not([type=checkbox]):not([type=radio]):not([type=file])", "value");
    names.into_iter().zip(texts).collect()
}

fn with<'a>(values: &'a [(String, String)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = values.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    kept.filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name)).chain(changes.iter().copied()).collect()
}

testkit::both! {
    // IR-513
    async fn ir513_fields_that_do_not_clash_are_saved_and_the_others_shown_with_both_values(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = owner(&world, "dana", report).await;
        let path = format!("/tickets/{report}/edit");
        let form = values(&dana.get(&path).await);
        let mut other = Browser::signed_in(&world, "dana").await;
        let theirs = values(&other.get(&path).await);
        other.post(&path, &with(&theirs, &[("subject", "Theirs"), ("time_worked", "5")])).await;

        let page = dana.post(&path, &with(&form, &[("subject", "Mine"), ("time_left", "30")])).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text(".error-summary").contains("changed Subject since"), "{}", page.text(".error-summary"));
        assert!(page.text("#differences").contains("Theirs"), "{}", page.text("#differences"));
        assert_eq!(page.attributes("input[name=subject]", "value"), ["Mine"]);
        assert_eq!(page.attributes("input[name=time_worked]", "value"), ["5"], "what they changed and she did not is shown");
        let look = async || actions::ticket::show::view(&mut world.look().await, &world.actor("admin").await, report).await.unwrap().ticket;
        let now = look().await;
        assert_eq!((now.subject.as_str(), now.time_left, now.time_worked), ("Theirs", 30, 5));
        let again = values(&page);
        dana.post(&path, &with(&again, &[])).await;
        assert_eq!(look().await.subject, "Mine", "the second press is meant");
    }

    async fn ir513_the_same_change_by_both_is_no_clash(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = owner(&world, "dana", report).await;
        let path = format!("/tickets/{report}/edit");
        let form = values(&dana.get(&path).await);
        for _ in 0..2 {
            let page = dana.post(&path, &with(&form, &[("subject", "Same")])).await;
            assert_eq!(page.at, format!("/tickets/{report}"), "{}", page.text("main"));
        }
    }

    async fn a_reply_waits_once_when_somebody_wrote_meanwhile_and_shows_what(world: World) {
        let report = world.report("Worm", "x").await;
        let (mut dana, mut tariq) = (owner(&world, "dana", report).await, Browser::signed_in(&world, "tariq").await);
        let path = format!("/tickets/{report}/reply");
        let seen = dana.get(&path).await.attributes("input[name=seen]", "value")[0].clone();
        tariq.post(&format!("/tickets/{report}/comment"), &[("message", "I called them already."), ("type", "comment")]).await;
        let typed = [("seen", seen.as_str()), ("message", "We will call you."), ("type", "reply")];
        let page = dana.post(&path, &typed).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text("#new-messages").contains("I called them already."), "{}", page.text("main"));
        assert_eq!(page.text("textarea[name=message]"), "We will call you.");
        let seen = page.attributes("input[name=seen]", "value")[0].clone();
        let page = dana.post(&path, &[("seen", seen.as_str()), ("message", "We will call you."), ("type", "reply")]).await;
        assert!(page.text(".notices").contains("Reply recorded"), "{}", page.text("main"));
    }

    async fn ones_own_words_and_changes_of_fields_hold_no_reply_up(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = owner(&world, "dana", report).await;
        let path = format!("/tickets/{report}/reply");
        let seen = dana.get(&path).await.attributes("input[name=seen]", "value")[0].clone();
        dana.post(&format!("/tickets/{report}/comment"), &[("message", "Note to self."), ("type", "comment")]).await;
        dana.post(&format!("/tickets/{report}/due"), &[("days", "2")]).await;
        let page = dana.post(&path, &[("seen", seen.as_str()), ("message", "Hello"), ("type", "reply")]).await;
        assert!(page.text(".notices").contains("Reply recorded"), "{}", page.text("main"));
    }

    // IR-387, IR-394: every child that may get the message counts
    async fn a_message_to_a_family_waits_when_somebody_wrote_on_a_child(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = owner(&world, "dana", report).await;
        let page = dana.post("/incidents/new", &[("from", &report.to_string()), ("subject", "Worms"), ("message", "x")]).await;
        let path = format!("{}/reply-reporters", page.at);
        let seen = dana.get(&path).await.attributes("input[name=seen]", "value");
        assert_eq!(seen.len(), 2, "the Incident and its report");
        let mut tariq = Browser::signed_in(&world, "tariq").await;
        tariq.post(&format!("/tickets/{report}/comment"), &[("message", "Wait, I have news."), ("type", "comment")]).await;
        let number = report.to_string();
        let mut typed: Vec<(&str, &str)> = seen.iter().map(|pair| ("seen", pair.as_str())).collect();
        typed.extend([("reports", number.as_str()), ("type", "reply"), ("message", "All is well.")]);
        let page = dana.post(&path, &typed).await;
        assert!(page.text("#new-messages").contains("Wait, I have news."), "{}: {}", page.status, page.text("main"));
    }

    // TC-027
    async fn tc027_two_changes_of_one_ticket_at_once_are_made_one_after_the_other(world: World) {
        let report = world.report("Worm", "x").await;
        let dana = owner(&world, "dana", report).await;
        drop(dana);
        let actor = world.actor("dana").await;
        let work = async |minutes: i64| {
            let mut tx = world.tx().await;
            let input = actions::ticket::Update { time_taken: minutes, ..Default::default() };
            actions::ticket::update(&mut tx, &actor, report, input).await.unwrap();
            tx.commit().await.unwrap();
        };
        let comment = async |minutes: i64| {
            let mut tx = world.tx().await;
            let input = actions::ticket::Reply { ticket: report, message: actions::message::NewMessage::text("x"), time_taken: minutes };
            actions::ticket::comment(&mut tx, &actor, input).await.unwrap();
            tx.commit().await.unwrap();
        };
        tokio::join!(comment(1), comment(2), comment(4), comment(8));
        work(16).await;
        let ticket = actions::ticket::show::view(&mut world.look().await, &actor, report).await.unwrap().ticket;
        assert_eq!(ticket.time_worked, 31, "no minute was written over");
    }
}
