//! Undo at hand: after an act, on the page of acts, and for a reply that has not gone yet.

use actions::{setup, ticket::show};
use axum::http::StatusCode;
use domain::setting::list;

use crate::browser::Browser;

testkit::both! {
    async fn an_act_offers_to_be_undone_and_is(world: World) {
        let report = world.report("Worm", "It spreads.").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let page = dana.post(&format!("/tickets/{report}/status"), &[("status", "rejected")]).await;
        let undo = page.attributes(".notices form", "action").remove(0);
        assert_eq!(page.text(".notices form button"), "Undo");
        assert_eq!(page.attributes(".notices [data-act]", "data-act"), ["undo"], "the key finds it");
        assert!(!dana.get(&format!("/tickets/{report}")).await.has(".notices form"), "it is offered once");

        let mut tariq = Browser::signed_in(&world, "tariq").await;
        assert_eq!(tariq.post(&undo, &[]).await.status, StatusCode::NOT_FOUND, "not his");
        let page = dana.post(&undo, &[("next", &format!("/tickets/{report}"))]).await;
        assert_eq!((page.at.as_str(), page.text(".notices .notice > span")), (format!("/tickets/{report}").as_str(), "Undone.".to_owned()));
        let view = show::view(&mut world.look().await, &world.actor("dana").await, report).await.unwrap();
        assert_eq!((view.ticket.status.as_str(), view.ticket.is_owned()), ("new", false));
        assert!(page.texts(".history").join(" ").contains("undone"), "the history says why");
        assert_eq!(dana.post(&undo, &[]).await.status, StatusCode::CONFLICT, "once is enough");
    }

    async fn what_is_no_act_offers_nothing(world: World) {
        let report = world.report("Worm", "It spreads.").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        let page = dana.post(&format!("/tickets/{report}/seen"), &[]).await;
        assert!(page.has(".notices") && !page.has(".notices form"));
    }

    async fn the_page_of_acts_lists_ones_own_and_undoes_them(world: World) {
        let report = world.report("Worm", "It spreads.").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        assert!(dana.get("/acts").await.has(".empty"));
        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        let page = dana.get("/acts").await;
        assert_eq!(page.texts("tbody td a"), [format!("#{report}")]);
        let undo = page.attributes("tbody form", "action").remove(0);
        dana.post(&undo, &[("next", "/acts")]).await;
        let page = dana.get("/acts").await;
        assert!(page.text("tbody tr:nth-child(2) .row-actions").contains("undone"), "{}", page.html);
        let mut tariq = Browser::signed_in(&world, "tariq").await;
        assert!(tariq.get("/acts").await.has(".empty"), "others' acts are theirs");
    }

    async fn a_reply_taken_back_is_offered_again(world: World) {
        let mut tx = world.tx().await;
        setup::set_settings(&mut tx, &setup::operator(), &[(list::UNDO_HOLD, Some("15"))]).await.unwrap();
        tx.commit().await.unwrap();
        let report = world.report("Worm", "It spreads.").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let page = dana.post(&format!("/tickets/{report}/reply"), &[("type", "reply"), ("message", "We look into it.")]).await;
        let undo = page.attributes(".notices form", "action").remove(0);
        let page = dana.post(&undo, &[]).await;
        assert!(page.at.starts_with(&format!("/tickets/{report}/reply?")), "{}", page.at);
        assert!(page.text("textarea[name=message]").starts_with("We look into it."));
        let page = dana.get(&format!("/tickets/{report}")).await;
        assert!(page.html.contains("not sent, taken back") && page.html.contains("it was not sent"));
    }
}
