//! Searching by fields: overlap of ranges, negation, dates, numbers (IR-113, TC-144 … TC-146).

use super::{create, field, plant};
use actions::lists;
use domain::{
    TicketId,
    custom_field::{CustomField, FieldKind},
};
use testkit::World;

/// Which of the tickets are found, by their place in the list.
async fn found(world: &World, tickets: &[TicketId], query: &str) -> Vec<usize> {
    let admin = world.actor("admin").await;
    let mut tx = world.look().await;
    let query = lists::parse(query).unwrap();
    let page = lists::Page { limit: 50, offset: 0 };
    let hits = lists::search(&mut tx, &admin, &query, &[], page).await.unwrap_or_else(|error| panic!("{error}"));
    tickets.iter().enumerate().filter(|(_, id)| hits.iter().any(|hit| hit.id == **id)).map(|(place, _)| place).collect()
}

testkit::both! {
    // IR-109, IR-113, TC-144: start and end of one overlap are of the same value
    async fn ir113_tc144_ranges_are_found_by_overlap(world: World) {
        let admin = world.actor("admin").await;
        let ip = field(&world, "Incident Reports", "IP").await;
        let mut tickets = Vec::new();
        for text in ["10.0.0.5", "10.0.0.0/24", "10.0.0.1, 10.0.0.9", "2001:db8::5", ""] {
            tickets.push(create(&world, &admin, "Incident Reports", &[(ip, text)]).await.unwrap());
        }
        for (query, expected) in [
            ("CF.{IP} = '10.0.0.5'", vec![0, 1]),
            ("CF.{IP} = '10.0.0.4-10.0.0.6'", vec![0, 1]),
            ("CF.{IP} = '10.0.0.6-10.0.0.4'", vec![0, 1]),
            ("CF.{IP} = '10/8'", vec![0, 1, 2]),
            ("CF.{IP} = '10.0.0.2-10.0.0.8'", vec![0, 1]),
            ("CF.{IP} != '10.0.0.5'", vec![2, 3, 4]),
            ("CF.{IP} = '::/0'", vec![3]),
            ("CF.{IP} = '0.0.0.0/0'", vec![0, 1, 2]),
            ("CF.{IP} < '10.0.0.1'", vec![1]),
            ("CF.{IP} <= '10.0.0.1'", vec![1, 2]),
            ("CF.{IP} > '10.0.0.5'", vec![2]),
            ("CF.{IP} >= '10.0.0.5'", vec![0, 2]),
            ("CF.{IP} = 'nonsense'", vec![]),
            ("CF.{IP} IS NULL", vec![4]),
            ("CF.{IP} IS NOT NULL", vec![0, 1, 2, 3]),
        ] {
            assert_eq!(found(&world, &tickets, query).await, expected, "{query}");
        }
    }

    async fn tc145_no_value_satisfies_what_is_negated_and_numbers_and_dates_compare_as_such(world: World) {
        let admin = world.actor("admin").await;
        let many = plant(&world, CustomField { max_values: 0, ..CustomField::new("Tag", FieldKind::Freeform) }, "Incident Reports").await;
        let digits = CustomField { pattern: Some("(?#Digits)^[0-9]+$".into()), ..CustomField::new("Size", FieldKind::Freeform) };
        let size = plant(&world, digits, "Incident Reports").await;
        let day = plant(&world, CustomField::new("Day", FieldKind::Date), "Incident Reports").await;
        let at = plant(&world, CustomField::new("At", FieldKind::DateTime), "Incident Reports").await;
        let mut tickets = Vec::new();
        for (tag, number, date, moment) in [
            ("a\nb", "9", "2026-01-01", "2026-01-01T10:00:00Z"),
            ("b", "010", "2026-02-01", "2026-02-01T10:00:00Z"),
            ("", "200", "2026-03-01", "2026-03-01T23:59:59Z"),
        ] {
            tickets.push(create(&world, &admin, "Incident Reports", &[(many, tag), (size, number), (day, date), (at, moment)]).await.unwrap());
        }
        for (query, expected) in [
            ("CF.{Tag} != 'a'", vec![1, 2]),
            ("CF.{Tag} NOT LIKE 'b'", vec![2]),
            ("CF.{Tag} IS NULL", vec![2]),
            ("CF.{Size} > 9", vec![1, 2]),
            ("CF.{Size} < '100'", vec![0, 1]),
            ("CF.{Size} >= '10'", vec![1, 2]),
            ("CF.{Day} < '2026-02-01'", vec![0]),
            ("CF.{Day} >= '2026-02-01'", vec![1, 2]),
            ("CF.{Day} = '2026-03-01'", vec![2]),
            ("CF.{At} = '2026-03-01'", vec![2]),
            ("CF.{At} > '2026-01-01 11:00'", vec![1, 2]),
        ] {
            assert_eq!(found(&world, &tickets, query).await, expected, "{query}");
        }
    }

    // TC-146: several of one name are searched together; in a queue its own goes first
    async fn tc146_fields_of_one_name_are_searched_together_and_a_queue_s_own_goes_first(world: World) {
        let admin = world.actor("admin").await;
        let own = plant(&world, CustomField::new("Site", FieldKind::Freeform), "Incident Reports").await;
        let mut tx = world.tx().await;
        let everywhere = CustomField { everywhere: true, sort_order: -1, ..CustomField::new("Site", FieldKind::Freeform) };
        let everywhere = actions::custom_field::define(&mut tx, &admin, everywhere).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(field(&world, "Incident Reports", "Site").await, own);
        assert_eq!(field(&world, "Incidents", "Site").await, everywhere);
        let tickets = [
            create(&world, &admin, "Incident Reports", &[(own, "north")]).await.unwrap(),
            create(&world, &admin, "Incidents", &[(everywhere, "north")]).await.unwrap(),
        ];
        assert_eq!(found(&world, &tickets, "CF.{Site} = 'north'").await, [0, 1]);
    }
}
