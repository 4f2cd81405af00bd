//! Every status code with its text (API-021), media types (API-030) and conditional requests (API-211).

use crate::caller::Caller;
use serde_json::json;

testkit::both! {
    async fn each_wrong_request_gets_its_own_status_and_text(world: World) {
        let id = world.report("x", "text").await;
        let dana = Caller::new(&world, "dana").await;
        let ticket = format!("ticket/{id}");
        let json_type = Some("application/json");

        let bad = dana.send("PUT", &ticket, json_type, "{").await;
        assert_eq!(bad.status, 400);
        assert!(bad.message().starts_with("JSON parse error: "), "{}", bad.message());
        dana.send("PUT", &ticket, json_type, "[]").await.refused(400, "JSON object must be a HASH");
        dana.send("POST", &format!("{ticket}/history"), json_type, "{}").await.refused(400, "JSON object must be a ARRAY");
        dana.get("ticket/99999").await.refused(404, "Not Found");
        dana.get("ticket/x").await.refused(404, "Not Found");
        dana.put("ticket/99999", json!({})).await.refused(404, "Resource does not exist; use POST to create");
        dana.post(&ticket, json!({})).await.refused(409, "Resource already exists; use PUT to update");
        let wrong = dana.send("PUT", "rt", json_type, "{}").await;
        wrong.refused(405, "Method Not Allowed");
        assert_eq!(wrong.header("allow"), "GET,HEAD");
        dana.get("ticket").await.refused(405, "Method Not Allowed");
        dana.send("PATCH", &ticket, json_type, "{}").await.refused(501, "Not Implemented");
        dana.with("accept", "text/html").get(&ticket).await.refused(406, "Not Acceptable");
        dana.with("accept", "application/json;q=0").get(&ticket).await.refused(406, "Not Acceptable");
        for fine in ["*/*", "text/html, application/json;q=0.5", "application/*"] {
            dana.with("accept", fine).get(&ticket).await.expect(200);
        }
        for kind in [None, Some("text/plain"), Some("application/x-www-form-urlencoded")] {
            dana.send("PUT", &ticket, kind, "{}").await.refused(415, "Unsupported Media Type");
        }
        dana.send("POST", &format!("{ticket}/comment"), Some("application/xml"), "x").await.refused(415, "Unsupported Media Type");
        dana.send("POST", &format!("{ticket}/comment"), Some("text/plain; charset=klingon"), "x").await.refused(415, "Unsupported Media Type");
        let large = vec![b' '; 9 * 1024 * 1024];
        dana.send("PUT", &ticket, json_type, large).await.refused(413, "Request Entity Too Large");
        let deep = "[".repeat(100_000);
        assert_eq!(dana.send("POST", "ticket", json_type, deep).await.status, 400);
        assert_eq!(dana.send("POST", "ticket", json_type, vec![0xff, 0xfe]).await.status, 400);
    }

    async fn head_is_get_without_the_body_and_a_slash_at_the_end_means_nothing(world: World) {
        let id = world.report("x", "text").await;
        let dana = Caller::new(&world, "dana").await;
        for path in ["rt".to_owned(), format!("ticket/{id}"), format!("ticket/{id}/history"), "queues/all".to_owned()] {
            let (get, head) = (dana.get(&path).await, dana.send("HEAD", &path, None, "").await);
            assert_eq!((get.status, head.status), (http(200), http(200)), "{path}");
            assert_eq!(head.header("content-type"), get.header("content-type"));
            assert!(head.bytes.is_empty(), "{path}");
            dana.get(&format!("{path}/")).await.expect(200);
        }
        assert_eq!(dana.send("HEAD", "ticket/99999", None, "").await.status, 404);
        dana.get("").await.refused(404, "Not Found");
    }

    async fn conditional_requests_go_by_the_newest_transaction(world: World) {
        let id = world.report("x", "text").await;
        let dana = Caller::new(&world, "dana").await;
        let path = format!("ticket/{id}");
        let first = dana.get(&path).await;
        let (tag, modified) = (first.header("etag").to_owned(), first.header("last-modified").to_owned());
        assert!(tag.trim_matches('"').parse::<i64>().is_ok() && modified.ends_with(" GMT"), "{tag} {modified}");
        assert_eq!(dana.with("if-none-match", &tag).get(&path).await.status, 304);
        assert_eq!(dana.with("if-modified-since", &modified).get(&path).await.status, 304);
        dana.with("if-match", &tag).put(&format!("{path}/take"), json!({})).await.expect(200);
        for stale in [tag.as_str(), tag.trim_matches('"')] {
            dana.with("if-match", stale).put(&path, json!({"Subject": "y"})).await.refused(412, "Precondition Failed");
        }
        dana.with("if-match", "*").put(&path, json!({"Subject": "y"})).await.expect(200);
        dana.with("if-none-match", &tag).get(&path).await.expect(200);
        assert_eq!(dana.get(&path).await.expect(200)["Subject"], "y");
    }
}

fn http(status: u16) -> axum::http::StatusCode {
    axum::http::StatusCode::from_u16(status).unwrap()
}
