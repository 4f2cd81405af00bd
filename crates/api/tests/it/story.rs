//! The story of a case, told through REST alone (A2).

use crate::caller::{Caller, sentences};
use serde_json::{Value, json};

async fn created(caller: &Caller, input: Value) -> String {
    caller.post("ticket", input).await.expect(201)["id"].as_str().unwrap().to_owned()
}

testkit::both! {
    async fn a_report_becomes_an_incident_is_investigated_and_resolved(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let report = world.report("Angriff äöü", "Host 192.0.2.7 and 192.0.2.8 attack www.bank.example").await.to_string();

        let seen = dana.get(&format!("ticket/{report}")).await.expect(200);
        assert_eq!((&seen["Status"], &seen["Owner"]["id"], &seen["Requestor"][0]["id"]), (&json!("new"), &json!("Nobody"), &json!("ray@bank.example")));
        assert_ne!(seen["Due"], "1970-01-01T00:00:00Z");
        let fields = seen["CustomFields"].as_array().unwrap();
        assert_eq!(fields.iter().find(|field| field["name"] == "IP").unwrap()["values"], json!(["192.0.2.7", "192.0.2.8"]));
        let labels: Vec<&str> = seen["_hyperlinks"].as_array().unwrap().iter().filter(|link| link["ref"] == "lifecycle").map(|link| link["label"].as_str().unwrap()).collect();
        assert!(labels.iter().any(|label| label.contains("Reject")), "{labels:?}");

        let taken = dana.send("PUT", &format!("ticket/{report}/take"), Some("application/json"), "").await.expect(200);
        assert_eq!(sentences(&taken), ["Owner changed from Nobody to dana"]);

        let incident = created(&dana, json!({"Queue": "Incidents", "Subject": "Angriff äöü", "Content": "from the report", "Owner": "dana",
            "CustomFields": {"IP": ["192.0.2.7"]}, "Child": report})).await;
        let seen = dana.get(&format!("ticket/{report}")).await.expect(200);
        assert_eq!(seen["Status"], "open", "linking opens the report");
        assert!(seen["_hyperlinks"].as_array().unwrap().iter().any(|link| link["ref"] == "parent" && link["id"] == json!(incident)));
        let due = |ticket: &Value| ticket["Due"].as_str().unwrap().to_owned();
        assert_eq!(due(&dana.get(&format!("ticket/{incident}")).await.expect(200)), due(&seen));

        let investigation = created(&dana, json!({"Queue": "Investigations", "Subject": "Infected host", "Content": "Please clean 192.0.2.7.",
            "Requestor": ["noc@isp.example"], "Owner": "dana", "MemberOf": incident})).await;
        let children: Vec<Value> = dana.get(&format!("ticket/{incident}")).await.expect(200)["_hyperlinks"].as_array().unwrap().iter()
            .filter(|link| link["ref"] == "child").map(|link| link["id"].clone()).collect();
        assert!(children.contains(&json!(report)) && children.contains(&json!(investigation)), "{children:?}");

        let reply = dana.send("POST", &format!("ticket/{report}/correspond"), Some("text/plain; charset=utf-8"), "Wir kümmern uns.").await;
        assert_eq!(reply.expect(201)[0], "Correspondence added");
        let closed = dana.put(&format!("ticket/{incident}"), json!({"Status": "resolved"})).await.expect(200);
        assert!(sentences(&closed).contains(&format!("Ticket {incident}: Status changed from 'open' to 'resolved'").as_str()), "{closed}");
        for id in [&report, &investigation] {
            assert_eq!(dana.get(&format!("ticket/{id}")).await.expect(200)["Status"], "resolved", "children follow");
        }
        let list = dana.get("tickets?query=Status%3D%27resolved%27&fields=Status&orderby=id").await.expect(200);
        assert_eq!(list["total"], 3);
        assert_eq!(actions::verify::verify(&world.desk).await.unwrap().findings, []);
    }
}
