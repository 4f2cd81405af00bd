//! Files of forms that came back.

use super::{client::Client, created, look};
use domain::TicketId;
use testkit::World;

/// Names and contents of a ticket's files.
async fn files(world: &World, id: TicketId) -> Vec<(String, String)> {
    use actions::ticket::show;
    let admin = world.actor("admin").await;
    let mut found = Vec::new();
    let mut tx = world.look().await;
    for entry in show::history_from(&mut tx, &admin, id, 0, 50).await.unwrap() {
        for part in entry.parts.iter().filter(|part| part.file_name.is_some()) {
            let (_, content) = show::file(&mut tx, &admin, entry.change.id, part.id).await.unwrap();
            found.push((part.file_name.clone().unwrap(), String::from_utf8(content).unwrap()));
        }
    }
    found
}

fn pair(name: &str, content: &str) -> (String, String) {
    (name.to_owned(), content.to_owned())
}

testkit::both! {
    // IR-356: a refused form comes back with all input, attachments included.
    async fn ir356_a_refused_form_keeps_its_files_and_sends_them_when_it_is_mended(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get("/reports/new").await.form("form.form").set("subject", "Worm").set("requestors", "nonsense@@");
        let page = dana.submit(&form.attach("log.txt", b"evidence").attach("more.txt", b"drop me")).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.error("files"), "");
        let back = page.form("form.form");
        let kept: Vec<String> = back.values("kept_file").into_iter().map(str::to_owned).collect();
        assert_eq!(kept.len(), 2);
        assert!(page.words().contains("log.txt (8 B)") && page.words().contains("more.txt (7 B)"));
        // the second is unticked, a third chosen
        let mended = back.set("requestors", "eve@news.example").clear("kept_file").add("kept_file", &kept[0]).attach("new.txt", b"new");
        let id = created(&dana.submit(&mended).await);
        assert_eq!(files(&world, id).await, [pair("log.txt", "evidence"), pair("new.txt", "new")]);
    }

    // IR-348, TC-116: several files, one after another, without losing input and without being scolded.
    async fn ir348_files_are_attached_one_by_one(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let before = look(&world, report).await.ticket.version;
        let mut form = dana.get(&format!("/tickets/{report}/reply")).await.form("form.form").set("message", "See the logs.");
        for name in ["one.txt", "two.txt"] {
            let page = dana.submit(&form.attach(name, name.as_bytes()).set("attach", "1")).await;
            assert_eq!((page.status, page.has(".error-summary")), (200, false), "{}", page.words());
            form = page.form("form.form");
            assert_eq!(form.value("message"), "See the logs.");
        }
        assert_eq!(form.values("kept_file").len(), 2);
        assert_eq!(look(&world, report).await.ticket.version, before, "nothing was sent yet");
        assert_eq!(dana.submit(&form).await.status, 303);
        assert_eq!(files(&world, report).await, [pair("one.txt", "one.txt"), pair("two.txt", "two.txt")]);
    }

    async fn tc116_a_kept_file_is_its_owners_alone_and_goes_away_after_a_day(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let mut tariq = Client::signed_in(&world, "tariq").await;
        let form = dana.get(&format!("/tickets/{report}/comment")).await.form("form.form").set("message", "Mine.");
        let kept = dana.submit(&form.attach("secret.txt", b"secret").set("attach", "1")).await.form("form.form");
        let token = kept.value("kept_file").to_owned();
        let foreign = tariq.get(&format!("/tickets/{report}/comment")).await.form("form.form").set("message", "Taken.");
        let page = tariq.submit(&foreign.set("kept_file", &token)).await;
        assert_eq!(page.status, 422);
        assert!(page.error("files").contains("not kept any more"), "{}", page.words());
        world.clock.advance(jiff::SignedDuration::from_hours(25));
        // sessions are over by then; whatever is kept next throws the old away
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get(&format!("/tickets/{report}/comment")).await.form("form.form").set("message", "Later.");
        dana.submit(&form.clone().attach("other.txt", b"x").set("attach", "1")).await;
        let page = dana.submit(&form.set("kept_file", &token)).await;
        assert!(page.error("files").contains("not kept any more"), "{}", page.words());
        assert_eq!(files(&world, report).await, []);
    }
}

testkit::both! {
    async fn tc114_files_of_earlier_messages_are_sent_along_when_ticked(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get(&format!("/tickets/{report}/comment")).await.form("form.form").set("message", "What I found");
        dana.submit(&form.attach("log.txt", b"evidence").attach("evil.exe", b"MZ evil")).await;
        let page = dana.get(&format!("/tickets/{report}/reply")).await;
        assert!(page.words().contains("log.txt (8 B) · Dana Duty") && page.words().contains("from a comment"), "{}", page.words());
        let offered = page.attributes("input[name=again_file]", "value");
        assert_eq!(offered.len(), 2);
        let form = page.form("form.form").set("message", "The log is attached.");
        let mut sent = false;
        for value in &offered {
            let answer = dana.submit(&form.clone().add("again_file", value)).await;
            match answer.status {
                303 => sent = true,
                _ => assert!(answer.words().contains("evil.exe” could run"), "{}", answer.words()),
            }
        }
        assert!(sent);
        let all = files(&world, report).await;
        assert_eq!(all.iter().filter(|file| **file == pair("log.txt", "evidence")).count(), 2);
        assert_eq!(all.iter().filter(|(name, _)| name == "evil.exe").count(), 1, "never as it is");
        // a file of another ticket, or none at all
        let other = world.report("Other", "x").await;
        let form = dana.get(&format!("/tickets/{other}/reply")).await.form("form.form").set("message", "x");
        for value in [offered[0].as_str(), "1-999", "nonsense"] {
            let answer = dana.submit(&form.clone().add("again_file", value)).await;
            assert!(answer.status == 422 && answer.words().contains("not there, or not for you"), "{}", answer.words());
        }
    }
}
