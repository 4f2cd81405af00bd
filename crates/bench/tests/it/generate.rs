//! Generated installations are as verbs would have left them.

use actions::{lists, ticket::show};

testkit::both! {
    async fn a_thousand_generated_tickets_verify_and_can_be_worked_with(world: World) {
        bench::generate::generate(&world.desk, 1_000).await.unwrap();

        let report = actions::verify::verify(&world.desk).await.unwrap();
        assert_eq!(report.findings, []);
        assert_eq!(report.tickets, 1_000);

        let admin = world.actor("admin").await;
        let mut tx = world.look().await;
        let open = lists::count(&mut tx, &admin, &lists::parse("Status = '__Active__'").unwrap()).await.unwrap();
        assert!((20..150).contains(&open), "about one in twenty is open, not {open}");
        for query in ["CF.{IP} = '198.18.0.0/15'", "HasMember IS NOT NULL AND Lifecycle = 'incidents'", "Requestor LIKE 'contact'"] {
            let found = lists::count(&mut tx, &admin, &lists::parse(query).unwrap()).await.unwrap();
            assert!(found > 100, "{query} finds {found}");
        }
        drop(tx);

        let next = world.report("A real one", "after all the others").await;
        assert!(next.0 > 1_000, "the database goes on counting: {next}");
        let entries = show::history(&mut world.look().await, &admin, domain::TicketId(1), i64::MAX, 50).await.unwrap();
        assert!(entries.iter().any(|entry| entry.text.contains("Dear colleagues")));
        assert!(actions::verify::verify(&world.desk).await.unwrap().findings.is_empty());
    }

    async fn b6_a_ticket_of_five_thousand_messages_verifies_and_is_read_a_window_at_a_time(world: World) {
        bench::generate::generate(&world.desk, 20).await.unwrap();
        let ticket = bench::generate::generate_long(&world.desk, 5_000).await.unwrap();
        assert!(actions::verify::verify(&world.desk).await.unwrap().findings.is_empty());
        let admin = world.actor("admin").await;
        let mut tx = world.look().await;
        let window = show::window(&mut tx, &admin, ticket, None, 25).await.unwrap();
        assert_eq!((window.entries.len(), window.older), (25, Some(4_976)));
        assert_eq!(show::files(&mut tx, &admin, ticket, 20).await.unwrap().len(), 0);
    }
}
