//! What is known of a person.

use actions::account::reachability;

use crate::browser::Browser;

testkit::both! {
    async fn ir500_a_persons_page_is_for_staff_and_shows_tickets_the_reader_may_see(world: World) {
        // IR-498: whatever their queue, and nothing the reader may not see
        let ticket = world.report("Worm", "x").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let list = dana.get("/reports").await;
        let href = list.attributes("#list a[href^='/people/']", "href")[0].clone();
        let page = dana.get(&href).await;
        assert_eq!(page.texts("#person-active tbody th a"), ["Worm"]);
        assert!(page.attributes("#person-active tbody th a", "href")[0].ends_with(&ticket.to_string()));
        assert!(page.text("#person").contains("ray@bank.example"));
        assert!(page.has("a[href*='requestors=ray']"), "a ticket for them");
        assert_eq!(dana.get("/people?q=bank").await.texts("#found li a"), [page.text("h1")]);
        let mut greta = Browser::signed_in(&world, "greta").await;
        assert!(!greta.get(&href).await.html.contains("Worm"));
        let mut norman = Browser::signed_in(&world, "norman").await;
        assert_eq!(norman.get(&href).await.status, 404);
        assert_eq!(norman.get("/people?q=bank").await.status, 404);
    }

    async fn whom_mail_does_not_reach_is_marked_wherever_mail_is_written_and_staff_may_take_it_back(world: World) {
        let ticket = world.report("Worm", "x").await;
        let letter = world.sent().await.remove(0);
        let mut tx = world.tx().await;
        let gone = [("ray@bank.example".to_owned(), "550 <b>no such user".to_owned())];
        reachability::mark(&mut tx, &letter, &gone).await.unwrap();
        tx.commit().await.unwrap();
        let mut dana = Browser::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/tickets/{ticket}")).await;
        let warning = page.text("#people .unreachable");
        assert!(warning.contains("bounces since 2026-03-02: 550 <b>no such user"), "{warning}");
        assert!(dana.get(&format!("/tickets/{ticket}/reply")).await.has("#recipients .unreachable"));
        let mended = page.attributes("#people form", "action")[0].clone();
        let person = mended.trim_end_matches("/reachable").to_owned();
        assert!(dana.get(&person).await.has(".unreachable"));
        assert_eq!(Browser::signed_in(&world, "norman").await.post(&mended, &[]).await.status, 404);
        assert!(!dana.post(&mended, &[]).await.has(".notice .unreachable"));
        assert!(!dana.get(&format!("/tickets/{ticket}/reply")).await.has("#recipients .unreachable"));
    }

    async fn ir499_only_administrators_of_users_change_a_name(world: World) {
        world.report("Worm", "x").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let href = dana.get("/reports").await.attributes("#list a[href^='/people/']", "href")[0].clone();
        assert!(!dana.get(&href).await.has("#name"));
        assert_eq!(dana.post(&format!("{href}/name"), &[("real_name", "Raymond")]).await.status, 403);
        let mut admin = Browser::signed_in(&world, "admin").await;
        assert_eq!(admin.post(&format!("{href}/name"), &[("real_name", "Raymond Report")]).await.text("h1"), "Raymond Report");
        assert_eq!(admin.post(&format!("{href}/name"), &[("real_name", &"x".repeat(200))]).await.status, 422);
    }
}
