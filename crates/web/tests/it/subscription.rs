//! Dashboards looked at and sent by mail, as pages (TC-288, TC-290, TC-291).

use axum::http::StatusCode;

use crate::browser::Browser;

const FORM: [(&str, &str); 5] = [("frequency", "weekly"), ("weekday", "friday"), ("every", "2"), ("hour", "6"), ("rows", "5")];

testkit::both! {
    async fn tc291_a_dashboard_is_subscribed_changed_and_left_without_a_script(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let list = dana.get("/dashboards").await;
        let board = dana.get(&list.attributes("#all a", "href")[0]).await;
        let new = board.link("By mail").unwrap();
        let form = dana.get(&new).await;
        assert_eq!((form.text("textarea[name=recipients]"), form.attributes("input[name=weekdays][checked]", "value").len()), ("dana".to_owned(), 5));
        let refused = dana.post(&new, &[&FORM[..], &[("recipients", "x@elsewhere.example")]].concat()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text("#field-recipients-error").contains("x@elsewhere.example") && refused.text("textarea[name=recipients]") == "x@elsewhere.example");
        let kept = dana.post(&new, &[&FORM[..], &[("recipients", "dana\r\nDutyTeam")]].concat()).await;
        assert_eq!((kept.at.as_str(), kept.texts("#own li").len()), ("/subscriptions", 1));
        assert!(kept.text("#own li").contains("Weekly, next: "), "{}", kept.text("#own li"));
        let one = kept.attributes("#own li a", "href").remove(0);
        let edit = dana.get(&one).await;
        assert_eq!(edit.text("textarea[name=recipients]"), "dana DutyTeam");
        assert_eq!(edit.attributes("select[name=weekday] option[selected]", "value"), ["friday"]);
        let never = dana.post(&one, &[("frequency", "never"), ("hour", "6"), ("rows", "5"), ("recipients", "dana")]).await;
        assert!(never.text("#own li").contains("not sent for now"));
        let mut hana = Browser::signed_in(&world, "hana").await;
        for path in [one.clone(), format!("{one}/delete")] {
            assert_eq!(hana.post(&path, &FORM).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert!(!dana.post(&format!("{one}/delete"), &[]).await.has("#own li"));
    }

    async fn tc288_a_dashboard_is_looked_at_without_being_ones_home(world: World) {
        world.report("Worm", "x").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let edit = dana.post("/dashboards", &[("name", "Other"), ("keeper", "mine")]).await;
        for widget in ["saved-searches", "reminders", "find-person"] {
            dana.post(&format!("{}/add", edit.at), &[("widget", widget), ("side", "aside")]).await;
        }
        let list = dana.get("/dashboards").await;
        let default = list.attributes("#all form", "action").into_iter().find(|path| path.ends_with("/choose")).unwrap();
        dana.post(&default, &[]).await;
        assert!(!dana.get("/").await.has("#find-person"));
        let page = dana.get(&format!("{}/show", edit.at)).await;
        assert_eq!(page.text("h1"), "Other");
        for (id, holds) in [("saved-searches", "Unowned Tickets"), ("reminders", "(none)"), ("find-person", "Login, name or address")] {
            assert!(page.text(&format!("#{id}")).contains(holds), "{id}: {}", page.text(&format!("#{id}")));
        }
        let mut hana = Browser::signed_in(&world, "hana").await;
        assert_eq!(hana.get(&format!("{}/show", edit.at)).await.status, StatusCode::NOT_FOUND);
        let all = dana.get("/searches").await;
        let unowned = dana.get(&all.link("Unowned Tickets").unwrap()).await;
        assert_eq!(unowned.texts("#results tbody th a"), ["Worm"]);
        for name in ["My Tickets", "Bookmarked Tickets"] {
            assert_eq!(dana.get(&all.link(name).unwrap()).await.status, StatusCode::OK, "TC-283: {name}");
        }
    }
}
