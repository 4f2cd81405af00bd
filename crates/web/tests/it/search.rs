//! Searching by query and by the box in the top bar.

use axum::http::StatusCode;

use crate::browser::Browser;

testkit::both! {
    async fn a_broken_query_comes_back_with_the_place_of_its_error(world: World) {
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/search?query=Subject+LIKE+AND+x").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.text("textarea[name=query]"), "Subject LIKE AND x");
        assert!(page.text("#field-query-error").contains("At character 14"), "{}", page.text("#field-query-error"));
        let page = browser.get("/search?query=Nonsense+%3D+1").await;
        assert!(page.text("#field-query-error").contains("Unknown field: Nonsense"));
    }

    async fn a_query_finds_and_its_address_can_be_kept(world: World) {
        world.report("Worm", "one").await;
        world.report("Phish", "two").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/search?query=Subject+LIKE+%27wor%27").await;
        assert_eq!(page.texts("#results tbody th a"), ["Worm"]);
        assert_eq!(page.text("#results h2"), "One ticket");
        assert!(browser.get("/search").await.has("#examples a"));
    }

    async fn tc268_the_examples_can_be_answered(world: World) {
        let mut browser = Browser::signed_in(&world, "dana").await;
        for example in browser.get("/search").await.attributes("#examples a", "href") {
            assert_eq!(browser.get(&example).await.status, StatusCode::OK, "{example}");
        }
    }

    async fn tc266_tc267_the_box_understands_numbers_addresses_people_and_words(world: World) {
        let ticket = world.report("Worm", "Traffic from 192.0.2.7").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        assert_eq!(browser.get(&format!("/search?q=%23{ticket}")).await.at, format!("/tickets/{ticket}"));
        assert_eq!(browser.get("/search?q=192.0.2.7").await.texts("#results tbody th a"), ["Worm"]);
        let page = browser.get("/search?q=ray%40bank.example").await;
        assert!(!page.has("#results tbody th a"), "incidents are found, not their children");
        let page = browser.get("/search?q=worm").await;
        assert_eq!(page.text("textarea[name=query]"), "Lifecycle = 'incidents' AND Status = __Active__ AND (Subject LIKE 'worm' OR Content LIKE 'worm')");
        let page = browser.get("/search?q=incident_reports+new+%22worm%22").await;
        assert_eq!(page.texts("#results tbody th a"), ["Worm"]);
        let page = browser.get("/search?q=it%27s+%5C+a+trap").await;
        assert_eq!(page.status, StatusCode::OK);
    }

    async fn tc265_keywords_say_where_to_look(world: World) {
        let worm = world.report("Worm at the bank", "It came from 192.0.2.7, with remote code").await;
        let spam = world.report("Spam", "An unwanted letter").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        for (text, expected) in [
            ("subject:worm", vec![worm]),
            ("content:letter", vec![spam]),
            ("content:lett*", vec![spam]),
            ("content:lett", vec![]),
            ("fulltext:\"remote code\"", vec![worm]),
            ("content:remote content:letter", vec![]),
            ("requestor:ray@bank", vec![worm, spam]),
            ("domain:bank.example subject:spam", vec![spam]),
            ("watcher:ray@bank.example status:any", vec![worm, spam]),
            ("owner:me", vec![]),
            ("owner:nobody owner:dana", vec![worm, spam]),
            ("q:\"Incident Reports\" cf.IP:192.0.2", vec![worm]),
            ("status:inactive", vec![]),
            ("id:2", vec![spam]),
            ("nonsense:letter queue:nowhere", vec![]),
        ] {
            let page = browser.get(&format!("/search?{}", serde_urlencoded::to_string([("q", text)]).unwrap())).await;
            let found = page.attributes("#results tbody th a", "href");
            let expected: Vec<String> = expected.iter().map(|id| format!("/tickets/{id}")).collect();
            assert_eq!(found.len(), expected.len(), "{text}: {}", page.text("textarea[name=query]"));
            assert!(expected.iter().all(|path| found.iter().any(|link| link.starts_with(path))), "{text}: {found:?}");
        }
        assert!(browser.get("/search?q=letter").await.texts("#results tbody th a").is_empty(), "words alone look for Incidents");
    }

    async fn tc280_a_result_is_taken_along_as_a_file(world: World) {
        let worm = world.report("=cmd|'/c calc'!A0", "It came from 192.0.2.7").await;
        world.report("Spam, \"again\"", "An unwanted letter").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/search?query=id+%3E+0&order=id").await;
        let links = page.attributes("#results a[href*='/search.']", "href");
        assert_eq!(links.len(), 4);
        let csv = browser.get(&links[0]).await;
        assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
        let disposition = csv.headers["content-disposition"].to_str().unwrap();
        assert!(disposition.starts_with("attachment") && disposition.contains("tickets.csv"));
        let lines: Vec<&str> = csv.html.lines().collect();
        assert_eq!(lines.len(), 3, "{}", csv.html);
        assert!(lines[1].contains("'=cmd|'/c calc'!A0") && lines[2].contains("\"Spam, \"\"again\"\"\""), "{}", csv.html);
        let tsv = browser.get(&links[1]).await.html;
        assert_eq!(tsv.lines().map(|line| line.split('\t').count()).collect::<std::collections::HashSet<_>>().len(), 1, "{tsv}");
        let json: serde_json::Value = serde_json::from_str(&browser.get(&links[3]).await.html).unwrap();
        assert_eq!((json.as_array().unwrap().len(), &json[1]["Subject"]), (2, &serde_json::json!("Spam, \"again\"")));
        let none = browser.get("/search.json?query=id+%3D+0").await.html;
        assert_eq!(serde_json::from_str::<serde_json::Value>(&none).unwrap(), serde_json::json!([]));
        assert_eq!(browser.get("/search.csv?query=Nonsense+%3D+1").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut stranger = Browser::signed_in(&world, "norman").await;
        assert_eq!(stranger.get("/search.csv?query=id+%3E+0").await.html.lines().count(), 1, "{worm}: not for everybody");
    }

    async fn tc280_a_long_result_comes_in_pieces_and_whole(world: World) {
        for number in 0..501 {
            world.report(&format!("Number {number}"), "x").await;
        }
        let mut browser = Browser::signed_in(&world, "dana").await;
        let text = browser.get("/search.tsv?query=id+%3E+0&order=-id").await.html;
        let numbers: Vec<i64> = text.lines().skip(1).map(|line| line.split('\t').next().unwrap().parse().unwrap()).collect();
        assert_eq!(numbers, (1..=501).rev().collect::<Vec<i64>>());
    }

    async fn tc280_a_spreadsheet_holds_text_and_numbers_and_no_formulas(world: World) {
        for number in 0..501 {
            world.report(&format!("=1+{number} <b>&\u{1}"), "x").await;
        }
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/search.xlsx?query=id+%3E+0&order=-id&columns=id+Subject+Status").await;
        assert!(page.headers["content-type"].to_str().unwrap().contains("spreadsheetml"));
        assert!(page.headers["content-disposition"].to_str().unwrap().contains("tickets.xlsx"));
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(page.bytes)).unwrap();
        let sheet = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
        assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"), "no formula, no link");
        assert_eq!(sheet.matches("<row ").count(), 502);
        assert!(sheet.contains("=1+500 &lt;b&gt;&amp;") && sheet.contains("<v>501</v>"), "{}", &sheet[..2000]);
        assert!(sheet.find("=1+500 ").unwrap() < sheet.find("=1+0 ").unwrap(), "in the order that was asked for");
        assert_eq!(browser.get("/search.xlsx?query=Nonsense+%3D+1").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut stranger = Browser::signed_in(&world, "norman").await;
        let page = stranger.get("/search.xlsx?query=id+%3E+0").await;
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(page.bytes)).unwrap();
        let sheet = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
        assert_eq!(sheet.matches("<row ").count(), 1, "not for everybody");
    }
}
