//! Feeds: made, read by their secret, revoked (TC-281, TC-282).

use actions::ticket;
use axum::http::StatusCode;
use testkit::World;

use crate::browser::{Browser, Page};

/// What opens a feed of somebody's, by format.
async fn made(browser: &mut Browser, query: &str) -> Page {
    browser.post("/feeds", &[("name", "My <news> & more"), ("query", query)]).await
}

fn path(page: &Page, format: &str) -> String {
    let all = page.texts("#made code.address");
    let address = all.iter().find(|address| address.contains(&format!("/feed.{format}?"))).unwrap();
    address.strip_prefix("http://watchbell.example").unwrap().to_owned()
}

async fn due(world: &World, id: domain::TicketId, at: Option<&str>) {
    let admin = world.actor("admin").await;
    let mut tx = world.tx().await;
    let basics = ticket::Basics {
        due: Some(at.map(|at| at.parse().unwrap())),
        starts: Some(Some("2031-03-01T10:00:00Z".parse().unwrap())),
        ..ticket::Basics::default()
    };
    ticket::set_basics(&mut tx, &admin, id, basics).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::both! {
    async fn tc281_news_of_a_search_are_read_by_their_secret_alone(world: World) {
        let worm = world.report("Worm <b>&\u{8}", "It spreads & \u{1b}bites </summary>").await;
        world.report("Spam", "An unwanted letter").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = made(&mut browser, "id > 0").await;
        assert_eq!(page.texts("#own li a"), ["My <news> & more"]);
        let mut nobody = Browser::of(&world);
        for (format, kind, entries) in [("atom", "application/atom+xml", "<entry>"), ("rss", "application/rss+xml", "<item ")] {
            let news = nobody.get(&path(&page, format)).await;
            assert_eq!(news.status, StatusCode::OK);
            assert!(news.headers["content-type"].to_str().unwrap().starts_with(kind));
            assert!(news.headers["content-security-policy"].to_str().unwrap().starts_with("sandbox"));
            assert_eq!(news.html.matches(entries).count(), 2, "{}", news.html);
            for part in ["My &lt;news&gt; &amp; more", &format!("http://watchbell.example/tickets/{worm}"), "Worm &lt;b&gt;&amp;", "It spreads &amp; bites &lt;/summary&gt;", "Ray Requestor"] {
                assert!(news.html.contains(part), "{format} lacks {part}: {}", news.html);
            }
            assert!(!news.html.contains(['\u{8}', '\u{1b}']), "what XML forbids is left out");
            assert!(news.html.find("Spam").unwrap() < news.html.find("Worm").unwrap() || format == "rss", "the newest comes first");
        }
        let again = browser.get("/feeds").await;
        assert!(!again.has("#made") && !again.html.contains("key="), "the secret is shown once");
        assert!(again.text("#own").contains("last read"), "{}", again.text("#own"));
        for wrong in ["/feed.atom", "/feed.atom?key=", "/feed.rss?key=0123", "/feed.ics?key=%00"] {
            assert_eq!(nobody.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
        }
    }

    async fn tc281_rights_are_those_of_the_moment_and_a_revoked_feed_is_gone(world: World) {
        world.report("Secret worm", "It spreads.").await;
        let mut norman = Browser::signed_in(&world, "norman").await;
        let theirs = made(&mut norman, "id > 0").await;
        let mut nobody = Browser::of(&world);
        assert!(!nobody.get(&path(&theirs, "atom")).await.html.contains("worm"));
        let mut dana = Browser::signed_in(&world, "dana").await;
        let page = made(&mut dana, "id > 0").await;
        let address = path(&page, "atom");
        assert!(nobody.get(&address).await.html.contains("worm"));
        let revoke = page.attributes("#own form", "action").remove(0);
        assert_eq!(norman.post(&revoke, &[]).await.status, StatusCode::NOT_FOUND, "not theirs");
        assert_eq!(nobody.get(&address).await.status, StatusCode::OK);
        dana.post(&revoke, &[]).await;
        assert_eq!(nobody.get(&address).await.status, StatusCode::NOT_FOUND);
    }

    async fn tc282_dates_are_a_calendar(world: World) {
        let worm = world.report("Worm; a, b\\c", "x").await;
        let without = world.report("Without a date", "x").await;
        due(&world, worm, Some("2031-03-04T09:30:00Z")).await;
        due(&world, without, None).await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = made(&mut browser, "Subject LIKE 'w'").await;
        let address = path(&page, "ics");
        let lines = |text: &str| text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect::<Vec<_>>();
        let days = lines(&browser.get(&address).await.html);
        assert_eq!(days.iter().filter(|line| *line == "BEGIN:VEVENT").count(), 2, "{days:?}");
        for line in ["DTSTART;VALUE=DATE:20310301", "DTEND;VALUE=DATE:20310302", "DTSTART;VALUE=DATE:20310304", "DTEND;VALUE=DATE:20310305", "SUMMARY:Due: Worm\\; a\\, b\\\\c", &format!("UID:ticket-{worm}-due@csirt.example"), &format!("URL:http://watchbell.example/tickets/{worm}")] {
            assert!(days.iter().any(|one| one == line), "{line} is not in {days:?}");
        }
        let single = lines(&browser.get(&format!("{address}&single=1&time=1")).await.html);
        assert_eq!(single.iter().filter(|line| *line == "BEGIN:VEVENT").count(), 1);
        assert!(single.contains(&"DTSTART:20310301T100000Z".to_owned()) && single.contains(&"DTEND:20310304T093000Z".to_owned()), "{single:?}");
    }

    async fn a_feed_that_cannot_be_made_says_why(world: World) {
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = made(&mut browser, "Nonsense = 1").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text("#field-query-error").contains("Nonsense") && page.text("textarea[name=query]") == "Nonsense = 1");
        let page = browser.get("/search?query=id+%3E+0").await;
        let form = browser.get(&page.link("As a feed").unwrap()).await;
        assert_eq!(form.text("textarea[name=query]"), "id > 0");
    }
}
