//! Writing to the children of an Incident, and closing it with them.

use super::client::Client;
use super::{incident, look, messages, values};

testkit::both! {
    async fn resolving_closes_the_ticked_children_with_a_comment_and_sets_the_resolution(world: World) {
        let report = world.report("Worm", "x").await;
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/tickets/{incident}/close?status=resolved")).await;
        let form = page.form("form.form");
        assert_eq!((form.values("reports"), form.value("type"), form.value("resolution")), (vec![report.to_string().as_str()], "comment", "successfully resolved"));
        let page = dana.submit(&form.set("message", "Cleaned.").set("on_incident", "1").set("time_worked", "15").attach("proof.txt", b"ok")).await;
        assert_eq!((page.status, page.notice()), (303, format!("closed.{incident}")));
        let view = look(&world, incident).await;
        assert_eq!((view.ticket.status.as_str(), view.ticket.time_worked, values(&view, "Resolution")), ("resolved", 15, vec!["successfully resolved".to_owned()]));
        assert_eq!(look(&world, report).await.ticket.status, "resolved");
        assert_eq!(messages(&world, report, "Comment").await, ["Cleaned."]);
        assert_eq!(messages(&world, incident, "Comment").await, ["Cleaned."]);
    }

    async fn a_child_left_out_keeps_the_incident_open_and_is_named(world: World) {
        let report = world.report("Worm", "x").await;
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/tickets/{incident}/close?status=abandoned")).await;
        assert_eq!(page.text("h1"), format!("Abandon Incident #{incident} (including children)"));
        assert_eq!(page.form("form.form").value("resolution"), "no resolution reached");
        let sent = dana.submit(&page.form("form.form").clear("reports")).await;
        assert_eq!(sent.notice(), format!("not-closed-warning.{report}"));
        assert_eq!(look(&world, incident).await.ticket.status, "open");
        dana.submit(&page.form("form.form")).await;
        assert_eq!(look(&world, report).await.ticket.status, "rejected");
    }

    async fn replies_to_reporters_reach_them_and_change_no_status(world: World) {
        let report = world.report("Worm", "x").await;
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/tickets/{incident}/reply-reporters")).await;
        let empty = dana.submit(&page.form("form.form")).await;
        assert_eq!((empty.status, empty.error("message").is_empty()), (422, false));
        dana.submit(&page.form("form.form").set("message", "We work on it.").add("status", "resolved")).await;
        assert_eq!(messages(&world, report, "Correspond").await, ["We work on it."]);
        assert_eq!(look(&world, incident).await.ticket.status, "open");
        assert!(dana.get(&format!("/tickets/{incident}/reply-all")).await.words().contains("Reply to All"));
    }

    async fn what_cannot_be_closed_so_comes_back_with_the_message(world: World) {
        let report = world.report("Worm", "x").await;
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get(&format!("/tickets/{incident}/close?status=resolved")).await.form("form.form").set("message", "Kept");
        for (name, bad) in [("status", "melted"), ("status", ""), ("cc", "x@"), ("resolution", "by magic"), ("time_worked", "-1")] {
            let page = dana.submit(&form.clone().set(name, bad)).await;
            assert_eq!((page.status, page.error(name).is_empty()), (422, false), "{name}={bad}: {}", page.words());
            assert_eq!(page.form("form.form").value("message"), "Kept");
        }
        assert_eq!(messages(&world, report, "Comment").await, [""; 0], "nothing was written");
        assert_eq!(dana.get(&format!("/tickets/{report}/close")).await.status, 404, "a report is no Incident");
    }
}
