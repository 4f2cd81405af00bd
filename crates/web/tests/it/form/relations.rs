//! Making and splitting tickets, answering with a look at what would happen, and the pages of Incidents, as a person does it
//! (IR sections 11.3, 12.1 … 12.5, 12.9).

use super::client::{Answer, Client};
use super::{created, incident, input_of, look, messages, values};
use domain::{Role, TicketKind};

testkit::both! {
    // IR-380, TC-026, TC-166
    async fn ir380_the_recipients_box_tells_who_by_which_rule_and_each_can_be_unticked(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        let page = dana.get(&format!("/tickets/{report}/reply")).await;
        let box_text = page.text("#recipients");
        assert!(box_text.contains("ray@bank.example") && box_text.contains("Send replies to requestors and Ccs"), "{box_text}");
        let form = page.form("form.form").set("message", "We look.").set("cc", "boss@bank.example");
        let page = dana.submit(&form.add("preview", "1")).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.attributes("#recipients input[name=mail][checked]", "value"), ["ray@bank.example", "boss@bank.example"]);
        assert_eq!(page.form("form.form").value("message"), "We look.", "what was typed stays");
        assert_eq!(messages(&world, report, "Correspond").await, [""; 0], "nothing was sent");
        world.sent().await;
        let form = page.form("form.form").clear("mail").add("mail", "boss@bank.example");
        assert_eq!(dana.submit(&form.clone().add("preview", "1")).await.attributes("#recipients input[name=mail][checked]", "value"), ["boss@bank.example"]);
        assert_eq!(dana.submit(&form).await.status, 303);
        let letters = world.sent().await;
        let all: Vec<&str> = letters.iter().flat_map(|letter| letter.letter.recipients.iter().map(String::as_str)).collect();
        assert_eq!(all, ["boss@bank.example"]);
    }

    // IR-379, IR-381, IR-383, IR-384
    async fn ir379_the_type_is_preset_by_the_action_and_the_status_is_carried_along(world: World) {
        let report = world.report("Worm", "First words").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        let form = dana.get(&format!("/tickets/{report}/comment?status=resolved")).await.form("form.form");
        assert_eq!((form.value("type"), form.value("status"), form.value("message")), ("comment", "resolved", ""), "IR-384: no signature");
        let form = dana.get(&format!("/tickets/{report}/reply")).await.form("form.form");
        assert_eq!((form.value("type"), form.value("status"), form.value("message")), ("reply", "", ""), "IR-383: empty from the menu");
        // IR-381: from a plain reply the state can be changed in the form; with it the owner
        let sent = dana.submit(&form.set("message", "Done.").set("status", "resolved").set("owner", "hana")).await;
        assert_eq!(sent.status, 303, "{}", sent.words());
        let now = look(&world, report).await;
        assert_eq!((now.ticket.status.as_str(), now.owner.name.as_str()), ("resolved", "hana"));
    }

    // IR-418, IR-419, IR-358
    async fn ir418_splitting_fills_the_form_with_everything_the_report_has(world: World) {
        let report = world.report("Worm", "Traffic from 192.0.2.7").await;
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get(&format!("/tickets/{report}/edit")).await.form("form.form");
        dana.submit(&form.set("ccs", "carla@bank.example").set("due", "2026-03-09T17:00")).await;
        let page = dana.get(&format!("/reports/new?split={report}")).await;
        assert_eq!(page.text("h1"), format!("Split Incident Report #{report}: Worm"));
        let form = page.form("form.form");
        let ip = input_of(&look(&world, report).await, "IP");
        assert_eq!((form.value("subject"), form.value("message"), form.value("status")), ("Worm", "Traffic from 192.0.2.7", "open"));
        assert_eq!((form.value("owner"), form.value("ccs"), form.value("due"), form.value(&ip)), ("dana", "carla@bank.example", "2026-03-09 17:00", "192.0.2.7"));
        assert!(form.value("requestors").contains("ray@bank.example"));
        assert_eq!(form.values("incidents"), [incident.to_string()], "IR-419: preselected");
        let page = dana.submit(&form.set("subject", "Another matter").set("quiet", "1")).await;
        let part = look(&world, created(&page)).await;
        assert_eq!((part.ticket.subject.as_str(), part.incidents().count(), part.holders(Role::Cc).count()), ("Another matter", 1, 1));
        assert!(part.links.iter().any(|link| link.ticket.id == report));
        let mut tariq = Client::signed_in(&world, "tariq").await;
        assert_eq!(tariq.get(&format!("/reports/new?split={report}")).await.status, 403, "needs ModifyTicket on the original");
    }

    async fn ir420_splitting_an_incident_leaves_its_children(world: World) {
        let report = world.report("Worm", "x").await;
        let old = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get(&format!("/incidents/new?split={old}")).await.form("form.form");
        let new = created(&dana.submit(&form).await);
        assert_eq!(look(&world, new).await.children(TicketKind::Report).count(), 0);
        let page = dana.get(&format!("/investigations/new?incident={new}")).await;
        let launched = created(&dana.submit(&page.form("form.form").set("requestors", "noc@isp.example")).await);
        assert_eq!(look(&world, launched).await.incidents().map(|one| one.ticket.id).collect::<Vec<_>>(), [new]);
    }

    async fn ir421_a_report_is_split_into_several_after_a_look(world: World) {
        let report = world.report("Scans", "from 192.0.2.7 here\nfrom 198.51.100.4 there").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        let page = dana.get(&format!("/tickets/{report}/split-many")).await;
        assert_eq!(page.attributes("input[name=values]", "value"), ["192.0.2.7", "198.51.100.4"]);
        let form = page.form("form.form");
        assert_eq!(dana.submit(&form).await.error("values"), "Tick at least one.");
        let form = form.add("values", "192.0.2.7").add("values", "198.51.100.4");
        let page = dana.submit(&form.clone().add("preview", "1")).await;
        assert!(page.words().contains("2 Reports will be made") && page.words().contains("Scans (198.51.100.4)"), "{}", page.words());
        let notice = dana.submit(&form).await.notice();
        assert_eq!(notice.split('/').count(), 2, "{notice}");
    }

    // IR-344, IR-345, IR-346, IR-347
    async fn ir346_incidents_are_chosen_by_number_and_listed_with_what_tells_them_apart(world: World) {
        let (first, second) = (world.report("First", "x").await, world.report("Second", "x").await);
        let (one, two) = (incident(&world, "dana", first).await, incident(&world, "dana", second).await);
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/countermeasures/new?incident={one}")).await;
        assert!(page.words().contains(&format!("#{one} Worm outbreak · Dana Duty · Incidents · 2026-03-02")), "{}", page.words());
        assert!(page.attributes("input[name=incidents]", "type").iter().all(|kind| kind == "hidden"), "a lone required one is fixed");
        let page = dana.submit(&page.form("form.form").set("incident", &two.to_string()).add("redisplay", "1")).await;
        assert_eq!(page.attributes("input[type=checkbox][name=incidents]", "value"), [one.to_string(), two.to_string()]);
        let form = page.form("form.form").set("requestors", "ops@isp.example");
        // IR-347: nothing is created for an unknown number or one of another type
        for (number, words) in [("99999".to_owned(), "There is no Incident #99999."), (first.to_string(), "is not an Incident")] {
            let page = dana.submit(&form.clone().set("incident", &number)).await;
            assert_eq!(page.status, 422);
            assert!(page.words().contains(words), "{}", page.words());
        }
        let block = created(&dana.submit(&form).await);
        assert_eq!(look(&world, block).await.incidents().count(), 2);
        // IR-345: presets
        let form = dana.get("/reports/new").await.form("form.form");
        assert_eq!((form.value("status"), form.value("owner"), form.value("level")), ("new", "dana", ""), "the service level is the queue's unless one is chosen");
    }

    // IR-353, IR-352, IR-357, IR-359
    async fn ir353_reports_are_attached_to_an_investigation_and_results_are_told(world: World) {
        let report = world.report("Worm", "Traffic from 192.0.2.7").await;
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        // IR-352: opened from an entry, that entry is quoted
        let page = dana.get(&format!("/investigations/new?incident={incident}&quote=1")).await;
        assert!(page.form("form.form").value("message").contains("> It spreads."));
        assert_eq!(page.attributes("input[name=attach_reports]", "value"), [report.to_string()]);
        let form = page.form("form.form").set("requestors", "noc@isp.example").add("attach_reports", &report.to_string());
        let form = form.set("time_estimated", "30").set("starts", "2026-03-03T08:00").set("refers_to", "https://feeds.example/7");
        let page = dana.submit(&form).await;
        let id = created(&page);
        assert_eq!(page.notice(), format!("created.{id}/linked-to.{incident}"));
        let made = look(&world, id).await;
        assert_eq!((made.ticket.time_estimated, made.uris.len()), (30, 1));
        assert!(dana.get(&format!("/tickets/{id}")).await.words().contains(&format!("report-{report}.eml")));
    }

    // IR-368, IR-369, IR-370, IR-371
    async fn ir371_both_tickets_and_the_link_are_told(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get("/incidents/new").await.form("form.form").set("subject", "Scan").set("owner", "dana").set("message", "Scans");
        let form = form.set("launch-requestors", "noc@isp.example").set("launch-time_worked", "4").add("launch", "1");
        let page = dana.submit(&form).await;
        let id = created(&page);
        let launched = look(&world, id).await.children(TicketKind::Investigation).next().unwrap().ticket.clone();
        assert_eq!((launched.subject.as_str(), launched.time_worked), ("Scan", 4));
        assert_eq!(page.notice(), format!("created.{id}/created.{0}/linked-to.{0}", launched.id));
    }

    // IR-362, IR-364, IR-365, IR-366, IR-098
    async fn ir364_an_incident_from_a_report_has_its_owner_subject_text_and_fields(world: World) {
        let report = world.report("Worm", "Traffic from 192.0.2.7").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        let page = dana.get(&format!("/incidents/new?from={report}")).await;
        let form = page.form("form.form");
        assert_eq!((form.value("message"), form.value("priority")), ("Traffic from 192.0.2.7", "50"), "unquoted, no signature");
        assert!(page.attributes("select[name=owner]", "name").is_empty() && page.words().contains("As of the ticket it is made from."));
        assert!(page.attributes("input[name=requestors]", "name").is_empty(), "IR-362: no correspondents");
        let id = created(&dana.submit(&form).await);
        assert_eq!((look(&world, report).await.ticket.status.as_str(), values(&look(&world, id).await, "IP")), ("open", vec!["192.0.2.7".to_owned()]));
    }

    // IR-361
    async fn ir361_a_block_waits_and_its_message_goes_out_at_once(world: World) {
        let report = world.report("Worm", "x").await;
        let incident = incident(&world, "dana", report).await;
        world.sent().await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/countermeasures/new?incident={incident}&ip=203.0.113.9")).await;
        let form = page.form("form.form").set("requestors", "ops@isp.example").set("message", "Please block it.").set("due", "2026-03-09T17:00");
        let id = created(&dana.submit(&form).await);
        let block = look(&world, id).await;
        assert_eq!((block.ticket.status.as_str(), block.ticket.due.is_some(), values(&block, "IP")), ("pending activation", true, vec!["203.0.113.9".to_owned()]));
        let letters = world.sent().await;
        assert!(letters.iter().any(|letter| letter.letter.recipients == ["ops@isp.example"]));
    }
}

testkit::both! {
    // IR-387, IR-388, IR-389, IR-390, IR-391, IR-396
    async fn ir387_the_incident_page_lists_open_children_ticked_and_says_what_becomes_of_them(world: World) {
        let (report, closed) = (world.report("Worm", "x").await, world.report("Old", "x").await);
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{closed}/take"), &[]).await;
        dana.post(&format!("/tickets/{closed}/link"), &[("incident", &incident.to_string())]).await;
        dana.post(&format!("/tickets/{closed}/status"), &[("status", "resolved")]).await;
        let page = dana.get(&format!("/investigations/new?incident={incident}")).await;
        let launched = created(&dana.submit(&page.form("form.form").set("requestors", "noc@isp.example")).await);
        for (address, title, listed) in [
            ("reply-reporters", format!("Incident #{incident}: Reply to Reporters"), vec![report]),
            ("reply-all", format!("Incident #{incident}: Reply to All"), vec![report, launched]),
            ("close?status=resolved", format!("Resolve Incident #{incident} (including children)"), vec![report, launched]),
            ("close?status=abandoned", format!("Abandon Incident #{incident} (including children)"), vec![report, launched]),
        ] {
            let page = dana.get(&format!("/tickets/{incident}/{address}")).await;
            assert_eq!(page.text("h1"), title);
            let form = page.form("form.form");
            let ticked: Vec<String> = ["reports", "investigations"].iter().flat_map(|name| form.values(name)).map(str::to_owned).collect();
            assert_eq!(ticked, listed.iter().map(ToString::to_string).collect::<Vec<_>>(), "{address}");
            assert_eq!((form.value("on_incident"), form.value("owner")), ("", "dana"), "IR-390: off");
        }
        let page = dana.get(&format!("/tickets/{incident}/close?status=abandoned")).await;
        assert!(page.words().contains("Incident Reports: rejected · Investigations: resolved"), "{}", page.words());
        // IR-391: the time is the Incident's alone, reports go along as messages
        let form = page.form("form.form").set("status", "resolved").set("message", "Done.").set("time_worked", "6").add("attach_reports", &closed.to_string());
        dana.submit(&form).await;
        assert_eq!((look(&world, incident).await.ticket.time_worked, look(&world, launched).await.ticket.time_worked), (6, 0));
        assert!(dana.get(&format!("/tickets/{launched}")).await.words().contains(&format!("report-{closed}.eml")));
        // IR-389: nobody left to write to, and it can be sent still
        dana.post(&format!("/tickets/{incident}/status"), &[("status", "open")]).await;
        let page = dana.get(&format!("/tickets/{incident}/close?status=abandoned")).await;
        assert!(page.words().to_lowercase().contains("no recipients"), "{}", page.words());
        assert_eq!(dana.submit(&page.form("form.form")).await.status, 303);
    }

    // IR-334, IR-335, IR-337, IR-338, IR-339, IR-340, IR-142, IR-141
    async fn ir334_the_menu_offers_what_the_viewer_may_do(world: World) {
        let report = world.report("Worm", "x").await;
        let incident = incident(&world, "dana", report).await;
        let entries = |page: &Answer, id: domain::TicketId| {
            let part = |href: String| href.strip_prefix(&format!("/tickets/{id}/")).map(str::to_owned);
            page.attributes("a", "href").into_iter().filter_map(part).collect::<Vec<_>>()
        };
        let (mut dana, mut hana) = (Client::signed_in(&world, "dana").await, Client::signed_in(&world, "hana").await);
        let (owner, other) = (entries(&dana.get(&format!("/tickets/{report}")).await, report), entries(&hana.get(&format!("/tickets/{report}")).await, report));
        for entry in ["edit", "merge", "advanced", "split-many"] {
            assert!(owner.contains(&entry.to_owned()) && !other.contains(&entry.to_owned()), "{entry}: {owner:?} {other:?}");
        }
        for entry in ["reply", "comment", "forward", "reply?status=rejected"] {
            assert!(owner.contains(&entry.to_owned()) && other.contains(&entry.to_owned()), "{entry}: {owner:?} {other:?}");
        }
        assert!(dana.get(&format!("/tickets/{report}")).await.attributes("a", "href").contains(&format!("/reports/new?split={report}")));
        // IR-337: the Incident's replies are its owner's (IR-142)
        let (owner, other) = (entries(&dana.get(&format!("/tickets/{incident}")).await, incident), entries(&hana.get(&format!("/tickets/{incident}")).await, incident));
        for entry in ["reply-reporters", "reply-all", "close?status=resolved", "close?status=abandoned"] {
            assert!(owner.contains(&entry.to_owned()) && !other.contains(&entry.to_owned()), "{entry}: {owner:?} {other:?}");
        }
    }

    // IR-372, IR-375, IR-376
    async fn ir372_the_edit_page_shows_what_each_type_may_change(world: World) {
        let report = world.report("Worm", "x").await;
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/countermeasures/new?incident={incident}")).await;
        let block = created(&dana.submit(&page.form("form.form").set("requestors", "ops@isp.example")).await);
        let names = |page: &Answer| {
            let inputs = page.attributes("form.form input, form.form select, form.form textarea", "name");
            inputs.into_iter().filter(|name| !name.starts_with("was-")).collect::<Vec<_>>()
        };
        for (id, has, lacks) in [
            (report, vec!["subject", "owner", "queue", "level", "requestors", "ccs", "starts", "due", "told"], vec!["status", "priority"]),
            (incident, vec!["subject", "owner", "priority"], vec!["status", "requestors"]),
            (block, vec!["status", "requestors"], vec!["priority"]),
        ] {
            let names = names(&dana.get(&format!("/tickets/{id}/edit")).await);
            for name in has {
                assert!(names.iter().any(|other| other == name), "#{id} {name}: {names:?}");
            }
            for name in lacks {
                assert!(!names.iter().any(|other| other == name), "#{id} {name}: {names:?}");
            }
        }
        // IR-375: one wrong thing and nothing is saved; IR-376: afterwards the page is shown
        let form = dana.get(&format!("/tickets/{block}/edit")).await.form("form.form");
        assert_eq!(dana.submit(&form.clone().set("subject", "New").set("due", "soon")).await.status, 422);
        assert_ne!(look(&world, block).await.ticket.subject, "New");
        let saved = dana.submit(&form.set("status", "active")).await;
        assert_eq!(saved.location.as_deref(), Some(format!("/tickets/{block}").as_str()));
        assert_eq!(look(&world, block).await.ticket.status, "active");
    }
}
