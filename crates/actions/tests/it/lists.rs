//! Searches: the same answers on both databases, with the asker's rights inside.

use actions::{
    Actor,
    lists::{self, Order, OrderBy, Page},
    ticket::{self, OwnerChange},
};
use testkit::World;

const ALL: Page = Page { limit: 100, offset: 0 };

async fn ids(world: &World, name: &str, query: &str) -> Vec<i64> {
    ids_for(world, &world.actor(name).await, query).await
}

async fn ids_for(world: &World, actor: &Actor, query: &str) -> Vec<i64> {
    let query = lists::parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let mut tx = world.look().await;
    let found = lists::search(&mut tx, actor, &query, &[OrderBy::ascending(Order::Id)], ALL).await.unwrap();
    assert_eq!(lists::count(&mut tx, actor, &query).await.unwrap(), found.len() as i64);
    found.iter().map(|ticket| ticket.id.0).collect()
}

testkit::both! {
    // TC-258 and TC-259: dates in words, and what stands for somebody or for kinds of statuses.
    async fn tc258_tc259_queries_find_what_they_say(world: World) {
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

    async fn tc255_every_field_answers_the_same_on_both(world: World) {
        let scan = world.report("Scan of port 22", "from 192.0.2.7").await.0;
        let other = world.report("Phishing", "see http://login.evil.example/").await.0;
        let (admin, dana) = (world.actor("admin").await, world.actor("dana").await);
        let mut tx = world.tx().await;
        ticket::change_owner(&mut tx, &dana, domain::TicketId(scan), OwnerChange::Take).await.unwrap();
        let basics = ticket::Basics { time_worked: Some(30), time_estimated: Some(20), ..Default::default() };
        ticket::set_basics(&mut tx, &admin, domain::TicketId(scan), basics).await.unwrap();
        let (base, target) = (domain::TicketId(scan), domain::TicketId(other));
        ticket::link(&mut tx, &admin, ticket::Link { kind: domain::link::LinkKind::RefersTo, base, target }).await.unwrap();
        tx.commit().await.unwrap();
        let both = vec![scan, other];
        for (query, expected) in [
            ("Type = 'ticket'", both.clone()),
            ("Type = 'reminder'", vec![]),
            ("StatusClass = 'initial'", both.clone()),
            ("StatusClass != 'inactive'", both.clone()),
            ("TimeWorked > TimeEstimated", vec![scan]),
            ("TimeWorked = TimeEstimated", vec![other]),
            ("Created <= LastUpdated", both.clone()),
            ("Due > Created", both.clone()),
            ("Started > Created", vec![]),
            ("Resolved != Created", both.clone()),
            ("LinkedTo = '2'", vec![scan]),
            ("LinkedFrom = 1", vec![other]),
            ("Linked = 1 OR Linked = 2", both.clone()),
            ("Linked IS NULL", vec![]),
            ("LinkedTo IS NULL", vec![other]),
            ("LinkedTo != 2", vec![other]),
            ("RefersTo = 'https://elsewhere.example/1'", vec![]),
            ("OwnerGroup = 'DutyTeam'", vec![scan]),
            ("RequestorGroup = 'DutyTeam'", vec![]),
            ("WatcherGroup = 'No such group'", vec![]),
            ("QueueWatcher = 'nobody@nowhere.example'", vec![]),
            ("QueueCc IS NULL", both.clone()),
            ("Requestor SHALLOW = 'ray@bank.example'", both.clone()),
            ("Requestor SHALLOW != 'ray@bank.example'", vec![]),
            ("CustomFieldValue = '192.0.2.7'", vec![scan]),
            ("CustomFieldValue LIKE 'evil'", vec![other]),
            ("CustomFieldValue NOT LIKE 'evil'", vec![scan]),
            ("HasUnreadMessages = '__CurrentUser__'", both.clone()),
            ("HasNoUnreadMessages = '__CurrentUser__'", vec![]),
            ("HasNoUnreadMessages != '__CurrentUser__'", both.clone()),
        ] {
            assert_eq!(ids(&world, "dana", query).await, expected, "{query}");
        }
    }

    async fn tc256_parts_of_dates_are_in_the_time_zone_of_who_asks(world: World) {
        world.clock.set("2026-01-31T23:30:00Z");
        let winter = world.report("Winter", "x").await.0;
        world.clock.set("2026-07-31T22:30:00Z");
        let summer = world.report("Summer", "x").await.0;
        let both = vec![winter, summer];
        for (query, expected) in [
            ("Created.Year = 2026", both.clone()),
            ("Created.Month = 1", vec![winter]),
            ("Created.Month = 'July'", vec![summer]),
            ("Created.Month != 'jul'", vec![winter]),
            ("Created.Hour >= 23", vec![winter]),
            ("Created.DayOfWeek = 'Friday'", vec![summer]),
            ("Created.DayOfWeek = 6", vec![winter]),
            ("Created.DayOfMonth = 31", both.clone()),
            ("Created.DayOfYear = 31", vec![winter]),
            ("Created.WeekOfYear = 31", vec![summer]),
            ("Created.Day = '2026-07-31'", vec![summer]),
            ("Created.Monthly = '2026-01'", vec![winter]),
            ("Created.Hourly STARTSWITH '2026-07-31 22'", vec![summer]),
            ("Resolved.Month IS NULL", both.clone()),
            ("Resolved.Month != 1", both.clone()),
        ] {
            assert_eq!(ids(&world, "dana", query).await, expected, "{query}");
        }
        let mut berlin = world.actor("dana").await;
        berlin.user.time_zone = Some("Europe/Berlin".to_owned());
        for (query, expected) in [
            ("Created.Month = 2", vec![winter]),
            ("Created.Month = 8", vec![summer]),
            ("Created.Hour = 0", both.clone()),
            ("Created.Day = '2026-02-01'", vec![winter]),
        ] {
            assert_eq!(ids_for(&world, &berlin, query).await, expected, "{query}");
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

    // TC-257: through groups, unless SHALLOW; TC-260: what was merged away or deleted is not there.
    async fn tc257_tc260_groups_are_looked_into_and_tickets_that_are_gone_are_not_found(world: World) {
        let admin = world.actor("admin").await;
        let (first, second) = (world.report("one", "x").await, world.report("two", "x").await);
        let (greta_id, general) = (world.actor("greta").await.id(), world.queue_id("General").await);
        let mut tx = world.tx().await;
        let input = ticket::Create::new(general, "three", actions::message::NewMessage::text("x"));
        let third = ticket::create(&mut tx, &admin, input).await.unwrap().ticket;
        let on_call = actions::account::create_group(&mut tx, &admin, "On call", "").await.unwrap();
        actions::account::add_member(&mut tx, &admin, on_call, greta_id).await.unwrap();
        ticket::set_group(&mut tx, &admin, first, (domain::Role::AdminCc, on_call), true).await.unwrap();
        tx.commit().await.unwrap();
        let greta = "greta@csirt-staff.example";
        assert_eq!(ids(&world, "admin", &format!("AdminCc = '{greta}'")).await, [first.0]);
        assert_eq!(ids(&world, "admin", &format!("AdminCc SHALLOW = '{greta}'")).await, Vec::<i64>::new());
        assert_eq!(ids(&world, "admin", &format!("AdminCc != '{greta}'")).await, [second.0, third.0]);
        let mut tx = world.tx().await;
        ticket::merge(&mut tx, &admin, second, first).await.unwrap();
        ticket::set_status(&mut tx, &admin, ticket::SetStatus { ticket: third, status: "deleted".into() }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(ids(&world, "admin", "id > 0").await, [first.0]);
        assert_eq!(ids(&world, "admin", "EffectiveId > 0").await, [first.0, second.0]);
    }

    async fn what_cannot_be_answered_is_said_with_its_name(world: World) {
        let dana = world.actor("dana").await;
        let mut tx = world.look().await;
        for (query, word) in [("Colour = 'red'", "Colour"), ("CF.{Nothing} = 'x'", "Nothing"), ("Status = open", "open"), ("Requester = 'x'", "did you mean Requestor?"), ("Created.Season = 'x'", "season"), ("Created.Hour = 'late'", "late"), ("TimeWorked > Due", "Due"), ("OwnerGroup LIKE 'x'", "group"), ("HasUnreadMessages = 'dana'", "CurrentUser"), ("Due = 'soonish'", "soonish"), ("Priority = 'x'", "Priority")] {
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
