//! What each type of ticket and each constituency has of its own.

use actions::{
    message::NewMessage,
    ticket::{Create, create},
};
use domain::TicketId;
use testkit::World;

use crate::browser::Browser;

async fn made(world: &World, queue: &str) -> TicketId {
    let admin = world.actor("admin").await;
    let queue = world.queue_id(queue).await;
    let mut tx = world.tx().await;
    let id = create(&mut tx, &admin, Create::new(queue, "A ticket", NewMessage::text("x"))).await.unwrap().ticket;
    tx.commit().await.unwrap();
    id
}

async fn choose(world: &World, name: &str, value: &str) {
    let mut tx = world.tx().await;
    actions::setup::set_settings(&mut tx, &actions::setup::operator(), &[(name, Some(value))]).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::both! {
    // IR-013, IR-010: a display, a list and a form of its own for each type, under its own name.
    async fn ir013_each_type_has_its_own_list_form_and_page(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        for (path, queue, plural, single) in [
            ("/reports", "Incident Reports", "Incident Reports", "Incident Report"),
            ("/incidents", "Incidents", "Incidents", "Incident"),
            ("/investigations", "Investigations", "Investigations", "Investigation"),
            ("/countermeasures", "Countermeasures", "Countermeasures", "Countermeasure"),
        ] {
            let id = made(&world, queue).await;
            assert_eq!(dana.get(path).await.text("h1"), plural);
            assert!(dana.get(&format!("{path}/new")).await.has("form.form"), "{path}");
            assert_eq!(dana.get(&format!("/tickets/{id}")).await.text(".ticket-id"), format!("{single} #{id}"));
        }
    }

    // IR-011: captions, menus, boxes and titles; what is no caption stays.
    async fn ir011_the_fourth_type_is_presented_as_blocks_where_the_installation_calls_it_so(world: World) {
        let mut admin = Browser::signed_in(&world, "admin").await;
        let incident = made(&world, "Incidents").await;
        let block = made(&world, "Countermeasures").await;
        let pages = ["/", "/countermeasures", "/countermeasures/new", "/reports/new", "/palette", "/admin/settings", &format!("/tickets/{block}"), &format!("/tickets/{incident}"), &format!("/tickets/{incident}/close"), &format!("/tickets/{incident}/children?kind=countermeasure"), &format!("/tickets/{incident}/link-children?kind=countermeasure")];
        assert!(admin.get("/").await.html.contains("Countermeasure"));
        choose(&world, "fourth_type", "block").await;
        for path in pages {
            let page = admin.get(path).await;
            assert!(page.status.is_success(), "{path}");
            let text = page.text("body").replace("countermeasure or block", "").replace("Countermeasures or Blocks", "");
            assert!(text.contains("Block") && !text.contains("Countermeasure"), "{path}: {text}");
            assert!(!page.text("title").contains("Countermeasure"), "{path}");
        }
        assert_eq!(admin.get("/countermeasures").await.text("h1"), "Blocks");
        assert_eq!(admin.get(&format!("/tickets/{block}")).await.text(".ticket-id"), format!("Block #{block}"));
        assert!(admin.get(&format!("/tickets/{incident}")).await.text("#countermeasures").contains("(No active Blocks)"));
    }

    // IR-011: "Block" beside an address in either case.
    async fn ir011_the_link_beside_an_address_is_block_in_either_case(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let incident = made(&world, "Incidents").await;
        dana.post(&format!("/tickets/{incident}/steal"), &[]).await;
        dana.post(&format!("/tickets/{incident}/take"), &[]).await;
        dana.post(&format!("/tickets/{incident}/comment"), &[("message", "It came from 192.0.2.9.")]).await;
        for called in ["countermeasure", "block"] {
            choose(&world, "fourth_type", called).await;
            let page = dana.get(&format!("/tickets/{incident}")).await;
            assert!(page.attributes("a", "href").iter().any(|href| href.ends_with("&ip=192.0.2.9")), "{called}");
            assert!(page.texts("a[href$='&ip=192.0.2.9']").iter().all(|words| words == "Block"), "{called}");
        }
    }

    // IR-012: nothing leads there, and what is asked for by hand says why not.
    async fn ir012_nothing_leads_to_a_type_that_is_disabled(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let incident = made(&world, "Incidents").await;
        dana.post(&format!("/tickets/{incident}/take"), &[]).await;
        dana.post(&format!("/tickets/{incident}/comment"), &[("message", "It came from 192.0.2.9.")]).await;
        let block = {
            let admin = world.actor("admin").await;
            let queue = world.queue_id("Countermeasures").await;
            let mut tx = world.tx().await;
            let input = Create { incidents: vec![incident], ..Create::new(queue, "A block", NewMessage::text("x")) };
            let id = create(&mut tx, &admin, input).await.unwrap().ticket;
            tx.commit().await.unwrap();
            id
        };
        let shown = ["/", "/search", "/palette", "/tickets/new", "/reports/new", "/preferences", "/preferences/bindings", &format!("/tickets/{incident}"), &format!("/tickets/{incident}/reply-all"), &format!("/tickets/{incident}/close"), &format!("/tickets/{incident}/links")];
        let leads = |page: &crate::browser::Page| page.html.contains("/countermeasures") || page.text("body").contains("Countermeasure") || page.has(&format!("input[name=countermeasures], #links a[href='/tickets/{block}'], .children-open a[href='/tickets/{block}']"));
        assert!(leads(&dana.get(&format!("/tickets/{incident}")).await));
        choose(&world, "disable_countermeasures", "yes").await;
        for path in shown {
            let page = dana.get(path).await;
            assert!(page.status.is_success(), "{path}: {}", page.status);
            assert!(!leads(&page), "{path}: {}", page.html);
        }
        for path in ["/countermeasures", "/countermeasures/new", &format!("/tickets/{block}"), &format!("/tickets/{block}/edit"), &format!("/tickets/{incident}/children?kind=countermeasure"), &format!("/tickets/{incident}/link-children?kind=countermeasure")] {
            let page = dana.get(path).await;
            assert_eq!(page.status, axum::http::StatusCode::FORBIDDEN, "{path}");
            assert!(page.text("main").contains("Countermeasures are disabled by configuration."), "{path}: {}", page.text("main"));
        }
        for (path, form) in [(format!("/tickets/{block}/status"), vec![("status", "active")]), (format!("/tickets/{block}/take"), vec![]), ("/countermeasures/new".to_owned(), vec![("subject", "x")])] {
            let page = dana.post(&path, &form).await;
            assert!(page.text("main").contains("disabled by configuration"), "{path}: {}", page.text("main"));
        }
        let listed = dana.get(&format!("/search?query=id+%3D+{block}")).await;
        assert!(!listed.html.contains(&format!("/tickets/{block}/comment")), "keys open nothing on its row");
    }

    // IR-160: all of them, or one; each sees those of the queues they can see.
    async fn ir160_home_offers_the_constituencies_that_somebody_can_see(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let offered = dana.get("/").await.texts("nav.tabs a, .tabs a");
        for name in ["All constituencies", "EDUNET", "GOVNET"] {
            assert!(offered.iter().any(|label| label == name), "{name} in {offered:?}");
        }
        let mut greta = Browser::signed_in(&world, "greta").await;
        let hers = greta.get("/").await;
        assert!(!hers.html.contains("EDUNET"), "others do not exist for her");
    }

    // IR-161: children show their constituency, Incidents their queue.
    async fn ir161_pages_of_children_show_the_constituency_and_those_of_incidents_the_queue(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let report = made(&world, "Incident Reports - EDUNET").await;
        assert!(dana.get(&format!("/tickets/{report}")).await.text("#basics").contains("EDUNET"));
        let incident = made(&world, "Incidents - GOVNET").await;
        assert!(dana.get(&format!("/tickets/{incident}")).await.text("#basics").contains("Incidents - GOVNET"));
    }

    // IR-342: taking and stealing say what came of it.
    async fn ir342_taking_and_stealing_report_their_outcome(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let page = dana.post(&format!("/tickets/{report}/take"), &[]).await;
        assert!(page.html.contains(&format!("You own ticket {report} now.")));
        let mut tariq = Browser::signed_in(&world, "tariq").await;
        let page = tariq.post(&format!("/tickets/{report}/steal"), &[]).await;
        assert!(page.text("[role=status], .notice").contains(&report.to_string()), "{}", page.text(".notice"));
    }

    // TC-124: pickers offer the queues where somebody may create, and no others.
    async fn tc124_a_queue_picker_offers_only_what_one_may_use(world: World) {
        let mut greta = Browser::signed_in(&world, "greta").await;
        let offered = greta.get("/incidents/new").await.texts("select[name=queue] option");
        assert_eq!(offered, ["Incidents - GOVNET"]);
    }
}
