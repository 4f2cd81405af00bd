//! What must be true of the markup of every form.

use super::client::Client;
use super::{created, incident};

testkit::both! {
    async fn every_form_has_one_heading_unique_ids_and_a_label_for_each_input(world: World) {
        let report = world.report("Worm", "Traffic from 192.0.2.7").await;
        let incident = incident(&world, "dana", report).await;
        let other = world.report("Other", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/countermeasures/new?incident={incident}")).await;
        let block = created(&dana.submit(&page.form("form.form")).await);
        let mut paths: Vec<String> = ["reports", "incidents", "investigations", "countermeasures", "tickets"].map(|kind| format!("/{kind}/new")).into();
        paths.extend([format!("/investigations/new?incident={incident}"), format!("/countermeasures/new?incident={incident}")]);
        paths.extend([format!("/incidents/new?from={report}"), format!("/incidents/new?from={other}")]);
        for part in ["reply", "comment", "edit", "link"] {
            paths.extend([report, block].map(|id| format!("/tickets/{id}/{part}")));
        }
        for part in ["edit", "comment", "close?status=resolved", "reply-all", "reply-reporters", "link-children?kind=report"] {
            paths.push(format!("/tickets/{incident}/{part}"));
        }
        for path in paths {
            let page = dana.get(&path).await;
            assert_eq!((page.status, page.texts("h1").len()), (200, 1), "{path}: {}", page.words());
            let mut ids = page.attributes("[id]", "id");
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all, "{path}: an id is used twice");
            for form in page.html.split("<form").skip(1) {
                assert!(form.contains("</form>"), "{path}: a form stands in another");
            }
            let labelled = page.attributes("label[for]", "for");
            for id in page.attributes("main .field > input[id], main .field > select[id], main .field > textarea[id]", "id") {
                assert!(labelled.contains(&id), "{path}: {id} has no label");
            }
        }
    }
}
