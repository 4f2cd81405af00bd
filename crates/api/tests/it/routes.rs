//! Every route, as nobody and as somebody without rights (A8).

use crate::caller::Caller;
use serde_json::json;

/// Method, path with the numbers of a ticket, a change and a part, and what norman gets.
const ROUTES: [(&str, &str, u16); 36] = [
    ("GET", "rt", 200),
    ("GET", "tickets?query=id%3E0", 200),
    ("POST", "tickets", 200),
    ("GET", "ticket/T", 403),
    ("PUT", "ticket/T", 403),
    ("DELETE", "ticket/T", 403),
    ("POST", "ticket/T", 403),
    ("PUT", "ticket/T/take", 403),
    ("PUT", "ticket/T/untake", 403),
    ("PUT", "ticket/T/steal", 403),
    ("POST", "ticket/T/comment", 400),
    ("GET", "ticket/T/history", 403),
    ("POST", "ticket/T/history", 403),
    ("GET", "ticket/T/attachments", 403),
    ("POST", "ticket/T/attachments", 403),
    ("GET", "transaction/C", 403),
    ("GET", "transaction/C/attachments", 403),
    ("POST", "transaction/C/attachments", 403),
    ("GET", "attachment/P", 403),
    ("GET", "ticket/99999", 404),
    ("PUT", "ticket/99999", 404),
    ("DELETE", "ticket/99999", 404),
    ("PUT", "ticket/99999/take", 404),
    ("GET", "ticket/99999/history", 404),
    ("GET", "transaction/99999", 404),
    ("GET", "attachment/99999", 404),
    ("GET", "queues/all", 200),
    ("POST", "queues/all", 200),
    ("GET", "queue/Incident%20Reports", 403),
    ("GET", "queue/1/customfields", 403),
    ("GET", "queue/Nothing", 404),
    ("GET", "user/dana", 200),
    ("GET", "user/99999", 404),
    ("GET", "customfields", 200),
    ("GET", "customfield/1", 403),
    ("GET", "customfield/99999", 404),
];

testkit::both! {
    async fn every_route_refuses_nobody_and_shows_nothing_to_somebody_without_rights(world: World) {
        let id = world.report("Secret", "secret 192.0.2.1").await;
        let dana = Caller::new(&world, "dana").await;
        let history = dana.get(&format!("ticket/{id}/history")).await.expect(200);
        let change = history["items"][0]["id"].as_str().unwrap().to_owned();
        let parts = dana.get(&format!("transaction/{change}/attachments")).await.expect(200);
        let part = parts["items"][0]["id"].as_str().unwrap().to_owned();
        let (nobody, norman) = (Caller::nobody(&world), Caller::new(&world, "norman").await);
        for (method, path, status) in ROUTES {
            let path = path.replace("/T", &format!("/{id}")).replace("/C", &format!("/{change}")).replace("/P", &format!("/{part}"));
            nobody.send(method, &path, Some("application/json"), "").await.refused(401, "Unauthorized");
            let answer = norman.send(method, &path, Some("application/json"), "").await;
            assert_eq!(answer.status.as_u16(), status, "{method} {path}: {}", String::from_utf8_lossy(&answer.bytes));
            assert!(!String::from_utf8_lossy(&answer.bytes).to_lowercase().contains("secret"), "{method} {path}");
            if status == 200 && answer.json().get("total").is_some() {
                assert_eq!(answer.json()["total"], 0, "{method} {path}");
            }
        }
        nobody.get("nothing/here").await.refused(401, "Unauthorized");
        norman.get("nothing/here").await.refused(404, "Not Found");
    }

    async fn whoever_may_only_create_and_reply_can_do_that_and_no_more(world: World) {
        let norman = Caller::new(&world, "norman").await;
        norman.post("ticket", json!({"Queue": "Incidents", "Subject": "x"})).await.refused(403, "No permission to create tickets in the queue 'Incidents'");
        let created = norman.post("ticket", json!({"Queue": "Incident Reports", "Subject": "x", "CustomFields": {"IP": "192.0.2.1"}})).await.expect(201);
        let id = created["id"].as_str().unwrap().to_owned();
        norman.get(&format!("ticket/{id}")).await.refused(403, "Forbidden");
        let reply = json!({"Content": "more", "ContentType": "text/plain", "Status": "resolved"});
        let said = norman.post(&format!("ticket/{id}/correspond"), reply.clone()).await.expect(201);
        assert_eq!(said, json!(["Correspondence added", "Permission Denied"]));
        norman.post(&format!("ticket/{id}/comment"), reply).await.refused(400, "Permission Denied");
    }

    async fn comments_are_left_out_for_those_who_may_not_read_them(world: World) {
        let id = world.report("x", "text").await;
        let dana = Caller::new(&world, "dana").await;
        dana.post(&format!("ticket/{id}/comment"), json!({"Content": "internal", "ContentType": "text/plain"})).await.expect(201);
        let admin = world.actor("admin").await;
        let norman = world.actor("norman").await.id();
        let queue = world.queue_id("Incident Reports").await;
        let mut tx = world.tx().await;
        let grant = domain::right::Grant {
            principal: domain::right::Principal::User(norman),
            right: domain::Right::ShowTicket,
            scope: domain::right::Scope::Queue(queue),
        };
        actions::account::grant(&mut tx, &admin, grant).await.unwrap();
        tx.commit().await.unwrap();
        let norman = Caller::new(&world, "norman").await;
        let types = |list: &serde_json::Value| list["items"].as_array().unwrap().iter().map(|one| one["Type"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        let path = format!("ticket/{id}/history?fields=Type&per_page=100");
        let (all, some) = (dana.get(&path).await.expect(200), norman.get(&path).await.expect(200));
        assert!(types(&all).contains(&"Comment".to_owned()), "{all}");
        assert!(!types(&some).iter().any(|kind| kind == "Comment" || kind == "CustomField"), "{some}");
        let comment = all["items"].as_array().unwrap().iter().find(|one| one["Type"] == "Comment").unwrap()["id"].as_str().unwrap().to_owned();
        norman.get(&format!("transaction/{comment}")).await.refused(403, "Forbidden");
        assert_eq!(some["total"], some["items"].as_array().unwrap().len());
        let seen = norman.get(&format!("ticket/{id}")).await.expect(200);
        assert_eq!(seen["CustomFields"], json!([]));
        assert_eq!(norman.put(&format!("ticket/{id}"), json!({"Subject": "y", "Cc": ["a@b.example"]})).await.expect(200), json!([
            format!("Ticket {id}: Permission Denied"),
            "Couldn't add 'a@b.example' as Cc for this ticket: Permission Denied",
        ]));
    }
}
