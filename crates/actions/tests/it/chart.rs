//! Charts count what lists show, and nothing else (TC-284 … TC-286).

use crate::family::set;
use actions::{
    Error,
    chart::{self, Charted},
    dashboard::{self, SearchInput},
    lists,
    ticket::{self, Basics, OwnerChange},
};
use domain::{
    TicketId,
    chart::{Chart, DATE_PARTS, DATES, Grouping, PARTS_OF_PEOPLE, PEOPLE, PLAIN},
    dashboard::Keeper,
};
use jiff::SignedDuration;
use testkit::World;

async fn charted(world: &World, name: &str, query: &str, wanted: &str) -> Charted {
    let (actor, query) = (world.actor(name).await, lists::parse(query).unwrap());
    let wanted = Chart::parse(wanted).unwrap();
    chart::chart(&mut world.look().await, &actor, &query, &wanted).await.unwrap()
}

/// Groups with the first measure of the whole.
fn wholes(charted: &Charted) -> Vec<(&str, i64)> {
    let groups = charted.groups.iter().enumerate();
    groups.map(|(place, group)| (group.label.as_str(), charted.whole(place).unwrap_or(-1))).collect()
}

/// Three reports, two with an address; one is dana's and resolved three hours after it came, with work told of.
async fn some(world: &World) -> [TicketId; 3] {
    let worm = world.report("Worm", "from 192.0.2.7 and 192.0.2.8").await;
    let spam = world.report("Spam", "from 192.0.2.7").await;
    let scan = world.report("Scan", "of nothing").await;
    let dana = world.actor("dana").await;
    let mut tx = world.tx().await;
    ticket::change_owner(&mut tx, &dana, worm, OwnerChange::Take).await.unwrap();
    let basics = Basics { time_worked: Some(90), time_estimated: Some(30), ..Basics::default() };
    ticket::set_basics(&mut tx, &dana, worm, basics).await.unwrap();
    tx.commit().await.unwrap();
    world.clock.advance(SignedDuration::from_hours(3));
    set(world, &dana, worm, "resolved").await;
    [worm, spam, scan]
}

testkit::both! {
    async fn tc284_every_group_leads_to_the_tickets_it_counts(world: World) {
        some(&world).await;
        let admin = world.actor("admin").await;
        let people = PEOPLE.iter().flat_map(|name| PARTS_OF_PEOPLE.iter().map(|part| Grouping::Person(name, part)));
        let dates = DATES.iter().flat_map(|name| DATE_PARTS.iter().map(|part| Grouping::Date(name, part)));
        let all = PLAIN.iter().map(|name| Grouping::Plain(name)).chain(people).chain(dates).chain([Grouping::Field("Domain".into()), Grouping::Field("How Reported".into())]);
        let query = lists::parse("Subject LIKE 's' OR Subject LIKE 'worm'").unwrap();
        let mut tx = world.look().await;
        for group in all {
            let wanted = Chart { group: group.clone(), ..Chart::default() };
            let charted = chart::chart(&mut tx, &admin, &query, &wanted).await.unwrap_or_else(|error| panic!("{}: {error}", group.written()));
            assert!(!charted.groups.is_empty() && !charted.more, "{}", group.written());
            for (place, one) in charted.groups.iter().enumerate() {
                let narrowed = chart::narrowed(&query, &group, one).to_string();
                let narrowed = lists::parse(&narrowed).unwrap_or_else(|error| panic!("{narrowed}: {error}"));
                let count = lists::count(&mut tx, &admin, &narrowed).await.unwrap_or_else(|error| panic!("{narrowed}: {error}"));
                assert_eq!(charted.whole(place), Some(count), "{narrowed}");
            }
        }
    }

    async fn tc284_groups_have_the_names_and_the_order_that_people_expect(world: World) {
        some(&world).await;
        for (wanted, expected) in [
            ("group Status", vec![("new", 2), ("resolved", 1)]),
            ("group Status\nsort value", vec![("resolved", 1), ("new", 2)]),
            ("group Status\nsort -label", vec![("resolved", 1), ("new", 2)]),
            ("group Status\ntop 1", vec![("new", 2)]),
            ("group Queue", vec![("Incident Reports", 3)]),
            ("group Owner.RealName", vec![("Dana Duty", 1), ("Nobody", 2)]),
            ("group Requestor", vec![("ray@bank.example", 3)]),
            ("group CF.{IP}", vec![("192.0.2.7", 2), ("192.0.2.8", 1), ("", 1)]),
            ("group Resolved.Annually\nsort -value", vec![("", 2), (&world.look().await.now().strftime("%Y").to_string(), 1)]),
        ] {
            let charted = charted(&world, "dana", "id > 0", wanted).await;
            assert_eq!(wholes(&charted), expected, "{wanted}");
        }
        let charted = charted(&world, "dana", "id > 0", "group Status\nwithin Owner").await;
        let within: Vec<&str> = charted.within.iter().map(|group| group.label.as_str()).collect();
        assert_eq!(within, ["dana", "Nobody"]);
        assert_eq!((charted.value(0, 0, 0), charted.value(0, 1, 0), charted.value(1, 0, 0)), (None, Some(2), Some(1)));
        assert_eq!(charted.whole(0), Some(2));
    }

    async fn tc285_times_and_spans_are_calculated(world: World) {
        some(&world).await;
        let measure = "group Status\nmeasure SUM.TimeWorked\nmeasure2 AVG.Created-Resolved\nmeasure3 MAX.TimeEstimated";
        let charted = charted(&world, "dana", "id > 0", measure).await;
        let row = |group: usize| (0..3).map(|place| charted.value(group, 0, place)).collect::<Vec<_>>();
        assert_eq!(row(0), [Some(0), None, Some(0)], "what is not resolved has no span");
        assert_eq!(row(1), [Some(90), Some(3 * 3600), Some(30)]);
        for text in domain::chart::Measure::all().map(domain::chart::Measure::written) {
            let each = crate::chart::charted(&world, "dana", "id > 0", &format!("group Owner\nmeasure {text}")).await;
            assert_eq!(each.groups.len(), 2, "{text}");
        }
    }

    async fn tc284_what_may_not_be_seen_is_not_counted(world: World) {
        some(&world).await;
        for (name, total) in [("admin", 3), ("dana", 3), ("norman", 0), ("greta", 0)] {
            let charted = charted(&world, name, "id > 0", "group Status").await;
            assert_eq!(wholes(&charted).iter().map(|(_, count)| count).sum::<i64>(), total, "{name}");
        }
        let norman = world.actor("norman").await;
        let query = lists::parse("id > 0").unwrap();
        let wanted = Chart { group: Grouping::Field("IP".into()), ..Chart::default() };
        let refused = chart::chart(&mut world.look().await, &norman, &query, &wanted).await;
        assert!(matches!(refused, Err(Error::Invalid(errors)) if errors[0].field == "group"), "to them there is no such field");
    }

    async fn tc284_hours_are_those_of_the_viewer(world: World) {
        world.report("Worm", "x").await;
        let dana = world.actor("dana").await;
        let mut far = dana.clone();
        far.user.time_zone = Some("Asia/Tokyo".into());
        let query = lists::parse("id > 0").unwrap();
        let wanted = Chart::parse("group Created.Hourly").unwrap();
        let mut labels = Vec::new();
        for actor in [&dana, &far] {
            let charted = chart::chart(&mut world.look().await, actor, &query, &wanted).await.unwrap();
            labels.push(charted.groups[0].label.clone());
        }
        let hour = |text: &str| text.parse::<jiff::civil::DateTime>().unwrap();
        let apart = hour(&labels[1]).since(hour(&labels[0])).unwrap();
        assert_eq!(apart.total(jiff::Unit::Hour).unwrap() as i64, 9, "{labels:?}");
    }

    async fn a_saved_search_keeps_its_chart_or_tells_what_is_wrong_with_it(world: World) {
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        let keeper = Keeper::User(dana.id());
        let input = |chart: &str| SearchInput { name: "Mine".into(), query: "id > 0".into(), chart: chart.into(), refresh: "0".into(), ..SearchInput::default() };
        let refused = dashboard::save_search(&mut tx, &dana, keeper, &input("group Nonsense")).await;
        assert!(matches!(refused, Err(Error::Invalid(errors)) if errors[0].field == "chart"));
        let id = dashboard::save_search(&mut tx, &dana, keeper, &input("group Owner\nstyle pie")).await.unwrap();
        let saved = dashboard::saved_search(&mut tx, &dana, id).await.unwrap();
        assert_eq!(saved.chart, "group Owner.Name\nmeasure COUNT\nstyle pie\nsort label");
    }
}
