//! What stands on the pages of tickets and in which order (IR section 11), and how histories are read (TC section 9).

use actions::message::NewMessage;
use actions::ticket::{Create, OwnerChange, Reply, Update, change_owner, comment, create, update};
use domain::TicketId;
use testkit::World;

use crate::browser::Browser;

async fn take(world: &World, ticket: TicketId) {
    let dana = world.actor("dana").await;
    let mut tx = world.tx().await;
    change_owner(&mut tx, &dana, ticket, OwnerChange::Take).await.unwrap();
    tx.commit().await.unwrap();
}

async fn incident(world: &World, subject: &str, members: Vec<TicketId>) -> TicketId {
    let admin = world.actor("admin").await;
    let queue = world.queue_id("Incidents").await;
    let mut tx = world.tx().await;
    let mut input = Create::new(queue, subject, NewMessage::text("x"));
    input.members = members;
    let incident = create(&mut tx, &admin, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    incident
}

async fn say(world: &World, ticket: TicketId, message: NewMessage) {
    let admin = world.actor("admin").await;
    let mut tx = world.tx().await;
    comment(&mut tx, &admin, Reply { ticket, message, time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::both! {
    // IR-324, IR-325, IR-326, IR-328
    async fn ir325_the_boxes_of_a_report_stand_in_order(world: World) {
        let ticket = world.report("Worm", "Traffic from 192.0.2.7").await;
        let message = NewMessage::text("see the file").attach("log.txt", "text/plain", b"x".to_vec());
        say(&world, ticket, message).await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/tickets/{ticket}")).await;
        assert_eq!((page.text(".ticket-id"), page.text("h1")), (format!("Incident Report #{ticket}"), "Worm".to_owned()), "IR-324");
        let boxes = page.attributes(".side-column > .panel", "id");
        let place = |id: &str| boxes.iter().position(|one| one == id).unwrap_or_else(|| panic!("{id} in {boxes:?}"));
        let wanted = ["basics", "incidents", "fields-0", "files", "people", "dates", "requestors"];
        assert!(wanted.map(place).is_sorted(), "{boxes:?}");
        for name in ["Status", "Service level", "Time worked"] {
            assert!(page.texts("#basics dt").iter().any(|dt| dt == name), "{name} in {:?}", page.texts("#basics dt"));
        }
        for name in ["Created", "Starts", "Started", "Due", "Updated"] {
            assert!(page.texts("#dates dt").iter().any(|dt| dt == name), "{name}");
        }
    }

    // IR-327
    async fn ir327_incidents_of_a_report_are_unlinked_and_added_by_its_owner(world: World) {
        let ticket = world.report("Worm", "x").await;
        let (kept, gone) = (incident(&world, "Kept", vec![ticket]).await, incident(&world, "Gone", vec![ticket]).await);
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        update(&mut tx, &admin, gone, Update { status: Some("abandoned".to_owned()), ..Update::default() }).await.unwrap();
        tx.commit().await.unwrap();
        let mut tariq = Browser::signed_in(&world, "tariq").await;
        let page = tariq.get(&format!("/tickets/{ticket}")).await;
        assert!(page.text("#incidents li").contains("Kept") && !page.text("#incidents").contains("Gone"));
        let offered = page.texts("#incidents .actions .button");
        assert!(offered == ["Take"] || offered == ["Steal"], "{offered:?}");
        if offered == ["Take"] {
            take(&world, ticket).await;
            let mut dana = Browser::signed_in(&world, "dana").await;
            let page = dana.get(&format!("/tickets/{ticket}")).await;
            assert_eq!(page.texts("#incidents .actions .button").len(), 2, "Link and New for the owner");
            assert!(page.has("#incidents li form[action$='/unlink']"));
            let page = dana.post(&format!("/tickets/{ticket}/unlink"), &[("incident", &kept.to_string())]).await;
            assert!(page.text("#incidents .panel-body").contains("(none)"));
        }
    }

    // IR-329, IR-330, IR-331, IR-315
    async fn ir331_child_boxes_show_open_ones_first_and_eight_a_page(world: World) {
        let mut members = Vec::new();
        for number in 0..10 {
            members.push(world.report(&format!("Child {number}"), "x").await);
        }
        let admin = world.actor("admin").await;
        let first = members[0];
        let incident = incident(&world, "Outbreak", members).await;
        let mut tx = world.tx().await;
        update(&mut tx, &admin, first, Update { status: Some("resolved".to_owned()), ..Update::default() }).await.unwrap();
        tx.commit().await.unwrap();
        let mut admin = Browser::signed_in(&world, "admin").await;
        let page = admin.get(&format!("/tickets/{incident}")).await;
        assert_eq!(page.texts("#incident_reports .children-open tbody tr").len(), 8);
        assert_eq!(page.texts("#incident_reports .children-closed tbody th a"), ["Child 0"]);
        assert_eq!(page.texts("#incident_reports .children-open thead th"), ["#", "Subject", "Status", "Due"], "IR-315");
        let second = admin.get(&page.attributes("#incident_reports a[rel=next]", "href")[0]).await;
        assert_eq!(second.texts("#incident_reports .children-open tbody tr").len(), 1);
        assert_eq!(page.texts("#investigations .empty-line"), ["(No active Investigations)", "(No inactive Investigations)"]);
        let actions = page.texts("#investigations .actions .button");
        assert_eq!(actions, ["Link", "Launch"]);
        let boxes = page.attributes(".side-column > .panel", "id");
        assert!(!boxes.contains(&"people".to_owned()), "IR-330: no box of people");
        assert!(!page.texts("#dates dt").contains(&"Started".to_owned()), "IR-329: dates without Started");
        let mut dana = Browser::signed_in(&world, "dana").await;
        assert!(dana.get(&format!("/tickets/{incident}")).await.texts("#investigations .actions .button").is_empty(), "only with ModifyTicket");
    }

    async fn ir320_without_the_right_the_page_does_not_exist(world: World) {
        let ticket = world.report("Secret", "x").await;
        let mut norman = Browser::signed_in(&world, "norman").await;
        for path in ["", "/history", "/history/1", "/beside/next", "/edit?box=basics"] {
            let page = norman.get(&format!("/tickets/{ticket}{path}")).await;
            assert!(page.status == 404 && !page.html.contains("Secret"), "{path}: {}", page.status);
        }
    }

    // IR-321
    async fn ir321_the_pencil_of_a_box_edits_that_box_alone(world: World) {
        let ticket = world.report("Worm", "Traffic from 192.0.2.7").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        assert!(!dana.get(&format!("/tickets/{ticket}")).await.has("#dates .actions a"), "not without ModifyTicket");
        take(&world, ticket).await;
        let page = dana.get(&format!("/tickets/{ticket}")).await;
        let form = dana.get(&page.attributes("#basics .actions a", "href")[0]).await;
        assert!(form.has("[name=subject]") && !form.has("[name=requestors]") && !form.has("[name=due]"));
        let hidden: Vec<(String, String)> = form.attributes("form.form input[type=hidden]", "name").into_iter()
            .zip(form.attributes("form.form input[type=hidden]", "value")).collect();
        let mut sent: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        sent.push(("subject", "Worm, edited"));
        let page = dana.post(&format!("/tickets/{ticket}/edit"), &sent).await;
        assert_eq!(page.text("h1"), "Worm, edited");
        assert!(page.text("#people").contains("ray@bank.example") && page.has("#fields-0"), "what was not there is not touched");
        dana.post("/preferences", &[("group", "work"), ("after_edit", "form")]).await;
        let form = dana.get(&format!("/tickets/{ticket}/edit?box=nonsense")).await;
        assert!(form.has("[name=requestors]") && form.has("[name=due]"), "anything else is the whole form");
    }

    async fn ir322_fields_without_a_value_can_be_left_out(world: World) {
        let ticket = world.report("Worm", "Traffic from 192.0.2.7").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let all = dana.get(&format!("/tickets/{ticket}")).await.texts("[id^=fields-] dt");
        dana.post("/preferences", &[("group", "ticket"), ("history_order", "newest"), ("history_mode", "scroll"), ("history_headers", "brief"), ("requestor_tickets", "active"), ("hide_unset_fields", "1")]).await;
        let some = dana.get(&format!("/tickets/{ticket}")).await.texts("[id^=fields-] dt");
        assert!(some.contains(&"IP".to_owned()) && some.len() < all.len(), "{some:?} of {all:?}");
    }

    // IR-497, IR-498
    async fn ir497_more_about_the_requestors_shows_what_the_viewer_may_see(world: World) {
        let ticket = world.report("Worm", "x").await;
        let other = world.report("Earlier", "x").await;
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        update(&mut tx, &admin, other, Update { status: Some("resolved".to_owned()), ..Update::default() }).await.unwrap();
        tx.commit().await.unwrap();
        let mut dana = Browser::signed_in(&world, "dana").await;
        let at = format!("/tickets/{ticket}");
        let page = dana.get(&at).await;
        assert!(page.has("#requestors details:not([open])"), "folded at first");
        assert!(page.text("#requestors .links").contains("Worm") && !page.text("#requestors .links").contains("Earlier"));
        assert!(page.has("#requestors a[href^='/people/']"));
        assert!(dana.get(&format!("{at}?requestor=inactive")).await.text("#requestors .links").contains("Earlier"));
        assert_eq!(dana.get(&format!("{at}?requestor=all")).await.texts("#requestors .links li").len(), 2);
        dana.post("/preferences", &[("group", "ticket"), ("history_order", "newest"), ("history_mode", "scroll"), ("history_headers", "brief"), ("requestor_tickets", "none")]).await;
        assert!(!dana.get(&at).await.has("#requestors .links"));
    }

    async fn tc097_what_the_viewer_may_not_see_is_left_out_without_a_trace(world: World) {
        let ticket = world.report("Worm", "Hello").await;
        let message = NewMessage::text("the secret comment").attach("secret.txt", "text/plain", b"x".to_vec());
        say(&world, ticket, message).await;
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        let ray = actions::ticket::load_or_create(&mut tx, &domain::person::PersonName::parse("ray@bank.example").unwrap(), "requestors").await.unwrap();
        for right in [domain::Right::ShowTicket] {
            let grant = domain::right::Grant { principal: domain::right::Principal::User(ray.id), right, scope: domain::right::Scope::Global };
            actions::account::grant(&mut tx, &admin, grant).await.unwrap();
        }
        actions::account::set_password(&mut tx, &admin, ray.id, testkit::PASSWORD).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = Browser::signed_in(&world, &ray.name).await;
        let page = browser.get(&format!("/tickets/{ticket}")).await;
        assert!(page.html.contains("Hello") && !page.html.contains("secret"), "no comment, and no file of one");
        assert!(!page.html.contains("mailed"), "no outgoing mail");
        for sequence in 1..12 {
            let page = browser.get(&format!("/tickets/{ticket}/history/{sequence}")).await;
            assert!(page.status == 404 || !page.html.contains("secret"), "{sequence}");
        }
    }

    // TC-098, TC-099, TC-094
    async fn tc098_a_history_is_read_from_either_end_and_as_it_suits(world: World) {
        let ticket = world.report("Worm", "first words").await;
        for number in 0..30 {
            say(&world, ticket, NewMessage::text(format!("comment {number}."))).await;
        }
        let mut dana = Browser::signed_in(&world, "dana").await;
        let at = format!("/tickets/{ticket}");
        let page = dana.get(&at).await;
        assert!(page.text(".history li:first-child").contains("comment 29."), "newest first");
        assert_eq!(page.attributes("a[data-more]", "data-more"), ["scroll"]);
        let page = dana.get(&format!("{at}?order=oldest")).await;
        assert!(page.text(".history li.entry.incoming").contains("first words"));
        let next = dana.get(&page.attributes("a[data-more]", "href")[0]).await;
        assert!(next.at.contains("order=oldest") && next.html.contains("comment 29.") && !next.html.contains("first words"));
        let choose = |order: &'static str, mode: &'static str| [("group", "ticket"), ("history_order", order), ("history_mode", mode), ("history_headers", "brief"), ("requestor_tickets", "active")];
        dana.post("/preferences", &choose("oldest", "always")).await;
        let page = dana.get(&at).await;
        assert!(page.html.contains("first words") && page.html.contains("comment 29."), "all of it");
        dana.post("/preferences", &choose("newest", "click")).await;
        let page = dana.get(&at).await;
        assert!(!page.has(".history li"), "nothing until it is asked for");
        assert!(dana.get(&page.link("Show the history").unwrap()).await.has(".history li"));
        dana.post("/preferences", &choose("newest", "delay")).await;
        assert_eq!(dana.get(&at).await.attributes("a[data-more]", "data-more"), ["delay"]);
        let page = dana.get(&format!("{at}?history=shown&only=messages")).await;
        assert!(!page.has(".entry.change") && page.has(".entry.comment"));
        // TC-094: there is no way to change or remove an entry
        assert_eq!(dana.post(&format!("{at}/history/1"), &[]).await.status, 405);
    }

    // TC-100, TC-101, TC-105
    async fn tc105_each_entry_and_the_history_have_pages_of_their_own(world: World) {
        let ticket = world.report("Worm", "Hello").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let at = format!("/tickets/{ticket}");
        let page = dana.get(&at).await;
        let alone = dana.get(&page.attributes(".entry.incoming a[href*='/history/']", "href")[0]).await;
        assert!(alone.html.contains("Hello") && alone.texts(".history li").len() == 1);
        assert!(alone.attributes("a", "href").iter().any(|href| href.starts_with(&format!("{at}#change-"))), "back to the ticket");
        let mail = page.attributes(".entry.change a[href*='/history/']", "href");
        let recorded = dana.get(&mail[0]).await;
        assert!(recorded.text("#mail dd").contains("ray@bank.example"), "{}", recorded.text("#mail"));
        let history = dana.get(&format!("{at}/history?headers=full")).await;
        assert!(history.html.contains("Hello") && !history.has("#basics"));
    }

    async fn tc114_files_are_grouped_by_name_newest_first_five_before_show_all(world: World) {
        let ticket = world.report("Worm", "Hello").await;
        for number in 0..7 {
            let message = NewMessage::text("x").attach(&format!("log-{number}.txt"), "text/plain", b"x".to_vec());
            let message = message.attach("same.txt", "text/plain", b"x".to_vec());
            say(&world, ticket, message).await;
        }
        let mut dana = Browser::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/tickets/{ticket}")).await;
        let names = page.texts("#files .file-name");
        assert_eq!(names.len(), 5);
        assert_eq!(names[0], "log-6.txt");
        let all = dana.get(&page.link("Show all").unwrap()).await;
        assert_eq!(all.texts("#files .file-name").len(), 8);
        assert!(all.texts("#files > .panel-body > ul > li").iter().any(|line| line.starts_with("same.txt") && line.matches("Alma Admin").count() == 7));
    }

    // B6: however long the history, the page holds a window of it
    async fn b6_a_page_does_not_grow_with_its_history(world: World) {
        let ticket = world.report("Long", "Hello").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let at = format!("/tickets/{ticket}");
        for _ in 0..60 {
            say(&world, ticket, NewMessage::text("a comment of some length, with 192.0.2.7 in it")).await;
        }
        let before = dana.get(&at).await.html.len();
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        for _ in 0..240 {
            let message = NewMessage::text("a comment of some length, with 192.0.2.7 in it");
            comment(&mut tx, &admin, Reply { ticket, message, time_taken: 0 }).await.unwrap();
        }
        tx.commit().await.unwrap();
        let after = dana.get(&at).await.html.len();
        assert!(after < before + before / 10, "{before} then {after}");
    }
}
