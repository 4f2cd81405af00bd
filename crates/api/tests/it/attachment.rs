//! Attachments (API section 12).

use crate::caller::Caller;
use actions::{
    Door,
    message::{NewMessage, NewPart},
    ticket,
};
use serde_json::json;

testkit::both! {
    async fn every_part_is_listed_and_containers_have_no_content(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let mut tx = world.tx().await;
        let part = |parent: Option<usize>, content_type: &str, content: Option<&[u8]>| NewPart {
            parent, content_type: content_type.to_owned(), content: content.map(<[u8]>::to_vec), ..NewPart::default()
        };
        let mut parts = vec![part(None, "multipart/mixed", None), part(Some(0), "text/plain", Some(b"hello")), part(Some(0), "image/png", Some(&[137, 80, 78, 71, 0, 255]))];
        "Subject: Grüße\nMessage-ID: <a@b.example>\n".clone_into(&mut parts[0].headers);
        parts[2].file_name = Some("x.png".to_owned());
        let message = NewMessage { parts, text: "hello".to_owned(), ..NewMessage::default() };
        let actor = world.actor_by("dana", Door::Email).await;
        let queue = world.queue_id("Incident Reports").await;
        let id = ticket::create(&mut tx, &actor, ticket::Create::new(queue, "x", message)).await.unwrap().ticket;
        tx.commit().await.unwrap();

        let path = format!("ticket/{id}/attachments?fields=Filename,ContentType,ContentLength,Content,Parent,Subject,MessageId,Creator");
        let list = dana.get(&path).await.expect(200);
        let items = list["items"].as_array().unwrap();
        assert_eq!((items[0]["ContentType"].as_str(), items[0]["Parent"].as_str(), items[0]["Filename"].as_str()), (Some("multipart/mixed"), Some("0"), Some("")));
        assert_eq!((&items[0]["Subject"], &items[0]["MessageId"], &items[0]["Creator"]["id"]), (&json!("Grüße"), &json!("a@b.example"), &json!("dana")));
        assert_eq!((&items[1]["Content"], &items[1]["ContentLength"], &items[1]["Parent"]), (&json!("hello"), &json!("5"), &items[0]["id"]));
        assert_eq!((&items[2]["Content"], &items[2]["Filename"]), (&json!(""), &json!("x.png")));

        let get = async |position: usize| dana.get(&format!("attachment/{}", items[position]["id"].as_str().unwrap())).await.expect(200);
        let (container, text, image) = (get(0).await, get(1).await, get(2).await);
        assert_eq!((&container["Content"], &container["Parent"]), (&json!(null), &json!("0")));
        assert!(container["Headers"].as_str().unwrap().starts_with("Subject: Grüße\nMessage-ID: <a@b.example>"));
        assert_eq!(text["Content"], "aGVsbG8=\n");
        assert_eq!((&text["Parent"]["type"], &text["Parent"]["id"]), (&json!("attachment"), &items[0]["id"]));
        assert!(text["Headers"].as_str().unwrap().contains("Content-Length: 5") && text["id"].is_number());
        assert_eq!((&image["Content"], &image["Filename"]), (&json!("iVBORwD/\n"), &json!("x.png")));
        assert_eq!(text["TransactionId"]["type"], "transaction");
    }

    async fn python_rts_filter_finds_files_only(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let id = world.report("x", "text").await;
        let file = |name: &str| json!({"FileName": name, "FileType": "text/csv", "FileContent": "YQ=="});
        dana.post(&format!("ticket/{id}/comment"), json!({"Content": "two files", "ContentType": "text/plain", "Attachments": [file("A.csv"), file("b.csv")]})).await.expect(201);
        let path = format!("ticket/{id}/attachments?fields=Filename");
        let names = async |filter: serde_json::Value| {
            let list = dana.post(&path, filter).await.expect(200);
            list["items"].as_array().unwrap().iter().map(|one| one["Filename"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let both = ["A.csv", "b.csv"];
        assert_eq!(names(json!([{"field": "Filename", "operator": "IS NOT", "value": ""}])).await, both);
        assert_eq!(names(json!([{"field": "Filename", "value": "a.CSV"}])).await, ["A.csv"]);
        assert_eq!(names(json!([{"field": "Filename", "value": "a.CSV", "case_sensitive": 1}])).await, [""; 0]);
        assert_eq!(names(json!([{"field": "Filename", "value": "a.csv"}, {"field": "Filename", "value": "b.csv"}])).await, both);
        assert_eq!(names(json!([{"field": "Filename", "operator": "ENDSWITH", "value": "csv"}, {"field": "ContentType", "operator": "LIKE", "value": "html"}])).await, [""; 0]);
        assert_eq!(names(json!([{"field": "Filename", "value": "b.csv"}, {"field": "ContentType", "value": "text/csv", "entry_aggregator": "OR"}])).await, both);
        assert_eq!(names(json!([{"field": "ContentLength", "operator": "<=", "value": 1}])).await, both);
        assert_eq!(names(json!([{"field": "Filename", "operator": "IN", "value": ["b.csv", "c.csv"]}])).await, ["b.csv"]);
        assert!(names(json!([{"field": "Nothing", "value": "x"}, {"value": "x"}, 7])).await.len() > 2, "the path names its set");
        dana.post(&path, json!([{"field": "Filename", "operator": "~", "value": "x"}])).await.refused(400, "Unknown operator '~'");
        let by_get = dana.get(&format!("{path}&query=%5B%7B%22field%22%3A%22Filename%22%2C%22value%22%3A%22b.csv%22%7D%5D")).await.expect(200);
        assert_eq!(by_get["total"], 1);
    }
}
