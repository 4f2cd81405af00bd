//! Pages and fields of lists (API-060 … API-075), and conditions in JSON (API-080 … API-082).

use crate::{caller::Caller, create::redact};
use serde_json::{Value, json};

testkit::both! {
    async fn pages_are_linked_until_the_last(world: World) {
        let dana = Caller::new(&world, "dana").await;
        for number in 0..5 {
            world.report(&format!("Report {number}"), "text").await;
        }
        let mut next = Some("tickets?query=Subject%20LIKE%20%27report%27&per_page=2&fields=Subject".to_owned());
        let mut subjects = Vec::new();
        let mut pages = 0;
        while let Some(path) = next {
            let list = dana.get(&path).await.expect(200);
            assert_eq!((&list["total"], &list["pages"], &list["per_page"]), (&json!(5), &json!(3), &json!(2)));
            subjects.extend(list["items"].as_array().unwrap().iter().map(|item| item["Subject"].as_str().unwrap().to_owned()));
            next = list["next_page"].as_str().map(|url| url.strip_prefix("http://watchbell.example/REST/2.0/").unwrap().to_owned());
            pages += 1;
            assert_eq!(list["prev_page"].is_string(), pages > 1);
        }
        assert_eq!((pages, subjects), (3, (0..5).map(|number| format!("Report {number}")).collect::<Vec<_>>()));
        let past = dana.get("tickets?query=id%3E0&per_page=2&page=9").await.expect(200);
        assert_eq!((&past["count"], &past["total"], past.get("next_page")), (&json!(0), &json!(5), None));
        assert!(past["prev_page"].as_str().unwrap().ends_with("page=3"));
        for odd in ["per_page=0", "per_page=x", "per_page=-3"] {
            assert_eq!(dana.get(&format!("tickets?query=id%3E0&{odd}")).await.expect(200)["per_page"], 20, "{odd}");
        }
        assert_eq!(dana.get("tickets?query=id%3E0&per_page=1000").await.expect(200)["per_page"], 100);
    }

    async fn items_have_the_fields_that_were_asked_for(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let id = world.report("Scan", "from 192.0.2.7").await;
        dana.put(&format!("ticket/{id}"), json!({"Cc": []})).await.expect(200);
        let path = format!(
            "tickets?query=id={id}&fields=id,Owner,Status,Created,Subject,Queue,CustomFields,Requestor,Cc,EffectiveId,Due,Told,Nothing,owner,CustomRoles,Priority\
             &fields[Queue]=Name,Lifecycle,Creator&fields[Queue][Creator]=RealName&fields[Owner]=id,Name&fields[Requestor]=EmailAddress,Disabled"
        );
        let list = dana.get(&path).await.expect(200);
        let item = &list["items"][0];
        assert_eq!(item["id"], id.0);
        assert_eq!((&item["Told"], &item["Nothing"], &item["owner"], &item["Cc"]), (&json!(""), &json!(""), &json!(""), &json!([])));
        assert_eq!((&item["EffectiveId"], &item["Priority"]), (&json!(id.to_string()), &json!("0")));
        assert_eq!((&item["Queue"]["Name"], &item["Queue"]["Creator"]["id"]), (&json!("Incident Reports"), &json!("RT_System")));
        assert_eq!((&item["Owner"]["Name"], item["Owner"]["id"].is_number()), (&json!("Nobody"), true));
        assert_eq!((&item["Requestor"][0]["EmailAddress"], &item["Requestor"][0]["Disabled"]), (&json!("ray@bank.example"), &json!("")));
        let ip = item["CustomFields"].as_array().unwrap().iter().find(|field| field["name"] == "IP").unwrap();
        assert_eq!(ip["values"], json!(["192.0.2.7"]));
        let links = dana.get(&format!("tickets?query=id={id}&fields=_hyperlinks")).await.expect(200);
        assert_eq!(links["items"][0]["_hyperlinks"][0]["ref"], "self");
        let plain = dana.get(&format!("tickets?query=id={id}")).await.expect(200);
        assert_eq!(plain["items"], json!([{"type": "ticket", "id": id.to_string(), "_url": format!("http://watchbell.example/REST/2.0/ticket/{id}")}]));
        let one = dana.get(&format!("ticket/{id}?fields[Owner]=Name&fields=Ignored")).await.expect(200);
        assert_eq!((&one["Owner"]["Name"], one.get("Ignored")), (&json!("Nobody"), None));
    }

    async fn histories_page_and_expand_as_python_rt_asks(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let id = world.report("Scan", "from 192.0.2.7").await;
        for number in 0..3 {
            dana.post(&format!("ticket/{id}/comment"), json!({"Content": format!("{number}"), "ContentType": "text/plain"})).await.expect(201);
        }
        let ask = "fields=Type,Creator,Created,Description,_hyperlinks&fields[Creator]=id,Name,RealName,EmailAddress";
        let list = dana.get(&format!("ticket/{id}/history?{ask}&per_page=100")).await.expect(200);
        let first = &list["items"][0];
        assert_eq!((&first["Type"], &first["Creator"]["Name"], &first["Description"]), (&json!("Create"), &json!("ray@bank.example"), &json!("Ticket created by ray@bank.example")));
        assert!(first["Creator"]["id"].is_number() && first["id"].is_string());
        let total = list["total"].as_i64().unwrap();
        assert_eq!(total as usize, list["items"].as_array().unwrap().len());
        let page = dana.get(&format!("ticket/{id}/history?per_page=2&page=2")).await.expect(200);
        assert_eq!((&page["total"], &page["items"][0]["id"]), (&json!(total), &list["items"][2]["id"]));
        let newest = dana.get(&format!("ticket/{id}/history?per_page=2&order=DESC&orderby=id")).await.expect(200);
        let last = list["items"].as_array().unwrap().len() - 1;
        assert_eq!((&newest["items"][0]["id"], &newest["items"][1]["id"]), (&list["items"][last]["id"], &list["items"][last - 1]["id"]));
        let comments = dana.post(&format!("ticket/{id}/history?per_page=2"), json!([{"field": "Type", "value": "Comment"}])).await.expect(200);
        assert_eq!((&comments["total"], &comments["count"]), (&json!(3), &json!(2)));
        let by_system = json!([{"field": "Creator", "value": "RT_System"}]);
        assert!(dana.post(&format!("ticket/{id}/history"), by_system).await.expect(200)["total"].as_i64().unwrap() > 0);
    }

    async fn transactions_are_encoded_alone_and_plain_in_lists(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let id = world.report("Scan", "text").await;
        dana.put(&format!("ticket/{id}/take"), json!({})).await.expect(200);
        let other = dana.post("ticket", json!({"Queue": "General", "Owner": "dana"})).await.expect(201)["id"].as_str().unwrap().to_owned();
        dana.put(&format!("ticket/{id}"), json!({"Subject": "b", "Due": "2026-05-01", "Cc": ["a@b.example"], "RefersTo": other, "CustomFields": {"IP": "192.0.2.1"}})).await.expect(200);
        let list = dana.get(&format!("ticket/{id}/history?per_page=100&fields=Type,Field,OldValue,NewValue,ObjectType,ObjectId")).await.expect(200);
        let mut shown: Vec<Value> = Vec::new();
        for plain in list["items"].as_array().unwrap() {
            if matches!(plain["Type"].as_str().unwrap(), "EmailRecord" | "Create") || plain["Field"] == "Owner" {
                continue;
            }
            assert_eq!((&plain["ObjectType"], &plain["ObjectId"]), (&json!("RT::Ticket"), &json!(id.to_string())));
            let full = dana.get(&format!("transaction/{}", plain["id"].as_str().unwrap())).await.expect(200);
            assert!(full["id"].is_number() && full["Object"]["type"] == "ticket");
            let mut pair = json!([plain["Type"], plain["Field"], plain["OldValue"], plain["NewValue"], full["Field"], full["NewValue"], full["Description"]]);
            redact(&mut pair);
            shown.push(pair);
        }
        let shown = serde_json::to_string_pretty(&shown).unwrap();
        for wanted in ["\"fsck.com-rt://csirt.example/ticket/", "\"type\": \"principal\"", "\"type\": \"customfield\"", "\"2026-05-01T00:00:00Z\"", "\"Subject changed from 'Scan' to 'b' by dana\"", "RefersTo ticket #"] {
            assert!(shown.contains(wanted), "{wanted}: {shown}");
        }
    }
}
