//! A case from its report to its end, by forms alone.

use super::client::Client;
use super::{created, look, messages};
use domain::TicketKind;

testkit::both! {
    async fn a_case_is_handled_from_report_to_resolution_by_forms(world: World) {
        let report = world.report("Würmer aus Ihrem Netz", "Angriff von 192.0.2.7\nund shop.example").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{report}/take"), &[]).await;

        let form = dana.get(&format!("/incidents/new?from={report}")).await.form("form.form");
        let incident = created(&dana.submit(&form).await);
        assert_eq!(look(&world, report).await.ticket.status, "open");

        let page = dana.get(&format!("/investigations/new?incident={incident}&to=noc@isp.example")).await;
        let form = page.form("form.form");
        assert!(form.value("message").contains("> Angriff von 192.0.2.7"), "{}", form.value("message"));
        let investigation = created(&dana.submit(&form).await);
        assert_eq!(look(&world, incident).await.ticket.due, look(&world, report).await.ticket.due);

        let page = dana.get(&format!("/tickets/{report}/reply?quote=1")).await;
        dana.submit(&page.form("form.form").set("message", "Danke, wir kümmern uns.")).await;
        assert_eq!(messages(&world, report, "Correspond").await, ["Danke, wir kümmern uns."]);

        let page = dana.get(&format!("/tickets/{incident}/close?status=resolved")).await;
        let form = page.form("form.form");
        assert_eq!((form.values("reports"), form.values("investigations")), (vec![report.to_string().as_str()], vec![investigation.to_string().as_str()]));
        dana.submit(&form.set("message", "Behoben.")).await;
        for id in [report, incident, investigation] {
            let view = look(&world, id).await;
            assert_eq!((view.ticket.status.as_str(), view.ticket.due), ("resolved", None), "#{id}");
        }
        assert_eq!(look(&world, incident).await.children(TicketKind::Investigation).count(), 1);
        let checked = actions::verify::verify(&world.desk).await.unwrap();
        assert_eq!(checked.findings, []);
    }
}
