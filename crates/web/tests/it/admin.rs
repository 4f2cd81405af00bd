//! Mail in trouble, and reports of browsers.

use actions::inbox::{self, NewInbound, Outcome};
use axum::http::StatusCode;

use crate::browser::Browser;

testkit::both! {
    async fn mail_in_trouble_is_listed_can_be_had_and_tried_again(world: World) {
        let message = NewInbound {
            door: "lmtp".to_owned(),
            sender: Some("<script>@evil.example".to_owned()),
            recipient: "reports@csirt.example".to_owned(),
            queue: String::new(),
            action: String::new(),
            ticket: String::new(),
            raw: b"Subject: broken\r\n\r\n<script>".to_vec(),
        };
        let id = inbox::store(&world.desk, vec![message]).await.unwrap()[0];
        let mut tx = world.tx().await;
        inbox::finish(&mut tx, id, &Outcome::Refused("nobody knows this address".to_owned())).await.unwrap();
        tx.commit().await.unwrap();
        let mut admin = Browser::signed_in(&world, "admin").await;
        let page = admin.get("/admin").await;
        assert!(page.text("#troubled").contains("nobody knows this address"));
        assert!(!page.html.contains("<script>@"));
        let raw = admin.get(&format!("/admin/mail/{id}/raw")).await;
        assert_eq!((raw.bytes.as_slice(), raw.headers["content-type"].to_str().unwrap()), (&b"Subject: broken\r\n\r\n<script>"[..], "application/octet-stream"));
        let page = admin.post(&format!("/admin/mail/{id}/retry"), &[]).await;
        assert!(page.text("[role=status]").contains("tried again"));
        assert!(inbox::take_one(&mut world.tx().await, id).await.unwrap().is_some());
        assert_eq!(admin.post("/admin/mail/999/retry", &[]).await.status, StatusCode::NOT_FOUND);
        let mut dana = Browser::signed_in(&world, "dana").await;
        assert_eq!(dana.get(&format!("/admin/mail/{id}/raw")).await.status, StatusCode::FORBIDDEN);
    }

    async fn a_report_of_a_policy_breach_is_taken_from_anybody_but_not_at_length(world: World) {
        let mut browser = Browser::of(&world);
        let report = br#"{"csp-report":{"document-uri":"http://watchbell.example/","violated-directive":"img-src","blocked-uri":"http://x"}}"#;
        assert_eq!(browser.send("/csp-report", "application/csp-report", report.to_vec()).await.status, StatusCode::NO_CONTENT);
        assert_eq!(browser.send("/csp-report", "application/csp-report", b"nonsense".to_vec()).await.status, StatusCode::NO_CONTENT);
        assert_eq!(browser.send("/csp-report", "application/csp-report", vec![b'x'; 100_000]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
}
