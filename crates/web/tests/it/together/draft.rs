//! What is typed is never lost: drafts, and sessions that end while somebody types.

use super::owner;
use crate::browser::{Browser, Page};
use axum::http::{StatusCode, header};
use jiff::SignedDuration;

fn action(page: &Page, selector: &str) -> String {
    page.attributes(selector, "action").first().unwrap_or_else(|| panic!("no {selector}: {}", page.text("main"))).clone()
}

testkit::both! {
    async fn a_draft_is_offered_restored_and_gone_once_sent(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let form = format!("/tickets/{report}/reply");
        let typed = [("draft-form", form.as_str()), ("message", "Half a sentence"), ("cc", "noc@isp.example"), ("type", "reply")];
        let page = dana.post("/drafts", &typed).await;
        assert_eq!((page.text("textarea[name=message]"), page.attributes("input[name=cc]", "value")), ("Half a sentence".into(), vec!["noc@isp.example".into()]));
        let page = dana.get(&format!("{form}?status=open")).await;
        assert!(page.text("#draft").contains("There is a draft of yours from 09:30"), "{}", page.text("#draft"));
        assert_eq!(page.text("textarea[name=message]"), "", "nothing happens unasked");
        let page = dana.get(&page.link("Restore it").unwrap()).await;
        assert_eq!(page.text("textarea[name=message]"), "Half a sentence");
        let mut tariq = Browser::signed_in(&world, "tariq").await;
        assert!(!tariq.get(&form).await.has("#draft") && tariq.get("/drafts").await.text("main").contains("Nothing is waiting"));
        let list = dana.get("/drafts").await;
        assert!(list.text("tbody").contains("Reply, ticket") && list.text("tbody").contains("Half a sentence"), "{}", list.text("main"));
        dana.post(&form, &[("message", "A whole sentence."), ("type", "reply")]).await;
        assert!(!dana.get(&form).await.has("#draft"));
    }

    async fn a_draft_is_discarded_from_the_form_and_from_the_list(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        for _ in 0..2 {
            dana.post("/drafts", &[("draft-form", "/incidents/new?from=1"), ("subject", "Worms")]).await;
            dana.post("/drafts", &[("draft-form", &format!("/tickets/{report}/comment")), ("message", "x")]).await;
            let page = dana.get(&format!("/tickets/{report}/comment")).await;
            let page = dana.post(&action(&page, "#draft form"), &[]).await;
            assert!(page.text(".notices").contains("Draft discarded") && !page.has("#draft"), "{}", page.at);
            let page = dana.get("/drafts").await;
            assert_eq!(page.texts("tbody th").len(), 1);
            let page = dana.post(&action(&page, "tbody form"), &[]).await;
            assert_eq!(page.at, "/drafts");
        }
        let page = dana.post("/drafts", &[("draft-form", "/reports"), ("message", "x")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "a list is no form");
    }

    async fn what_is_sent_after_the_session_ended_comes_back_after_signing_in(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let form = format!("/tickets/{report}/reply");
        dana.get(&form).await;
        world.clock.advance(SignedDuration::from_hours(13));
        let page = dana.post(&form, &[("message", "A careful\nanswer & more"), ("type", "reply"), ("cc", "a@isp.example")]).await;
        assert_eq!((page.status, page.text("h1")), (StatusCode::UNAUTHORIZED, "Sign in".to_owned()));
        let hidden = |page: &Page, name: &str| page.attributes(&format!("input[name={name}]"), "value")[0].clone();
        let (next, kept) = (hidden(&page, "next"), hidden(&page, "kept"));
        let wrong = dana.post("/sign-in", &[("name", "dana"), ("password", "wrong"), ("next", &next), ("kept", &kept)]).await;
        assert_eq!(hidden(&wrong, "kept"), kept, "a mistyped password loses nothing");
        let page = dana.post("/sign-in", &[("name", "dana"), ("password", testkit::PASSWORD), ("next", &next), ("kept", &kept)]).await;
        assert_eq!(page.at, format!("{form}?draft=restore"));
        assert_eq!(page.text("textarea[name=message]"), "A careful answer & more");
        assert_eq!(page.attributes("input[name=cc]", "value"), ["a@isp.example"]);
        assert!(page.text("#draft").contains("have to be chosen again"));
    }

    async fn a_draft_of_an_edit_notices_what_others_changed_meanwhile(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = owner(&world, "dana", report).await;
        let path = format!("/tickets/{report}/edit");
        let page = dana.get(&path).await;
        let version = page.attributes("input[name=version]", "value")[0].clone();
        let typed = [("draft-form", path.as_str()), ("version", &version), ("subject", "Mine"), ("was-subject", "Worm"), ("priority", "0"), ("was-priority", "0")];
        dana.post("/drafts", &typed).await;
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        let basics = actions::ticket::Basics { subject: Some("Theirs".into()), ..Default::default() };
        actions::ticket::set_basics(&mut tx, &admin, report, basics).await.unwrap();
        tx.commit().await.unwrap();
        let page = dana.get(&format!("{path}?draft=restore")).await;
        assert_eq!(page.attributes("input[name=subject]", "value"), ["Mine"]);
        assert_eq!(page.attributes("input[name=was-subject]", "value"), ["Worm"], "so that the clash is found when it is saved");
    }

    async fn the_script_saves_without_a_page_and_open_pages_keep_no_session_alive(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        world.clock.advance(SignedDuration::from_hours(11));
        assert_eq!(dana.get("/live").await.status, StatusCode::OK);
        world.clock.advance(SignedDuration::from_hours(2));
        let page = dana.once("GET", "/live", None).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        assert!(page.headers[header::LOCATION].to_str().unwrap().starts_with("/sign-in"));
    }
}
