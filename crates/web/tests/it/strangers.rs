//! Every page as nobody, as somebody without rights, and as another site would have it (A8, A7).

use axum::http::StatusCode;

use crate::browser::Browser;

fn pages(ticket: domain::TicketId) -> Vec<String> {
    let mut pages: Vec<String> =
        ["/", "/reports", "/incidents", "/investigations", "/countermeasures", "/search", "/about", "/preferences"]
            .map(str::to_owned)
            .into();
    pages.extend(["/admin", "/admin/mail", "/admin/mail/1/raw", "/files/1/1/x", "/nowhere"].map(str::to_owned));
    pages.extend([format!("/tickets/{ticket}"), format!("/tickets/{ticket}/version")]);
    pages
}

testkit::both! {
    async fn nobody_is_led_to_sign_in_and_back(world: World) {
        let ticket = world.report("Worm", "It spreads.").await;
        let mut browser = Browser::of(&world);
        for path in pages(ticket) {
            let page = browser.get(&path).await;
            assert!(page.at.starts_with("/sign-in"), "{path} leads to {}", page.at);
            assert!(!page.html.contains("Worm"), "{path}");
        }
        let page = browser.get(&format!("/tickets/{ticket}")).await;
        let page = browser.post("/sign-in", &[("name", "dana"), ("password", testkit::PASSWORD), ("next", &page.attributes("input[name=next]", "value")[0])]).await;
        assert_eq!(page.at, format!("/tickets/{ticket}"));
    }

    async fn what_nobody_sends_is_answered_by_the_sign_in_form(world: World) {
        let ticket = world.report("Worm", "It spreads.").await;
        let mut browser = Browser::of(&world);
        for path in [format!("/tickets/{ticket}/take"), "/preferences/theme".to_owned(), "/admin/mail/1/retry".to_owned()] {
            let page = browser.post(&path, &[("theme", "dark")]).await;
            assert_eq!((page.status, page.has("input[type=password]")), (StatusCode::UNAUTHORIZED, true), "{path}");
            assert_eq!(page.attributes("body", "data-outcome"), ["failed"], "drafts are kept");
        }
    }

    async fn somebody_without_rights_sees_nothing_and_nothing_breaks(world: World) {
        let ticket = world.report("Worm", "It spreads.").await;
        let mut browser = Browser::signed_in(&world, "norman").await;
        for path in pages(ticket) {
            let page = browser.get(&path).await;
            assert!(!page.status.is_server_error() && !page.html.contains("Worm"), "{path}: {}", page.status);
        }
        assert_eq!(browser.get(&format!("/tickets/{ticket}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.get("/admin/mail").await.status, StatusCode::FORBIDDEN);
        let (hidden, missing) = (browser.get(&format!("/tickets/{ticket}")).await.html, browser.get("/tickets/999999").await.html);
        let missing = missing.replace("/tickets/999999", &format!("/tickets/{ticket}"));
        assert_eq!(hidden, missing, "what may not be seen and what is not there look alike");
    }

    async fn whoever_is_refused_keeps_the_navigation_and_their_looks(world: World) {
        let ticket = world.report("Worm", "It spreads.").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        browser.post("/preferences/theme", &[("theme", "dark")]).await;
        for (path, title, words) in [
            ("/nowhere".to_owned(), "Nothing here", "There is no such page or ticket"),
            ("/tickets/999999".to_owned(), "Nothing here", "There is no such page or ticket"),
            ("/admin/mail".to_owned(), "You may not do this", "for administrators"),
            (format!("/tickets/{ticket}/edit"), "You may not do this", "not yours to change"),
        ] {
            let page = browser.get(&path).await;
            assert!(page.status.is_client_error());
            assert_eq!((page.text("h1"), page.attributes("html", "data-theme")), (title.to_owned(), vec!["dark".to_owned()]), "{path}");
            assert!(page.text("main").contains(words), "{path}: {}", page.text("main"));
            assert!(page.has("nav.sidebar a[href='/reports']") && page.has("form.search"), "{path}");
            assert_eq!(page.attributes("body", "data-outcome"), ["failed"], "{path}");
            assert_eq!(page.link("Go home").unwrap(), "/");
        }
    }

    async fn nonsense_in_addresses_is_not_found(world: World) {
        let mut browser = Browser::signed_in(&world, "dana").await;
        for path in ["/tickets/abc", "/tickets/-1", "/tickets/99999999999999999999", "/files/x/y/z", "/tickets/%00", "/tickets/1/version"] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in ["/reports?page=x&order=';--&constituency=%00", "/reports?page=-5", "/reports?page=99999999999999999999", "/search?query=%ff"] {
            let page = browser.get(path).await;
            assert!(!page.status.is_server_error(), "{path}: {}", page.status);
        }
        assert_eq!(browser.once("DELETE", "/reports", None).await.status, StatusCode::METHOD_NOT_ALLOWED);
    }

    async fn another_site_can_make_nobody_do_anything(world: World) {
        let ticket = world.report("Worm", "It spreads.").await;
        let browser = Browser::signed_in(&world, "dana").await;
        for path in [format!("/tickets/{ticket}/take"), "/sign-out".to_owned(), "/preferences/keys".to_owned()] {
            assert_eq!(browser.from_elsewhere(&path).await, StatusCode::FORBIDDEN, "{path}");
        }
    }

    async fn every_answer_makes_browsers_careful(world: World) {
        let mut browser = Browser::signed_in(&world, "dana").await;
        for path in ["/", "/nowhere", "/sign-in", "/search?query=("] {
            let page = browser.get(path).await;
            let policy = page.headers["content-security-policy"].to_str().unwrap();
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{path}");
            assert_eq!(page.headers["x-content-type-options"], "nosniff");
        }
    }
}
