//! What a fresh installation has (IR section 3.1).

use super::{create, field, wrong};
use domain::custom_field::{Bearer, CustomField, FieldKind, Render};
use testkit::World;

async fn one(world: &World, queue: &str, name: &str) -> CustomField {
    let id = field(world, queue, name).await;
    world.look().await.catalog().field(id).unwrap().clone()
}

async fn has(world: &World, queue: &str, name: &str) -> bool {
    let queue = world.queue_id(queue).await;
    world.look().await.catalog().field_named(queue, name).is_some()
}

fn options(field: &CustomField) -> String {
    field.options.iter().map(|option| option.name.as_str()).collect::<Vec<_>>().join(", ")
}

const ALL: [&str; 4] = ["Incident Reports", "Incidents", "Investigations", "Countermeasures"];

testkit::both! {
    // IR-077, IR-078, IR-079, IR-080
    async fn ir077_to_ir080_an_incident_has_its_fields(world: World) {
        // IR-077 [6]: the description is every ticket's own, with a box of its own, and no custom field beside it
        assert!(!has(&world, "Incidents", "Description").await);
        for (name, expected) in [
            ("Resolution", "successfully resolved, no resolution reached, no response from customer, no response from other ISP"),
            ("Function", "AbuseDesk, IncidentCoord"),
            ("Classification", "Spam, System Compromise, Query, Scan, Denial of Service, Piracy"),
        ] {
            let field = one(&world, "Incidents", name).await;
            assert_eq!(options(&field), expected, "{name}");
            assert_eq!((field.kind, field.is_single(), field.render, field.default.as_str()), (FieldKind::Select, true, Render::Dropdown, ""));
            assert!(!has(&world, "Investigations", name).await, "{name} is of Incidents alone");
        }
    }

    // IR-081, IR-084, IR-085, IR-106
    async fn ir081_ir084_ir085_all_four_have_network_data(world: World) {
        for queue in ALL {
            for (name, kind) in [("CVE ID", FieldKind::Freeform), ("IP", FieldKind::IPAddressRange), ("Domain", FieldKind::Freeform)] {
                let field = one(&world, queue, name).await;
                assert_eq!((field.kind, field.max_values), (kind, 0), "{name} in {queue}");
            }
        }
        assert!(one(&world, "Incidents", "CVE ID").await.link.contains("nvd.nist.gov/vuln/detail/__CustomField__"));
    }

    // IR-082, IR-083, IR-089, IR-090
    async fn ir082_to_ir090_reports_and_investigations_have_their_fields(world: World) {
        assert_eq!(options(&one(&world, "Incident Reports", "How Reported").await), "API, CLI, Email, REST, REST2, Web, Telephone, Other");
        let reporter = one(&world, "Incident Reports", "Reporter Type").await;
        assert_eq!(options(&reporter), "customer, external individual, other ISP, police, other IRT, other");
        let (of_reports, of_investigations) = (one(&world, "Incident Reports", "Customer").await, one(&world, "Investigations", "Customer").await);
        assert_eq!((of_reports.kind, of_reports.max_values, options(&of_reports)), (FieldKind::Select, 0, String::new()));
        assert_eq!((of_investigations.kind, of_investigations.max_values, options(&of_investigations)), (FieldKind::Select, 1, String::new()));
    }

    // IR-086, IR-087, IR-088
    async fn ir086_to_ir088_a_countermeasure_has_its_fields(world: World) {
        for name in ["Netmask", "Port", "Where Blocked"] {
            let field = one(&world, "Countermeasures", name).await;
            assert_eq!((field.kind, field.max_values), (FieldKind::Freeform, 1), "{name}");
            assert!(!has(&world, "Incident Reports", name).await);
        }
    }

    // IR-091: the service level of the ticket itself, for the three kinds of children
    async fn ir091_children_have_a_service_level(world: World) {
        for queue in ALL {
            assert_eq!(world.queue(queue).await.levels_disabled, queue == "Incidents", "{queue}");
        }
        let levels: Vec<String> = world.look().await.catalog().levels().map(|level| level.name.clone()).collect();
        for name in ["Full service", "Full service: out of hours", "Reduced service"] {
            assert!(levels.iter().any(|level| level == name), "{name} in {levels:?}");
        }
    }

    // IR-096: the boxes
    async fn ir096_fields_stand_in_boxes_and_ordinary_queues_have_their_own(world: World) {
        for (name, grouping) in [("IP", "Networking"), ("Domain", "Networking"), ("CVE ID", "Details"), ("Classification", "Details")] {
            assert_eq!(one(&world, "Incidents", name).await.grouping, grouping, "{name}");
        }
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        let groupings = [(domain::setting::list::ORDINARY_GROUPINGS, Some("Cabinet = Basics"))];
        actions::setup::set_settings(&mut tx, &admin, &groupings).await.unwrap();
        let field = CustomField { everywhere: true, grouping: "Networking".to_owned(), ..CustomField::new("Cabinet", FieldKind::Freeform) };
        actions::custom_field::define(&mut tx, &admin, field).await.unwrap();
        for (queue, grouping) in [("General", "Basics"), ("Incidents", "Networking")] {
            let queue = tx.catalog().queue_named(queue).unwrap().id;
            let fields = actions::access::fields_with(&tx, &admin, queue, domain::Right::SeeCustomField);
            assert_eq!(fields.iter().find(|field| field.name == "Cabinet").unwrap().grouping, grouping);
        }
    }

    // IR-094 is a constituency of the queue (see the constituency tests); IR-095 a field of queues
    async fn ir094_ir095_a_queue_has_a_constituency_or_none_and_a_default_whois_server(world: World) {
        assert!(world.queue("Incident Reports").await.constituency.is_none(), "empty means none");
        assert!(world.queue("Incident Reports - EDUNET").await.constituency.is_some());
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        let queue = tx.catalog().queue_named("Incidents").unwrap().id;
        let field = tx.catalog().fields_for(Bearer::Queue, queue).next().unwrap().clone();
        assert_eq!((field.name.as_str(), field.kind, field.max_values), ("RTIR default WHOIS server", FieldKind::Freeform, 1));
        assert_eq!(tx.catalog().queue_value(queue, &field.name), None);
        actions::custom_field::set_queue_values(&mut tx, &admin, queue, &[(field.id, "whois.ripe.net".to_owned())]).await.unwrap();
        tx.commit().await.unwrap();
        let catalog = world.look().await.catalog();
        assert_eq!(catalog.queue_value(queue, &field.name), Some("whois.ripe.net"));
        assert_eq!(catalog.queue_value(world.queue_id("Investigations").await, &field.name), None);
    }

    // IR-103: switched on where the installation is new
    async fn ir103_a_strict_incident_form_needs_a_classification_and_nothing_is_half_made(world: World) {
        let (admin, dana) = (world.actor("admin").await, world.actor("dana").await);
        let classification = field(&world, "Incidents", "Classification").await;
        assert!(create(&world, &dana, "Incidents", &[]).await.is_ok(), "the form is not strict here");
        let mut tx = world.tx().await;
        actions::setup::set_settings(&mut tx, &admin, &[(domain::setting::list::STRICT_INCIDENT_FORM, Some("yes"))]).await.unwrap();
        tx.commit().await.unwrap();
        let error = create(&world, &dana, "Incidents", &[]).await.unwrap_err();
        assert_eq!(wrong(&error), (format!("cf-{classification}"), "Classification is needed.".to_owned()));
        assert!(create(&world, &dana, "Incidents", &[(classification, "Spam")]).await.is_ok());
        assert!(create(&world, &dana, "Incident Reports", &[]).await.is_ok(), "other kinds need none");
    }
}
