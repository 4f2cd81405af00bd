//! Correspondence and comments (API-120 … API-123).

use crate::caller::Caller;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

testkit::both! {
    async fn messages_come_as_json_with_other_changes_beside(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let id = world.report("x", "text").await;
        dana.put(&format!("ticket/{id}/take"), json!({})).await.expect(200);
        let answer = dana.post(&format!("ticket/{id}/correspond"), json!({
            "Content": "We are on it.", "ContentType": "text/plain", "Subject": "Re: x", "TimeTaken": "5", "Status": "resolved",
            "CustomFields": {"Reporter Type": "customer"}, "Cc": ["cc@x.example"],
            "Attachments": [{"FileName": "a.txt", "FileType": "text/plain", "FileContent": STANDARD.encode("file")}],
        })).await;
        let said = answer.expect(201);
        assert_eq!(said[0], "Correspondence added");
        let all = said.to_string();
        for wanted in ["\"Status changed from 'new' to 'resolved'\"", "\"Reporter Type customer added\"", "\"Added cc@x.example as Cc for this ticket\""] {
            assert!(all.contains(wanted), "{wanted}: {all}");
        }
        let location = answer.header("location").strip_prefix("/REST/2.0/").unwrap().to_owned();
        let transaction = dana.get(&location).await.expect(200);
        assert_eq!((&transaction["Type"], &transaction["TimeTaken"], &transaction["Data"]), (&json!("Correspond"), &json!("5"), &json!("Re: x")));
        assert_eq!(transaction["Creator"]["id"], "dana");
        assert_eq!(transaction["Description"], "Correspondence added by dana");
        assert_eq!(transaction["_hyperlinks"].as_array().unwrap().iter().filter(|link| link["ref"] == "attachment").count(), 2);
        let comment = dana.post(&format!("ticket/{id}/comment"), json!({})).await.expect(201);
        assert_eq!(comment, json!(["Comments added"]));
    }

    async fn a_text_body_is_the_message_itself_in_its_charset(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let id = world.report("x", "text").await;
        let path = format!("ticket/{id}/comment");
        for (kind, body, expected) in [
            ("text/plain", "gr\u{fc}n".as_bytes().to_vec(), "grün"),
            ("text/plain; charset=ISO-8859-1", b"gr\xfcn".to_vec(), "grün"),
            ("text/plain; charset=\"windows-1252\"", b"5 \x80".to_vec(), "5 €"),
            ("text/html; charset=utf-8", "<p>grün <b>192.0.2.9</b></p>".as_bytes().to_vec(), "<p>grün <b>192.0.2.9</b></p>"),
        ] {
            let answer = dana.send("POST", &path, Some(kind), body).await;
            answer.expect(201);
            let change = answer.header("location").rsplit('/').next().unwrap().to_owned();
            let parts = dana.get(&format!("transaction/{change}/attachments?fields=Content,ContentType,Parent,TransactionId")).await.expect(200);
            let part = &parts["items"][0];
            assert_eq!((part["Content"].as_str().unwrap(), part["ContentType"].as_str().unwrap()), (expected, kind.split(';').next().unwrap()));
            assert_eq!((&part["Parent"], &part["TransactionId"]), (&json!("0"), &json!(change)));
        }
    }

    async fn refused_messages_say_why(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let id = world.report("x", "text").await;
        let path = format!("ticket/{id}/correspond");
        let message = json!({"Content": "x", "ContentType": "text/plain"});
        for missing in ["ticket/99999/correspond", "ticket/x/comment"] {
            dana.post(missing, message.clone()).await.refused(400, "Message could not be recorded");
        }
        dana.post(&path, json!({"Content": "x"})).await.refused(400, "ContentType is a required field for application/json");
        dana.post(&path, json!({"Attachments": [{"FileName": "x", "FileContent": "eA=="}]})).await
            .refused(400, "FileType is a required field for each attachment in Attachments");
        dana.post(&path, json!({"TimeTaken": "long"})).await.refused(400, "TimeTaken is a number of minutes");
        assert_eq!(dana.post(&path, json!({"Content": "x", "ContentType": "application/pdf"})).await.status, 400);
        let total = dana.get(&format!("ticket/{id}/history?per_page=1")).await.expect(200)["total"].clone();
        let norman = Caller::new(&world, "norman").await;
        norman.post(&format!("ticket/{id}/comment"), message).await.refused(400, "Permission Denied");
        assert_eq!(dana.get(&format!("ticket/{id}/history")).await.expect(200)["total"], total, "nothing of it was recorded");
    }
}
