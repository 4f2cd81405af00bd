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

    async fn letters_that_wait_are_listed_sent_now_or_cancelled(world: World) {
        let ticket = world.report("<b>Scan", "text").await;
        let mut admin = Browser::signed_in(&world, "admin").await;
        let page = admin.get("/admin/outbox").await;
        let text = page.text("#outbox");
        assert!(text.contains("ray@bank.example") && text.contains(&format!("#{ticket}")), "{text}");
        let page = admin.post("/admin/outbox/1/send", &[]).await;
        assert!(page.text("[role=status]").contains("goes out now"));
        let page = admin.post("/admin/outbox/1/cancel", &[]).await;
        assert!(page.text("[role=status]").contains("will not go out"));
        assert!(page.text("#outbox").contains("Every letter is out"));
        let again = admin.post("/admin/outbox/1/send", &[]).await;
        assert!(again.text("main").contains("This letter is cancelled"), "{}", again.text("main"));
        assert!(admin.get(&format!("/tickets/{ticket}")).await.html.contains("was cancelled and will not be sent."));
        assert_eq!(admin.post("/admin/outbox/999/send", &[]).await.status, StatusCode::NOT_FOUND);
        let mut dana = Browser::signed_in(&world, "dana").await;
        for act in ["send", "cancel"] {
            assert_eq!(dana.post(&format!("/admin/outbox/1/{act}"), &[]).await.status, StatusCode::FORBIDDEN);
        }
        assert_eq!(dana.get("/admin/outbox").await.status, StatusCode::FORBIDDEN);
    }

    async fn a_report_of_a_policy_breach_is_taken_from_anybody_but_not_at_length(world: World) {
        let mut browser = Browser::of(&world);
        let report = br#"{"csp-report":{"document-uri":"http://watchbell.example/","violated-directive":"img-src","blocked-uri":"http://x"}}"#;
        assert_eq!(browser.send("/csp-report", "application/csp-report", report.to_vec()).await.status, StatusCode::NO_CONTENT);
        assert_eq!(browser.send("/csp-report", "application/csp-report", b"nonsense".to_vec()).await.status, StatusCode::NO_CONTENT);
        assert_eq!(browser.send("/csp-report", "application/csp-report", vec![b'x'; 100_000]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
}
