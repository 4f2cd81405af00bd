//! Who may come in, and how (API-010 … API-018).

use crate::caller::{Caller, app, token};
use actions::account;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;
use testkit::PASSWORD;

fn basic(login: &str, password: &str) -> String {
    format!("basic {}", STANDARD.encode(format!("{login}:{password}")))
}

testkit::both! {
    async fn a_token_comes_in_the_header_in_the_address_or_in_a_form(world: World) {
        let token = token(&world, "dana").await;
        let nobody = Caller::nobody(&world);
        for scheme in ["token", "Token", "TOKEN"] {
            nobody.with("authorization", &format!("{scheme} {token}")).get("rt").await.expect(200);
        }
        nobody.get(&format!("rt?token={token}")).await.expect(200);
        let form = "application/x-www-form-urlencoded";
        nobody.send("POST", "tickets", Some(form), format!("token={token}&query=id>0")).await.expect(200);
        for bad in ["token 1-1-00", "token", "Bearer x", "basic !!", "nonsense"] {
            nobody.with("authorization", bad).get("rt").await.refused(401, "Unauthorized");
        }
        nobody.get("rt").await.refused(401, "Unauthorized");
        // never the redirect that RT sends to browsers
        nobody.with("user-agent", "Mozilla/5.0").with("cookie", "x=y").get("rt").await.refused(401, "Unauthorized");
        nobody.get("rt?user=dana&pass=watchbell").await.refused(401, "Unauthorized");
    }

    async fn a_password_signs_in_until_it_was_guessed_too_often(world: World) {
        let nobody = Caller::nobody(&world);
        nobody.with("authorization", &basic("dana", PASSWORD)).get("rt").await.expect(200);
        for _ in 0..10 {
            nobody.with("authorization", &basic("dana", "guess:ed")).get("rt").await.refused(401, "Unauthorized");
        }
        nobody.with("authorization", &basic("dana", PASSWORD)).get("rt").await.refused(401, "Unauthorized");
        nobody.with("authorization", &basic("tariq", PASSWORD)).get("rt").await.expect(200);
        nobody.with("authorization", &basic("nobody-we-know", PASSWORD)).get("rt").await.refused(401, "Unauthorized");
        nobody.with("authorization", &basic("Nobody", "")).get("rt").await.refused(401, "Unauthorized");
    }

    async fn a_session_counts_but_not_for_changes_that_another_site_asks_for(world: World) {
        let secret = account::sign_in(&world.desk, "dana", PASSWORD).await.unwrap().unwrap();
        let cookie = http_door::session_cookie(&app(&world), &secret);
        let browser = Caller::nobody(&world).with("cookie", cookie.split(';').next().unwrap());
        let id = world.report("Scan", "text").await;
        browser.get(&format!("ticket/{id}")).await.expect(200);
        let take = format!("ticket/{id}/take");
        let foreign = browser.with("origin", "http://evil.example");
        assert_eq!(foreign.put(&take, json!({})).await.status, 403);
        assert_eq!(browser.with("referer", "http://watchbell.example.evil.example/").put(&take, json!({})).await.status, 403);
        foreign.get(&format!("ticket/{id}")).await.expect(200);
        browser.with("origin", "http://watchbell.example").with("referer", "http://watchbell.example/x").put(&take, json!({})).await.expect(200);
        browser.put(&format!("ticket/{id}/untake"), json!({})).await.expect(200);
    }

    async fn the_door_that_a_report_came_by_is_rest2_even_with_a_cookie(world: World) {
        let dana = Caller::new(&world, "dana").await;
        let created = dana.post("ticket", json!({"Queue": "Incident Reports", "Subject": "x"})).await.expect(201);
        let ticket = dana.get(&format!("ticket/{}", created["id"].as_str().unwrap())).await.expect(200);
        let how = ticket["CustomFields"].as_array().unwrap().iter().find(|field| field["name"] == "How Reported").unwrap().clone();
        assert_eq!(how["values"], json!(["REST2"]));
    }

    async fn rt_tells_the_version_we_stand_in_for(world: World) {
        let dana = Caller::new(&world, "dana").await.get("rt").await.expect(200);
        assert_eq!(dana, json!({"Version": "5.0.8", "Product": "Watchbell"}));
        let admin = Caller::new(&world, "admin").await.get("rt").await.expect(200);
        assert_eq!(admin["Plugins"], json!([]));
    }
}
