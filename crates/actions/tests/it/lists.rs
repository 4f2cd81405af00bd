//! Searches: the same answers on both databases, with the asker's rights inside.

use actions::{
    lists::{self, Order, OrderBy, Page},
    ticket::{self, OwnerChange},
};
use testkit::World;

const ALL: Page = Page { limit: 100, offset: 0 };

async fn ids(world: &World, name: &str, query: &str) -> Vec<i64> {
    let actor = world.actor(name).await;
    let query = lists::parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let mut tx = world.look().await;
    let found = lists::search(&mut tx, &actor, &query, &[OrderBy::ascending(Order::Id)], ALL).await.unwrap();
    assert_eq!(lists::count(&mut tx, &actor, &query).await.unwrap(), found.len() as i64);
    found.iter().map(|ticket| ticket.id.0).collect()
}

testkit::both! {
    async fn queries_find_what_they_say(world: World) {
        let scan = world.report("Scan of port 22", "from 192.0.2.7 and 10.0.0.0/8").await.0;
        let phishing = world.report("PHISHING against a bank", "at 203.0.113.5, http://login.evil.example/").await.0;
        let six = world.report("100% IPv6_only", "2001:db8::7").await.0;
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        ticket::change_owner(&mut tx, &dana, domain::TicketId(scan), OwnerChange::Take).await.unwrap();
        tx.commit().await.unwrap();
        for (query, expected) in [
            ("Queue = 'incident reports'", vec![scan, phishing, six]),
            ("Lifecycle = 'incident_reports' AND Status = '__Initial__'", vec![scan, phishing, six]),
            ("Lifecycle = 'incidents'", vec![]),
            ("Lifecycle != 'incidents'", vec![scan, phishing, six]),
            ("Status = 'new' AND Subject LIKE 'phish'", vec![phishing]),
            ("Subject NOT LIKE 'phish'", vec![scan, six]),
            ("Subject LIKE '100%'", vec![six]),
            ("Subject LIKE '_only'", vec![six]),
            ("Subject LIKE 'v6-only'", vec![]),
            ("Owner = '__CurrentUser__'", vec![scan]),
            ("Owner = 'Nobody'", vec![phishing, six]),
            ("Owner != 'dana' AND Status = '__Active__'", vec![phishing, six]),
            ("NOT (Owner = 'dana' OR Subject LIKE 'phish')", vec![six]),
            ("CF.{IP} = '192.0.2.7'", vec![scan]),
            ("CF.{IP} = '192.0.2.0/24'", vec![scan]),
            ("CF.{IP} = '10.1.2.3'", vec![scan]),
            ("CF.{IP} = '0.0.0.0/0'", vec![scan, phishing]),
            ("CF.{IP} = '2001:db8::/32'", vec![six]),
            ("CF.{IP} != '192.0.2.7'", vec![phishing, six]),
            ("CF.{IP} IS NULL", vec![]),
            ("CF.{Domain} = 'login.evil.example'", vec![phishing]),
            ("CF.{Domain} LIKE 'evil'", vec![phishing]),
            ("'CF.{Domain}' IS NULL", vec![scan, six]),
            ("Requestor = 'ray@bank.example'", vec![scan, phishing, six]),
            ("Requestor.Name LIKE 'ray'", vec![scan, phishing, six]),
            ("Requestor != 'ray@bank.example'", vec![]),
            ("Created > '1 hour ago' AND Created < 'tomorrow'", vec![scan, phishing, six]),
            ("Created = 'today'", vec![scan, phishing, six]),
            ("Created = 'yesterday'", vec![]),
            ("Due IS NULL", vec![]),
            ("Due < '2 hours ago'", vec![]),
            ("Told IS NULL", vec![scan, phishing, six]),
            ("Priority < 10 AND id > 1", vec![phishing, six]),
            ("id = 1 OR id = '3'", vec![scan, six]),
            ("MemberOf IS NULL", vec![scan, phishing, six]),
            ("SLA = 'full service'", vec![scan, phishing, six]),
        ] {
            assert_eq!(ids(&world, "dana", query).await, expected, "{query}");
        }
    }

    async fn what_may_not_be_seen_is_neither_found_nor_counted(world: World) {
        let report = world.report("Scan", "192.0.2.7").await.0;
        assert_eq!(ids(&world, "dana", "id > 0").await, [report]);
        assert_eq!(ids(&world, "admin", "id > 0").await, [report]);
        for name in ["greta", "norman", "ray@bank.example"] {
            assert_eq!(ids(&world, name, "id > 0").await, [0i64; 0], "{name}");
            assert_eq!(ids(&world, name, "NOT id = 0 OR Status = 'new'").await, [0i64; 0], "{name}");
        }
    }

    async fn what_cannot_be_answered_is_said_with_its_name(world: World) {
        let dana = world.actor("dana").await;
        let mut tx = world.look().await;
        for (query, word) in [("Colour = 'red'", "Colour"), ("CF.{Nothing} = 'x'", "Nothing"), ("Status = open", "open"), ("Due = 'soonish'", "soonish"), ("Priority = 'x'", "Priority")] {
            let query = lists::parse(query).unwrap();
            let error = lists::search(&mut tx, &dana, &query, &[], ALL).await.unwrap_err();
            assert!(error.to_string().contains(word), "{query}: {error}");
        }
        let text = "Status = 'new' AND Colour = 'red'";
        let error = lists::check(&tx, &dana, &lists::parse(text).unwrap(), text).unwrap_err();
        assert!(error.to_string().starts_with("at character 20:"), "{error}");
        let all = lists::parse("id > 0").unwrap();
        assert_eq!(lists::count_up_to(&mut tx, &dana, &all, 10).await.unwrap(), 0);
        assert!(lists::parse("Status = ").is_err() && lists::parse("").is_err());
    }

    async fn ir292_tickets_without_due_come_first_and_pages_do_not_overlap(world: World) {
        let mut all = Vec::new();
        for number in 0..7 {
            all.push(world.report(&format!("Report {number}"), "x").await);
        }
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        ticket::set_due(&mut tx, &admin, all[3], None).await.unwrap();
        tx.commit().await.unwrap();
        let query = lists::parse("Lifecycle = 'incident_reports' AND Status = '__Initial__'").unwrap();
        let mut seen = Vec::new();
        for page in 0..3 {
            let order = [OrderBy::ascending(Order::Due), OrderBy::descending(Order::Priority)];
            let page = lists::search(&mut world.look().await, &admin, &query, &order, Page { limit: 3, offset: page * 3 }).await.unwrap();
            seen.extend(page.iter().map(|ticket| ticket.id));
        }
        assert_eq!(seen[0], all[3]);
        seen.sort_unstable();
        assert_eq!(seen, all);
    }
}

testkit::both! {
    async fn counts_of_queues_follow_what_happens_and_show_only_what_may_be_seen(world: World) {
        async fn new_reports(world: &World, name: &str) -> Option<i64> {
            let actor = world.actor(name).await;
            let counts = lists::queue_counts(&mut world.look().await, &actor).await.unwrap();
            let queue = counts.iter().find(|line| line.queue.name == "Incident Reports")?;
            queue.statuses.iter().find(|(status, _)| status == "new").map(|(_, count)| *count)
        }
        assert_eq!(new_reports(&world, "dana").await, Some(0));
        for number in 1..=3 {
            world.report("Scan", "x").await;
            assert_eq!(new_reports(&world, "dana").await, Some(number), "counted anew after each change");
        }
        assert_eq!(new_reports(&world, "greta").await, None);
        // another process removes one: seen when the count is old
        let other = actions::Desk::open(&world.url, world.clock.clone(), actions::Surroundings { public_url: String::new(), receivers: vec![] }).await.unwrap();
        let mut tx = other.write().await.unwrap();
        let admin = actions::Actor::by_name(&mut tx, "admin", actions::Door::Web).await.unwrap();
        ticket::set_status(&mut tx, &admin, ticket::SetStatus { ticket: domain::TicketId(1), status: "rejected".into() }).await.unwrap();
        tx.commit().await.unwrap();
        world.clock.advance(jiff::SignedDuration::from_secs(3));
        assert_eq!(new_reports(&world, "dana").await, Some(2));
    }

    async fn ip_searches_find_overlaps_of_all_kinds_and_never_cross_the_families(world: World) {
        let wide = world.report("wide", "10.0.0.0/8 attacks").await.0;
        let single = world.report("single", "10.9.8.7 attacks").await.0;
        let range = world.report("range", "the net 200.0.0.0/7 attacks").await.0;
        let six = world.report("six", "2001:db8::/48 attacks").await.0;
        for (ip, expected) in [
            ("10.9.8.7", vec![wide, single]),
            ("10.9.8.0-10.9.9.255", vec![wide, single]),
            ("9.0.0.0/8", vec![]),
            ("8.0.0.0/6", vec![wide, single]),
            ("200.1.2.3", vec![range]),
            ("201.255.255.255", vec![range]),
            ("202.0.0.0", vec![]),
            ("0.0.0.0/0", vec![wide, single, range]),
            ("::/0", vec![six]),
            ("2001:db8:0:ffff::1", vec![six]),
            ("2001:db8:1::1", vec![]),
        ] {
            assert_eq!(ids(&world, "dana", &format!("CF.{{IP}} = '{ip}'")).await, expected, "{ip}");
        }
        assert_eq!(ids(&world, "dana", "CF.{IP} != '10.9.8.7'").await, [range, six]);
    }
}
