//! What a ticket's page and forms say of dates, times, priorities, links, people, reminders, bookmarks.

use super::client::Client;
use super::{created, incident, look};
use actions::{
    setup::{self, QueueInput},
    ticket::{self, Link, SetStatus},
};
use domain::{Role, TicketId, link::LinkKind};
use testkit::World;

/// A general ticket of Dana's.
async fn general(world: &World, subject: &str) -> TicketId {
    let queue = world.queue_id("General").await;
    let mut tx = world.tx().await;
    let mut input = ticket::Create::new(queue, subject, actions::message::NewMessage::text("x"));
    input.owner = Some("dana".into());
    let id = ticket::create(&mut tx, &world.actor("dana").await, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    id
}

async fn edit_queue(world: &World, name: &str, edit: impl FnOnce(&mut QueueInput)) {
    let queue = world.queue(name).await;
    let mut input = QueueInput::of(&queue);
    edit(&mut input);
    let mut tx = world.tx().await;
    setup::edit_queue(&mut tx, &world.actor("admin").await, queue.id, &input).await.unwrap();
    tx.commit().await.unwrap();
}

// The world's clock stands at Monday 2026-03-02 09:30 UTC.
testkit::both! {
    // TC-005, TC-065, TC-069, TC-073, IR-077, IR-245
    async fn tc065_tc069_tc073_dates_times_and_priorities_are_typed_as_people_say_them(world: World) {
        let id = general(&world, "Hello").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get(&format!("/tickets/{id}/edit")).await.form("form.form");
        let form = form
            .set("due", "tomorrow 10:00").set("starts", "next monday").set("time_left", "1h 30m").set("time_worked", "1 1/2 hours")
            .set("priority", "high").set("final_priority", "120").set("description", "What it is.");
        assert_eq!(dana.submit(&form).await.status, 303);
        let ticket = look(&world, id).await.ticket;
        assert_eq!((ticket.due.unwrap().to_string().as_str(), ticket.starts.unwrap().to_string().as_str()), ("2026-03-03T10:00:00Z", "2026-03-09T00:00:00Z"));
        assert_eq!((ticket.time_left, ticket.time_worked, ticket.priority, ticket.final_priority), (90, 90, 100, 120));
        let page = dana.get(&format!("/tickets/{id}")).await;
        assert!(page.text("#description").contains("What it is."));
        let basics = page.text("#basics");
        assert!(basics.contains("High") && basics.contains("1.5 h (90 min)") && basics.contains("Final priority: High (120)"), "{basics}");
        for (name, bad, error) in [("due", "soon", "not a date and time"), ("time_left", "a while", "not a time"), ("priority", "urgent", "Low=0, Medium=50, High=100")] {
            let form = dana.get(&format!("/tickets/{id}/edit")).await.form("form.form").set(name, bad);
            let page = dana.submit(&form).await;
            assert!(page.status == 422 && page.error(name).contains(error), "{name}: {}", page.words());
        }
    }

    // TC-066, IR-244
    async fn ir244_a_due_in_the_past_is_red_while_the_ticket_is_open(world: World) {
        let report = world.report("Worm", "x").await;
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        ticket::set_due(&mut tx, &admin, report, "2026-03-01T09:00:00Z".parse().ok()).await.unwrap();
        tx.commit().await.unwrap();
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/tickets/{report}")).await;
        assert!(page.has("#dates .due.overdue"), "{}", page.text("#dates"));
        assert!(page.text("#dates").contains("2026-03-02 09:30") && page.text("#dates").contains("just now"), "with its age: {}", page.text("#dates"));
        assert!(page.text("#dates").contains("(none)"), "unset dates say so");
        let mut tx = world.tx().await;
        ticket::set_status(&mut tx, &admin, SetStatus { ticket: report, status: "rejected".into() }).await.unwrap();
        ticket::set_due(&mut tx, &admin, report, "2026-03-01T09:00:00Z".parse().ok()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!dana.get(&format!("/tickets/{report}")).await.has(".overdue"));
    }

    // IR-243, IR-238
    async fn ir243_due_is_set_so_far_from_now_as_the_queue_says(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        let page = dana.get(&format!("/tickets/{report}")).await;
        assert!(page.text("#dates").contains("Set to 7 days from now"), "{}", page.text("#dates"));
        edit_queue(&world, "Incident Reports", |queue| queue.default_due = "2 weeks".into()).await;
        let page = dana.get(&format!("/tickets/{report}")).await;
        assert!(page.text("#dates").contains("Set to 2 weeks from now"));
        let days = page.attributes("#dates button", "value");
        assert_eq!(days, ["2 weeks"]);
        dana.post(&format!("/tickets/{report}/due"), &[("days", &days[0])]).await;
        assert!(look(&world, report).await.ticket.due.unwrap().to_string().starts_with("2026-03-16T09:30"));
        assert_eq!(dana.post(&format!("/tickets/{report}/due"), &[("days", "soon")]).await.status, 422);
        let incident = incident(&world, "dana", report).await;
        assert!(!dana.get(&format!("/tickets/{incident}")).await.text("#dates").contains("from now"), "an Incident's Due follows its children");
    }

    // IR-232
    async fn ir232_the_level_of_a_report_is_chosen_on_the_form_and_on_the_edit_page(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get("/reports/new").await.form("form.form");
        let report = created(&dana.submit(&form.set("subject", "Call at night").set("requestors", "ray@bank.example").set("level", "Reduced service")).await);
        assert_eq!(look(&world, report).await.ticket.level.as_deref(), Some("Reduced service"));
        let form = dana.get(&format!("/tickets/{report}/edit")).await.form("form.form");
        dana.submit(&form.set("level", "Now (in business hours)")).await;
        let ticket = look(&world, report).await.ticket;
        assert_eq!(ticket.level.as_deref(), Some("Now (in business hours)"));
        assert!(ticket.due.unwrap().to_string().starts_with("2026-03-02T09:30"), "recomputed: {:?}", ticket.due);
    }

    // TC-040, TC-086
    async fn tc086_a_ticket_that_waits_says_for_what_on_its_page_and_in_lists(world: World) {
        let (id, other) = (general(&world, "Waits").await, general(&world, "First").await);
        let mut tx = world.tx().await;
        ticket::link(&mut tx, &world.actor("dana").await, Link { kind: LinkKind::DependsOn, base: id, target: other }).await.unwrap();
        tx.commit().await.unwrap();
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/tickets/{id}")).await;
        assert!(page.text("#blocked").contains("cannot be closed") && page.text("#blocked").contains(&format!("#{other}")));
        let list = dana.get(&format!("/search?query=id+%3D+{id}")).await;
        assert!(list.text("#results").contains(&format!("pending #{other}")), "{}", list.text("#results"));
        let refused = dana.post(&format!("/tickets/{id}/status"), &[("status", "resolved")]).await;
        assert!(refused.status == 422 && refused.words().contains(&format!("#{other}")), "{}", refused.words());
        dana.post(&format!("/tickets/{other}/status"), &[("status", "resolved")]).await;
        assert!(!dana.get(&format!("/tickets/{id}")).await.has("#blocked"));
    }

    // TC-075, TC-079
    async fn tc079_the_links_page_adds_several_and_takes_away(world: World) {
        let (id, one, two) = (general(&world, "Hub").await, general(&world, "One").await, general(&world, "Two").await);
        let mut dana = Client::signed_in(&world, "dana").await;
        let address = format!("/tickets/{id}/links");
        let form = dana.get(&address).await.form("form.form");
        let both = format!("{one} {two}");
        assert_eq!(dana.submit(&form.clone().set("add-dependson", &both).set("add-refersto", "https://cve.example/1")).await.status, 303);
        let page = dana.get(&format!("/tickets/{id}")).await;
        let links = page.text("#links");
        for word in ["Depends on", "One", "Two", "Refers to", "https://cve.example/1"] {
            assert!(links.contains(word), "{word}: {links}");
        }
        assert!(dana.get(&format!("/tickets/{one}")).await.text("#links").contains("Depended on by"));
        dana.post(&format!("/tickets/{one}/status"), &[("status", "resolved")]).await;
        assert_eq!(dana.get(&format!("/tickets/{id}")).await.texts("#links a.closed").len(), 1, "inactive ones are struck through");
        let form = dana.get(&address).await.form("form.form");
        dana.submit(&form.add("remove-dependson", &one.to_string()).add("remove-refersto", "https://cve.example/1")).await;
        let view = look(&world, id).await;
        assert_eq!((view.links.len(), view.uris.len()), (1, 0));
        let form = dana.get(&address).await.form("form.form");
        let page = dana.submit(&form.set("add-refersto", "nonsense").set("add-memberof", &id.to_string())).await;
        assert!(page.status == 422 && page.error("add-refersto").contains("neither a ticket number"), "{}", page.words());
        assert!(page.error("add-memberof").contains("itself") && page.form("form.form").value("add-refersto") == "nonsense");
        let mut hana = Client::signed_in(&world, "hana").await;
        assert_eq!(hana.get(&address).await.status, 403);
    }

    // TC-081
    async fn tc081_a_linked_ticket_starts_with_subject_and_people_of_the_other(world: World) {
        let id = general(&world, "Hub").await;
        let mut tx = world.tx().await;
        let cc = ticket::PeopleInput { role: Role::Cc, people: domain::person::PersonName::parse_list("carla@bank.example").unwrap() };
        ticket::set_people(&mut tx, &world.actor("dana").await, id, cc).await.unwrap();
        tx.commit().await.unwrap();
        let mut dana = Client::signed_in(&world, "dana").await;
        let link = dana.get(&format!("/tickets/{id}")).await.attributes("#links a.address", "href").into_iter().next().unwrap();
        let form = dana.get(&link).await.form("form.form");
        assert_eq!((form.value("subject"), form.value("ccs")), ("Hub", "carla@bank.example"));
        let new = created(&dana.submit(&form.set("owner", "dana")).await);
        let view = look(&world, id).await;
        assert!(view.links.iter().any(|link| link.kind == LinkKind::DependsOn && link.outgoing && link.ticket.id == new));
    }

    // TC-061, TC-051, TC-056
    async fn tc061_the_people_page_adds_removes_silences_and_forces_the_owner(world: World) {
        let report = world.report("Worm", "x").await;
        let mut hana = Client::signed_in(&world, "hana").await;
        assert_eq!(hana.get(&format!("/tickets/{report}/people")).await.status, 403);
        hana.post(&format!("/tickets/{report}/take"), &[]).await;
        let address = format!("/tickets/{report}/people");
        let mut admin = Client::signed_in(&world, "admin").await;
        let form = admin.get(&address).await.form("form.form");
        let form = form.set("add", "carla@bank.example, group:DutyTeam").set("role", "AdminCc").add("squelch", "ray@bank.example");
        assert_eq!(admin.submit(&form).await.status, 303);
        let view = look(&world, report).await;
        assert_eq!((view.holders(Role::AdminCc).count(), view.groups.len()), (1, 1));
        let page = admin.get(&address).await;
        assert_eq!(page.form("form.form").values("squelch"), ["", "ray@bank.example"]);
        assert!(admin.get(&format!("/tickets/{report}")).await.text("#people").contains("Group DutyTeam"));
        let gone: Vec<String> = page.attributes("input[name=remove]", "value").into_iter().filter(|value| value.starts_with("AdminCc")).collect();
        let form = gone.iter().fold(page.form("form.form"), |form, value| form.add("remove", value));
        admin.submit(&form.clear("squelch").add("squelch", "")).await;
        let view = look(&world, report).await;
        assert_eq!((view.holders(Role::AdminCc).count(), view.groups.len(), view.owner.name.as_str()), (0, 0, "hana"));
        let mut dana = Client::signed_in(&world, "dana").await;
        assert_eq!(dana.get(&address).await.status, 403, "not hers");
        let bad = admin.get(&address).await.form("form.form").set("add", "reports@csirt.example");
        assert!(admin.submit(&bad).await.error("add").contains("round in circles"), "TC-059");
        let form = admin.get(&address).await.form("form.form").set("owner", "dana");
        admin.submit(&form.set("force_owner", "1")).await;
        assert_eq!(look(&world, report).await.owner.name, "dana");
    }

    // TC-057
    async fn tc057_who_may_watch_is_offered_to(world: World) {
        let report = world.report("Worm", "x").await;
        let mut hana = Client::signed_in(&world, "hana").await;
        assert!(hana.get(&format!("/tickets/{report}")).await.words().contains("Watch as Cc"));
        hana.post(&format!("/tickets/{report}/watch"), &[("watch", "Cc")]).await;
        assert!(look(&world, report).await.holders(Role::Cc).any(|user| user.name == "hana"));
        assert!(hana.get(&format!("/tickets/{report}")).await.words().contains("Stop watching as Cc"));
        hana.post(&format!("/tickets/{report}/watch"), &[("watch", "-Cc")]).await;
        assert_eq!(look(&world, report).await.holders(Role::Cc).count(), 0);
    }

    // TC-087, TC-088
    async fn tc088_reminders_stand_on_the_ticket_and_with_what_is_at_hand(world: World) {
        let id = general(&world, "Hello").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get(&format!("/tickets/{id}")).await.form("#reminders form.form");
        assert_eq!(form.value("owner"), "dana");
        dana.submit(&form.clone().set("reminder", "Call the bank").set("due", "2026-03-01")).await;
        let page = dana.get(&format!("/tickets/{id}")).await;
        assert!(page.text("#reminders").contains("Call the bank") && page.has("#reminders .overdue"));
        let hand = dana.get("/at-hand").await;
        assert!(hand.text("#reminders").contains("Call the bank") && hand.text("#reminders").contains("Hello"));
        let edit = page.attributes("#reminders a", "href").into_iter().find(|href| href.ends_with("/edit")).unwrap();
        let form = dana.get(&edit).await.form("form.form");
        assert_eq!((form.value("reminder"), form.value("due")), ("Call the bank", "2026-03-01 00:00"));
        assert!(dana.submit(&form.clone().set("owner", "nobody-known")).await.error("owner").contains("nobody with that login"));
        dana.submit(&form.set("reminder", "Call them again").set("due", "")).await;
        dana.post(&edit.replace("/edit", "/done"), &[("done", "1")]).await;
        let page = dana.get(&format!("/tickets/{id}")).await;
        assert_eq!(page.texts("#reminders .closed"), ["Call them again"]);
        assert!(page.words().contains("completed the reminder"), "{}", page.words());
        assert!(dana.get("/at-hand").await.text("#reminders").contains("no open reminders"));
        let bad = dana.post(&format!("/tickets/{id}/reminders"), &[("reminder", ""), ("due", "soon")]).await;
        assert!(bad.status == 422 && bad.error("due").contains("not a date"), "{}", bad.words());
    }

    // TC-089, TC-093, IR-323
    async fn tc089_ir323_bookmarks_and_what_was_viewed_last(world: World) {
        let (id, other) = (general(&world, "Marked").await, general(&world, "Other").await);
        let mut dana = Client::signed_in(&world, "dana").await;
        assert!(dana.get("/at-hand").await.text("#recent").contains("are listed here"));
        dana.get(&format!("/tickets/{id}")).await;
        let page = dana.get(&format!("/tickets/{other}")).await;
        assert!(page.words().contains("Bookmark"));
        assert_eq!(dana.get("/at-hand").await.texts("#recent tbody th a"), ["Other", "Marked"], "newest first");
        dana.post(&format!("/tickets/{id}/bookmark"), &[("marked", "1")]).await;
        assert_eq!(dana.get("/at-hand").await.texts("#bookmarks tbody th a"), ["Marked"]);
        assert!(dana.get(&format!("/tickets/{id}")).await.words().contains("Remove bookmark"));
        dana.post(&format!("/tickets/{id}/bookmark"), &[("marked", "0")]).await;
        assert!(dana.get("/at-hand").await.text("#bookmarks").contains("no bookmarks"));
    }

    // TC-090, IR-319
    async fn ir319_unseen_messages_are_jumped_to_marked_or_both(world: World) {
        let report = world.report("Worm", "x").await;
        let mut hana = Client::signed_in(&world, "hana").await;
        let page = hana.get(&format!("/tickets/{report}")).await;
        assert!(page.has("#unread") && page.attributes("#unread a", "href")[0].contains("#change-"));
        assert!(hana.get(&format!("/tickets/{report}")).await.has("#unread"), "viewing alone marks nothing");
        let both = page.form("#unread form");
        assert!(both.value("next").contains("#change-"));
        let answer = hana.submit(&both).await;
        assert_eq!(answer.location.as_deref(), Some(both.value("next")), "both together");
        assert!(!hana.get(&format!("/tickets/{report}")).await.has("#unread"));
    }

    // TC-050, TC-052, TC-054
    async fn tc054_take_steal_and_give_up_are_offered_and_told_in_words(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let mut hana = Client::signed_in(&world, "hana").await;
        assert!(dana.get("/reports").await.texts("button").iter().any(|label| label == "Take"), "also a column of unowned ones");
        assert!(dana.get(&format!("/tickets/{report}")).await.texts(".action-bar button").contains(&"Take".to_owned()));
        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        assert!(hana.get(&format!("/tickets/{report}")).await.texts(".action-bar button").contains(&"Steal".to_owned()));
        hana.post(&format!("/tickets/{report}/steal"), &[]).await;
        hana.post(&format!("/tickets/{report}/untake"), &[]).await;
        let words = dana.get(&format!("/tickets/{report}")).await.words();
        for told in ["took the ticket", "Dana Duty"] {
            assert!(words.contains(told), "{told}: {words}");
        }
        assert_eq!(look(&world, report).await.owner.name, "Nobody");
    }
}
