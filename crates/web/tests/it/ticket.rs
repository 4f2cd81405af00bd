//! The page of a ticket: what stands on it, for whom, and that nothing of what strangers wrote gets out of its place.

use actions::message::{NewMessage, NewPart};
use actions::ticket::{
    Create, FieldInput, Link, OwnerChange, Reply, change_owner, comment, create, link, reply, set_due, set_values,
};
use axum::http::StatusCode;
use domain::TicketId;
use domain::link::LinkKind;
use domain::person::PersonName;
use testkit::World;

use crate::browser::Browser;

async fn take(world: &World, ticket: TicketId) {
    let dana = world.actor("dana").await;
    let mut tx = world.tx().await;
    change_owner(&mut tx, &dana, ticket, OwnerChange::Take).await.unwrap();
    tx.commit().await.unwrap();
}

async fn incident_of(world: &World, report: TicketId) -> TicketId {
    take(world, report).await;
    let dana = world.actor("dana").await;
    let queue = world.queue_id("Incidents").await;
    let mut tx = world.tx().await;
    let mut input = Create::new(queue, "Outbreak", NewMessage::text("Write to noc@isp.example about 192.0.2.7"));
    input.members = vec![report];
    input.owner = Some("dana".to_owned());
    let incident = create(&mut tx, &dana, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    incident
}

testkit::both! {
    // IR-010, IR-324
    async fn a_report_shows_who_what_when_and_what_can_be_done(world: World) {
        let ticket = world.report("Worm from your network", "Traffic from 192.0.2.7 to www.shop.example\n> a\n> b\n> c\n> d").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get(&format!("/tickets/{ticket}")).await;
        assert_eq!(page.text("h1"), "Worm from your network");
        assert_eq!(page.text(".ticket-id"), format!("Incident Report #{ticket}"));
        assert!(page.text("#people").contains("ray@bank.example"));
        assert!(page.text(".entry.incoming").contains("Received"));
        assert_eq!(page.text(".quoted summary"), "4 quoted lines");
        let labels = page.texts(".action-bar .button");
        assert_eq!(labels, ["Take", "Reply", "Comment", "New Incident", "Reject"], "who does not own it takes it first");
        assert!(browser.get(&page.link("New Incident").unwrap()).await.text("#take-first").contains("has no owner"));
        take(&world, ticket).await;
        let page = browser.get(&format!("/tickets/{ticket}")).await;
        let labels = page.texts(".action-bar .button");
        for label in ["Reply", "Comment", "New Incident", "Open It", "Resolve", "Reject"] {
            assert!(labels.iter().any(|other| other == label), "{label} in {labels:?}");
        }
        assert_eq!(page.link("Reject").unwrap(), format!("/tickets/{ticket}/reply?status=rejected"));
        assert_eq!(page.link("New Incident").unwrap(), format!("/incidents/new?from={ticket}"));
        let search = page.attributes("dd .observable a", "href").into_iter().next().unwrap();
        assert_eq!(browser.get(&search).await.texts("#results tbody th a"), ["Worm from your network"]);
        assert_eq!(page.text(".message-text .observable summary"), "192.0.2.7");
        let mails = page.texts(".entry.change").into_iter().filter(|line| line.contains("mailed “")).collect::<Vec<_>>();
        assert!(mails.iter().any(|line| line.contains("ray@bank.example") && line.contains("queued")), "{mails:?}");
    }

    async fn an_incident_shows_its_family_and_leads_to_investigations(world: World) {
        let report = world.report("Worm", "Traffic from 192.0.2.7").await;
        let incident = incident_of(&world, report).await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get(&format!("/tickets/{incident}")).await;
        assert_eq!(page.texts("#incident_reports tbody th a"), ["Worm"]);
        assert_eq!(page.text("#investigations .empty-line"), "(No active Investigations)");
        assert!(page.has(".history .entry"), "IR-332");
        assert_eq!(page.link("Investigate to").unwrap(), format!("/investigations/new?incident={incident}&to=noc%40isp.example"));
        assert_eq!(page.link("Block").unwrap(), format!("/countermeasures/new?incident={incident}&ip=192.0.2.7"));
        assert_eq!(page.link("Resolve").unwrap(), format!("/tickets/{incident}/close?status=resolved"));
        assert_eq!(page.link("Reply to Reporters").unwrap(), format!("/tickets/{incident}/reply-reporters"));
        let page = browser.get(&format!("/tickets/{report}")).await;
        assert!(page.text("#incidents").contains(&format!("#{incident} Outbreak")));
        assert!(page.texts(".entry.change").iter().any(|line| line.contains(&format!("linked: member of #{incident}"))));
        assert!(page.link("Block").is_none(), "a report alone is no reason to block anybody");
    }

    // TC-096, TC-102: kinds of changes, in words made when they are shown
    async fn changes_are_told_in_words(world: World) {
        let ticket = world.report("Worm", "Traffic from 192.0.2.7 and 192.0.2.8").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get(&format!("/tickets/{ticket}")).await;
        assert!(page.texts(".facts .observable summary").contains(&"192.0.2.7".to_owned()));
        assert!(!page.texts(".entry.change").iter().any(|line| line.contains("IP")), "IR-116: what the system found");
        take(&world, ticket).await;
        let dana = world.actor("dana").await;
        let queue = world.queue_id("Incident Reports").await;
        let mut tx = world.tx().await;
        let field = tx.catalog().field_named(queue, "IP").unwrap().id;
        let values = ["192.0.2.7", "203.0.113.1"].map(str::to_owned).to_vec();
        set_values(&mut tx, &dana, ticket, FieldInput { field, values }).await.unwrap();
        set_due(&mut tx, &dana, ticket, None).await.unwrap();
        let hana = world.actor("hana").await;
        change_owner(&mut tx, &dana, ticket, OwnerChange::Give(hana.id())).await.unwrap();
        tx.commit().await.unwrap();
        let lines = browser.get(&format!("/tickets/{ticket}")).await.texts(".entry.change");
        let given = format!("gave the ticket to {}", hana.user.display_name());
        for words in ["added 203.0.113.1 to IP", "removed 192.0.2.8 from IP", "cleared Due", &given] {
            assert!(lines.iter().any(|line| line.contains(words)), "{words} in {lines:?}");
        }
    }

    async fn the_message_that_launches_is_called_that(world: World) {
        let report = world.report("Worm", "x").await;
        let incident = incident_of(&world, report).await;
        let dana = world.actor("dana").await;
        let queue = world.queue_id("Investigations").await;
        let mut tx = world.tx().await;
        let mut input = Create::new(queue, "Please stop it", NewMessage::text("Dear provider"));
        input.requestors = PersonName::parse_list("noc@isp.example").unwrap();
        input.incidents = vec![incident];
        input.owner = Some("dana".to_owned());
        let investigation = create(&mut tx, &dana, input).await.unwrap().ticket;
        tx.commit().await.unwrap();
        let mut browser = Browser::signed_in(&world, "dana").await;
        let lines = browser.get(&format!("/tickets/{investigation}")).await.texts(".entry.change");
        assert!(lines.iter().any(|line| line.contains("mailed the launch message to noc@isp.example")), "{lines:?}");
        assert_ne!(dana.user.display_name(), "dana");
        assert!(browser.get("/investigations").await.text("td .owner").contains(dana.user.display_name()));
    }

    async fn comments_are_for_the_team_and_look_it(world: World) {
        let ticket = world.report("Worm", "x").await;
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        comment(&mut tx, &dana, Reply { ticket, message: NewMessage::text("Called them."), time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        let page = Browser::signed_in(&world, "tariq").await.get(&format!("/tickets/{ticket}")).await;
        assert!(page.text(".entry.comment").contains("Internal comment"));
        assert!(page.text(".entry.comment").contains("Called them."));
    }

    async fn what_is_unseen_is_said_and_can_be_jumped_to(world: World) {
        let ticket = world.report("Worm", "x").await;
        let mut browser = Browser::signed_in(&world, "tariq").await;
        let page = browser.get(&format!("/tickets/{ticket}")).await;
        assert!(page.text("#unread").contains("One new message"));
        assert_eq!(page.link("Jump to it").unwrap(), format!("/tickets/{ticket}#change-1"));
        assert!(page.has("#change-1.unseen"));
        let page = browser.post(&format!("/tickets/{ticket}/seen"), &[]).await;
        assert!(!page.has("#unread"));
    }

    async fn the_history_comes_in_windows_newest_first(world: World) {
        let ticket = world.report("Worm", "the very first").await;
        let dana = world.actor("dana").await;
        for number in 0..40 {
            let mut tx = world.tx().await;
            comment(&mut tx, &dana, Reply { ticket, message: NewMessage::text(format!("note {number}")), time_taken: 0 }).await.unwrap();
            tx.commit().await.unwrap();
        }
        let mut browser = Browser::signed_in(&world, "dana").await;
        let mut page = browser.get(&format!("/tickets/{ticket}")).await;
        assert!(page.text(".entry").contains("note 39"));
        assert!(page.texts(".entry").len() <= 25 && !page.html.contains("the very first"));
        let mut seen = page.texts(".entry").len();
        while let Some(older) = page.link("Older") {
            page = browser.get(&older).await;
            seen += page.texts(".entry").len();
        }
        assert!(page.html.contains("the very first"));
        let version: usize = browser.get(&format!("/tickets/{ticket}/version")).await.html.parse().unwrap();
        assert_eq!(seen, version, "no change is shown twice or left out");
    }

    // TC-112: nothing runs, loads or leaves its place.
    async fn hostile_mail_stays_in_its_place(world: World) {
        let ticket = world.report("<img src=x onerror=alert(1)>", "javascript:alert(1) <script>alert(2)</script> http://evil.example/\"onmouseover=alert(3)").await;
        let dana = world.actor("dana").await;
        let hostile = b"<p>Hi</p><img src='http://evil.example/pixel.png'><a href='javascript:alert(1)'>x</a><script>alert(1)</script><svg onload=alert(1)>";
        let part = NewPart { content_type: "text/html".to_owned(), content: Some(hostile.to_vec()), ..NewPart::default() };
        let message = NewMessage { parts: vec![part], text: "Hi".to_owned(), ..NewMessage::default() };
        let mut tx = world.tx().await;
        reply(&mut tx, &dana, Reply { ticket, message, time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get(&format!("/tickets/{ticket}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.has("main img") && !page.has("main script") && !page.has("main [onerror]") && !page.has("main [onmouseover]"));
        assert_eq!(page.text(".message-html p"), "Hi");
        let links = page.attributes("a", "href");
        assert!(links.iter().all(|href| !href.trim().to_lowercase().starts_with("javascript")), "{links:?}");
        assert_eq!(page.html.matches("<script").count(), 1, "our own");
    }

    async fn a_flood_of_addresses_stays_readable(world: World) {
        let lines: Vec<String> = (0..3_000).map(|number| format!("10.{}.{}.1", number / 250, number % 250)).collect();
        let text = lines.join("\n");
        let ticket = world.report("Flood", &text).await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let mut page = browser.get(&format!("/tickets/{ticket}")).await;
        while let Some(older) = page.link("Older") {
            page = browser.get(&older).await;
        }
        assert!(page.texts("details.observable").len() < 400);
        assert!(page.html.contains("10.11.249.1"));
    }

    async fn values_of_fields_lead_to_a_search_whatever_they_hold(world: World) {
        let ticket = world.report("Worm", "x").await;
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        let queue = world.queue_id("Incident Reports").await;
        let field = tx.catalog().field_named(queue, "Domain").unwrap().id;
        set_values(&mut tx, &dana, ticket, FieldInput { field, values: vec!["it's \\ <b>'".to_owned()] }).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get(&format!("/tickets/{ticket}")).await;
        let search = page.link("it's \\ <b>'").unwrap();
        assert_eq!(browser.get(&search).await.texts("#results tbody th a"), ["Worm"]);
    }

    async fn links_of_all_kinds_are_told_in_words(world: World) {
        let (one, other) = (world.report("One", "x").await, world.report("Other", "x").await);
        take(&world, one).await;
        take(&world, other).await;
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        link(&mut tx, &dana, Link { kind: LinkKind::RefersTo, base: one, target: other }).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get(&format!("/tickets/{other}")).await;
        assert!(page.texts(".entry.change").iter().any(|line| line.contains(&format!("linked: referred to by #{one}"))));
    }
}
