//! How a message is shown: which of its parts, how much of it, and what of it is a download (TC section 10).

use actions::account;
use actions::message::{NewMessage, NewPart};
use actions::ticket::{Reply, reply};
use domain::{TicketId, preference};
use testkit::World;

use crate::browser::{Browser, Page};

fn part(parent: Option<usize>, content_type: &str, content: Option<&str>) -> NewPart {
    let content = content.map(|content| content.as_bytes().to_vec());
    NewPart { parent, content_type: content_type.to_owned(), content, ..NewPart::default() }
}

/// A report with one more message, as Dana sees it.
async fn shown(world: &World, message: NewMessage) -> (TicketId, Page) {
    let ticket = world.report("Worm", "first").await;
    let dana = world.actor("dana").await;
    let mut tx = world.tx().await;
    reply(&mut tx, &dana, Reply { ticket, message, time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
    (ticket, Browser::signed_in(world, "dana").await.get(&format!("/tickets/{ticket}")).await)
}

testkit::both! {
    async fn tc107_long_quotes_are_folded_and_short_ones_are_not(world: World) {
        let text = "Mine.\n> one\n> two\n\nMore.\n> 1\n> 2\n> 3\n> 4\n> 5";
        let (_, page) = shown(&world, NewMessage::text(text)).await;
        assert_eq!(page.texts(".quoted summary"), ["5 quoted lines"]);
        assert_eq!(page.texts(".message-text > blockquote"), ["> one > two"]);
    }

    // TC-108: the text is the first plain part that is no file, however deep; TC-109: one alternative is shown, the other can be had.
    async fn tc108_the_text_alternative_is_the_message_and_the_html_stays_a_download(world: World) {
        let mut file = part(Some(0), "text/plain", Some("a log, no message"));
        (file.file_name, file.disposition) = (Some("log.txt".to_owned()), "attachment".to_owned());
        let parts = vec![
            part(None, "multipart/mixed", None),
            file,
            part(Some(0), "multipart/alternative", None),
            part(Some(2), "text/html", Some("<p>As <b>HTML</b></p>")),
            part(Some(2), "text/plain", Some("As text")),
        ];
        let (_, page) = shown(&world, NewMessage { parts, text: "As text".to_owned(), ..NewMessage::default() }).await;
        let texts = page.texts(".entry .message-text");
        assert!(texts.iter().any(|text| text == "As text"), "{texts:?}");
        assert!(!page.has(".message-html") && !texts.iter().any(|text| text.contains("a log")));
        let files = page.texts(".entry .attachments a");
        assert!(files.iter().any(|name| name.starts_with("log.txt")) && files.len() == 2, "{files:?}");
    }

    // TC-109: the HTML alternative, for those who prefer it or ask for it.
    async fn tc109_the_html_is_shown_instead_on_request(world: World) {
        // as it came: what is written here has no headers of its own
        let parts = vec![
            NewPart { headers: "From: ray@bank.example".to_owned(), ..part(None, "multipart/alternative", None) },
            part(Some(0), "text/plain", Some("As text")),
            part(Some(0), "text/html", Some("<p>As <b>HTML</b></p>")),
        ];
        let (ticket, page) = shown(&world, NewMessage { parts, text: "As text".to_owned(), ..NewMessage::default() }).await;
        assert!(!page.has(".message-html"));
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get(&format!("/tickets/{ticket}?text=html")).await;
        assert_eq!(page.texts(".message-html"), ["As HTML"]);
        assert!(page.text(".entry .attachments").contains("message.txt"), "what is not shown can be had");
        let (dana, mut tx) = (world.actor("dana").await, world.tx().await);
        account::choose(&mut tx, &dana, &[(preference::MESSAGE_TEXT, Some("html"))]).await.unwrap();
        tx.commit().await.unwrap();
        assert!(browser.get(&format!("/tickets/{ticket}")).await.has(".message-html"));
    }

    async fn tc111_a_picture_stands_in_its_html_and_nowhere_else(world: World) {
        let picture = |parent, id: &str, content: &[u8], name: &str| NewPart {
            parent: Some(parent),
            content_type: "image/png".to_owned(),
            content_id: Some(id.to_owned()),
            file_name: Some(name.to_owned()),
            disposition: "inline".to_owned(),
            content: Some(content.to_vec()),
            ..NewPart::default()
        };
        let html = "<p>See <img src='cid:shot%40bank' alt='a shot'><img src='cid:evil@bank'><img src='https://evil.example/t.png'></p>";
        let parts = vec![
            part(None, "multipart/mixed", None),
            picture(0, "shot@bank", b"\x89PNG\r\n\x1a\n far", "far.png"),
            part(Some(0), "multipart/related", None),
            part(Some(2), "text/html", Some(html)),
            picture(2, "shot@bank", b"\x89PNG\r\n\x1a\n near", "near.png"),
            picture(2, "evil@bank", b"<svg onload=alert(1)>", "evil.png"),
        ];
        let (_, page) = shown(&world, NewMessage { parts, text: "See".to_owned(), ..NewMessage::default() }).await;
        let shown = page.attributes(".message-html img", "src");
        assert_eq!(shown.len(), 1, "{shown:?}");
        assert!(shown[0].ends_with("/near.png") && page.attributes(".message-html img", "alt").contains(&"a shot".to_owned()));
        assert!(!page.html.contains("evil.example"));
        let files = page.texts(".entry .attachments a").join(" ");
        assert!(files.contains("far.png") && files.contains("evil.png") && !files.contains("near.png"), "{files}");
        let mut browser = Browser::signed_in(&world, "dana").await;
        let drawn = browser.get(&shown[0]).await;
        assert_eq!((drawn.headers["content-type"].to_str().unwrap(), drawn.bytes.as_slice()), ("image/png", &b"\x89PNG\r\n\x1a\n near"[..]));
        assert_eq!(drawn.headers["content-security-policy"], "sandbox; default-src 'none'");
        assert_eq!(drawn.headers["x-content-type-options"], "nosniff");
    }

    async fn tc110_a_text_too_long_for_the_page_is_a_download(world: World) {
        let long = "0123456789 ".repeat(30_000);
        let (_, page) = shown(&world, NewMessage::text(long)).await;
        assert!(page.html.len() < 200_000, "{} bytes", page.html.len());
        assert!(page.texts(".entry .none").iter().any(|note| note.contains("too long")), "{:?}", page.texts(".entry .none"));
        assert!(page.has(".entry .attachments a"));
    }

    async fn tc110_an_invitation_is_summed_up_and_a_forwarded_message_has_its_own_headers(world: World) {
        let calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Call <b>now</b>\r\nDTSTART:20260302T090000Z\r\nEND:VEVENT\r\n";
        let mut inner = part(Some(3), "text/plain", Some("Click here"));
        inner.headers.push_str("From: Bank <b@evil.example>\nSubject: Your account\nX-Secret: no\n");
        let mut root = part(None, "multipart/mixed", None);
        root.headers.push_str("From: x@bank.example\nAuthentication-Results: mx; spf=pass; dkim=fail\n");
        root.headers.push_str("Authentication-Results: evil; dkim=pass\n");
        let parts = vec![
            root,
            part(Some(0), "text/plain", Some("See both.")),
            part(Some(0), "text/calendar", Some(calendar)),
            part(Some(0), "message/rfc822", None),
            inner,
        ];
        let (_, page) = shown(&world, NewMessage { parts, text: "See both.".to_owned(), ..NewMessage::default() }).await;
        let event = page.text(".enclosed.event");
        assert!(event.contains("Call <b>now</b>") && event.contains("2026-03-02 09:00 UTC") && event.contains("REQUEST"), "{event}");
        let forwarded = page.text("details.enclosed");
        assert!(forwarded.contains("Your account") && forwarded.contains("b@evil.example"), "{forwarded}");
        assert!(!forwarded.contains("X-Secret"));
        assert!(page.html.contains("spf pass, dkim fail"), "the topmost field counts");
    }

    // TC-115: change and part must belong together, whatever name stands behind them.
    async fn tc115_a_file_is_had_by_its_own_change_alone(world: World) {
        let (ticket, page) = shown(&world, NewMessage::text("See.").attach("log.txt", "text/plain", b"evidence".to_vec())).await;
        let link = page.attributes("#files a[download]", "href").into_iter().next().unwrap();
        let mut browser = Browser::signed_in(&world, "dana").await;
        assert_eq!(browser.get(&link).await.bytes, b"evidence");
        assert_eq!(browser.get(&link.replace("log.txt", "any.name")).await.status, 200, "the name is for people");
        let [_, files, change, part, _] = link.split('/').collect::<Vec<_>>().try_into().unwrap();
        let other: i64 = change.parse::<i64>().unwrap() - 1;
        assert_eq!(browser.get(&format!("/{files}/{other}/{part}/log.txt")).await.status, 404, "#{ticket}");
    }
}
