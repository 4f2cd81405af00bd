//! Dashboards by mail, each with what its reader may see (TC-291).

use crate::left_out::requestors_see_tickets;
use actions::{
    Actor, Error, account,
    dashboard::{self, SearchInput},
    subscription::{self, SubscriptionInput},
};
use domain::{
    dashboard::{Keeper, Widget, WidgetKind},
    preference,
};
use jiff::SignedDuration;
use storage::outbound::Outbound;
use testkit::World;

fn input(recipients: &str) -> SubscriptionInput {
    SubscriptionInput {
        frequency: "daily".into(),
        weekdays: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map(str::to_owned).to_vec(),
        hour: "7".into(),
        rows: "10".into(),
        recipients: recipients.into(),
        ..SubscriptionInput::default()
    }
}

/// A dashboard of dana's with a list and a chart of all reports.
async fn board(world: &World) -> (Actor, i64) {
    let dana = world.actor("dana").await;
    let mut tx = world.tx().await;
    let mine = Keeper::User(dana.id());
    let id = dashboard::create(&mut tx, &dana, mine, "Morning", None).await.unwrap();
    for (name, chart) in [("All of them", ""), ("By status", "group Status")] {
        let input = SearchInput {
            name: name.into(),
            query: "id > 0".into(),
            chart: chart.into(),
            sort: "id".into(),
            ..SearchInput::default()
        };
        let search = dashboard::save_search(&mut tx, &dana, mine, &input).await.unwrap();
        dashboard::add_widget(&mut tx, &dana, id, Widget { kind: WidgetKind::Search(search), aside: false }).await.unwrap();
    }
    tx.commit().await.unwrap();
    (dana, id)
}

async fn subscribe(world: &World, actor: &Actor, board: i64, input: &SubscriptionInput) -> Result<i64, Error> {
    let mut tx = world.tx().await;
    let id = subscription::subscribe(&mut tx, actor, board, input).await?;
    tx.commit().await.unwrap();
    Ok(id)
}

async fn tomorrow(world: &World) -> Vec<Outbound> {
    world.sent().await;
    world.clock.advance(SignedDuration::from_hours(24));
    subscription::send_due(&world.desk).await.unwrap();
    assert_eq!(subscription::send_due(&world.desk).await.unwrap(), 0, "once");
    world.sent().await
}

fn text(letter: &Outbound) -> String {
    String::from_utf8_lossy(&letter.letter.raw).replace("=\r\n", "").replace("=3D", "=")
}

testkit::both! {
    async fn tc291_each_reader_gets_what_they_may_see(world: World) {
        let worm = world.report("Secret worm", "It spreads.").await;
        requestors_see_tickets(&world).await;
        let (dana, id) = board(&world).await;
        let number = subscribe(&world, &dana, id, &input("dana\nray@bank.example\ngreta\nGRETA@csirt-staff.example\nDutyTeam")).await.unwrap();
        let sent = tomorrow(&world).await;
        let of = |who: &str| sent.iter().find(|letter| letter.letter.recipients == [who]).map(text);
        let dana_letter = of("dana@csirt-staff.example").unwrap();
        for part in ["Subject: [csirt.example] Morning", &format!("X-RT-Dashboard-Id: {id}"), &format!("X-RT-Dashboard-Subscription-Id: {number}"), "Auto-Submitted: auto-generated", "text/plain", "text/html", "Morning.xlsx", "Secret worm", &format!("http://watchbell.example/tickets/{worm}")] {
            assert!(dana_letter.contains(part), "no {part} in {dana_letter}");
        }
        assert!(of("ray@bank.example").unwrap().contains("Secret worm"), "their own");
        let greta = of("greta@csirt-staff.example").unwrap();
        assert!(!greta.contains("Secret worm") && greta.contains("All of them"), "{greta}");
        assert!(of("hana@csirt-staff.example").is_some() && of("tariq@csirt-staff.example").is_some(), "the group's members");
        assert_eq!(sent.len(), 5, "everybody once");
    }

    async fn tc291_what_is_empty_or_unwanted_is_not_sent_and_nothing_is_sent_twice(world: World) {
        let (dana, id) = board(&world).await;
        subscribe(&world, &dana, id, &SubscriptionInput { suppress_empty: true, ..input("dana") }).await.unwrap();
        assert!(tomorrow(&world).await.is_empty(), "there is nothing to tell");
        world.report("Worm", "x").await;
        assert_eq!(tomorrow(&world).await.len(), 1);
        world.clock.advance(SignedDuration::from_hours(24 * 5));
        assert_eq!(tomorrow(&world).await.len(), 1, "after a long stop once is enough");
        let mut tx = world.tx().await;
        account::choose(&mut tx, &dana, &[(preference::MAIL_FREQUENCY, Some("suspended"))]).await.unwrap();
        tx.commit().await.unwrap();
        assert!(tomorrow(&world).await.is_empty(), "they want no mail");
    }

    async fn tc291_two_processes_send_one_letter(world: World) {
        world.report("Worm", "x").await;
        let (dana, id) = board(&world).await;
        subscribe(&world, &dana, id, &input("dana")).await.unwrap();
        world.sent().await;
        world.clock.advance(SignedDuration::from_hours(24));
        let (one, other) = tokio::join!(subscription::send_due(&world.desk), subscription::send_due(&world.desk));
        assert_eq!(one.unwrap() + other.unwrap(), 1);
        assert_eq!(world.sent().await.len(), 1);
    }

    async fn tc291_who_has_no_account_gets_nothing_and_only_staff_subscribe(world: World) {
        world.report("Worm", "x").await;
        let (dana, id) = board(&world).await;
        for (recipients, said) in [("dana\nstranger@elsewhere.example", "stranger@elsewhere.example"), ("", "one a line"), ("system", "system"), ("nobody", "nobody")] {
            let refused = subscribe(&world, &dana, id, &input(recipients)).await;
            assert!(matches!(&refused, Err(Error::Invalid(errors)) if errors[0].field == "recipients" && errors[0].message.contains(said)), "{recipients}: {refused:?}");
        }
        let wrong = SubscriptionInput { frequency: "hourly".into(), hour: "24".into(), rows: "0".into(), ..input("dana") };
        let Err(Error::Invalid(errors)) = subscribe(&world, &dana, id, &wrong).await else { panic!("it is wrong") };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["hour", "rows", "frequency"]);
        let (ray, hana) = (world.actor("ray@bank.example").await, world.actor("hana").await);
        assert!(matches!(subscribe(&world, &ray, id, &input("dana")).await, Err(Error::Forbidden(_))));
        assert!(matches!(subscribe(&world, &hana, id, &input("hana")).await, Err(Error::NotFound)), "not their dashboard");
        let number = subscribe(&world, &dana, id, &input("dana")).await.unwrap();
        let mut tx = world.tx().await;
        assert!(matches!(subscription::unsubscribe(&mut tx, &hana, number).await, Err(Error::NotFound)));
        assert!(matches!(subscription::change(&mut tx, &hana, number, &input("hana")).await, Err(Error::NotFound)));
    }

    async fn tc291_a_dashboard_that_is_gone_takes_its_subscription_along(world: World) {
        world.report("Worm", "x").await;
        let (dana, id) = board(&world).await;
        subscribe(&world, &dana, id, &input("dana")).await.unwrap();
        let mut tx = world.tx().await;
        dashboard::delete(&mut tx, &dana, id).await.unwrap();
        assert!(subscription::subscriptions(&mut tx, &dana).await.unwrap().is_empty());
        tx.commit().await.unwrap();
        assert!(tomorrow(&world).await.is_empty());
    }
}
