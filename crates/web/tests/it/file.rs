//! Files come as downloads, whatever they are.

use actions::message::NewMessage;
use actions::ticket::{Reply, reply};
use axum::http::StatusCode;

use crate::browser::Browser;

testkit::both! {
    async fn a_hostile_file_is_a_download_and_its_message_a_page_without_it(world: World) {
        let ticket = world.report("Worm", "see the file").await;
        let dana = world.actor("dana").await;
        let message = NewMessage::text("With files.").attach("Übersicht.html", "text/html", b"<script>alert(1)</script>".to_vec());
        let message = message.attach("x.svg", "image/svg+xml", b"<svg onload=alert(1)>".to_vec());
        let mut tx = world.tx().await;
        reply(&mut tx, &dana, Reply { ticket, message, time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get(&format!("/tickets/{ticket}")).await;
        let links = page.attributes("#files a[download]", "href");
        assert_eq!(links.len(), 2);
        for link in &links {
            let file = browser.get(link).await;
            assert_eq!(file.headers["content-type"], "application/octet-stream");
            assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment;"));
            assert_eq!(file.headers["content-security-policy"], "sandbox; default-src 'none'");
            assert_eq!(file.headers["x-content-type-options"], "nosniff");
        }
        assert_eq!(browser.get(&links[0]).await.bytes, b"<script>alert(1)</script>");
        assert!(browser.get(&links[0]).await.headers["content-disposition"].to_str().unwrap().contains("%C3%9Cbersicht.html"));
        let message = NewMessage::text("A trick.").attach("invoice\u{202e}fdp.exe\u{2066}", "application/pdf", b"MZ".to_vec());
        let mut tx = world.tx().await;
        reply(&mut tx, &dana, Reply { ticket, message, time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        let page = browser.get(&format!("/tickets/{ticket}")).await;
        assert!(page.text("#files").contains("invoicefdp.exe"), "what a name ends with stands at its end");
        let link = page.attributes("#files a[download]", "href").into_iter().find(|href| href.contains("invoice")).unwrap();
        let disposition = browser.get(&link).await.headers["content-disposition"].to_str().unwrap().to_owned();
        assert!(!format!("{link}{disposition}").contains("%E2%80") && !format!("{link}{disposition}").contains("%E2%81"), "{disposition}");
        let mut norman = Browser::signed_in(&world, "norman").await;
        assert_eq!(norman.get(&links[0]).await.status, StatusCode::NOT_FOUND);
    }
}
