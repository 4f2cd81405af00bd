//! Merging and taking it back, as a person does it.

use super::client::Client;
use super::{created, incident, look};
use domain::TicketId;

async fn investigation(dana: &mut Client, incident: TicketId) -> TicketId {
    let page = dana.get(&format!("/investigations/new?incident={incident}")).await;
    created(&dana.submit(&page.form("form.form").set("requestors", "noc@isp.example")).await)
}

testkit::both! {
    // IR-411, IR-309
    async fn ir411_a_report_is_offered_its_siblings_open_reports_and_investigations(world: World) {
        let (mine, sibling, other) = (world.report("Mine", "x").await, world.report("Sibling", "x").await, world.report("Other", "x").await);
        let incident = incident(&world, "dana", mine).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{sibling}/link"), &[("incident", &incident.to_string())]).await;
        let launched = investigation(&mut dana, incident).await;
        dana.post(&format!("/tickets/{sibling}/take"), &[]).await;
        dana.post(&format!("/tickets/{sibling}/status"), &[("status", "resolved")]).await;
        let page = dana.get(&format!("/tickets/{mine}/merge")).await;
        let listed = |part: &str| page.attributes(&format!("#{part} input[type=radio][name=into]"), "value");
        let sorted = |mut ids: Vec<String>| { ids.sort(); ids };
        assert_eq!(sorted(listed("siblings")), [sibling.to_string(), launched.to_string()], "any status");
        assert_eq!(listed("same"), [other.to_string()], "open ones, without itself");
        assert_eq!(listed("other"), [launched.to_string()]);
        assert_eq!(page.texts("button.primary"), ["Merge"]);
        let page = dana.get(&format!("/tickets/{mine}/merge?words=sib")).await;
        assert!(page.attributes("#same input[name=into]", "value").is_empty());
        // IR-301
        let edited = "Status = 'resolved'";
        let page = dana.get(&format!("/tickets/{mine}/merge?query-same={}", http_door::urls::encode(edited))).await;
        assert_eq!(page.attributes("#same input[name=into]", "value"), [sibling.to_string()], "what is edited cannot leave the type");
        let page = dana.get(&format!("/tickets/{mine}/merge?query-same=Nonsense+%3D+1")).await;
        assert!(page.words().contains("Unknown field: Nonsense"), "{}", page.words());
    }

    // IR-417, IR-228, IR-412
    async fn ir417_after_a_merge_the_targets_page_is_shown_with_both_histories(world: World) {
        let (source, target) = (world.report("Source", "from the source").await, world.report("Target", "from the target").await);
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get(&format!("/tickets/{source}/merge")).await.form("#merge-form");
        let page = dana.submit(&form.clone()).await;
        assert_eq!((page.status, page.error("number").as_str()), (422, "Choose a ticket or type its number."));
        let page = dana.submit(&form.clone().set("number", "4711")).await;
        assert_eq!((page.status, page.error("number").as_str()), (422, "There is no ticket #4711."));
        let answer = dana.submit(&form.set("into", &target.to_string())).await;
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some(format!("/tickets/{target}").as_str())));
        let page = dana.get(&format!("/tickets/{target}")).await;
        let words = page.words();
        assert!(words.contains("from the source") && words.contains("from the target"), "{words}");
        assert!(page.texts(".entry .chip").contains(&format!("#{source}")), "entries of the source are marked");
        assert_eq!(dana.get(&format!("/tickets/{source}")).await.location.as_deref(), Some(format!("/tickets/{target}").as_str()));
        // what the source's entry says can be quoted
        let quoting = page.attributes(".entry .actions a", "href").into_iter().find(|href| href.contains(&format!("reply?quote={source}-1"))).unwrap();
        assert!(dana.get(&quoting).await.form("form.form").value("message").contains("> from the source"));
        assert_eq!(look(&world, target).await.owner.name, "dana");
    }

    async fn tc085_a_merge_is_taken_back_after_a_page_that_says_what_will_be(world: World) {
        let (source, target) = (world.report("Source", "from 192.0.2.7").await, world.report("Target", "x").await);
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{source}/merge"), &[("number", &target.to_string())]).await;
        let page = dana.get(&format!("/tickets/{target}")).await;
        let way = page.attributes("#merged a", "href");
        assert_eq!(way, [format!("/tickets/{source}/unmerge")]);
        let page = dana.get(&way[0]).await;
        assert!(page.words().contains("IP 192.0.2.7") && page.words().contains("Take it out"), "{}", page.words());
        let answer = dana.submit(&page.form("form.confirm")).await;
        assert_eq!(answer.notice(), format!("unmerged.{source}"));
        assert_eq!(look(&world, source).await.ticket.id, source);
        assert_eq!(dana.post(&way[0], &[]).await.status, 422, "once is enough");
        let mut hana = Client::signed_in(&world, "hana").await;
        dana.post(&format!("/tickets/{source}/merge"), &[("number", &target.to_string())]).await;
        assert_eq!(hana.get(&way[0]).await.status, 403, "only who may change the target");
    }
}
