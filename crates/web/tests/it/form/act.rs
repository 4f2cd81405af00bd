//! Changes of one press.

use super::client::Client;
use super::{look, values};

testkit::both! {
    async fn a_report_is_taken_stolen_and_given_up(world: World) {
        let report = world.report("Worm", "x").await;
        let part = |part: &str| format!("/tickets/{report}/{part}");
        let mut dana = Client::signed_in(&world, "dana").await;
        let mut tariq = Client::signed_in(&world, "tariq").await;
        let page = dana.post(&part("take"), &[]).await;
        assert_eq!((page.status, page.location.as_deref()), (303, Some(format!("/tickets/{report}").as_str())));
        let page = tariq.post(&part("take"), &[]).await;
        assert_eq!((page.status, page.words().contains("You can only take tickets that are unowned")), (409, true));
        tariq.post(&part("steal"), &[]).await;
        assert_eq!(look(&world, report).await.owner.name, "tariq");
        tariq.post(&part("untake"), &[]).await;
        assert_eq!(look(&world, report).await.owner.name, "Nobody");
        let page = tariq.post(&part("take"), &[("next", "//evil.example/")]).await;
        assert_eq!(page.location.as_deref(), Some(format!("/tickets/{report}").as_str()), "never to another site");
    }

    async fn a_snoozed_report_leaves_home_and_the_list_until_it_is_woken(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let snooze = format!("/tickets/{report}/snooze");
        assert!(dana.get("/reports").await.words().contains("Worm") && dana.get("/").await.words().contains("Worm"));
        for (typed, error) in [("", "Say until when"), ("soonish", "not a date and time"), ("yesterday", "is over"), ("5000 days", "366 days at most")] {
            let form = dana.get(&snooze).await.form("form.form").set("snoozed_until", typed);
            let page = dana.submit(&form).await;
            assert!(page.status == 422 && page.error("snoozed_until").contains(error), "{typed}: {}", page.words());
        }
        let page = dana.post(&snooze, &[("usual", "tomorrow 8:00")]).await;
        assert_eq!((page.status, page.location.as_deref()), (303, Some(format!("/tickets/{report}").as_str())));
        assert_eq!(look(&world, report).await.ticket.snoozed_until.unwrap().to_string(), "2026-03-03T08:00:00Z");
        for page in ["/reports", "/"] {
            assert!(!dana.get(page).await.texts("tbody th a").contains(&"Worm".to_owned()), "{page}");
        }
        let list = dana.get("/reports").await;
        let asleep = list.attributes("a.button", "href").into_iter().find(|href| href.contains("SnoozedUntil")).unwrap();
        assert!(dana.get(&asleep).await.words().contains("Worm"), "{asleep}");
        assert!(dana.get(&format!("/tickets/{report}")).await.text("#asleep").contains("Wake it now"));
        dana.post(&format!("/tickets/{report}/wake"), &[]).await;
        assert!(dana.get("/reports").await.words().contains("Worm"));
        assert!(!dana.get(&format!("/tickets/{report}")).await.words().contains("Wake it now"));
    }

    async fn quick_reject_takes_first_and_forbidden_moves_are_explained(world: World) {
        let report = world.report("Spam", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let status = format!("/tickets/{report}/status");
        assert_eq!(dana.post(&status, &[("status", "resolved")]).await.status, 403, "Quick Resolve is the owner's");
        assert_eq!(dana.post(&status, &[("status", "rejected")]).await.status, 303);
        let view = look(&world, report).await;
        assert_eq!((view.ticket.status.as_str(), view.owner.name.as_str()), ("rejected", "dana"));
        for (wanted, words) in [("resolved", "You can't change status from 'rejected' to 'resolved'"), ("melted", "isn't a valid status"), ("", "A status is needed")] {
            let page = dana.post(&status, &[("status", wanted)]).await;
            assert_eq!(page.status, 422, "{wanted}");
            assert!(page.words().contains(words), "{wanted}: {}", page.words());
        }
        dana.post(&status, &[("status", "open")]).await;
        assert_eq!(look(&world, report).await.ticket.status, "open");
    }

    // IR-377, IR-243
    async fn an_ip_is_added_a_due_date_set_and_everything_marked_as_seen(world: World) {
        let report = world.report("Worm", "192.0.2.7").await;
        let part = |part: &str| format!("/tickets/{report}/{part}");
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&part("take"), &[]).await;
        assert_eq!(dana.post(&part("add-value"), &[("field", "IP"), ("value", "198.51.100.9")]).await.status, 303);
        assert_eq!(values(&look(&world, report).await, "IP"), ["192.0.2.7", "198.51.100.9"]);
        for (field, value) in [("IP", "nonsense"), ("No such field", "x"), ("", "")] {
            assert_eq!(dana.post(&part("add-value"), &[("field", field), ("value", value)]).await.status, 422, "{field}");
        }
        assert_eq!(dana.post(&part("due"), &[("days", "7")]).await.status, 303);
        let view = look(&world, report).await;
        assert_eq!(view.ticket.due.unwrap().to_string().split('T').next(), Some("2026-03-09"));
        for days in ["", "-1", "99999", "soon"] {
            assert_eq!(dana.post(&part("due"), &[("days", days)]).await.status, 422, "{days}");
        }
        assert_eq!(dana.post(&part("seen"), &[]).await.status, 303);
        let actor = world.actor("dana").await;
        let rows = actions::lists::listed(&mut world.look().await, &actor, vec![domain::Ticket::clone(&look(&world, report).await.ticket)]).await.unwrap();
        assert_eq!(rows[0].unread, 0);
    }
}
