//! Custom fields in the browser: the administration's pages, every kind in forms and on tickets (IR section 3, TC section 12).

use super::{
    client::{Answer, Client},
    created, incident, input_of, look, values,
};
use actions::{Applied, custom_field, setup};
use domain::{
    FieldId,
    custom_field::{Bearer, CustomField, FieldKind, FieldOption},
    setting::list,
};
use testkit::World;

async fn plant(world: &World, field: CustomField, queue: &str, mandatory: bool) -> FieldId {
    let admin = world.actor("admin").await;
    let queue = world.queue_id(queue).await;
    let mut tx = world.tx().await;
    let options = custom_field::option_lines(&field);
    let id = custom_field::define(&mut tx, &admin, field).await.unwrap();
    if !options.is_empty() {
        custom_field::set_options(&mut tx, &admin, id, &options).await.unwrap();
    }
    custom_field::apply(&mut tx, &admin, id, vec![Applied { field: id, queue, sort_order: None, default: None, mandatory }])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

fn at(path: &str) -> String {
    format!("form[action^='{path}']")
}

fn multipart(parts: &[(&str, Option<&str>, &[u8])]) -> (&'static str, Vec<u8>) {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"\r\nContent-Type: image/png")).unwrap_or_default();
        body.extend_from_slice(format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--xx--\r\n");
    ("multipart/form-data; boundary=xx", body)
}

testkit::both! {
    // TC-131, TC-138: the whole of it in plain pages
    async fn tc131_a_field_is_made_given_values_applied_and_granted_in_the_browser(world: World) {
        let mut admin = Client::signed_in(&world, "admin").await;
        let page = admin.get("/admin/fields").await;
        assert!(page.has("a[href='/admin/fields/new']") && page.words().contains("Classification"));
        let form = admin.get("/admin/fields/new").await.form(&at("/admin/fields/new"));
        let refused = admin.submit(&form.clone().set("name", "12").set("pattern", "(")).await;
        assert_eq!(refused.status, 422);
        assert!(refused.has("#field-name-error") && refused.has("#field-pattern-error") && refused.html.contains("value=\"12\""));
        let made = admin.submit(&form.set("name", "Colour").set("kind", "Select").set("grouping", "Details")).await;
        let place = made.location.clone().unwrap();
        let id: FieldId = place.rsplit('/').next().unwrap().parse().unwrap();
        admin.post(&format!("{place}/options"), &[("options", "red | warm\ngreen")]).await;
        let queue = world.queue_id("Incident Reports").await;
        let (applies, mandatory, default) = (format!("applies-{queue}"), format!("mandatory-{queue}"), format!("default-{queue}"));
        let bad = admin.post(&format!("{place}/queues"), &[("queues-sent", "1"), (&applies, "1"), (&default, "blue")]).await;
        assert_eq!(bad.status, 422);
        assert!(bad.has(&format!("#field-default-{queue}-error")));
        admin.post(&format!("{place}/queues"), &[("queues-sent", "1"), (&applies, "1"), (&mandatory, "1"), (&default, "green")]).await;
        admin.post(&format!("{place}/grants"), &[("principal", "everyone"), ("right", "SeeCustomField")]).await;
        let page = admin.get(&place).await;
        assert!(page.words().contains("Everyone: SeeCustomField") && page.has(&format!("#field-{applies}[checked]")), "{}", page.words());
        let catalog = world.look().await.catalog();
        let field = catalog.field(id).unwrap();
        assert!(catalog.is_mandatory(field, queue) && catalog.default_of(field, queue) == "green");
        assert_eq!(field.options.len(), 2);
        admin.post(&format!("{place}/grants"), &[("principal", "everyone"), ("right", "SeeCustomField"), ("revoke", "1")]).await;
        assert!(!admin.get(&place).await.words().contains("Everyone: SeeCustomField"));
        let mut dana = Client::signed_in(&world, "dana").await;
        assert_eq!((dana.get("/admin/fields").await.status, dana.get(&place).await.status), (403, 403));
    }

    // IR-095
    async fn ir095_the_default_whois_server_of_a_queue_is_set_in_the_browser(world: World) {
        let queue = world.queue_id("Incidents").await;
        let place = format!("/admin/queue-values/{queue}");
        let mut admin = Client::signed_in(&world, "admin").await;
        let form = admin.get(&place).await.form(&at(&place));
        let input = form.inputs.iter().find(|(name, _)| name.starts_with("cf-")).unwrap().0.clone();
        assert_eq!(admin.submit(&form.set(&input, "whois.ripe.net")).await.status, 303);
        assert_eq!(world.look().await.catalog().queue_value(queue, "RTIR default WHOIS server"), Some("whois.ripe.net"));
        let mut dana = Client::signed_in(&world, "dana").await;
        assert_eq!(dana.get(&place).await.status, 403);
    }

    // TC-128: what each kind has in a form
    async fn tc128_every_kind_has_its_input(world: World) {
        let option = |name: &str| FieldOption::named(name);
        for kind in FieldKind::ALL {
            let options = if kind.has_options() { vec![option("one"), option("two")] } else { vec![] };
            plant(&world, CustomField { options, grouping: "Mine".into(), ..CustomField::new(&format!("My {}", kind.as_str()), kind) }, "Incident Reports", false).await;
        }
        let mut admin = Client::signed_in(&world, "admin").await;
        let page = admin.get("/reports/new").await;
        for (name, control) in [
            ("Select", "select"), ("Freeform", "input[type=text]"), ("Text", "textarea"), ("Wikitext", "textarea"), ("HTML", "textarea"),
            ("Image", "input[type=file]"), ("Binary", "input[type=file]"), ("Combobox", "input[list]"), ("Autocomplete", "input[list]"),
            ("Date", "input[type=date]"), ("DateTime", "input[type=datetime-local]"), ("IPAddress", "input.code"), ("IPAddressRange", "input.code"),
        ] {
            let id = world.look().await.catalog().all_fields().find(|field| field.name == format!("My {name}")).unwrap().id;
            assert!(page.has(&format!("{control}[name=cf-{id}]")), "{name}");
        }
    }

    // TC-137: without a script all groups are offered, and the verb refuses what does not belong together
    async fn tc137_a_select_based_on_another_is_grouped_by_it(world: World) {
        let country = plant(&world, CustomField { options: vec![FieldOption::named("Norway"), FieldOption::named("Sweden")], ..CustomField::new("Country", FieldKind::Select) }, "Incident Reports", false).await;
        let of = |name: &str, category: &str| FieldOption { category: category.into(), ..FieldOption::named(name) };
        let city = plant(&world, CustomField { based_on: Some(country), options: vec![of("Oslo", "Norway"), of("Lund", "Sweden")], ..CustomField::new("City", FieldKind::Select) }, "Incident Reports", false).await;
        let mut admin = Client::signed_in(&world, "admin").await;
        let page = admin.get("/reports/new").await;
        assert!(page.has(&format!("select[name=cf-{city}][data-based-on=cf-{country}] optgroup[label=Norway] option[value=Oslo]")));
        let form = page.form(&at("/reports/new")).set("subject", "x").set(&format!("cf-{country}"), "Sweden").set(&format!("cf-{city}"), "Oslo");
        let refused = admin.submit(&form).await;
        assert!(refused.has(&format!("#field-cf-{city}-error")), "{}", refused.words());
        assert_eq!(admin.submit(&form.set(&format!("cf-{city}"), "Lund")).await.status, 303);
    }

    // TC-128, TC-139, TC-141, IR-096, IR-105: pictures, markup, moments, links and boxes on the ticket
    async fn tc139_tc141_ir105_values_are_shown_in_their_boxes_by_their_kind(world: World) {
        let mut fields = Vec::new();
        for field in [
            CustomField { grouping: "Evidence".into(), ..CustomField::new("Notes", FieldKind::Wikitext) },
            CustomField { grouping: "Basics".into(), link: "https://assets.example/__CustomField__?t=__id__".into(), ..CustomField::new("Asset", FieldKind::Freeform) },
            CustomField { grouping: "Evidence".into(), max_values: 0, ..CustomField::new("Screenshot", FieldKind::Image) },
        ] {
            fields.push(plant(&world, field, "Incident Reports", false).await);
        }
        let mut admin = Client::signed_in(&world, "admin").await;
        let form = admin.get("/reports/new").await.form(&at("/reports/new"));
        let (notes, asset, picture) = (format!("cf-{}", fields[0]), format!("cf-{}", fields[1]), format!("cf-{}", fields[2]));
        let form = form.set("subject", "Evidence").set(&notes, "**bold** <script>x</script>").set(&asset, "A/1 & co");
        let png = b"\x89PNG\r\n\x1a\npixels".as_slice();
        let mut parts: Vec<(&str, Option<&str>, &[u8])> = form.inputs.iter().map(|(name, value)| (name.as_str(), None, value.as_bytes())).collect();
        parts.push((&picture, Some("shot.png"), png));
        let (kind, body) = multipart(&parts);
        let id = created(&admin.send("/reports/new", kind, body).await);
        let page = admin.get(&format!("/tickets/{id}")).await;
        assert!(page.has("strong") && !page.html.contains("<script>x"), "rendered and safe");
        assert!(page.has(&format!("#basics a[href='https://assets.example/A%2F1%20%26%20co?t={id}'][rel~=noopener]")), "in the box of the page itself");
        let source = page.attributes("img.field-picture", "src").remove(0);
        let shown = admin.get(&source).await;
        let header = |name: &str| shown.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        assert_eq!((header("content-type").as_str(), header("x-content-type-options").as_str()), ("image/png", "nosniff"));
        assert!(header("content-security-policy").contains("sandbox") && shown.bytes == png);
        let file = admin.get(&source.replace("field-picture", "field-file")).await;
        assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        let mut dana = Client::signed_in(&world, "dana").await;
        assert_eq!(dana.get(&source).await.status, 404, "without the right on the field");
        let edit = format!("/tickets/{id}/edit");
        let form = admin.get(&edit).await.form(&at(&edit));
        assert_eq!(form.values(&picture), ["", "shot.png"], "ticked: kept");
        assert_eq!(admin.submit(&form.clone().set("subject", "Other")).await.status, 303);
        assert_eq!(values(&look(&world, id).await, "Screenshot"), ["shot.png"]);
        let form = admin.get(&edit).await.form(&at(&edit)).set(&picture, "");
        assert_eq!(admin.submit(&form).await.status, 303);
        assert!(values(&look(&world, id).await, "Screenshot").is_empty());
    }

    // IR-097, IR-100, IR-103
    async fn ir097_ir100_ir103_a_form_starts_with_defaults_and_what_its_link_says_and_marks_what_is_needed(world: World) {
        let site = plant(&world, CustomField { default: "north".into(), ..CustomField::new("Site", FieldKind::Freeform) }, "Incident Reports", true).await;
        let name = format!("cf-{site}");
        let mut admin = Client::signed_in(&world, "admin").await;
        let page = admin.get("/reports/new").await;
        assert!(page.has(&format!("input[name={name}][value=north][required]")));
        let form = page.form(&at("/reports/new")).set("subject", "x");
        assert_eq!(values(&look(&world, created(&admin.submit(&form).await)).await, "Site"), ["north"]);
        let page = admin.get("/reports/new?field.Site=south&ip=192.0.2.7").await;
        assert_eq!(page.form(&at("/reports/new")).value(&name), "south");
        assert!(page.html.contains("192.0.2.7"));
        let mut tx = world.tx().await;
        setup::set_settings(&mut tx, &setup::operator(), &[(list::STRICT_INCIDENT_FORM, Some("yes"))]).await.unwrap();
        tx.commit().await.unwrap();
        let page = admin.get("/incidents/new").await;
        let classification = input_of(&look(&world, incident(&world, "dana", world.report("r", "x").await).await).await, "Classification");
        assert!(page.has(&format!("select[name={classification}][required]")));
        let refused = admin.submit(&page.form(&at("/incidents/new")).set("subject", "Kept")).await;
        assert!(refused.status == 422 && refused.has(&format!("#field-{classification}-error")) && refused.html.contains("Kept"), "{}", refused.words());
    }

    // IR-101, IR-102: on the forms of creation and of replies
    async fn ir101_ir102_entries_of_the_history_have_fields_in_their_forms(world: World) {
        let channel = CustomField { bearer: Bearer::Change, pattern: Some("(?#Small letters)^[a-z]+$".into()), ..CustomField::new("Channel", FieldKind::Freeform) };
        let channel = plant(&world, channel, "Incident Reports", false).await;
        let name = format!("cf-{channel}");
        let mut admin = Client::signed_in(&world, "admin").await;
        let form = admin.get("/reports/new").await.form(&at("/reports/new")).set("subject", "x").set(&name, "phone");
        let id = created(&admin.submit(&form).await);
        let place = format!("/tickets/{id}/reply");
        let form = admin.get(&place).await.form(&at(&place)).set("message", "Kept words").set(&name, "LOUD");
        let refused = admin.submit(&form).await;
        assert!(refused.has(&format!("#field-{name}-error")) && refused.html.contains("Kept words"), "{}", refused.words());
        assert_eq!(admin.submit(&form.set(&name, "letter")).await.status, 303);
        let page = admin.get(&format!("/tickets/{id}")).await;
        let shown = page.texts(".entry .facts");
        assert!(shown.iter().any(|text| text.contains("letter")) && shown.iter().any(|text| text.contains("phone")), "{shown:?}");
    }

    // IR-128, IR-130
    async fn ir128_ir130_an_investigation_is_offered_the_institution_s_contact(world: World) {
        let path = world.dir().join("institutions.json");
        std::fs::write(&path, r#"[{"name": "North", "networks": ["192.0.2.0/24"], "contact": "noc@north.example"}]"#).unwrap();
        let operator = setup::operator();
        let mut tx = world.tx().await;
        setup::set_settings(&mut tx, &operator, &[(list::DIRECTORY_FILE, Some(path.to_str().unwrap()))]).await.unwrap();
        for queue in ["Incident Reports", "Investigations"] {
            let queue = tx.catalog().queue_named(queue).unwrap().id;
            let customer = CustomField { source: "directory".into(), ..tx.catalog().field_named(queue, "Customer").unwrap().clone() };
            custom_field::define(&mut tx, &operator, customer).await.unwrap();
        }
        tx.commit().await.unwrap();
        let report = world.report("Scan", "from 192.0.2.7").await;
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = |page: &Answer| page.form(&at("/investigations/new")).value("requestors").to_owned();
        assert_eq!(form(&dana.get(&format!("/investigations/new?incident={incident}")).await), "noc@north.example");
        let asked = format!("/investigations/new?incident={incident}&to=other%40isp.example");
        assert_eq!(form(&dana.get(&asked).await), "other@isp.example", "IR-274: who was asked for goes first");
        let page = dana.get(&format!("/tickets/{report}")).await;
        assert!(page.has(&format!("form[action='/tickets/{report}/correlate']")));
        assert_eq!(dana.post(&format!("/tickets/{report}/correlate"), &[]).await.status, 303);
        assert_eq!(values(&look(&world, report).await, "Customer"), ["North"]);
    }

    // IR-262, IR-263, IR-264, IR-265, IR-266, IR-267, IR-274
    async fn ir262_to_ir274_what_is_recognised_has_its_links_in_the_order_of_the_setting(world: World) {
        let report = world.report("Scan", "192.0.2.7 ütf noc@isp.example 3232235777 ABC1-RIPE http://a.example/x foo@example @example.com").await;
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let place = format!("/tickets/{incident}/comment");
        let form = dana.get(&place).await.form(&at(&place)).set("message", "198.51.100.9 and ütf noc@isp.example");
        assert_eq!(dana.submit(&form).await.status, 303);
        let page = dana.get(&format!("/tickets/{incident}")).await;
        assert!(page.html.contains("ütf"), "IR-265");
        assert!(page.has(&format!("a[href='/countermeasures/new?incident={incident}&ip=198.51.100.9']")), "IR-267: Block, with the ticket as context");
        assert!(page.has(&format!("form[action='/tickets/{incident}/add-value'] input[value='198.51.100.9']")) || page.html.contains("value=\"198.51.100.9\""), "IR-267: Add IP");
        let launch = page.link("Investigate to").unwrap();
        assert_eq!(launch, format!("/investigations/new?incident={incident}&to=noc%40isp.example"));
        let form = dana.get(&launch).await.form(&at("/investigations/new"));
        assert_eq!((form.value("requestors"), form.value("incidents")), ("noc@isp.example", incident.to_string().as_str()), "IR-274");
        let on_report = |page: &Answer| page.texts(".entry .observable summary");
        let found = on_report(&dana.get(&format!("/tickets/{report}")).await);
        assert_eq!(found, ["192.0.2.7", "noc@isp.example", "http://a.example/x", "example.com"], "IR-273, and what is off is off");
        let mut tx = world.tx().await;
        setup::set_settings(&mut tx, &setup::operator(), &[(list::DETECTORS, Some("ipdecimal RIPE"))]).await.unwrap();
        tx.commit().await.unwrap();
        let found = on_report(&dana.get(&format!("/tickets/{report}")).await);
        assert_eq!(found, ["3232235777", "ABC1-RIPE"], "IR-263");
        let mut tx = world.tx().await;
        let admin = world.actor("admin").await;
        let queue = tx.catalog().queue_named("General").unwrap().id;
        let text = actions::message::NewMessage::text("3232235777 192.0.2.7");
        let general = actions::ticket::create(&mut tx, &admin, actions::ticket::Create::new(queue, "x", text)).await.unwrap().ticket;
        tx.commit().await.unwrap();
        let mut admin = Client::signed_in(&world, "admin").await;
        assert!(on_report(&admin.get(&format!("/tickets/{general}")).await).is_empty(), "IR-262: none outside of incident response");
    }

    // IR-264: an address inside an attribute of HTML stays what it is
    async fn ir264_html_attributes_are_left_alone(world: World) {
        let queue = world.queue_id("Incident Reports").await;
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        let mut message = actions::message::NewMessage::text("");
        message.parts[0].content_type = "text/html".into();
        message.parts[0].content = Some(b"<a href='http://192.0.2.7/x'>here</a>".to_vec());
        let id = actions::ticket::create(&mut tx, &admin, actions::ticket::Create::new(queue, "x", message)).await.unwrap().ticket;
        tx.commit().await.unwrap();
        let mut client = Client::signed_in(&world, "admin").await;
        let page = client.get(&format!("/tickets/{id}")).await;
        assert!(page.has(".message-html a[href='http://192.0.2.7/x']") && !page.has(".message-html .observable"));
    }
}
