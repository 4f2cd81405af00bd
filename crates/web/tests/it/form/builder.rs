//! The builder of searches, as a person without scripts uses it: every press is the one form sent, and leads to an address.

use super::client::{Answer, Client, Form};

const BUILDER: &str = "form.builder";

fn start(query: &str) -> String {
    format!("/search/build?query={}", http_door::urls::encode(query))
}

/// Sends the form by one of its buttons and goes where that leads.
async fn press(client: &mut Client, form: &Form, deed: &str) -> Answer {
    let form = form.clone().add("do", deed);
    let answer = client.get(&format!("{}?{}", form.action, serde_urlencoded::to_string(&form.inputs).unwrap())).await;
    match answer.location.clone() {
        Some(to) => client.get(&to).await,
        None => answer,
    }
}

fn text(answer: &Answer) -> String {
    answer.form(BUILDER).value("query").to_owned()
}

/// The chips as they stand, groups by their word.
fn chips(answer: &Answer) -> Vec<String> {
    answer.texts("#conditions .condition-line > :is(code, button, .denied)")
}

testkit::both! {
    async fn tc269_conditions_are_added_by_field_and_stand_as_chips_and_as_text(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get("/search/build").await;
        assert!(page.text("#conditions").contains("No conditions"));
        let form = page.form(BUILDER)
            .set("value-id", "0").set("op-id", ">")
            .set("value-queue", "Incident Reports")
            .set("value-status", "__Active__").set("op-status", "!=")
            .set("field-watcher", "Requestor").set("part-watcher", "Organization").set("op-watcher", "ENDSWITH").set("value-watcher", "it's")
            .set("op-date", "IS NOT").set("field-date", "Due")
            .set("field-priority", "FinalPriority").set("value-priority", "7")
            .set("field-link", "MemberOf").set("value-link", "#12")
            .set("field-custom", "IP").set("value-custom", "192.0.2.0/24")
            .set("join", "and");
        let page = press(&mut dana, &form, "apply").await;
        let expected = [
            "id > 0", "Queue = 'Incident Reports'", "Status != __Active__", "Requestor.Organization ENDSWITH 'it\\'s'",
            "Due IS NOT NULL", "FinalPriority = 7", "MemberOf = 12", "CF.{IP} = '192.0.2.0/24'",
        ];
        assert_eq!(page.status, 200, "{}", page.words());
        assert_eq!(text(&page), expected.join(" AND "));
        assert_eq!(chips(&page)[1..], expected);
        let again = page.form(BUILDER).set("value-content", "worm").set("join", "or");
        let page = press(&mut dana, &again, "apply").await;
        assert_eq!(text(&page), format!("({}) OR Content LIKE 'worm'", expected.join(" AND ")));
        assert_eq!(page.form(BUILDER).value("value-content"), "", "what was added waits no more");
    }

    async fn tc269_groups_are_turned_made_left_and_cleared(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let mut page = dana.get(&start("id = 1 AND id = 2 AND id = 3")).await;
        for (deed, expected) in [
            ("indent 2", "id = 1 AND (id = 2 OR id = 3)"),
            ("toggle root", "id = 1 OR (id = 2 OR id = 3)"),
            ("toggle 1", "id = 1 OR (id = 2 AND id = 3)"),
            ("negate 1", "id = 1 OR NOT (id = 2 AND id = 3)"),
            ("outdent 1.0.0", "id = 1 OR NOT id = 3 OR id = 2"),
            ("remove 1", "id = 1 OR id = 2"),
            ("remove 9.9", "id = 1 OR id = 2"),
            ("clear", ""),
        ] {
            page = press(&mut dana, &page.form(BUILDER), deed).await;
            assert_eq!(text(&page), expected, "{deed}");
        }
    }

    async fn tc269_a_condition_is_changed_in_its_place_and_a_wrong_change_changes_nothing(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&start("id = 1 AND id = 2")).await;
        let page = press(&mut dana, &page.form(BUILDER), "edit 1").await;
        assert_eq!(page.form(BUILDER).value("new"), "id = 2");
        let wrong = press(&mut dana, &page.form(BUILDER).set("new", "id ="), "change").await;
        assert_eq!(wrong.status, 422);
        assert_eq!((text(&wrong).as_str(), wrong.form(BUILDER).value("new")), ("id = 1 AND id = 2", "id ="));
        assert!(wrong.error("new").contains("At character 5"), "{}", wrong.error("new"));
        let right = press(&mut dana, &wrong.form(BUILDER).set("new", "Due IS NULL OR id > 5"), "change").await;
        assert_eq!(text(&right), "id = 1 AND (Due IS NULL OR id > 5)");
    }

    async fn tc269_a_wrong_text_is_kept_with_the_place_of_its_error_and_nothing_typed_is_lost(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get("/search/build").await;
        let form = page.form(BUILDER).set("query", "Subject LIKE AND x").set("value-content", "worm").set("rows", "25");
        for deed in ["apply", "results", "remove 0", "save"] {
            let answer = press(&mut dana, &form, deed).await;
            assert_eq!(answer.status, 422, "{deed}");
            assert!(answer.error("query").contains("At character 14"), "{}", answer.error("query"));
            assert_eq!(answer.text(".query-place mark"), "AND");
            let kept = answer.form(BUILDER);
            assert_eq!((kept.value("query"), kept.value("value-content"), kept.value("rows")), ("Subject LIKE AND x", "worm", "25"));
        }
        // understood, but nothing that can be answered: the chips stay
        let page = dana.get(&start("id = 1 AND Nonsense = 2")).await;
        assert!(page.error("query").contains("At character 12: Unknown field: Nonsense"), "{}", page.error("query"));
        assert_eq!(chips(&page)[1..], ["id = 1", "Nonsense = 2"]);
        let mended = press(&mut dana, &page.form(BUILDER).set("value-content", "worm"), "remove 1").await;
        assert_eq!((mended.status, text(&mended).as_str()), (200, "id = 1"));
        assert_eq!(mended.form(BUILDER).value("value-content"), "worm", "a row that was not added yet waits");
    }

    async fn tc263_tc274_tc275_tc277_columns_orders_rows_groups_and_density_stand_in_the_address(world: World) {
        let mut reports = Vec::new();
        for number in 0..12 {
            reports.push(world.report(&format!("Spam {number}"), "Buy now").await);
        }
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{}/take", reports[0]), &[]).await;
        let page = dana.get("/search/build?query=id+%3E+0&columns=id+Subject+Status").await;
        let form = page.form(BUILDER)
            .set("column-new", "Owner").set("order-0", "Priority").set("direction-0", "down").set("order-1", "id").set("direction-1", "down")
            .set("rows", "10").set("group", "Owner").set("density", "compact").set("refresh", "5");
        let page = press(&mut dana, &form, "apply").await;
        let page = press(&mut dana, &page.form(BUILDER), "column-up 3").await;
        assert_eq!(page.texts(".chosen-columns .chip"), ["#", "Subject", "Owner", "Status"]);
        let field = press(&mut dana, &page.form(BUILDER).set("column-new", "CF.{IP}"), "apply").await;
        assert_eq!(field.form(BUILDER).value("columns"), "id Subject Owner Status CF.{IP}");
        assert!(page.has("select[name=column-new] option[value='CF.{IP}']"));
        let page = press(&mut dana, &page.form(BUILDER), "column-remove 0").await;
        let result = press(&mut dana, &page.form(BUILDER), "results").await;
        assert_eq!(result.at, "/search?query=id%20%3E%200&columns=Subject%20Owner%20Status&order=-Priority%2C-id&rows=10&group=Owner&density=compact&refresh=5");
        assert_eq!(result.texts("#results thead th:not(.select)"), ["Subject", "Owner", "Status"]);
        assert_eq!(result.texts("#results tr.group"), ["Owner: Nobody"]);
        let subjects = result.texts("#results tbody tr[data-row] th a");
        assert_eq!((subjects.len(), subjects[0].as_str(), subjects[9].as_str()), (10, "Spam 11", "Spam 2"));
        assert_eq!(result.attributes(".results", "data-density"), ["compact"]);
        assert!(result.html.contains("http-equiv=\"refresh\" content=\"300\""), "TC-277");
        // the next page is asked for in the same way
        let next = dana.get(&result.attributes(".pager a[rel=next]", "href")[0]).await;
        assert_eq!(next.texts("#results tbody tr[data-row] th a"), ["Spam 1", "Spam 0"]);
        assert_eq!(next.texts("#results tr.group"), ["Owner: Nobody", "Owner: Dana Duty"]);
        assert_eq!(next.attributes(".results", "data-density"), ["compact"]);
        let builder = dana.get(&result.link("Edit search").unwrap()).await;
        assert_eq!(builder.form(BUILDER).value("order-1"), "id");
    }

    async fn tc269_only_what_the_asker_may_see_is_offered(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get("/search/build").await;
        assert!(page.texts("select[name=value-queue] option").contains(&"Incident Reports".to_owned()));
        assert!(page.texts("select[name=field-custom] option").contains(&"IP".to_owned()));
        let one = dana.get(&start("Lifecycle = 'countermeasures'")).await;
        assert!(one.texts("select[name=value-status] option").len() < page.texts("select[name=value-status] option").len());
        let mut norman = Client::signed_in(&world, "norman").await;
        let page = norman.get("/search/build").await;
        assert_eq!(page.texts("select[name=value-queue] option"), ["–"]);
        assert!(!page.has("select[name=field-custom]") && !page.has("[name=value-custom]"));
    }

    async fn ir301_pages_that_link_merge_and_reject_lead_to_the_builder_with_their_search(world: World) {
        let report = world.report("Worm", "x").await;
        world.report("Spam", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        for (page, words, back) in [
            (format!("/tickets/{report}/merge"), "In the builder", format!("Back to Merge #{report}")),
            (format!("/tickets/{report}/link"), "In the builder", format!("Back to Link #{report}")),
            ("/reports/bulk-reject".to_owned(), "Edit search", "Back to the page with this search".to_owned()),
        ] {
            let list = dana.get(&page).await;
            let builder = dana.get(&list.link(words).unwrap_or_else(|| panic!("{page}: {}", list.words()))).await;
            assert!(builder.texts("button").contains(&back), "{page}: {}", builder.words());
            assert!(!chips(&builder).is_empty(), "{page}: with the search of the page");
            let form = builder.form(BUILDER).set("query", "Subject LIKE 'Spam'");
            let returned = press(&mut dana, &form, "back").await;
            assert!(returned.at.starts_with(&page) && returned.status == 200, "{page}: {}", returned.at);
            if !page.ends_with("/link") {
                assert!(returned.texts("tbody th a").contains(&"Spam".to_owned()), "{page}: {}", returned.words());
            }
        }
    }

    async fn ir301_a_page_that_wants_a_query_gets_it_back(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let to = "/search/build?query=id+%3D+1&back=%2Ftickets%2F7%2Fmerge%3Fwords%3Dx&into=query-same";
        let page = dana.get(to).await;
        assert!(page.texts("button").contains(&"Back to Merge #7".to_owned()), "{}", page.words());
        let form = page.form(BUILDER).set("query", "id = 2").add("do", "back");
        let answer = dana.get(&format!("{}?{}", form.action, serde_urlencoded::to_string(&form.inputs).unwrap())).await;
        assert_eq!(answer.location.as_deref(), Some("/tickets/7/merge?words=x&query-same=id%20%3D%202"));
        let foreign = dana.get("/search/build?query=id+%3D+1&back=https%3A%2F%2Fevil.example&do=back").await;
        assert!(foreign.location.as_deref().unwrap().starts_with("/search"), "{:?}", foreign.location);
    }
}
