//! Choosing many tickets and doing one thing to them, as a person without scripts does it.

use super::{client::Client, incident, look, messages};
use domain::TicketId;
use testkit::World;

async fn spam(world: &World, count: usize) -> Vec<TicketId> {
    let mut reports = Vec::new();
    for number in 0..count {
        reports.push(world.report(&format!("Spam {number}"), "Buy now").await);
    }
    reports
}

async fn status(world: &World, id: TicketId) -> String {
    look(world, id).await.ticket.status.clone()
}

testkit::both! {
    // IR-397, IR-312, IR-318: open reports of the home box, with boxes and their own columns.
    async fn ir397_bulk_reject_lists_new_reports_with_boxes_and_rejects_the_ticked(world: World) {
        let reports = spam(&world, 3).await;
        let linked = world.report("Linked", "x").await;
        incident(&world, "dana", linked).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get("/reports/bulk-reject").await;
        let headings = page.texts("#choose thead th");
        assert_eq!(headings[1..], ["#", "Subject", "Has Incident?", "Requestors", "Owner", "Created", "Due"]);
        assert_eq!(page.texts("#choose tbody tr").len(), 3, "open now, so no new report: {}", page.words());
        let form = page.form("form#bulk").set("tickets", &reports[0].to_string()).add("tickets", &reports[1].to_string());
        // IR-398: stays on the page, which lists what became of each
        let answer = dana.submit(&form).await;
        let back = answer.location.clone().unwrap();
        assert!(back.starts_with("/reports/bulk-reject?batch="), "{back}");
        let page = dana.get(&back).await;
        assert!(page.text("#batch .bulk-counts").starts_with("2 done, 0 left"), "{}", page.words());
        assert_eq!(page.texts("#batch tbody tr").len(), 2);
        assert_eq!(page.texts("#choose tbody tr").len(), 1);
        assert_eq!((status(&world, reports[0]).await, status(&world, reports[2]).await), ("rejected".to_owned(), "new".to_owned()));
        let search = dana.get(&format!("/reports/bulk-reject?query={}", http_door::urls::encode("Subject LIKE 'Linked'"))).await;
        assert_eq!(search.texts("#choose tbody tr").len(), 1, "a query finds open reports that are not new, too");
        assert_eq!(search.text("#choose tbody td[data-label='Has Incident?']"), "1");
    }

    async fn ir398_reject_and_return_goes_home_with_the_results(world: World) {
        let reports = spam(&world, 1).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get("/reports/bulk-reject").await;
        let form = page.form("form#bulk").set("tickets", &reports[0].to_string()).set("return", "1");
        let answer = dana.submit(&form).await;
        let back = answer.location.clone().unwrap();
        assert!(back.starts_with("/?batch="), "{back}");
        assert!(dana.get(&back).await.text("#batch").contains(&format!("#{}", reports[0])));
        let mut tariq = Client::signed_in(&world, "tariq").await;
        assert!(!tariq.get(&back).await.has("#batch"), "others' batches are not shown");
        assert_eq!(tariq.get(&back.replace("/?batch=", "/batches/")).await.status, 404);
    }

    async fn a_preview_says_how_many_will_change_and_why_the_others_will_not(world: World) {
        let reports = spam(&world, 4).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let mut tariq = Client::signed_in(&world, "tariq").await;
        let list = dana.get("/reports").await;
        tariq.post(&format!("/tickets/{}/take", reports[1]), &[]).await;
        dana.post(&format!("/tickets/{}/comment", reports[2]), &[("type", "comment"), ("message", "changed meanwhile")]).await;
        let mut form = list.form("form#bulk").set("deed", "reject");
        for id in &reports {
            form = form.add("tickets", &id.to_string());
        }
        let page = dana.submit(&form).await;
        assert!(page.words().contains("2 will change, 1 you may not, 1 changed meanwhile, 0 need nothing"), "{}", page.words());
        assert!(page.text("#stays").contains("somebody else owns it") && page.text("#stays").contains("since you looked"));
        assert_eq!(status(&world, reports[0]).await, "new", "nothing happened yet");
        let answer = dana.submit(&page.form("main form.form").set("message", "Not for us.")).await;
        let result = dana.get(&answer.location.clone().unwrap()).await;
        assert!(result.text("#batch .bulk-counts").starts_with("2 done, 2 left"), "{}", result.words());
        assert_eq!(messages(&world, reports[0], "Correspond").await, ["Not for us."]);
        assert_eq!((status(&world, reports[0]).await, status(&world, reports[1]).await), ("rejected".to_owned(), "new".to_owned()));
    }

    async fn everything_that_matches_can_be_chosen_not_only_the_page(world: World) {
        let reports = spam(&world, 55).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get("/reports/bulk-reject").await;
        assert_eq!(page.texts("#choose tbody tr").len(), 50);
        let answer = dana.submit(&page.form("form#bulk").set("all", "1")).await;
        let page = dana.get(&answer.location.clone().unwrap()).await;
        assert!(page.text("#batch .bulk-counts").starts_with("55 done"), "{}", page.words());
        assert_eq!(status(&world, *reports.last().unwrap()).await, "rejected");
        assert!(page.words().contains("No reports to reject"));
    }

    // IR-400, IR-401: open Incidents, with the choice of whom it is told.
    async fn ir400_bulk_abandon_lists_open_incidents_and_tells_the_chosen_kinds(world: World) {
        let report = world.report("Worm", "x").await;
        let id = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get("/incidents/bulk-abandon").await;
        assert_eq!(page.texts("#choose thead th")[1..], ["#", "Subject", "Owner", "Priority", "Due"]);
        let form = page.form("form#bulk").set("tickets", &id.to_string());
        let form = form.set("to_reports", "1").set("type", "reply").set("message", "This was none.");
        let answer = dana.submit(&form).await;
        let page = dana.get(&answer.location.clone().unwrap()).await;
        assert!(page.text("#batch .bulk-counts").starts_with("1 done"), "{}", page.words());
        assert!(page.words().contains("No incidents to abandon"));
        assert_eq!((status(&world, id).await, status(&world, report).await), ("abandoned".to_owned(), "rejected".to_owned()));
        assert_eq!(messages(&world, report, "Correspond").await, ["This was none."]);
    }

    async fn bulk_reply_needs_words_and_keeps_what_was_chosen(world: World) {
        let reports = spam(&world, 2).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get("/reports").await.form("form#bulk").set("deed", "write");
        let form = form.add("tickets", &reports[0].to_string()).add("tickets", &reports[1].to_string());
        let page = dana.submit(&form).await;
        let again = dana.submit(&page.form("main form.form")).await;
        assert_eq!((again.status, again.error("message").is_empty()), (422, false), "{}", again.words());
        let sent = dana.submit(&again.form("main form.form").set("message", "We know.").attach("list.txt", b"1")).await;
        assert_eq!(sent.status, 303, "{}", sent.words());
        for id in reports {
            assert_eq!(messages(&world, id, "Correspond").await, ["We know."]);
        }
        let nothing = dana.post("/bulk", &[("deed", "take")]).await;
        assert!(nothing.words().contains("at least one ticket"), "{}", nothing.words());
        assert_eq!(dana.post("/bulk", &[("deed", "melt"), ("tickets", "1")]).await.status, 422);
    }
}
