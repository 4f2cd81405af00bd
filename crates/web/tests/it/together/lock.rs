//! Locks as people see them (IR section 18.1).

use super::owner;
use crate::browser::Browser;
use axum::http::StatusCode;
use jiff::SignedDuration;

testkit::both! {
    // IR-507, TC-092
    async fn ir507_the_holder_sees_green_and_everybody_else_red_on_every_page(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = owner(&world, "dana", report).await;
        let mut tariq = Browser::signed_in(&world, "tariq").await;
        world.clock.advance(SignedDuration::from_mins(5));
        for path in [format!("/tickets/{report}"), format!("/tickets/{report}/comment")] {
            let (mine, theirs) = (dana.get(&path).await, tariq.get(&path).await);
            assert!(mine.text(".lock.good").contains("You have had this ticket locked for 5 min"), "{}", mine.text("main"));
            assert!(mine.has(&format!(".lock form[action='/tickets/{report}/unlock']")));
            assert!(theirs.text(".lock.bad").contains("locked for 5 min"), "{path}: {}", theirs.text("main"));
            assert!(!theirs.has(".lock form"));
        }
        let page = tariq.post(&format!("/tickets/{report}/comment"), &[("message", "Me too"), ("type", "comment")]).await;
        assert!(page.text(".notices").contains("Comment added"), "advisory: {}", page.text("main"));
    }

    async fn ir509_opening_a_form_locks_and_sending_it_unlocks(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let mut tariq = Browser::signed_in(&world, "tariq").await;
        dana.get(&format!("/tickets/{report}/reply?status=open")).await;
        assert!(tariq.get(&format!("/tickets/{report}")).await.text(".lock.bad").contains("while a form is open"));
        dana.post(&format!("/tickets/{report}/reply"), &[("message", ""), ("type", "reply")]).await;
        assert!(tariq.get(&format!("/tickets/{report}")).await.has(".lock.bad"), "refused, so the form is still open");
        dana.post(&format!("/tickets/{report}/reply"), &[("message", "Hello"), ("type", "reply")]).await;
        assert!(!tariq.get(&format!("/tickets/{report}")).await.has(".lock"));
    }

    // IR-508, IR-510
    async fn ir510_lock_and_unlock_by_hand_tell_what_they_did(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = owner(&world, "dana", report).await;
        let page = dana.get(&format!("/tickets/{report}")).await;
        assert!(page.has(&format!("form[action='/tickets/{report}/lock']")), "Lock is offered to who may modify");
        let page = dana.post(&format!("/tickets/{report}/lock"), &[]).await;
        assert!(page.text(".lock.good").contains("on request"));
        world.clock.advance(SignedDuration::from_mins(3));
        let page = dana.post(&format!("/tickets/{report}/unlock"), &[]).await;
        assert!(page.text(".notices").contains("You held the lock for 3 min."), "{}", page.text(".notices"));
        assert!(!page.has(".lock"));
        let mut greta = Browser::signed_in(&world, "norman").await;
        for part in ["lock", "unlock"] {
            assert_eq!(greta.post(&format!("/tickets/{report}/{part}"), &[]).await.status, StatusCode::NOT_FOUND);
        }
    }

    async fn ir512_my_locks_are_ended_one_by_one_or_together(world: World) {
        let (one, two) = (world.report("First worm", "x").await, world.report("Second worm", "x").await);
        let mut dana = owner(&world, "dana", one).await;
        dana.post(&format!("/tickets/{two}/take"), &[]).await;
        let page = dana.get("/locks").await;
        assert_eq!(page.texts("tbody th a"), ["First worm", "Second worm"]);
        let page = dana.post(&format!("/tickets/{one}/unlock"), &[("next", "/locks")]).await;
        assert_eq!((page.at.as_str(), page.texts("tbody th a")), ("/locks", vec!["Second worm".to_owned()]));
        let page = dana.post("/locks/end", &[]).await;
        assert!(page.text("main").contains("You hold no lock."), "{}", page.text("main"));
    }
}
