//! Linking and unlinking.

use super::client::Client;
use super::{created, incident, look};

testkit::both! {
    async fn a_report_is_linked_to_a_listed_incident_or_by_number_and_parted_again(world: World) {
        let first = world.report("First", "x").await;
        let second = world.report("Second", "x").await;
        let incident = incident(&world, "dana", first).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/tickets/{second}/link")).await;
        assert_eq!(page.attributes("input[type=radio][name=incident]", "value"), [incident.to_string()]);
        assert!(page.words().contains("A closed Incident is opened again"));
        assert_eq!(page.texts("button.primary"), ["Link"], "one thing is the main one");
        let form = page.form("#link-form");
        let page = dana.submit(&form.clone()).await;
        assert_eq!((page.status, page.error("number").is_empty()), (422, false));
        let page = dana.submit(&form.clone().set("number", "99999")).await;
        assert_eq!((page.status, page.error("number").as_str()), (422, "There is no Incident #99999."));
        assert_eq!(page.form("#link-form").value("number"), "99999");
        let page = dana.submit(&form.clone().set("number", &first.to_string())).await;
        assert!(page.error("number").contains("is not an Incident"), "{}", page.words());
        assert_eq!(dana.submit(&form.set("incident", &incident.to_string())).await.status, 303);
        assert_eq!(look(&world, second).await.ticket.status, "open");

        dana.post(&format!("/tickets/{second}/take"), &[]).await;
        dana.post(&format!("/tickets/{second}/unlink"), &[("incident", &incident.to_string())]).await;
        assert_eq!(look(&world, second).await.incidents().count(), 0);
        assert_eq!(dana.post(&format!("/tickets/{second}/unlink"), &[("incident", &incident.to_string())]).await.status, 422);
    }

    async fn an_incident_takes_several_reports_at_once(world: World) {
        let first = world.report("First", "x").await;
        let (second, third) = (world.report("Second", "x").await, world.report("Third", "x").await);
        let incident = incident(&world, "dana", first).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/tickets/{incident}/link-children?kind=report&words=ir")).await;
        assert_eq!(page.attributes("input[name=children]", "value"), [third.to_string()]);
        let page = dana.get(&format!("/tickets/{incident}/link-children?kind=report")).await;
        assert!(!page.words().contains("A closed Incident is opened again"), "{}", page.words());
        let form = page.form("#link-form").add("children", &second.to_string()).add("children", &third.to_string());
        assert_eq!(dana.submit(&form).await.status, 303);
        assert_eq!(look(&world, incident).await.children(domain::TicketKind::Report).count(), 3);
        dana.post(&format!("/tickets/{third}/take"), &[]).await;
        let page = dana.post(&format!("/tickets/{incident}/unlink"), &[("child", &third.to_string())]).await;
        assert_eq!(page.status, 303);
        assert_eq!(look(&world, incident).await.children(domain::TicketKind::Report).count(), 2);
    }

    async fn a_block_cannot_lose_its_last_incident(world: World) {
        let report = world.report("Worm", "x").await;
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/countermeasures/new?incident={incident}")).await;
        let block = created(&dana.submit(&page.form("form.form")).await);
        let page = dana.post(&format!("/tickets/{block}/unlink"), &[("incident", &incident.to_string())]).await;
        assert_eq!((page.status, page.words().contains("must be part of an Incident")), (422, true));
        assert_eq!(look(&world, block).await.incidents().count(), 1);
    }
}
