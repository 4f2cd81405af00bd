//! The page that updates many tickets (TC-279), from a search's result through its preview to the outcome of each.

use super::{client::Client, input_of, look};
use domain::{
    Right, Role,
    right::{Grant, Principal, Scope},
};

testkit::both! {
    async fn tc279_ticked_results_are_updated_after_a_preview_of_what_would_happen(world: World) {
        let (first, second) = (world.report("Worm", "x").await, world.report("Spam", "x").await);
        let mut dana = Client::signed_in(&world, "dana").await;
        let result = dana.get("/search?query=Status+%3D+%27new%27").await;
        let ticked = result.form("form#bulk").set("deed", "update").add("tickets", &first.to_string()).add("tickets", &second.to_string());
        let page = dana.submit(&ticked).await;
        assert!(page.words().contains("2 will change"), "{}", page.words());
        assert!(page.texts("select[name=status] option").contains(&"rejected".to_owned()));
        let filled = page.form("main form.form")
            .set("status", "open").set("subject", "A wave").set("owner", "__CurrentUser__")
            .set("add-cc", "tariq").set("due", "2030-01-01 10:00").set("type", "comment").set("message", "All alike.");
        let preview = dana.submit(&filled.clone().add("preview", "rehearsed")).await;
        assert_eq!(preview.status, 200, "{}", preview.words());
        assert_eq!(preview.texts("#rehearsal tbody tr").len(), 2);
        assert!(preview.text("#rehearsal").contains("would change"), "{}", preview.text("#rehearsal"));
        assert_eq!(look(&world, first).await.ticket.subject, "Worm", "nothing happened yet");
        let again = preview.form("main form.form");
        assert_eq!((again.value("subject"), again.value("message")), ("A wave", "All alike."), "what was typed is kept");
        let answer = dana.submit(&again).await;
        let outcome = dana.get(&answer.location.clone().unwrap()).await;
        assert!(outcome.text("#batch .bulk-counts").starts_with("2 done"), "{}", outcome.words());
        for id in [first, second] {
            let view = look(&world, id).await;
            assert_eq!((view.ticket.subject.as_str(), view.ticket.status.as_str(), view.owner.name.as_str()), ("A wave", "open", "dana"));
            assert!(view.people.iter().any(|(role, user)| *role == Role::Cc && user.name == "tariq"));
            assert!(view.ticket.due.is_some());
        }
    }

    async fn tc279_wrong_input_comes_back_beside_its_field_with_all_that_was_typed(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let chosen = [("deed", "update"), ("preview", "1"), ("tickets", &*report.to_string())];
        let page = dana.post("/bulk", &chosen).await;
        let ip = input_of(&look(&world, report).await, "IP").replace("cf-", "cf-add-");
        let form = page.form("main form.form").set("due", "someday").set("owner", "ghost").set("merge", "1 2").set(&ip, "192.0.2.7");
        for form in [form.clone(), form.add("preview", "rehearsed")] {
            let again = dana.submit(&form).await;
            assert_eq!(again.status, 422);
            assert!(!again.error("due").is_empty() && !again.error("merge").is_empty(), "{}", again.words());
            assert_eq!((again.form("main form.form").value("owner"), again.form("main form.form").value(&ip)), ("ghost", "192.0.2.7"));
        }
        let empty = dana.submit(&page.form("main form.form")).await;
        assert!(empty.status == 422 && empty.words().contains("what shall change"), "{}", empty.words());
        // dates and owners are judged apart: the owner is asked for in the database
        let unknown = dana.submit(&page.form("main form.form").set("owner", "ghost")).await;
        assert!(unknown.error("owner").contains("nobody called"), "{}", unknown.words());
    }

    async fn tc279_without_the_right_it_is_neither_offered_nor_done(world: World) {
        let report = world.report("Worm", "x").await;
        let norman = world.actor("norman").await;
        let mut tx = world.tx().await;
        for right in [Right::SeeQueue, Right::ShowTicket] {
            let grant = Grant { principal: Principal::User(norman.id()), right, scope: Scope::Global };
            actions::account::grant(&mut tx, &world.actor("admin").await, grant).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut norman = Client::signed_in(&world, "norman").await;
        let page = norman.get("/search?query=id+%3E+0").await;
        assert!(page.has("#bulk") && !page.has("button[value=update]"), "{}", page.words());
        let refused = norman.post("/bulk", &[("deed", "update"), ("preview", "1"), ("tickets", &report.to_string())]).await;
        assert_eq!(refused.status, 403, "{}", refused.words());
    }
}
