//! Mail in trouble, and reports of browsers.

use actions::inbox::{self, NewInbound, Outcome};
use actions::setup;
use axum::http::StatusCode;
use domain::setting::list;
use jiff::SignedDuration;

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

    async fn mail_that_was_filed_is_removed_after_its_time_and_nothing_else_is(world: World) {
        let message = |subject: &str| NewInbound {
            door: "pipe".to_owned(),
            sender: Some("ray@bank.example".to_owned()),
            recipient: String::new(),
            queue: String::new(),
            action: String::new(),
            ticket: String::new(),
            raw: format!("Subject: {subject}\r\n\r\nx").into_bytes(),
        };
        let messages = ["dropped", "refused", "waits", "late"].map(message).to_vec();
        let ids = inbox::store(&world.desk, messages).await.unwrap();
        let finish = async |id: i64, outcome: Outcome| {
            let mut tx = world.tx().await;
            inbox::finish(&mut tx, id, &outcome).await.unwrap();
            tx.commit().await.unwrap();
        };
        finish(ids[0], Outcome::Dropped("came twice".to_owned())).await;
        finish(ids[1], Outcome::Refused("no".to_owned())).await;
        world.clock.advance(SignedDuration::from_hours(24 * 20));
        finish(ids[3], Outcome::Dropped("came late".to_owned())).await;
        world.clock.advance(SignedDuration::from_hours(24 * 15));
        assert!(!inbox::forget_bytes(&world.desk).await.unwrap(), "for ever, unless somebody chooses");
        let admin = world.actor("admin").await;
        let bytes = async |id: i64| inbox::get(&mut world.look().await, &admin, id).await.unwrap().message.raw.len();
        assert!(bytes(ids[0]).await > 0);
        let mut tx = world.tx().await;
        setup::set_settings(&mut tx, &admin, &[(list::KEEP_RAW_DAYS, Some("30"))]).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!inbox::forget_bytes(&world.desk).await.unwrap(), "one step was enough");
        assert_eq!(bytes(ids[0]).await, 0);
        for id in &ids[1..] {
            assert!(bytes(*id).await > 0, "{id}");
        }
        let mut browser = Browser::signed_in(&world, "admin").await;
        let page = browser.get("/admin").await;
        let rows = page.texts("#troubled tbody tr");
        assert_eq!(rows.iter().filter(|row| row.contains("Removed")).count(), 1, "{rows:?}");
        let gone = browser.get(&format!("/admin/mail/{}/raw", ids[0])).await;
        assert!(gone.status == StatusCode::CONFLICT && gone.html.contains("removed when its time was over"));
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
