//! What is refused to whom, and how.

use super::client::{Client, Form, MAX_UPLOAD};
use super::{incident, input_of, look, messages};

testkit::both! {
    async fn a_form_for_a_new_ticket_comes_back_with_every_error_beside_its_field(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get("/investigations/new").await.form("form.form").set("subject", "Kept").set("requestors", "noc@isp.example").set("message", "Long text");
        for (name, bad, error) in [
            ("subject", "x".repeat(201), "at most 200 characters"),
            ("subject", "\t".to_owned(), "A subject is needed"),
            ("requestors", String::new(), "A correspondent for the investigation is needed"),
            ("requestors", "noc(at)isp, x@y@".to_owned(), "is not an e-mail address"),
            ("requestors", "investigations@csirt.example".to_owned(), "round in circles"),
            ("ccs", "nobody-we-know".to_owned(), "There is nobody called"),
            ("owner", "ghost".to_owned(), "nobody with that login"),
            ("owner", "norman".to_owned(), "may not own tickets"),
            ("status", "melted".to_owned(), "isn't a valid status"),
            ("level", "Platinum".to_owned(), "no service level"),
            ("due", "soon".to_owned(), "not a date and time"),
            ("priority", "1e9".to_owned(), "whole number"),
            ("queue", "99999".to_owned(), "may not create tickets"),
            ("incident", "99999".to_owned(), "There is no Incident #99999"),
            ("incident", "abc".to_owned(), "not a ticket number"),
        ] {
            let page = dana.submit(&form.clone().set(name, &bad)).await;
            assert_eq!(page.status, 422, "{name}={bad}: {}", page.words());
            assert!(page.error(name).contains(error), "{name}: {}", page.words());
            assert_eq!(page.form("form.form").value("message"), "Long text", "{name}");
            assert!(page.html.contains("data-outcome=\"failed\""), "drafts are kept");
            assert!(page.has(&format!("[id=\"field-{name}\"]")), "{name}: the summary leads somewhere");
        }
    }

    /// IR-356: what cannot be read does not hide what cannot be accepted.
    async fn everything_wrong_with_a_form_is_told_in_one_round(world: World) {
        let report = world.report("Worm", "x").await;
        let ip = input_of(&look(&world, report).await, "IP");
        let mut dana = Client::signed_in(&world, "dana").await;
        let wrong = |form: Form| {
            let form = form.set("subject", " ").set("requestors", "x@y@").set("ccs", "nobody-we-know").set("admin_ccs", "reports@csirt.example");
            form.set(&ip, "999.1.1.1").set("due", "soon").set("level", "Platinum").set("owner", "ghost")
        };
        let all = ["subject", "requestors", "ccs", "admin_ccs", &ip, "due", "level", "owner"];
        let page = dana.get("/reports/new").await;
        let page = dana.submit(&wrong(page.form("form.form")).set("incident", "99999")).await;
        for name in all.iter().chain(&["incident"]) {
            assert!(!page.error(name).is_empty(), "{name}: {}", page.words());
        }
        assert_eq!(page.texts(".error-summary li").len(), all.len() + 1, "each once: {}", page.text(".error-summary"));
        assert_eq!(page.form("form.form").value("owner"), "ghost", "what was asked for stays");

        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        let before = look(&world, report).await.ticket.version;
        let page = dana.get(&format!("/tickets/{report}/edit")).await;
        let page = dana.submit(&wrong(page.form("form.form"))).await;
        for name in all {
            assert!(!page.error(name).is_empty(), "{name}: {}", page.words());
        }
        assert_eq!(look(&world, report).await.ticket.version, before);

        // IR-367: fields are listed by their name and the reason
        let page = dana.get("/incidents/new").await;
        let page = dana.submit(&page.form("form.form").set("subject", "Worm").set(&ip, "999.1.1.1")).await;
        let listed = page.texts(".error-summary li");
        assert!(listed.len() == 1 && listed[0].starts_with("IP: ") && listed[0].len() > "IP: .".len(), "{listed:?}");

        let page = dana.get("/incidents/new").await;
        let form = page.form("form.form").set("subject", "").set("launch", "1").set("launch-requestors", "reports@csirt.example").set("launch-ccs", "x@y@");
        let page = dana.submit(&form).await;
        for name in ["subject", "launch-requestors", "launch-ccs"] {
            assert!(!page.error(name).is_empty(), "{name}: {}", page.words());
        }
        assert_eq!(page.texts(".error-summary li").len(), 3, "{}", page.text(".error-summary"));
        let form = dana.get("/countermeasures/new").await.form("form.form").set("subject", "Block").set("incident", "abc");
        let page = dana.submit(&form).await;
        assert_eq!(page.texts(".error-summary li").len(), 1, "an input that could not be read is not judged twice");
        let page = dana.get("/countermeasures/new").await;
        assert!(page.has("input[name=incident][required]"));
        assert!(!page.words().contains("An Incident is needed"), "nothing is wrong yet");
    }

    async fn owners_are_chosen_among_those_who_may(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let owners = dana.get("/reports/new").await.attributes("select[name=owner] option", "value");
        assert!(["", "dana", "hana"].iter().all(|login| owners.iter().any(|owner| owner == login)), "{owners:?}");
        assert!(["norman", "carla"].iter().all(|login| !owners.iter().any(|owner| owner == login)), "{owners:?}");
    }

    async fn whoever_has_no_right_hears_no_or_nothing(world: World) {
        let report = world.report("Worm", "x").await;
        let incident = incident(&world, "dana", report).await;
        let mut tariq = Client::signed_in(&world, "tariq").await;
        for path in [format!("/tickets/{report}/edit"), format!("/tickets/{incident}/close"), format!("/tickets/{incident}/edit")] {
            assert_eq!(tariq.get(&path).await.status, 403, "{path}: seen but not owned");
        }
        let mut norman = Client::signed_in(&world, "norman").await;
        for kind in ["reports", "incidents", "investigations", "countermeasures", "tickets"] {
            assert_eq!(norman.get(&format!("/{kind}/new")).await.status, 403, "{kind}");
            assert_eq!(norman.post(&format!("/{kind}/new"), &[("subject", "x")]).await.status, 403, "{kind}");
        }
        for part in ["reply", "comment", "edit", "link", "close", "reply-all", "reply-reporters", "link-children"] {
            for id in [report, incident] {
                assert_eq!(norman.get(&format!("/tickets/{id}/{part}")).await.status, 404, "{part}");
            }
            assert_eq!(norman.get(&format!("/tickets/99999/{part}")).await.status, 404, "{part}");
            assert_eq!(norman.get(&format!("/tickets/xyz/{part}")).await.status, 404, "{part}");
        }
        for part in ["take", "steal", "untake", "status", "due", "add-value", "seen", "reply", "comment", "edit", "link", "close"] {
            let page = norman.post(&format!("/tickets/{incident}/{part}"), &[("status", "resolved"), ("field", "IP"), ("days", "1"), ("number", "1"), ("message", "x"), ("version", "1")]).await;
            assert_eq!(page.status, 404, "{part}: {}", page.words());
        }
        assert_eq!(look(&world, incident).await.ticket.status, "open");
    }

    async fn strangers_are_sent_to_sign_in_and_foreign_pages_are_refused(world: World) {
        let report = world.report("Worm", "x").await;
        let mut nobody = Client::stranger(&world);
        let page = nobody.get(&format!("/tickets/{report}/reply?quote=1")).await;
        assert_eq!((page.status, page.location.unwrap().starts_with("/sign-in?next=")), (303, true));
        for part in ["take", "reply", "edit", "close", "link", "unlink", "seen"] {
            assert_eq!(nobody.post(&format!("/tickets/{report}/{part}"), &[("message", "x")]).await.status, 401, "{part}");
        }
        let dana = Client::signed_in(&world, "dana").await;
        for part in ["take", "reply", "edit", "status"] {
            assert_eq!(dana.foreign_post(&format!("/tickets/{report}/{part}")).await, 403, "{part}");
        }
        assert_eq!(look(&world, report).await.owner.name, "Nobody");
    }

    async fn broken_and_hostile_bodies_end_as_forms_with_errors(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let path = format!("/tickets/{report}/reply");
        let many = "x=1&".repeat(1000);
        for (kind, body) in [
            ("multipart/form-data", Vec::new()),
            ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\ncut off".to_vec()),
            ("multipart/form-data; boundary=x", vec![b'-'; 100_000]),
            ("application/x-www-form-urlencoded", many.into_bytes()),
            ("application/x-www-form-urlencoded", vec![b'%'; 1000]),
            ("application/json", b"{}".to_vec()),
            ("application/x-www-form-urlencoded", vec![b'a'; MAX_UPLOAD + 1]),
            ("text/plain", vec![0, 255, 254]),
        ] {
            let page = dana.send(&path, kind, body).await;
            assert_eq!(page.status, 422, "{kind}: {}", page.words());
            assert!(page.has("form.form") && page.has(".error-summary"), "{kind}");
        }
        let page = dana.post(&path, &[("message", "with \0 and\r\nlines"), ("type", "comment"), ("unknown", "ignored")]).await;
        assert_eq!(page.status, 303);
        assert_eq!(messages(&world, report, "Comment").await, ["with  and\nlines"]);
    }
}
