//! What clients search for (API-086 … API-090).

use crate::caller::Caller;
use jiff::SignedDuration;
use serde_json::{Value, json};

fn ids(list: &Value) -> Vec<i64> {
    list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().parse().unwrap()).collect()
}

async fn found(caller: &Caller, query: &str, rest: &str) -> Vec<i64> {
    ids(&caller.get(&format!("tickets?query={}{rest}", http_door::urls::encode(query))).await.expect(200))
}

testkit::both! {
    async fn the_queries_that_clients_send_find_what_they_mean(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let one = world.report("Phishing", "at 192.0.2.1").await.0;
        world.clock.advance(SignedDuration::from_hours(2));
        let two = world.report("Portscan 100%", "from 192.0.2.200").await.0;
        dana.put(&format!("ticket/{one}/take"), json!({})).await.expect(200);
        dana.put(&format!("ticket/{one}"), json!({"Status": "resolved"})).await.expect(200);
        for (query, expected) in [
            ("Queue='Incident Reports'", vec![one, two]),
            ("(Queue='Incident Reports') AND (Status='__Active__')", vec![two]),
            (&format!("id='{one}' OR id='{two}'"), vec![one, two]),
            ("Subject LIKE 'phish'", vec![one]),
            ("Created>'2022-01-01T00:00:00'", vec![one, two]),
            ("LastUpdated>'2022-01-01'", vec![one, two]),
            ("Created>'1 hour ago'", vec![two]),
            ("Owner='nobody'", vec![two]),
            ("Owner='dana' AND Lifecycle='incident_reports'", vec![one]),
            ("Creator='__CurrentUser__'", vec![]),
            ("CF.{IP}='192.0.2.1'", vec![one]),
            ("'CF.{IP}'='192.0.2.0/24'", vec![one, two]),
            ("CF.IP='192.0.2.200'", vec![two]),
            ("Requestor.EmailAddress LIKE 'bank.example'", vec![one, two]),
            ("Due IS NULL", vec![one]),
            ("NOT Subject LIKE 'phish'", vec![two]),
            ("Subject LIKE '100%'", vec![two]),
            ("Subject LIKE '%'", vec![two]),
        ] {
            let mut ids = found(&dana, query, "").await;
            ids.sort_unstable();
            assert_eq!(ids, expected, "{query}");
        }
        assert_eq!(found(&dana, "id>0", "&orderby=Subject&order=DESC").await, [two, one]);
        assert_eq!(found(&dana, "id>0", "&orderby=Nothing&orderby=id&order=ASC&order=desc").await, [two, one]);
        assert_eq!(found(&Caller::new(&world, "norman").await, "id>0", "").await, [0; 0]);
    }

    async fn no_query_finds_nothing_and_a_wrong_one_is_told(world: World) {
        let dana = Caller::new(&world, "dana").await;
        world.report("x", "text").await;
        for nothing in ["tickets", "tickets?query=", "tickets?query=%20&simple=1", "tickets?query=&page=3"] {
            let list = dana.get(nothing).await.expect(200);
            assert_eq!((&list["total"], &list["pages"], &list["count"], &list["items"]), (&json!(0), &json!(0), &json!(0), &json!([])), "{nothing}");
        }
        for (query, part) in [("Nonsense='x'", "Nonsense"), ("Subject LIKE", "expected a value"), ("(id=1", "expected"), ("CF_Domain='x'", "CF_Domain")] {
            let answer = dana.get(&format!("tickets?query={}", http_door::urls::encode(query))).await;
            assert_eq!(answer.status, 400, "{query}");
            assert!(answer.message().contains(part), "{query}: {}", answer.message());
            assert!(!answer.message().contains(".rs") && !answer.message().to_lowercase().contains("sql"), "{}", answer.message());
        }
    }

    async fn a_query_may_be_posted_as_a_form_of_either_kind_or_as_json(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let id = world.report("x", "text").await.0;
        let form = "application/x-www-form-urlencoded";
        let list = dana.send("POST", "tickets?fields=Subject", Some(form), "query=id%3E0&per_page=1").await.expect(200);
        assert_eq!((ids(&list), &list["items"][0]["Subject"], &list["per_page"]), (vec![id], &json!("x"), &json!(1)));
        let body = "--b\r\nContent-Disposition: form-data; name=\"query\"\r\n\r\nid>0\r\n--b--\r\n";
        assert_eq!(ids(&dana.send("POST", "tickets", Some("multipart/form-data; boundary=b"), body).await.expect(200)), [id]);
        assert_eq!(ids(&dana.post("tickets", json!({"query": "id>0"})).await.expect(200)), [id]);
        assert_eq!(dana.post("tickets", json!([{"field": "id", "value": id}])).await.expect(200)["total"], 0);
    }

    async fn simple_search_reads_words(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let one = world.report("Phishing mail", "text").await.0;
        let two = world.report("Scan of ports", "text").await.0;
        dana.put(&format!("ticket/{one}/take"), json!({})).await.expect(200);
        dana.put(&format!("ticket/{one}"), json!({"Status": "resolved"})).await.expect(200);
        for (words, expected) in [
            ("scan", vec![two]),
            ("phishing", vec![]),
            ("phishing status:resolved", vec![one]),
            ("subject:phishing status:inactive", vec![one]),
            (&format!("#{one}"), vec![one]),
            (&two.to_string(), vec![two]),
            ("ray@bank.example", vec![two]),
            ("requestor:bank.example", vec![two]),
            ("owner:dana status:resolved", vec![one]),
            ("owner:me status:resolved", vec![one]),
            ("\"Incident Reports\" ports", vec![two]),
            ("'of ports'", vec![two]),
            ("scan nothing", vec![]),
        ] {
            assert_eq!(found(&dana, words, "&simple=1").await, expected, "{words}");
        }
    }
}
