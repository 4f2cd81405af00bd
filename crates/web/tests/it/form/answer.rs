//! Replies and comments.

use super::client::{Client, MAX_UPLOAD};
use super::{look, messages};

testkit::both! {
    async fn a_reply_quotes_the_entry_it_answers_and_opens_the_report(world: World) {
        let report = world.report("Worm", "First line\n\n> older").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        let page = dana.get(&format!("/tickets/{report}/reply?quote=1&status=open")).await;
        let form = page.form("form.form");
        assert_eq!(form.value("message"), "On 2026-03-02 09:30 UTC, Ray Requestor wrote:\n> First line\n>\n>> older\n");
        assert_eq!(form.value("status"), "open");
        assert!(page.text("#recipients").contains("Ray Requestor <ray@bank.example>"));
        let form = form.set("message", "We look.").set("cc", "boss@bank.example").set("time_worked", "10").attach("log.txt", b"a log");
        let page = dana.submit(&form).await;
        assert_eq!((page.status, page.notice()), (303, format!("replied.{report}")));
        let view = look(&world, report).await;
        assert_eq!((view.ticket.status.as_str(), view.ticket.time_worked), ("open", 10));
        assert_eq!(messages(&world, report, "Correspond").await, ["We look."]);
    }

    async fn rejecting_with_a_reply_makes_the_writer_owner_first(world: World) {
        let report = world.report("Spam", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/tickets/{report}/reply?status=rejected")).await;
        assert_eq!(page.text("h1"), format!("Reject #{report}"));
        dana.submit(&page.form("form.form").set("message", "Not ours.")).await;
        let view = look(&world, report).await;
        assert_eq!((view.ticket.status.as_str(), view.owner.name.as_str()), ("rejected", "dana"));
    }

    async fn a_comment_goes_to_nobody_outside_and_may_be_chosen_in_the_reply_form(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/tickets/{report}/comment")).await;
        dana.submit(&page.form("form.form").set("message", "Called them.")).await;
        let page = dana.get(&format!("/tickets/{report}/reply")).await;
        dana.submit(&page.form("form.form").set("type", "comment").set("message", "Between us.")).await;
        assert_eq!(messages(&world, report, "Comment").await, ["Called them.", "Between us."]);
        assert_eq!(messages(&world, report, "Correspond").await, [""; 0]);
    }

    async fn a_reply_that_cannot_be_sent_comes_back_with_everything_typed(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get(&format!("/tickets/{report}/reply")).await.form("form.form");
        for (name, bad, error) in [
            ("cc", "noc(at)isp.example", "is not an e-mail address"),
            ("cc", "reports@csirt.example", "round in circles"),
            ("bcc", "a@b@c@", "is not an e-mail address"),
            ("subject", &"x".repeat(201), "at most 200 characters"),
            ("time_worked", "a while", "not a time"),
            ("status", "melted", "isn't a valid status"),
        ] {
            let page = dana.submit(&form.clone().set("message", "Typed <b>&amp; long").set(name, bad)).await;
            assert_eq!(page.status, 422, "{name}: {}", page.words());
            assert!(page.error(name).contains(error), "{name}: {}", page.words());
            let back = page.form("form.form");
            assert_eq!(back.value("message"), "Typed <b>&amp; long", "{name}");
            assert!(name == "status" || back.value(name) == bad, "{name}");
        }
        let page = dana.submit(&form.clone().set("message", " ")).await;
        assert_eq!((page.status, page.error("message").is_empty()), (422, false));
        assert_eq!(messages(&world, report, "Correspond").await, [""; 0]);
    }

    async fn files_that_are_too_large_are_said_and_the_text_stays(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get(&format!("/tickets/{report}/reply")).await.form("form.form").set("message", "See the log.");
        let page = dana.submit(&form.clone().attach("big.bin", &vec![7; MAX_UPLOAD + 1])).await;
        assert_eq!((page.status, page.error("files").contains("larger than this system accepts")), (422, true), "{}", page.words());
        assert_eq!(page.form("form.form").value("message"), "See the log.");
        let page = dana.submit(&form.attach("../../etc/pass\"wd.txt", b"x")).await;
        assert_eq!(page.status, 303);
    }
}

testkit::both! {
    // TC-120
    async fn tc120_a_text_that_speaks_of_an_attachment_is_held_up_once_without_one(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get(&format!("/tickets/{report}/reply")).await.form("form.form");
        let page = dana.submit(&form.clone().set("message", "Die Liste ist im Anhang.").set("cc", "boss@bank.example")).await;
        assert_eq!(page.status, 422);
        assert!(page.error("message").contains("“Anhang”"), "{}", page.words());
        assert_eq!(messages(&world, report, "Correspond").await, [""; 0]);
        let back = page.form("form.form");
        assert_eq!((back.value("message"), back.value("cc")), ("Die Liste ist im Anhang.", "boss@bank.example"));
        assert_eq!(dana.submit(&back).await.status, 303, "the second press sends");
        let with_file = form.clone().set("message", "The list is attached.").attach("list.txt", b"a list");
        assert_eq!(dana.submit(&with_file).await.status, 303);
        let quoted = form.set("message", "> The list is attached.\nThank you for it.");
        assert_eq!(dana.submit(&quoted).await.status, 303, "somebody else said so");
        let page = dana.get("/investigations/new").await;
        let form = page.form("form.form").set("subject", "Worm").set("requestors", "noc@isp.example").set("message", "See the attachment");
        let page = dana.submit(&form).await;
        assert!(page.error("message").contains("“attachment”"), "{}", page.words());
        assert_eq!(dana.submit(&page.form("form.form")).await.status, 303);
    }
}
