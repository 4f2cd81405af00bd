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
            assert_eq!(file.headers["content-type"], "application/zip", "never as it is");
            assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment;"));
            assert_eq!(file.headers["content-security-policy"], "sandbox; default-src 'none'");
            assert_eq!(file.headers["x-content-type-options"], "nosniff");
        }
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

    async fn what_runs_comes_in_a_container_and_what_lies_is_marked(world: World) {
        let ticket = world.report("Invoice", "see the file").await;
        let program = b"MZ\x90\0\x03 a program that calls itself a letter".to_vec();
        let message = NewMessage::text("Open it.")
            .attach("invoice.pdf", "application/pdf", program.clone())
            .attach("macros.docm", "application/octet-stream", b"PK\x03\x04".to_vec())
            .attach("letter.pdf", "application/pdf", b"%PDF-1.7".to_vec());
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        reply(&mut tx, &dana, Reply { ticket, message, time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get(&format!("/tickets/{ticket}")).await;
        let entry = page.texts(".entry .attachments li");
        assert!(entry[0].contains("invoice.pdf") && entry[0].contains("really a program") && entry[0].contains("infected"), "{entry:?}");
        assert!(!entry[1].contains("really") && entry[1].contains("infected"), "{entry:?}");
        assert!(!entry[2].contains("really") && !entry[2].contains("infected"), "{entry:?}");
        assert_eq!(page.texts("#files .file-guard").len(), 2, "the box of attachments says so, too");
        let links = page.attributes(".entry .attachments a", "href");
        let packed = browser.get(&links[0]).await;
        assert!(packed.headers["content-disposition"].to_str().unwrap().contains("invoice.pdf.zip"));
        assert!(packed.bytes.starts_with(b"PK") && !packed.bytes.windows(7).any(|bytes| bytes == b"program"));
        let bare = links[0].replace(".zip", "");
        assert_eq!(browser.get(&bare).await.headers["content-type"], "application/zip", "whatever name is asked for");
        assert_eq!(browser.get(&links[2]).await.bytes, b"%PDF-1.7");
    }
}
