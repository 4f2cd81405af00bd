//! Queues, users and custom fields.

use crate::{caller::Caller, create::redact};
use serde_json::json;

testkit::both! {
    async fn queues_are_listed_by_name_and_found_by_name_or_number(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let list = dana.get("queues/all?fields=Name,InitialPriority&per_page=100").await.expect(200);
        let names: Vec<&str> = list["items"].as_array().unwrap().iter().map(|one| one["Name"].as_str().unwrap()).collect();
        assert!(names.is_sorted() && names.contains(&"Incident Reports"), "{names:?}");
        assert_eq!(list["items"][0]["InitialPriority"], "");
        let mut queue = dana.get("queue/Incident%20Reports").await.expect(200);
        assert_eq!(queue, dana.get(&format!("queue/{}", queue["id"])).await.expect(200));
        let create = queue["_hyperlinks"].as_array().unwrap().iter().find(|link| link["ref"] == "create").unwrap()["_url"].as_str().unwrap().to_owned();
        assert_eq!(create, format!("http://watchbell.example/REST/2.0/ticket?Queue={}", queue["id"]));
        redact(&mut queue);
        for link in queue["_hyperlinks"].as_array_mut().unwrap() {
            link["_url"] = json!("*");
        }
        insta::allow_duplicates! { insta::assert_json_snapshot!("queue", queue) }
        let only = |list: serde_json::Value| list["items"].as_array().unwrap().iter().map(|one| one["Name"].clone()).collect::<Vec<_>>();
        let path = "queues?fields=Name";
        assert_eq!(only(dana.post(path, json!([{"field": "Name", "value": "incidents"}])).await.expect(200)), [json!("Incidents")]);
        assert_eq!(only(dana.post(path, json!([{"field": "Name", "operator": "LIKE", "value": "inc"}, {"field": "Name", "operator": "ENDSWITH", "value": "s"}])).await.expect(200)).len(), 2);
        assert_eq!(dana.post(path, json!([{"field": "Nothing", "value": "x"}])).await.expect(200)["total"], 0);
        assert_eq!(dana.get("queues").await.expect(200)["total"], 0);
    }

    // IR-011, IR-012
    async fn ir011_queues_are_found_by_either_name_and_what_is_disabled_says_so(world: World) {
        use actions::setup;
        let dana = Caller::new(&world, "dana").await;
        assert_eq!(dana.get("queue/Blocks").await.expect(200)["Name"], "Countermeasures");
        assert_eq!(dana.get("queue/Blocks%20-%20EDUNET").await.expect(200)["Name"], "Countermeasures - EDUNET");
        let made = dana.post("ticket", json!({"Queue": "Blocks", "Subject": "x"})).await.expect(201)["id"].as_str().unwrap().to_owned();
        assert_eq!(dana.get("tickets?query=Queue%3D%27Blocks%27").await.expect(200)["total"], 1);
        let mut tx = world.tx().await;
        let settings = [("fourth_type", Some("block")), ("disable_countermeasures", Some("yes"))];
        setup::set_settings(&mut tx, &setup::operator(), &settings).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(dana.get("queue/Countermeasures").await.expect(200)["Name"], "Blocks");
        let said = "Blocks are disabled by configuration.";
        dana.get(&format!("ticket/{made}")).await.refused(403, said);
        dana.put(&format!("ticket/{made}"), json!({"Status": "active"})).await.refused(403, said);
        dana.post(&format!("ticket/{made}/comment"), json!({"Content": "x", "ContentType": "text/plain"})).await.refused(403, said);
        dana.post("ticket", json!({"Queue": "Countermeasures", "Subject": "x"})).await.refused(403, said);
    }

    async fn users_see_themselves_whole_and_others_in_short(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let mut own = dana.get("user/dana").await.expect(200);
        let id = own["id"].clone();
        assert_eq!(own, dana.get(&format!("user/{id}")).await.expect(200));
        assert_eq!(own["_hyperlinks"], json!([{"ref": "self", "type": "user", "id": id, "_url": format!("http://watchbell.example/REST/2.0/user/{id}")}]));
        redact(&mut own);
        insta::allow_duplicates! { insta::assert_json_snapshot!("own_user", own) }
        let mut other = dana.get("user/tariq").await.expect(200);
        other.as_object_mut().unwrap().remove("_hyperlinks");
        assert_eq!(other, json!({"Name": "tariq", "EmailAddress": "tariq@csirt-staff.example", "RealName": "Tariq Triage", "Privileged": 1}));
        let admin = Caller::new(&world, "admin").await.get("user/tariq").await.expect(200);
        assert_eq!((&admin["Disabled"], &admin["Privileged"]), (&json!("0"), &json!(1)));
        let system = dana.get("user/RT_System").await.expect(200);
        assert_eq!(system["Name"], "RT_System");
        world.report("x", "text").await;
        let ray = Caller::new(&world, "ray@bank.example").await;
        ray.get("user/dana").await.refused(403, "Forbidden");
        assert_eq!(ray.get("user/ray%40bank.example").await.expect(200)["Privileged"], 0);
    }

    async fn custom_fields_are_read_by_number_and_listed_for_a_queue(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let queue = world.queue_id("Incident Reports").await;
        let list = dana.get(&format!("queue/{queue}/customfields?fields=Name,Type&per_page=100")).await.expect(200);
        let kind = list["items"].as_array().unwrap().iter().find(|one| one["Name"] == "Reporter Type").unwrap();
        assert_eq!(kind["Type"], "Select");
        let mut field = dana.get(&format!("customfield/{}", kind["id"].as_str().unwrap())).await.expect(200);
        redact(&mut field);
        insta::allow_duplicates! { insta::assert_json_snapshot!("custom_field", field) }
        let named = dana.post("customfields?fields=MaxValues", json!([{"field": "Name", "value": "IP"}])).await.expect(200);
        assert_eq!((&named["total"], &named["items"][0]["MaxValues"]), (&json!(1), &json!("0")));
    }
}
