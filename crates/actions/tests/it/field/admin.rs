//! Administering fields (TC-130, TC-131, TC-138).

use super::{create, field, plant, select, values, wrong};
use actions::{Applied, Error, custom_field};
use domain::{
    FieldId, Right,
    custom_field::{Bearer, CustomField, FieldKind},
    right::Principal,
};
use testkit::World;

async fn define(world: &World, name: &str, field: CustomField) -> Result<FieldId, Error> {
    let actor = world.actor(name).await;
    let mut tx = world.tx().await;
    let id = custom_field::define(&mut tx, &actor, field).await?;
    tx.commit().await?;
    Ok(id)
}

testkit::both! {
    async fn tc131_a_definition_is_judged_and_says_what_is_wrong(world: World) {
        let plain = || CustomField::new("New", FieldKind::Freeform);
        for (input, field) in [
            ("name", CustomField { name: "123".into(), ..plain() }),
            ("name", CustomField { name: " ".into(), ..plain() }),
            ("name", CustomField { name: "a}b".into(), ..plain() }),
            ("pattern", CustomField { pattern: Some("(".into()), ..plain() }),
            ("link", CustomField { link: "javascript:alert(1)".into(), ..plain() }),
            ("max_values", CustomField { max_values: -1, ..plain() }),
            ("source", CustomField { source: "nowhere".into(), ..plain() }),
            ("default", CustomField { default: "soon".into(), ..CustomField::new("Day", FieldKind::Date) }),
            ("based_on", CustomField { based_on: Some(FieldId(1)), ..plain() }),
        ] {
            assert_eq!(wrong(&define(&world, "admin", field).await.unwrap_err()).0, input);
        }
        let text = define(&world, "admin", CustomField { max_values: 5, ..CustomField::new("Block", FieldKind::Text) }).await.unwrap();
        assert!(world.look().await.catalog().field(text).unwrap().is_single(), "a text block is one value");
        let ip = field(&world, "Incidents", "IP").await;
        let renamed = CustomField { name: "Address".into(), ..world.look().await.catalog().field(ip).unwrap().clone() };
        assert_eq!(wrong(&define(&world, "admin", renamed).await.unwrap_err()).0, "name", "rules know IP by its name");
    }

    // TC-138: without AdminCustomField nothing; granted on one field, that one
    async fn tc138_a_field_is_administered_with_its_right_and_every_change_is_recorded(world: World) {
        assert!(matches!(define(&world, "dana", CustomField::new("Mine", FieldKind::Freeform)).await, Err(Error::Forbidden(Right::AdminCustomField))));
        let id = plant(&world, select("Colour", &["red"]), "Incident Reports").await;
        let (admin, dana) = (world.actor("admin").await, world.actor("dana").await);
        assert!(custom_field::list(&world.look().await, &dana).is_err());
        let mut tx = world.tx().await;
        custom_field::grant(&mut tx, &admin, id, (Principal::User(dana.id()), Right::AdminCustomField), true).await.unwrap();
        custom_field::set_options(&mut tx, &dana, id, "red | warm\ngreen\n").await.unwrap();
        assert!(custom_field::set_options(&mut tx, &dana, id, "red\nRED").await.is_err());
        tx.commit().await.unwrap();
        let mine = custom_field::list(&world.look().await, &dana).unwrap();
        assert_eq!(mine.iter().map(|field| field.id).collect::<Vec<_>>(), [id]);
        assert_eq!(custom_field::option_lines(&mine[0]), "red | warm\ngreen");
        let mut db = world.desk.db().read().await.unwrap();
        let kinds: Vec<String> = storage::audit::after(&mut db, 0, 1000).await.unwrap().into_iter().map(|entry| entry.kind).collect();
        for kind in ["create custom field", "apply custom field", "grant on custom field", "set values of custom field"] {
            assert!(kinds.iter().any(|known| known == kind), "{kind} in {kinds:?}");
        }
        assert!(actions::verify::verify(&world.desk).await.unwrap().findings.is_empty());
    }

    // TC-130: everywhere or in chosen queues, in each queue's own order; another bearer drops the applications
    async fn tc130_a_field_applies_everywhere_or_in_chosen_queues_in_their_order(world: World) {
        let everywhere = define(&world, "admin", CustomField { everywhere: true, sort_order: 100, ..CustomField::new("Everywhere", FieldKind::Freeform) }).await.unwrap();
        let chosen = plant(&world, CustomField { sort_order: 200, ..CustomField::new("Chosen", FieldKind::Freeform) }, "General").await;
        let order = |names: Vec<&str>| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let names = |catalog: &actions::Catalog, queue| catalog.fields_of(queue).map(|field| field.name.clone()).collect::<Vec<_>>();
        let general = world.queue_id("General").await;
        assert_eq!(names(&world.look().await.catalog(), general), order(vec!["Everywhere", "Chosen"]));
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        let first = Applied { field: chosen, queue: general, sort_order: Some(1), default: None, mandatory: false };
        custom_field::apply(&mut tx, &admin, chosen, vec![first]).await.unwrap();
        assert_eq!(names(&tx.catalog(), general), order(vec!["Chosen", "Everywhere"]));
        let moved = CustomField { bearer: Bearer::Queue, ..tx.catalog().field(chosen).unwrap().clone() };
        custom_field::define(&mut tx, &admin, moved).await.unwrap();
        assert_eq!(tx.catalog().applied_to(chosen).count(), 0);
        let off = CustomField { disabled: true, ..tx.catalog().field(everywhere).unwrap().clone() };
        custom_field::define(&mut tx, &admin, off).await.unwrap();
        assert!(names(&tx.catalog(), general).is_empty());
    }

    // TC-136: the shipped source of groups
    async fn tc136_the_values_of_a_select_may_be_the_groups(world: World) {
        let admin = world.actor("admin").await;
        let team = plant(&world, CustomField { source: "groups".into(), ..CustomField::new("Team", FieldKind::Select) }, "Incident Reports").await;
        let id = create(&world, &admin, "Incident Reports", &[(team, "dutyteam edunet")]).await.unwrap();
        assert_eq!(values(&world, id, "Team").await, ["DutyTeam EDUNET"]);
        assert!(create(&world, &admin, "Incident Reports", &[(team, "Nobody's team")]).await.is_err());
    }

    // IR-092: a site's own field, as RedIRIS had one
    async fn ir092_a_site_adds_its_own_field_and_finds_tickets_by_it(world: World) {
        let admin = world.actor("admin").await;
        let target = plant(&world, select("Target Type", &["RedIRIS Customer", "Other"]), "Incident Reports").await;
        let id = create(&world, &admin, "Incident Reports", &[(target, "RedIRIS Customer")]).await.unwrap();
        assert_eq!(values(&world, id, "Target Type").await, ["RedIRIS Customer"]);
        let query = actions::lists::parse("CF.{Target Type} = 'RedIRIS Customer'").unwrap();
        assert_eq!(actions::lists::count(&mut world.look().await, &admin, &query).await.unwrap(), 1);
    }
}
