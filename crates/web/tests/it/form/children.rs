//! The pages around an Incident's children: all of a type, several linked at once, the owner told; Forward and Advanced.

use super::client::{Answer, Client};
use super::{created, incident, look};
use domain::TicketKind;

testkit::both! {
    // IR-333, IR-409
    async fn ir333_children_are_filtered_by_status_counted_and_unlinked_together(world: World) {
        let (first, second, third) = (world.report("First", "x").await, world.report("Second", "x").await, world.report("Third", "x").await);
        let incident = incident(&world, "dana", first).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        for id in [second, third] {
            dana.post(&format!("/tickets/{id}/take"), &[]).await;
            dana.post(&format!("/tickets/{id}/link"), &[("incident", &incident.to_string())]).await;
        }
        dana.post(&format!("/tickets/{third}/status"), &[("status", "rejected")]).await;
        let address = format!("/tickets/{incident}/children?kind=report");
        assert!(dana.get(&format!("/tickets/{incident}")).await.attributes("#incident_reports h2 a", "href").contains(&address));
        let page = dana.get(&address).await;
        assert_eq!(page.text("#children-title"), "Incident Reports 2(3)");
        assert_eq!(page.attributes("#children input[name=child]", "value").len(), 2);
        let page = dana.get(&format!("{address}&status=rejected&order=-id")).await;
        assert_eq!((page.text("#children-title").as_str(), page.attributes("#children input[name=child]", "value")), ("Incident Reports 1(3)", vec![third.to_string()]));
        assert_eq!(page.attributes("input[name=status][checked]", "value"), ["rejected"]);
        let page = dana.get(&format!("{address}&status=new&status=open&status=resolved&status=rejected")).await;
        assert_eq!(page.text("#children-title"), "Incident Reports 3");
        let form = page.form("#children-form").add("child", &second.to_string()).add("child", &third.to_string());
        assert_eq!(dana.submit(&form).await.status, 303);
        assert_eq!(look(&world, incident).await.children(TicketKind::Report).map(|one| one.ticket.id).collect::<Vec<_>>(), [first]);
        assert_eq!(dana.get(&format!("/tickets/{first}/children")).await.status, 404, "a report has none");
    }

    // IR-407, IR-406
    async fn ir407_each_of_several_links_has_its_result(world: World) {
        let (first, second) = (world.report("First", "x").await, world.report("Second", "x").await);
        let incident = incident(&world, "dana", first).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get(&format!("/tickets/{incident}/link-children?kind=report")).await.form("#link-form");
        let page = dana.submit(&form.clone().set("number", &format!("{second} 99999 {incident}"))).await;
        assert_eq!(page.status, 422);
        let words = page.words();
        for wanted in ["#99999: There is no such ticket.".to_owned(), format!("#{incident} cannot be part of an Incident."), format!("Linked with #{second}.")] {
            assert!(words.contains(&wanted), "{wanted}: {words}");
        }
        assert_eq!(look(&world, incident).await.children(TicketKind::Report).count(), 2, "what could be linked is linked");
    }

    // IR-404, IR-405, IR-310
    async fn ir404_edit_search_finds_closed_incidents_too(world: World) {
        let (first, second) = (world.report("First", "x").await, world.report("Second", "x").await);
        let incident = incident(&world, "dana", first).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{incident}/status"), &[("status", "resolved")]).await;
        let offered = |page: &Answer| page.attributes("input[type=radio][name=incident]", "value");
        assert!(offered(&dana.get(&format!("/tickets/{second}/link")).await).is_empty());
        let page = dana.get(&format!("/tickets/{second}/link?query=Status+%3D+%27resolved%27")).await;
        assert_eq!(offered(&page), [incident.to_string()]);
        dana.submit(&page.form("#link-form").set("incident", &incident.to_string())).await;
        assert_eq!(look(&world, incident).await.ticket.status, "open");
        assert!(offered(&dana.get(&format!("/tickets/{second}/link?query=Status+%3D+%27open%27")).await).is_empty(), "it is in there already");
    }

    async fn ir410_the_owner_of_the_incident_is_told_with_one_press(world: World) {
        let (first, second) = (world.report("First", "x").await, world.report("Second", "x").await);
        let incident = incident(&world, "dana", first).await;
        let mut hana = Client::signed_in(&world, "hana").await;
        hana.post(&format!("/tickets/{second}/take"), &[]).await;
        let answer = hana.post(&format!("/tickets/{second}/link"), &[("incident", &incident.to_string())]).await;
        assert_eq!((answer.status, answer.notice()), (303, format!("linked-to.{incident}")));
        let page = hana.get(answer.location.as_deref().unwrap()).await;
        assert!(page.text("#alert-owner").contains("Tell Dana Duty"), "{}", page.words());
        let told = hana.submit(&page.form("#alert-owner form").add("incident", &incident.to_string())).await;
        assert_eq!(told.notice(), format!("owner-alerted.{second}"));
        assert!(hana.get(&format!("/tickets/{second}")).await.text("#alert-owner").is_empty(), "asked once");
    }

    // IR-018
    async fn ir018_the_warning_names_the_former_incident(world: World) {
        let (first, second) = (world.report("First", "x").await, world.report("Second", "x").await);
        let (old, new) = (incident(&world, "dana", first).await, incident(&world, "dana", second).await);
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/investigations/new?incident={old}")).await;
        let investigation = created(&dana.submit(&page.form("form.form").set("requestors", "noc@isp.example")).await);
        dana.post(&format!("/tickets/{first}/unlink"), &[("incident", &old.to_string())]).await;
        let answer = dana.post(&format!("/tickets/{investigation}/link"), &[("incident", &new.to_string())]).await;
        assert_eq!(answer.notice(), format!("linked-to.{new}/childless-warning.{old}"));
    }
}

testkit::both! {
    // IR-422, IR-338
    async fn ir422_forwarding_asks_for_addresses_and_is_kept_when_refused(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/tickets/{report}")).await;
        let way = page.attributes("a", "href").into_iter().find(|href| *href == format!("/tickets/{report}/forward?entry=1"));
        let page = dana.get(&way.unwrap()).await;
        assert_eq!(page.form("form.form").value("subject"), "Fwd: Worm");
        let page = dana.submit(&page.form("form.form").set("to", "nonsense@").set("message", "Kept")).await;
        assert_eq!((page.status, page.error("to").is_empty(), page.form("form.form").value("message")), (422, false, "Kept"));
        let answer = dana.submit(&page.form("form.form").set("to", "cert@friends.example")).await;
        assert_eq!(answer.notice(), format!("forwarded.{report}"));
        assert!(dana.get(&format!("/tickets/{report}")).await.words().contains("forwarded a message to cert@friends.example"));
    }

    // IR-423, IR-424, IR-158, TC-076
    async fn ir423_advanced_changes_queue_times_priorities_links_and_merges(world: World) {
        let (report, other) = (world.report("Worm", "x").await, world.report("Other", "x").await);
        let mut admin = Client::signed_in(&world, "admin").await;
        let general = world.queue_id("General").await;
        let form = admin.get(&format!("/tickets/{report}/advanced")).await.form("form.form");
        let form = form.set("priority", "70").set("final_priority", "90").set("time_worked", "5").set("time_left", "6").set("subject", "Better");
        let form = form.set("refers-to", &format!("{other} https://example.org/advisory")).set("depended-on-by", &other.to_string());
        let answer = admin.submit(&form.clone().set("queue", &general.to_string())).await;
        assert_eq!(answer.status, 303, "{}", answer.words());
        let view = look(&world, report).await;
        let ticket = &view.ticket;
        assert_eq!((ticket.priority, ticket.final_priority, ticket.time_worked, ticket.time_left, ticket.subject.as_str()), (70, 90, 5, 6, "Better"));
        assert_eq!((view.queue.name.as_str(), view.links.len(), view.uris.len()), ("General", 2, 1));
        // a mistake anywhere: nothing is saved
        let form = admin.get(&format!("/tickets/{report}/advanced")).await.form("form.form");
        let page = admin.submit(&form.clone().set("subject", "Lost").set("parents", "99999")).await;
        assert_eq!((page.status, page.error("parents").as_str()), (422, "There is no such ticket."));
        assert_eq!(look(&world, report).await.ticket.subject, "Better");
        let gone = form.clone().add("unlink-refers-to", &other.to_string()).add("unlink-refers-to", "https://example.org/advisory");
        admin.submit(&gone).await;
        let view = look(&world, report).await;
        assert_eq!((view.links.len(), view.uris.len()), (1, 0));
        // merged with a ticket of another type and queue
        let form = admin.get(&format!("/tickets/{report}/advanced")).await.form("form.form");
        let answer = admin.submit(&form.set("merge", &other.to_string())).await;
        assert_eq!(answer.location.as_deref(), Some(format!("/tickets/{other}").as_str()));
        let mut dana = Client::signed_in(&world, "dana").await;
        assert_eq!(dana.get(&format!("/tickets/{other}/advanced")).await.status, 403, "ModifyTicket (IR-335)");
    }
}
