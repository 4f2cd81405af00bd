//! Values: single, several, unlimited, defaults, mandatory, unique, files (TC-128 … TC-140, IR-097 … IR-116).

use super::{add, create, field, plant, plant_with, select, set, values, wrong};
use actions::{
    Error, custom_field,
    message::NewMessage,
    ticket::{self, Create, FieldFile, FieldInput, show},
};
use domain::{
    Right,
    change::ChangeKind,
    custom_field::{CustomField, FieldKind, FieldOption, Spelling},
    right::Principal,
};

testkit::both! {
    // TC-128: every kind, from what is typed to what is held
    async fn tc128_values_of_every_kind_are_held_in_their_stored_form(world: World) {
        let admin = world.actor("admin").await;
        let id = world.report("Kinds", "x").await;
        for (kind, text, held) in [
            (FieldKind::Freeform, "a line", "a line"),
            (FieldKind::Text, "two\nlines", "two\nlines"),
            (FieldKind::Wikitext, "**bold**", "**bold**"),
            (FieldKind::Html, "<b>x</b><script>y</script>", "<b>x</b>"),
            (FieldKind::Combobox, "typed", "typed"),
            (FieldKind::Autocomplete, "typed", "typed"),
            (FieldKind::Date, "2026-03-01", "2026-03-01"),
            (FieldKind::DateTime, "2026-03-01T10:00:00+01:00", "2026-03-01T09:00:00Z"),
            (FieldKind::IPAddress, "192.0.2.007", "192.0.2.7"),
            (FieldKind::IPAddressRange, "192.0.2.0/31", "192.0.2.0-192.0.2.1"),
        ] {
            let name = format!("My {}", kind.as_str());
            let field = plant(&world, CustomField::new(&name, kind), "Incident Reports").await;
            set(&world, &admin, id, field, text).await.unwrap();
            assert_eq!(values(&world, id, &name).await, [held], "{kind:?}");
        }
        let field = plant(&world, select("My Select", &["one", "two"]), "Incident Reports").await;
        set(&world, &admin, id, field, "TWO").await.unwrap();
        assert_eq!(values(&world, id, "My Select").await, ["two"]);
        assert!(set(&world, &admin, id, field, "three").await.is_err());
    }

    // TC-140: a page of text is held whole, also where an index would not take it
    async fn tc140_long_texts_are_held_whole(world: World) {
        let admin = world.actor("admin").await;
        let id = world.report("Long", "x").await;
        let field = plant(&world, CustomField::new("Long", FieldKind::Text), "Incident Reports").await;
        let long: String = (0..20_000_u32).map(|n| char::from_u32(0x21 + (n * 7919) % 90).unwrap()).collect();
        set(&world, &admin, id, field, &long).await.unwrap();
        assert_eq!(values(&world, id, "Long").await, [long.trim()]);
        set(&world, &admin, id, field, "").await.unwrap();
        let history = show::history(&mut world.look().await, &admin, id, i64::MAX, 5).await.unwrap();
        assert_eq!(history[0].change.what.old.as_deref(), Some(long.trim()), "the history shows what was taken away");
    }

    async fn tc129_the_oldest_value_gives_way_and_equal_ones_do_nothing(world: World) {
        let admin = world.actor("admin").await;
        let id = world.report("Three", "x").await;
        let two = CustomField { max_values: 2, ..CustomField::new("Two", FieldKind::Freeform) };
        let field = plant(&world, two, "Incident Reports").await;
        for text in ["a", "b", "b", "c"] {
            add(&world, &admin, id, field, text).await.unwrap();
        }
        assert_eq!(values(&world, id, "Two").await, ["b", "c"]);
        assert!(add(&world, &admin, id, field, "c").await.unwrap().is_empty(), "adding an existing value does nothing");
        let one = plant(&world, CustomField::new("One", FieldKind::Freeform), "Incident Reports").await;
        set(&world, &admin, id, one, "old").await.unwrap();
        let changes = set(&world, &admin, id, one, "new").await.unwrap();
        assert_eq!(changes.len(), 1, "replacing a single value is one change");
        assert_eq!((changes[0].what.old.as_deref(), changes[0].what.new.as_deref()), (Some("old"), Some("new")));
        assert_eq!(set(&world, &admin, id, field, "a\nb\nc").await.map_err(|error| wrong(&error).1).unwrap_err(), "Two: at most 2 values.");
    }

    // IR-101, TC-132
    async fn ir101_tc132_a_value_that_does_not_fit_saves_nothing_and_says_why(world: World) {
        let admin = world.actor("admin").await;
        let year = CustomField { pattern: Some("(?#Year)^[12][0-9]{3}$".into()), refusal: "Four digits".into(), ..CustomField::new("Year", FieldKind::Freeform) };
        let field = plant(&world, year, "Incident Reports").await;
        let error = create(&world, &admin, "Incident Reports", &[(field, "soon")]).await.unwrap_err();
        let (input, sentence) = wrong(&error);
        assert!(input == format!("cf-{field}") && sentence.contains("Four digits"), "{sentence}");
        let id = create(&world, &admin, "Incident Reports", &[(field, "2026")]).await.unwrap();
        let mut tx = world.tx().await;
        let update = ticket::Update {
            basics: ticket::Basics { subject: Some("Other".into()), ..ticket::Basics::default() },
            fields: vec![FieldInput { field, values: vec!["soon".into()] }],
            ..ticket::Update::default()
        };
        assert!(ticket::update(&mut tx, &admin, id, update).await.is_err());
        drop(tx);
        let view = show::view(&mut world.look().await, &admin, id).await.unwrap();
        assert_eq!(view.ticket.subject, "A ticket", "nothing else was saved either");
    }

    // IR-103, TC-132: mandatory by its pattern, and by its queue
    async fn ir103_tc132_a_mandatory_field_must_be_given_and_keeps_its_last_value(world: World) {
        let admin = world.actor("admin").await;
        let by_pattern = CustomField { pattern: Some("(?#Mandatory).".into()), ..CustomField::new("Code", FieldKind::Freeform) };
        let code = plant(&world, by_pattern, "Incident Reports").await;
        let room = plant_with(&world, CustomField::new("Room", FieldKind::Freeform), "Incident Reports", |one| one.mandatory = true).await;
        let error = create(&world, &admin, "Incident Reports", &[]).await.unwrap_err();
        let Error::Invalid(errors) = &error else { panic!("{error}") };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, [format!("cf-{code}"), format!("cf-{room}")]);
        let id = create(&world, &admin, "Incident Reports", &[(code, "1"), (room, "2")]).await.unwrap();
        for field in [code, room] {
            assert!(set(&world, &admin, id, field, "").await.is_err(), "the last value stays");
        }
        let mut tx = world.tx().await;
        assert!(ticket::remove_value(&mut tx, &admin, id, room, "2").await.is_err());
        drop(tx);
        let other = create(&world, &world.actor("dana").await, "Investigations", &[]).await.unwrap_err();
        assert!(!wrong(&other).1.contains("Room"), "only where the queue says so");
    }

    // IR-097, TC-135
    async fn ir097_tc135_defaults_are_of_the_field_or_of_its_queue_and_give_way_to_what_is_typed(world: World) {
        let admin = world.actor("admin").await;
        let of_field = CustomField { default: "everywhere".into(), ..CustomField::new("Where", FieldKind::Freeform) };
        let field = plant(&world, of_field, "Incident Reports").await;
        let untouched = create(&world, &admin, "Incident Reports", &[]).await.unwrap();
        let typed = create(&world, &admin, "Incident Reports", &[(field, "here")]).await.unwrap();
        assert_eq!(values(&world, untouched, "Where").await, ["everywhere"]);
        assert_eq!(values(&world, typed, "Where").await, ["here"]);
        let of_queue = CustomField { default: "everywhere".into(), ..CustomField::new("Room", FieldKind::Freeform) };
        plant_with(&world, of_queue, "Incident Reports", |one| one.default = Some("in this queue".into())).await;
        let by_mail = world.report("By mail", "x").await;
        assert_eq!(values(&world, by_mail, "Room").await, ["in this queue"], "also without a form");
    }

    async fn tc133_a_unique_value_is_held_once_in_any_case(world: World) {
        let admin = world.actor("admin").await;
        let field = CustomField { unique: true, ..CustomField::new("Key", FieldKind::Freeform) };
        let field = plant(&world, field, "Incident Reports").await;
        let first = create(&world, &admin, "Incident Reports", &[(field, "Alpha")]).await.unwrap();
        let error = create(&world, &admin, "Incident Reports", &[(field, "ALPHA")]).await.unwrap_err();
        assert!(wrong(&error).1.contains("held by another ticket"), "{error}");
        assert!(set(&world, &admin, first, field, "alpha").await.is_ok(), "one's own value is no other's");
    }

    async fn tc134_tc137_values_are_spelt_and_options_belong_to_their_parent(world: World) {
        let admin = world.actor("admin").await;
        let spelt = CustomField { spelling: Spelling::Uppercase, ..CustomField::new("Plate", FieldKind::Freeform) };
        let plate = plant(&world, spelt, "Incident Reports").await;
        let country = plant(&world, select("Country", &["Norway", "Sweden"]), "Incident Reports").await;
        let city = |name: &str, of: &str| FieldOption { category: of.into(), ..FieldOption::named(name) };
        let cities = CustomField { based_on: Some(country), options: vec![city("Oslo", "Norway"), city("Lund", "Sweden")], ..CustomField::new("City", FieldKind::Select) };
        let town = plant(&world, cities, "Incident Reports").await;
        let error = create(&world, &admin, "Incident Reports", &[(country, "Sweden"), (town, "Oslo")]).await.unwrap_err();
        assert_eq!(wrong(&error).0, format!("cf-{town}"));
        let id = create(&world, &admin, "Incident Reports", &[(country, "Norway"), (town, "Oslo"), (plate, "ab 12")]).await.unwrap();
        assert_eq!((values(&world, id, "City").await, values(&world, id, "Plate").await), (vec!["Oslo".to_owned()], vec!["AB 12".to_owned()]));
    }

    // TC-128: Image and Binary
    async fn tc128_files_are_values_with_their_content_sealed_in_the_history(world: World) {
        let admin = world.actor("admin").await;
        let dana = world.actor("dana").await;
        let id = world.report("Files", "x").await;
        let picture = plant(&world, CustomField { max_values: 0, ..CustomField::new("Screenshot", FieldKind::Image) }, "Incident Reports").await;
        let file = |name: &str, content: &[u8]| FieldFile { field: picture, name: name.into(), media_type: "image/png".into(), content: content.to_vec() };
        let mut tx = world.tx().await;
        let error = ticket::attach_file(&mut tx, &admin, id, &file("evil.svg", b"<svg onload=x>")).await.unwrap_err();
        assert_eq!(wrong(&error).0, format!("cf-{picture}"));
        ticket::attach_file(&mut tx, &admin, id, &file("../a.png", b"\x89PNG\r\n\x1a\none")).await.unwrap();
        let change = ticket::attach_file(&mut tx, &admin, id, &file("a.png", b"\x89PNG\r\n\x1a\ntwo")).await.unwrap();
        assert!(change[0].what.data.as_deref().is_some_and(|data| data.ends_with("image/png 11")), "{:?}", change[0].what);
        tx.commit().await.unwrap();
        assert_eq!(values(&world, id, "Screenshot").await, ["a.png"], "the same name is the same file, newer");
        let (_, content) = ticket::held_file(&mut world.look().await, &admin, id, picture, "a.png").await.unwrap();
        assert_eq!(content, b"\x89PNG\r\n\x1a\ntwo");
        let hidden = ticket::held_file(&mut world.look().await, &dana, id, picture, "a.png").await;
        assert!(matches!(hidden, Err(Error::NotFound)), "without SeeCustomField there is no such file");
        assert!(set(&world, &admin, id, picture, "invented.png").await.is_err());
        set(&world, &admin, id, picture, "").await.unwrap();
        assert!(values(&world, id, "Screenshot").await.is_empty());
    }

    // IR-104, TC-138
    async fn ir104_tc138_rights_are_of_each_field_and_one_may_be_set_at_creation_only(world: World) {
        let (admin, dana) = (world.actor("admin").await, world.actor("dana").await);
        let field = plant(&world, CustomField::new("Secret", FieldKind::Freeform), "Incident Reports").await;
        let id = create(&world, &admin, "Incident Reports", &[(field, "hush")]).await.unwrap();
        let seen = |view: &show::TicketView| view.fields.iter().any(|shown| shown.field.id == field);
        assert!(!seen(&show::view(&mut world.look().await, &dana, id).await.unwrap()), "it does not exist for her");
        assert!(actions::lists::search(&mut world.look().await, &dana, &actions::lists::parse("CF.{Secret} = 'hush'").unwrap(), &[], actions::lists::Page { limit: 5, offset: 0 }).await.is_err());
        let team = world.look().await.catalog().groups().find(|(_, name)| *name == "DutyTeam").unwrap().0;
        // TC-014
        for right in [Right::SeeCustomField, Right::SetInitialCustomField] {
            let mut tx = world.tx().await;
            custom_field::grant(&mut tx, &admin, field, (Principal::Group(team), right), true).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert!(seen(&show::view(&mut world.look().await, &dana, id).await.unwrap()));
        assert!(create(&world, &dana, "Incident Reports", &[(field, "mine")]).await.is_ok(), "at creation");
        assert!(matches!(set(&world, &dana, id, field, "mine").await, Err(Error::Forbidden(Right::ModifyCustomField))), "not afterwards");
    }

    // TC-147: what a form does not have is not touched
    async fn tc147_a_field_that_is_not_in_the_form_stays_and_an_emptied_one_is_cleared(world: World) {
        let admin = world.actor("admin").await;
        let (one, two) = (
            plant(&world, CustomField::new("One", FieldKind::Freeform), "Incident Reports").await,
            plant(&world, CustomField::new("Two", FieldKind::Freeform), "Incident Reports").await,
        );
        let id = create(&world, &admin, "Incident Reports", &[(one, "1"), (two, "2")]).await.unwrap();
        let mut tx = world.tx().await;
        let update = ticket::Update { fields: vec![FieldInput { field: one, values: vec![] }], ..ticket::Update::default() };
        ticket::update(&mut tx, &admin, id, update).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((values(&world, id, "One").await, values(&world, id, "Two").await), (vec![], vec!["2".to_owned()]));
    }

    // IR-106, IR-107, IR-108, IR-110, IR-111
    async fn ir108_ips_are_typed_by_lines_and_commas_in_any_form(world: World) {
        let admin = world.actor("admin").await;
        let ip = field(&world, "Incident Reports", "IP").await;
        let id = create(&world, &admin, "Incident Reports", &[(ip, " 192.0.2.1, 172.16.1/31\n\n2001:DB8::1\n10.0.0.9-10.0.0.7 ")]).await.unwrap();
        assert_eq!(values(&world, id, "IP").await, ["192.0.2.1", "172.16.1.0-172.16.1.1", "2001:db8::1", "10.0.0.7-10.0.0.9"]);
        let error = create(&world, &admin, "Incident Reports", &[(ip, "192.0.2.1, 24/7x")]).await.unwrap_err();
        assert!(wrong(&error).1.contains("is not an IP address or a range"), "IR-112: {error}");
    }

    // IR-106, IR-199, IR-201: a rule stops at the limit
    async fn ir199_ir201_rules_stop_when_the_field_is_full(world: World) {
        let admin = world.actor("admin").await;
        for name in ["IP", "Domain"] {
            let id = field(&world, "Incident Reports", name).await;
            let mut tx = world.tx().await;
            let one = CustomField { max_values: 1, ..tx.catalog().field(id).unwrap().clone() };
            custom_field::define(&mut tx, &admin, one).await.unwrap();
            tx.commit().await.unwrap();
        }
        let id = world.report("Scan", "from 192.0.2.1 and 192.0.2.2, see one.example and two.example").await;
        assert_eq!((values(&world, id, "IP").await, values(&world, id, "Domain").await), (vec!["192.0.2.1".to_owned()], vec!["one.example".to_owned()]));
        let ip = field(&world, "Incident Reports", "IP").await;
        add(&world, &admin, id, ip, "198.51.100.1").await.unwrap();
        assert_eq!(values(&world, id, "IP").await, ["198.51.100.1"], "a person's value takes its place");
    }

    // IR-114, IR-193, IR-198, IR-200, IR-202, IR-117: from creations and replies, not from comments
    async fn ir193_network_data_is_found_in_creations_and_replies_of_all_kinds(world: World) {
        let admin = world.actor("admin").await;
        let text = "192.0.2.1 192.0.2.1/32 192.0.2.1 Host.Example host.example CVE-2026-12345 CVE-2026-12345";
        for queue in ["Incident Reports", "Incidents", "Investigations"] {
            let mut tx = world.tx().await;
            let queue = tx.catalog().queue_named(queue).unwrap().id;
            let id = ticket::create(&mut tx, &admin, Create::new(queue, "x", NewMessage::text(text))).await.unwrap().ticket;
            let reply = |text: &str| ticket::Reply { ticket: id, message: NewMessage::text(text), time_taken: 0 };
            ticket::comment(&mut tx, &admin, reply("only 203.0.113.1 here")).await.unwrap();
            ticket::reply(&mut tx, &admin, reply("and 203.0.113.9 too")).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(values(&world, id, "IP").await, ["192.0.2.1", "203.0.113.9"]);
            assert_eq!(values(&world, id, "Domain").await, ["Host.Example", "host.example"], "as written");
            assert_eq!(values(&world, id, "CVE ID").await, ["CVE-2026-12345"]);
        }
    }

    // IR-194
    async fn ir194_attachments_are_scanned_only_when_the_text_has_nothing_and_only_up_to_the_first_that_has(world: World) {
        let admin = world.actor("admin").await;
        let queue = world.queue_id("Incident Reports").await;
        for (text, expected) in [("nothing here", vec!["198.51.100.1"]), ("192.0.2.1", vec!["192.0.2.1"])] {
            let message = NewMessage::text(text)
                .attach("a.txt", "text/plain", b"none".to_vec())
                .attach("b.txt", "text/plain", b"198.51.100.1".to_vec())
                .attach("c.txt", "text/plain", b"198.51.100.2".to_vec());
            let mut tx = world.tx().await;
            let id = ticket::create(&mut tx, &admin, Create::new(queue, "x", message)).await.unwrap().ticket;
            tx.commit().await.unwrap();
            assert_eq!(values(&world, id, "IP").await, expected);
        }
    }

    // IR-185, IR-203, IR-192: never overwrites; a missing field or a rule switched off harms nothing
    async fn ir185_ir192_ir203_rules_keep_what_is_there_and_live_without_their_field(world: World) {
        let admin = world.actor("admin").await;
        let how = field(&world, "Incident Reports", "How Reported").await;
        let by_hand = create(&world, &admin, "Incident Reports", &[(how, "Telephone")]).await.unwrap();
        assert_eq!(values(&world, by_hand, "How Reported").await, ["Telephone"]);
        let by_form = create(&world, &admin, "Incident Reports", &[]).await.unwrap();
        assert_eq!(values(&world, by_form, "How Reported").await, ["Web"]);
        let mut tx = world.tx().await;
        custom_field::set_options(&mut tx, &admin, how, "Telephone\nOther").await.unwrap();
        let ip = tx.catalog().field_named(world.queue_id("Incident Reports").await, "IP").unwrap().id;
        let elsewhere: Vec<_> = tx.catalog().applied_to(ip).filter(|one| tx.catalog().queue(one.queue).unwrap().kind() == domain::TicketKind::Incident).cloned().collect();
        custom_field::apply(&mut tx, &admin, ip, elsewhere).await.unwrap();
        tx.commit().await.unwrap();
        let id = world.report("Scan", "from 192.0.2.1, see one.example").await;
        assert!(values(&world, id, "How Reported").await.is_empty(), "the value does not exist any more");
        assert_eq!(values(&world, id, "Domain").await, ["one.example"], "the other rules did their work");
        let mut tx = world.tx().await;
        let incidents = tx.catalog().queue_named("Incidents").unwrap().id;
        let incident = ticket::create(&mut tx, &admin, Create { members: vec![id], ..Create::new(incidents, "i", NewMessage::text("x")) }).await.unwrap().ticket;
        tx.commit().await.unwrap();
        assert_eq!(values(&world, incident, "Domain").await, ["one.example"]);
    }

    // IR-189, IR-190: also when the Report is created with its Incident
    async fn ir189_ir190_a_report_s_network_data_goes_to_its_incident(world: World) {
        let admin = world.actor("admin").await;
        let report = world.report("Scan", "192.0.2.1 one.example CVE-2026-1111").await;
        let mut tx = world.tx().await;
        let (incidents, reports) = (tx.catalog().queue_named("Incidents").unwrap().id, tx.catalog().queue_named("Incident Reports").unwrap().id);
        let incident = Create { members: vec![report], ..Create::new(incidents, "i", NewMessage::text("own 203.0.113.5")) };
        let incident = ticket::create(&mut tx, &admin, incident).await.unwrap().ticket;
        let second = Create { incidents: vec![incident], ..Create::new(reports, "r", NewMessage::text("192.0.2.1 and 198.51.100.7")) };
        ticket::create(&mut tx, &admin, second).await.unwrap();
        tx.commit().await.unwrap();
        let mut ips = values(&world, incident, "IP").await;
        ips.sort();
        assert_eq!(ips, ["192.0.2.1", "198.51.100.7", "203.0.113.5"], "added, nothing twice, nothing removed");
        assert_eq!((values(&world, incident, "Domain").await, values(&world, incident, "CVE ID").await), (vec!["one.example".to_owned()], vec!["CVE-2026-1111".to_owned()]));
    }

    // IR-098, IR-099
    async fn ir098_ir099_a_form_starts_with_the_source_s_values_and_one_value_where_one_fits(world: World) {
        let admin = world.actor("admin").await;
        let many = |max_values| CustomField { max_values, default: "default".into(), ..CustomField::new("Site", FieldKind::Freeform) };
        let site = plant(&world, many(0), "Incident Reports").await;
        let single = plant(&world, many(1), "Incidents").await;
        let report = create(&world, &admin, "Incident Reports", &[(site, "north\nsouth")]).await.unwrap();
        for (queue, expected) in [("Incidents", vec!["north"]), ("Incident Reports", vec!["north", "south"])] {
            let queue = world.queue_id(queue).await;
            let prefill = actions::incident::Prefill::from(&mut world.look().await, &admin, report, queue, false).await.unwrap();
            let found = prefill.fields.iter().find(|(id, _)| *id == single || *id == site).unwrap();
            assert_eq!(found.1, expected);
        }
    }

    async fn ir116_changes_of_the_system_to_ips_are_stored(world: World) {
        let admin = world.actor("admin").await;
        let id = world.report("Scan", "from 192.0.2.1").await;
        let history = show::history(&mut world.look().await, &admin, id, i64::MAX, 20).await.unwrap();
        let ip = field(&world, "Incident Reports", "IP").await.to_string();
        assert!(history.iter().any(|entry| entry.change.what.kind == ChangeKind::CustomField && entry.change.what.field.as_deref() == Some(&ip)));
    }
}
