//! Institutions and their addresses (IR-122 … IR-130).

use super::{add, create, field, set, values};
use actions::{Actor, Error, custom_field, setup, ticket};
use domain::{custom_field::CustomField, setting::list};
use testkit::World;

const FILE: &str =
    "name,networks,contact\nNorth,192.0.2.0/25,noc@north.example\nSouth,192.0.2.128/25 2001:db8::/32,\nBoth,192.0.2.0/24,\n";

/// Writes the directory, points the installation at it, switches the fields and the rules to it.
async fn prepare(world: &World, text: &str) -> std::path::PathBuf {
    let path = world.dir().join("institutions.csv");
    std::fs::write(&path, text).unwrap();
    let operator = setup::operator();
    let mut tx = world.tx().await;
    setup::set_settings(&mut tx, &operator, &[(list::DIRECTORY_FILE, Some(path.to_str().unwrap()))]).await.unwrap();
    for queue in ["Incident Reports", "Investigations"] {
        let queue = tx.catalog().queue_named(queue).unwrap().id;
        let customer = CustomField { source: "directory".into(), ..tx.catalog().field_named(queue, "Customer").unwrap().clone() };
        custom_field::define(&mut tx, &operator, customer).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut db = world.desk.db().write().await.unwrap();
    let rules = storage::rule::all(&mut db).await.unwrap();
    for name in ["Institution of an added IP", "Institution of a deleted IP"] {
        let rule = rules.iter().find(|rule| rule.name == name).expect("it is seeded").clone();
        storage::rule::update(&mut db, &storage::rule::RuleRow { enabled: true, ..rule }).await.unwrap();
    }
    storage::catalog::touch(&mut db).await.unwrap();
    db.commit().await.unwrap();
    path
}

async fn correlate(world: &World, actor: &Actor, id: domain::TicketId) -> Result<(), Error> {
    let mut tx = world.tx().await;
    ticket::correlate(&mut tx, actor, id).await?;
    tx.commit().await
}

testkit::both! {
    // IR-122, IR-124, IR-125: the values of Customer are the directory's institutions
    async fn ir122_ir125_the_values_of_a_field_come_from_the_directory_and_follow_it(world: World) {
        let path = prepare(&world, FILE).await;
        let admin = world.actor("admin").await;
        let customer = field(&world, "Incident Reports", "Customer").await;
        let names = |catalog: &actions::Catalog| catalog.field(customer).unwrap().options.iter().map(|option| option.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&world.look().await.catalog()), ["North", "South", "Both"]);
        assert!(world.look().await.catalog().directory().unwrap().description().contains("institutions.csv"));
        let id = create(&world, &admin, "Incident Reports", &[(customer, "south")]).await.unwrap();
        assert_eq!(values(&world, id, "Customer").await, ["South"]);
        std::fs::write(&path, "name,networks\nNew name,10.0.0.0/8\n").unwrap();
        assert_eq!(names(&world.look().await.catalog()), ["New name"], "a new file is read without a restart");
    }

    // IR-123, IR-126: by hand, from text; a single Customer is set only if it is empty
    async fn ir126_the_institutions_of_an_added_ip_become_customers(world: World) {
        prepare(&world, FILE).await;
        let admin = world.actor("admin").await;
        let from_text = world.report("Scan", "from 192.0.2.200").await;
        assert_eq!(values(&world, from_text, "Customer").await, ["South", "Both"]);
        let ip = field(&world, "Incident Reports", "IP").await;
        add(&world, &admin, from_text, ip, "192.0.2.1").await.unwrap();
        assert_eq!(values(&world, from_text, "Customer").await, ["South", "Both", "North"]);
        let given = create(&world, &admin, "Incident Reports", &[(ip, "192.0.2.1")]).await.unwrap();
        assert_eq!(values(&world, given, "Customer").await, ["North", "Both"]);
        let mut tx = world.tx().await;
        let investigations = tx.catalog().queue_named("Investigations").unwrap().id;
        let input = ticket::Create::new(investigations, "x", actions::message::NewMessage::text("about 192.0.2.200"));
        let investigation = ticket::create(&mut tx, &admin, input).await.unwrap().ticket;
        tx.commit().await.unwrap();
        assert_eq!(values(&world, investigation, "Customer").await, ["South"]);
    }

    async fn ir127_what_the_rule_added_goes_with_its_ip_and_what_people_chose_stays(world: World) {
        prepare(&world, FILE).await;
        let admin = world.actor("admin").await;
        let (ip, customer) = (field(&world, "Incident Reports", "IP").await, field(&world, "Incident Reports", "Customer").await);
        let id = world.report("Scan", "from 192.0.2.1 and 192.0.2.200").await;
        assert_eq!(values(&world, id, "Customer").await, ["North", "Both", "South"]);
        let mut tx = world.tx().await;
        ticket::remove_value(&mut tx, &admin, id, ip, "192.0.2.200").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(values(&world, id, "Customer").await, ["North", "Both"]);
        add(&world, &admin, id, customer, "South").await.unwrap();
        set(&world, &admin, id, ip, "").await.unwrap();
        assert_eq!(values(&world, id, "Customer").await, ["South"], "chosen by hand");
    }

    // IR-130
    async fn ir130_an_unreachable_directory_stops_nothing_and_can_be_asked_again(world: World) {
        let path = prepare(&world, FILE).await;
        std::fs::remove_file(&path).unwrap();
        let admin = world.actor("admin").await;
        let id = world.report("Scan", "from 192.0.2.1").await;
        assert_eq!((values(&world, id, "IP").await, values(&world, id, "Customer").await), (vec!["192.0.2.1".to_owned()], vec![]));
        let error = correlate(&world, &admin, id).await.unwrap_err();
        assert!(error.to_string().contains("could not be asked"), "{error}");
        std::fs::write(&path, FILE).unwrap();
        correlate(&world, &admin, id).await.unwrap();
        assert_eq!(values(&world, id, "Customer").await, ["North", "Both"]);
        let norman = world.actor("norman").await;
        assert!(matches!(correlate(&world, &norman, id).await, Err(Error::NotFound)));
    }

    async fn ir126_ir127_the_two_rules_are_off_until_a_site_switches_them_on(world: World) {
        let path = world.dir().join("institutions.csv");
        std::fs::write(&path, FILE).unwrap();
        let mut tx = world.tx().await;
        setup::set_settings(&mut tx, &setup::operator(), &[(list::DIRECTORY_FILE, Some(path.to_str().unwrap()))]).await.unwrap();
        tx.commit().await.unwrap();
        let id = world.report("Scan", "from 192.0.2.1").await;
        assert!(values(&world, id, "Customer").await.is_empty());
    }
}
