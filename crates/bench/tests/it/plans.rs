//! No list may cost more because there are more closed tickets: the plans of the home page and of the pages of open tickets walk
//! an index in its order (invariant 8).

use actions::{
    Desk, Surroundings,
    lists::{self, Order, OrderBy, Page},
};
use testkit::World;

const NEWEST: &[OrderBy] = &[OrderBy { column: Order::Created, descending: true }];
const DUE: &[OrderBy] = &[OrderBy { column: Order::Due, descending: false }];
const DUE_THEN_PRIORITY: &[OrderBy] =
    &[OrderBy { column: Order::Due, descending: false }, OrderBy { column: Order::Priority, descending: true }];

/// What the lists of other pages and links of detectors look up.
const LOOKUPS: [(&str, &str); 5] = [
    ("CF.{IP} = '198.18.7.9'", "custom_field_values_by_ip"),
    ("CF.{Domain} = 'host1.net1.example'", "custom_field_values_by_content"),
    ("Requestor = 'contact7@site7.example'", "role_members_by_user"),
    ("MemberOf = 1", "links_by_target"),
    ("HasMember = 2", "links_between"),
];

const LISTS: [(&str, &[OrderBy]); 7] = [
    ("Lifecycle = 'incident_reports' AND Status = '__Initial__'", DUE),
    ("Lifecycle = 'incidents' AND Status = '__Active__' AND Owner = '__CurrentUser__'", DUE_THEN_PRIORITY),
    ("Lifecycle = 'incidents' AND Status = '__Active__' AND Owner = 'Nobody'", DUE_THEN_PRIORITY),
    ("Lifecycle = 'incidents' AND Status = '__Active__'", DUE_THEN_PRIORITY),
    ("Lifecycle = 'incident_reports' AND Status = '__Active__'", DUE),
    ("Lifecycle = 'investigations' AND Status = '__Active__'", DUE),
    ("Lifecycle = 'countermeasures' AND Status = '__Active__'", DUE),
];

/// A whole table read, or a whole result sorted. Sorting the ties within an order that an index gives costs next to nothing:
/// SQLite calls that the last term or the right part, PostgreSQL an incremental sort.
fn is_costly(line: &str) -> bool {
    let line = line.trim().trim_start_matches("->").trim();
    let scans = line.starts_with("SCAN t") || line.contains("Seq Scan on tickets");
    let sorts = line == "USE TEMP B-TREE FOR ORDER BY" || line.starts_with("Sort  ");
    scans || sorts
}

/// Of so few tickets PostgreSQL would rather sort or read them all; asked not to, it shows whether it could do without.
async fn look(world: &World) -> Desk {
    let options = "?options=-c%20enable_sort%3Doff%20-c%20enable_seqscan%3Doff";
    let url = if world.is_postgres() { format!("{}{options}", world.url) } else { world.url.clone() };
    let db = storage::Db::open(&url, storage::Options::default()).await.unwrap();
    Desk::new(db, world.clock.clone(), Surroundings { public_url: "http://watchbell.example".to_owned(), receivers: vec![] })
}

testkit::both! {
    async fn lists_walk_an_index_in_its_order_and_lookups_find_theirs(world: World) {
        bench::generate::generate(&world.desk, 2_000).await.unwrap();
        let desk = look(&world).await;
        for name in ["dana", "admin"] {
            let actor = world.actor(name).await;
            let mut tx = desk.read().await.unwrap();
            for (text, order) in LISTS {
                let query = lists::parse(text).unwrap();
                let plan = lists::explain(&mut tx, &actor, &query, order, Page { limit: 11, offset: 0 }).await.unwrap();
                assert!(plan.contains("tickets_by_"), "{name}: {text}\n{plan}");
                assert!(!plan.lines().any(is_costly), "{name}: {text}\n{plan}");
            }
            for (text, index) in LOOKUPS {
                let query = lists::parse(text).unwrap();
                let plan = lists::explain(&mut tx, &actor, &query, NEWEST, Page { limit: 51, offset: 0 }).await.unwrap();
                assert!(plan.contains(index), "{name}: {text}\n{plan}");
                assert!(!plan.contains("SCAN t"), "{name}: {text}\n{plan}");
            }
        }
        desk.db().close().await;
    }
}
