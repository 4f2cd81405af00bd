//! Charts and ready reports as pages (TC-284 … TC-288).

use axum::http::StatusCode;

use crate::browser::Browser;

fn address(pairs: &[(&str, &str)]) -> String {
    format!("/search/chart?{}", serde_urlencoded::to_string(pairs).unwrap())
}

testkit::both! {
    async fn tc286_each_style_is_drawn_with_its_table_and_its_links(world: World) {
        for number in 0..3 {
            world.report(&format!("Worm {number}"), "from 192.0.2.7").await;
        }
        let mut browser = Browser::signed_in(&world, "dana").await;
        for style in ["bar", "stacked", "line", "pie"] {
            for within in ["", "Owner.Name"] {
                let page = browser.get(&address(&[("query", "id > 0"), ("group", "Status"), ("within", within), ("style", style)])).await;
                assert_eq!(page.status, StatusCode::OK);
                assert!(page.has("svg.drawing[role=img] title") && page.has("svg.drawing desc"), "{style}");
                let named = page.attributes("svg.drawing", "aria-labelledby");
                assert!(named[0].split(' ').all(|id| page.has(&format!("#{id}"))), "{style}: {named:?}");
                assert_eq!(page.text("svg.drawing desc"), "One group: new with 3.");
                assert_eq!(page.texts(".chart-table tbody th"), ["new"]);
                let cell = page.attributes(".chart-table tbody td a", "href");
                assert_eq!(browser.get(&cell[0]).await.texts("#results tbody th a").len(), 3, "{style}: {cell:?}");
                let letters = !within.is_empty() || style == "pie";
                assert_eq!(page.has(".chart-legend .swatch"), letters, "{style}, {within}");
            }
        }
        let page = browser.get(&address(&[("query", "id = 0")])).await;
        assert!(!page.has("svg.drawing") && page.text("#chart").contains("Nothing that you may see"), "{}", page.text("#chart"));
        let page = browser.get(&address(&[("query", "Nonsense = 1"), ("group", "Colour"), ("top", "x")])).await;
        assert_eq!((page.status, page.has("#field-query-error")), (StatusCode::UNPROCESSABLE_ENTITY, true));
        let page = browser.get(&address(&[("query", "id > 0"), ("group", "Colour"), ("top", "x")])).await;
        assert!(page.text("#field-group-error").contains("Colour") && page.has("#field-top-error"), "{}", page.html);
    }

    async fn tc286_what_others_wrote_is_text_in_a_drawing(world: World) {
        let report = world.report("Worm", "x").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let hostile = "</text><script>alert(1)</script>";
        browser.post(&format!("/tickets/{report}/add-value"), &[("field", "1"), ("value", hostile)]).await;
        for style in ["bar", "stacked", "line", "pie"] {
            let page = browser.get(&address(&[("query", "id > 0"), ("group", "Requestor.RealName"), ("within", "CF.{How Reported}"), ("style", style)])).await;
            assert_eq!(page.status, StatusCode::OK, "{style}");
            assert!(!page.html.contains("<script>alert"), "{style}");
        }
    }

    async fn tc287_ready_reports_lead_to_charts(world: World) {
        world.report("Worm", "x").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/search/chart").await;
        let today = page.attributes("#reports input[name=until]", "value").remove(0);
        for (report, rows) in [("resolved-by-owner", 0), ("resolved-by-day", 0), ("created-by-day", 1), ("time-worked", 1)] {
            let path = address(&[("report", report), ("from", "2020-01-01"), ("until", &today)]);
            let page = browser.get(&path).await;
            assert_eq!((page.status, page.texts(".chart-table tbody tr").len()), (StatusCode::OK, rows), "{report} at {}", page.at);
        }
        assert_eq!(page.texts("#reports option").len(), 4);
        let page = browser.get(&address(&[("report", "created-by-day"), ("from", "nonsense"), ("until", "2020-01-01")])).await;
        assert!(!page.has(".chart-table"), "nothing was created then");
    }

    async fn tc288_a_saved_chart_is_a_box_of_a_dashboard(world: World) {
        world.report("Worm", "x").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get(&address(&[("query", "id > 0"), ("group", "Owner"), ("style", "pie")])).await;
        let save = page.link("Save this chart").unwrap();
        let form = browser.get(&save).await;
        let chart = form.text("textarea[name=chart]");
        assert!(chart.contains("group Owner.Name") && chart.contains("style pie"), "{chart}");
        let chart = "group Owner.Name\r\nstyle pie";
        browser.post("/searches", &[("name", "Who has what"), ("query", "id > 0"), ("chart", chart), ("keeper", "mine"), ("refresh", "0")]).await;
        let list = browser.get("/searches").await;
        let opened = browser.get(&list.link("Who has what").unwrap()).await;
        assert!(opened.at.starts_with("/search/chart?") && opened.has("svg.drawing.pie"), "{}", opened.at);
        let edit = browser.post("/dashboards", &[("name", "Mine"), ("keeper", "mine")]).await;
        let mut offers = edit.texts("select[name=widget] option").into_iter().zip(edit.attributes("select[name=widget] option", "value"));
        let widget = offers.find(|(name, _)| name == "Who has what").unwrap().1;
        browser.post(&format!("{}/add", edit.at), &[("widget", &widget), ("side", "main")]).await;
        let home = browser.get("/").await;
        assert!(home.has(&format!("#{widget} svg.drawing.pie")) && home.has(&format!("#{widget} .chart-table td a")), "{}", home.html);
    }
}
