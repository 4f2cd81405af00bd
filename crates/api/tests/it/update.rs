//! Updates: each thing done or refused is a sentence (API-111 … API-117), and deleting.

use crate::caller::{Caller, sentences};
use domain::TicketId;
use serde_json::{Value, json};

async fn taken(world: &testkit::World, dana: &Caller) -> TicketId {
    let id = world.report("a", "text").await;
    dana.send("PUT", &format!("ticket/{id}/take"), Some("application/json"), "").await.expect(200);
    id
}

async fn general(dana: &Caller, subject: &str) -> String {
    let created = dana.post("ticket", json!({"Queue": "General", "Subject": subject, "Owner": "dana"})).await.expect(201);
    created["id"].as_str().unwrap().to_owned()
}

async fn said(caller: &Caller, id: impl std::fmt::Display, update: Value) -> Vec<String> {
    let answer = caller.put(&format!("ticket/{id}"), update).await.expect(200);
    sentences(&answer).into_iter().map(str::to_owned).collect()
}

testkit::both! {
    async fn owners_change_as_python_rt_asks_for_it(world: World) {
        let id = world.report("a", "text").await;
        let (dana, tariq) = (Caller::new(&world, "dana").await, Caller::new(&world, "tariq").await);
        let json_type = Some("application/json");
        let send = async |caller: &Caller, verb: &str| caller.send("PUT", &format!("ticket/{id}/{verb}"), json_type, "").await.expect(200);
        assert_eq!(send(&dana, "steal").await, json!(["You can only steal a ticket owned by someone else"]));
        assert_eq!(send(&dana, "take").await, json!(["Owner changed from Nobody to dana"]));
        assert_eq!(send(&dana, "take").await, json!(["You already own this ticket"]));
        assert_eq!(send(&tariq, "untake").await, json!(["You can only give up tickets that are yours"]));
        assert_eq!(send(&tariq, "steal").await, json!(["Owner changed from dana to tariq"]));
        assert_eq!(send(&tariq, "untake").await, json!(["Owner changed from tariq to Nobody"]));
        let history = dana.get(&format!("ticket/{id}/history?fields=Type,Field&per_page=100")).await.expect(200);
        let types: Vec<&str> = history["items"].as_array().unwrap().iter().filter(|one| one["Field"] == "Owner").map(|one| one["Type"].as_str().unwrap()).collect();
        assert_eq!(types, ["Take", "Steal", "Untake"]);
    }

    async fn columns_are_changed_one_by_one_and_refusals_stop_nothing(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let id = taken(&world, &dana).await;
        assert_eq!(said(&dana, id, json!({})).await, [""; 0]);
        assert_eq!(said(&dana, id, json!({"Subject": "a", "Unknown": 1, "Status": {"nested": {}}})).await, [""; 0]);
        let update = json!({"Subject": "b", "Status": "nonsense", "Priority": "5", "FinalPriority": "x", "Due": "2026-04-01T10:00:00+02:00", "Owner": "nobody-we-know", "TimeWorked": 5});
        let said_now = said(&dana, id, update).await;
        let due = said_now.iter().find(|one| one.contains("Due changed")).unwrap();
        assert!(due.ends_with("to 2026-04-01 08:00:00"), "{due}");
        for wanted in [
            "Subject changed from 'a' to 'b'", "Status 'nonsense' isn't a valid status for this ticket.", "Priority changed from '0' to '5'",
            "FinalPriority is a number, and 'x' is none", "That user does not exist", "TimeWorked changed from '0' to '5'",
        ] {
            assert!(said_now.contains(&format!("Ticket {id}: {wanted}")), "{wanted}: {said_now:?}");
        }
        assert_eq!(said(&dana, id, json!({"Due": ""})).await, [format!("Ticket {id}: Due changed from 2026-04-01 08:00:00 to Not set")]);
        assert_eq!(said(&dana, id, json!({"Due": "1970-01-01T00:00:00Z"})).await, [""; 0]);
        assert_eq!(said(&dana, id, json!({"Due": "2026-05-01"})).await, [format!("Ticket {id}: Due changed from Not set to 2026-05-01 00:00:00")]);
        assert_eq!(said(&dana, id, json!({"Status": "open"})).await, [format!("Ticket {id}: Status changed from 'new' to 'open'")]);
        let tariq = said(&dana, id, json!({"Owner": {"type": "user", "id": "tariq"}, "Subject": "c"})).await;
        assert_eq!(tariq, [format!("Ticket {id}: Subject changed from 'b' to 'c'"), format!("Ticket {id}: Owner changed from dana to tariq")]);
        assert_eq!(said(&dana, id, json!({"Subject": "d"})).await, [format!("Ticket {id}: Permission Denied")]);
        let ticket = dana.get(&format!("ticket/{id}")).await.expect(200);
        assert_eq!((&ticket["Subject"], &ticket["Status"], &ticket["Priority"]), (&json!("c"), &json!("open"), &json!("5")));
    }

    async fn roles_are_set_as_whole_lists(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let id = taken(&world, &dana).await;
        let tariq = world.actor("tariq").await.id();
        let said_now = said(&dana, id, json!({"Cc": ["a@b.example", tariq.0, "nobody-we-know", "reports@csirt.example"]})).await;
        assert_eq!(said_now, [
            "Added a@b.example as Cc for this ticket",
            "Added tariq as Cc for this ticket",
            "Couldn't add 'nobody-we-know' as Cc for this ticket: That user does not exist",
            "Couldn't add 'reports@csirt.example' as Cc for this ticket: reports@csirt.example is an address of this system",
        ]);
        assert_eq!(said(&dana, id, json!({"Cc": "tariq"})).await, ["a@b.example is no longer Cc for this ticket"]);
        assert_eq!(said(&dana, id, json!({"Cc": ""})).await, ["tariq is no longer Cc for this ticket"]);
        assert_eq!(said(&dana, id, json!({"Requestor": []})).await, ["ray@bank.example is no longer Requestor for this ticket"]);
    }

    async fn custom_fields_are_set_by_name_or_number(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let id = taken(&world, &dana).await;
        let cf = |fields: Value| json!({"CustomFields": fields});
        assert_eq!(said(&dana, id, cf(json!({"Reporter Type": "customer"}))).await, ["Reporter Type customer added"]);
        assert_eq!(said(&dana, id, cf(json!({"Reporter Type": "police", "Nothing": 1}))).await, ["Reporter Type customer changed to police"]);
        assert_eq!(said(&dana, id, cf(json!({"Reporter Type": null}))).await, ["police is no longer a value for custom field Reporter Type"]);
        assert_eq!(said(&dana, id, cf(json!({"IP": ["192.0.2.1", "192.0.2.2"]}))).await, ["192.0.2.1 added as a value for IP", "192.0.2.2 added as a value for IP"]);
        let number = dana.get(&format!("ticket/{id}")).await.expect(200)["CustomFields"].as_array().unwrap().iter().find(|field| field["name"] == "IP").unwrap()["id"].clone();
        assert_eq!(said(&dana, id, cf(json!({number.as_str().unwrap(): "192.0.2.2"}))).await, ["192.0.2.1 is no longer a value for custom field IP"]);
        let bad = said(&dana, id, cf(json!({"IP": "no address", "Reporter Type": "nonsense"}))).await;
        assert!(bad.len() == 2 && bad.iter().all(|one| one.starts_with("Invalid value for custom field ")), "{bad:?}");
        let history = dana.get(&format!("ticket/{id}/history?fields=Type,Field,NewValue&per_page=100")).await.expect(200);
        assert!(history["items"].as_array().unwrap().iter().any(|one| one["Type"] == "CustomField" && one["Field"] == number && one["NewValue"] == "192.0.2.2"));
    }

    async fn links_are_made_and_taken_away_with_rts_sentences(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let (one, two) = (general(&dana, "1").await, general(&dana, "2").await);
        let number: i64 = two.parse().unwrap();
        assert_eq!(said(&dana, &one, json!({"AddDependsOn": number})).await, [format!("Ticket {one} depends on Ticket {two}.")]);
        assert_eq!(said(&dana, &one, json!({"DeleteDependsOn": [two]})).await, [format!("Ticket {one} no longer depends on Ticket {two}.")]);
        assert_eq!(said(&dana, &one, json!({"AddParent": two})).await, [format!("Ticket {one} member of Ticket {two}.")]);
        assert_eq!(said(&dana, &one, json!({"MemberOf": []})).await, [format!("Ticket {one} no longer member of Ticket {two}.")]);
        assert_eq!(said(&dana, &one, json!({"AddChild": two})).await, [format!("Ticket {two} member of Ticket {one}.")]);
        assert_eq!(said(&dana, &one, json!({"AddRefersTo": ["http://x.example/a", "javascript:x"]})).await, [
            format!("Ticket {one} refers to URI http://x.example/a."),
            "Link could not be created: A link outside starts with http://, https:// or mailto: and has no blanks.".to_owned(),
        ]);
        assert_eq!(said(&dana, &one, json!({"RefersTo": [two]})).await, [
            format!("Ticket {one} no longer refers to URI http://x.example/a."), format!("Ticket {one} refers to Ticket {two}."),
        ]);
        assert_eq!(said(&dana, &one, json!({"AddRefersTo": "99999"})).await, ["Couldn't resolve '99999' into a link."]);
        assert_eq!(said(&dana, &one, json!({"AddRefersTo": "nonsense"})).await, ["Couldn't resolve 'nonsense' into a link."]);
        assert_eq!(said(&dana, &one, json!({"AddRefersTo": one})).await, ["Link could not be created: Can't link a ticket to itself"]);
        let refs: Vec<Value> = dana.get(&format!("ticket/{one}")).await.expect(200)["_hyperlinks"].as_array().unwrap().iter()
            .filter(|link| link["type"] == "ticket" && link["ref"] != "self").map(|link| link["ref"].clone()).collect();
        assert_eq!(refs, [json!("child"), json!("refers-to")]);
        let admin = Caller::new(&world, "admin").await;
        let three = general(&dana, "3").await;
        admin.delete(&format!("ticket/{three}")).await.expect(204);
        assert_eq!(said(&dana, &one, json!({"AddRefersTo": three})).await, ["Linking to a deleted ticket is not allowed"]);
    }

    async fn deleting_is_a_status_where_the_lifecycle_has_it(world: World) {
        let (dana, admin) = (Caller::new(&world, "dana").await, Caller::new(&world, "admin").await);
        let id = general(&dana, "x").await;
        dana.delete(&format!("ticket/{id}")).await.refused(403, "Forbidden");
        for _ in 0..2 {
            let gone = admin.delete(&format!("ticket/{id}")).await;
            assert!(gone.status == 204 && gone.bytes.is_empty());
        }
        assert_eq!(admin.get(&format!("ticket/{id}")).await.expect(200)["Status"], "deleted");
        admin.delete("ticket/99999").await.refused(404, "Not Found");
        let report = world.report("x", "text").await;
        admin.delete(&format!("ticket/{report}")).await.refused(400, "Status 'deleted' isn't a valid status for this ticket.");
    }

    // API-114, API-110
    async fn api114_merging_is_one_sentence_and_the_number_leads_to_the_target(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let (source, target) = (taken(&world, &dana).await, taken(&world, &dana).await);
        assert_eq!(said(&dana, source, json!({"MergeInto": source, "Subject": "x"})).await, ["Can't merge a ticket into itself"]);
        assert_eq!(said(&dana, source, json!({"MergeInto": 99999})).await, ["New ticket doesn't exist"]);
        assert_eq!(said(&dana, source, json!({"MergeInto": target})).await, ["Merge Successful"]);
        let shown = dana.get(&format!("ticket/{source}")).await.expect(200);
        assert_eq!(shown["id"], json!(target));
        let history = dana.get(&format!("ticket/{target}/history?per_page=100&fields=Object,Type,Field")).await.expect(200);
        let items = history["items"].as_array().unwrap();
        assert!(items.iter().any(|one| one["Object"]["id"] == json!(source.to_string())), "{history}");
        assert!(items.iter().any(|one| one["Type"] == "AddLink" && one["Field"] == "MergedInto"), "{history}");
    }

    // IR-153: as the pages do it.
    async fn ir153_links_and_merges_across_constituencies_are_refused(world: World) {
        let admin = Caller::new(&world, "admin").await;
        let new = async |queue: &str, more: Value| {
            let mut wish = json!({"Queue": queue, "Subject": "x", "Owner": "admin"});
            wish.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            admin.post("ticket", wish).await
        };
        let made = async |queue: &str| new(queue, json!({})).await.expect(201)["id"].as_str().unwrap().to_owned();
        let (report, incident, other) = (made("Incident Reports - EDUNET").await, made("Incidents - GOVNET").await, made("Incident Reports - GOVNET").await);
        for (wish, named) in [(json!({"AddMemberOf": incident}), &incident), (json!({"AddRefersTo": other}), &other), (json!({"MergeInto": other}), &other)] {
            let told = said(&admin, &report, wish).await;
            assert!(told[0].contains(&format!("#{named} belongs to another constituency")), "{told:?}");
        }
        let answer = new("Investigations - EDUNET", json!({"MemberOf": incident})).await;
        answer.refused(400, &format!("#{incident} belongs to another constituency than the queue “Investigations - EDUNET”."));
    }

    async fn a_queue_changes_by_name_and_unknown_ones_are_told(world: World) {
        let admin = Caller::new(&world, "admin").await;
        let id = world.report("x", "text").await;
        assert_eq!(said(&admin, id, json!({"Queue": "Incident Reports - EDUNET"})).await,
            [format!("Ticket {id}: Queue changed from Incident Reports to Incident Reports - EDUNET")]);
        assert_eq!(said(&admin, id, json!({"Queue": "Nothing"})).await, [format!("Ticket {id}: That queue does not exist")]);
        assert_eq!(said(&admin, id, json!({"InitialPriority": 3})).await, [format!("Ticket {id}: InitialPriority is set when a ticket is created and stays")]);
    }
}
