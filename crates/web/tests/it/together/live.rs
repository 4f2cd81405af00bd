//! News for open pages, and who is here.

use super::owner;
use crate::browser::Browser;
use axum::http::{StatusCode, header};
use futures_util::StreamExt;
use jiff::SignedDuration;
use std::time::Duration;

/// What arrives on an open stream within a moment.
async fn read(stream: &mut (impl StreamExt<Item = Result<axum::body::Bytes, axum::Error>> + Unpin)) -> String {
    let mut text = String::new();
    while let Ok(Some(piece)) = tokio::time::timeout(Duration::from_millis(900), stream.next()).await {
        text.push_str(&String::from_utf8_lossy(&piece.unwrap()));
    }
    text
}

testkit::both! {
    async fn a_stream_tells_of_what_its_reader_may_see_and_nothing_else(world: World) {
        let (dana, norman) = (Browser::signed_in(&world, "dana").await, Browser::signed_in(&world, "norman").await);
        let mut hers = dana.stream("/live").await.into_data_stream();
        let mut his = norman.stream("/live").await.into_data_stream();
        let (first, other) = (read(&mut hers).await, read(&mut his).await);
        assert!(first.contains("event: hello") && other.contains("event: hello"), "{first}{other}");
        let report = world.report("Worm", "x").await;
        let (told, other) = (read(&mut hers).await, read(&mut his).await);
        assert!(told.contains("event: ticket") && told.contains(&format!("\"ticket\":{report}")), "{told}");
        assert_eq!(other, "", "not even by number");
    }

    async fn whoever_was_away_is_told_what_happened_since(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let hello = dana.get("/live").await;
        assert_eq!(hello.headers[header::CONTENT_TYPE], "text/event-stream");
        let since = hello.html.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned();
        world.clock.advance(SignedDuration::from_mins(1));
        let report = world.report("Worm", "x").await;
        let page = dana.get(&format!("/live?since={since}")).await;
        assert!(page.html.contains(&format!("\"ticket\":{report}")), "{}", page.html);
        let mut norman = Browser::signed_in(&world, "norman").await;
        assert!(!norman.get(&format!("/live?since={since}")).await.html.contains("event: ticket"));
        for nonsense in ["x", "-99999999999999999999", "9223372036854775807"] {
            assert_eq!(dana.get(&format!("/live?since={nonsense}")).await.status, StatusCode::OK, "{nonsense}");
        }
    }

    async fn a_stream_ends_with_its_session(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let mut hers = dana.stream("/live").await.into_data_stream();
        read(&mut hers).await;
        dana.post("/sign-out", &[]).await;
        world.report("Worm", "x").await;
        let told = read(&mut hers).await;
        assert!(told.contains("event: signed-out") && !told.contains("event: ticket"), "{told}");
        assert!(hers.next().await.is_none());
    }

    async fn others_are_shown_on_a_tickets_page_also_without_a_script(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = owner(&world, "dana", report).await;
        let mut tariq = Browser::signed_in(&world, "tariq").await;
        tariq.get(&format!("/tickets/{report}")).await;
        let page = dana.get(&format!("/tickets/{report}")).await;
        assert!(page.text(".presence").contains("is looking"), "{}", page.text("main"));
        tariq.get(&format!("/tickets/{report}/comment")).await;
        assert!(dana.get(&format!("/tickets/{report}/presence")).await.text(".presence .writing").contains("is writing"));
        world.clock.advance(SignedDuration::from_mins(3));
        assert!(dana.get(&format!("/tickets/{report}")).await.text(".presence .recently").contains("was here 3 min ago"));
        let page = tariq.post(&format!("/tickets/{report}/presence"), &[("doing", "writing")]).await;
        assert!(page.text(".presence").contains("is looking"), "{}", page.html);
        let mut norman = Browser::signed_in(&world, "norman").await;
        assert_eq!(norman.get(&format!("/tickets/{report}/presence")).await.status, StatusCode::NOT_FOUND);
    }
}
