//! What would happen (TC-026), squelching, and messages as the forms send them (TC-022 … TC-025, IR section 12.4).

use crate::family::{commit, create, owned_report, view};
use actions::{
    Error,
    incident::{self, Close},
    message::NewMessage,
    ticket::{self, Create, Reply, Update, show},
};
use domain::{
    TicketId,
    change::ChangeKind,
    person::{EmailAddress, PersonName},
    setting::list,
};
use testkit::World;

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

async fn recipients(world: &World) -> Vec<String> {
    let letters = world.sent().await;
    let mut all: Vec<String> = letters.into_iter().flat_map(|letter| letter.letter.recipients).collect();
    all.sort();
    all
}

pub(crate) async fn choose(world: &World, name: &str, value: &str) {
    let operator = actions::setup::operator();
    commit!(world, |tx| actions::setup::set_settings(&mut tx, &operator, &[(name, Some(value))]).await.unwrap());
}

testkit::both! {
    async fn tc026_a_preview_tells_who_gets_mail_by_which_rule_and_leaves_nothing(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        recipients(&world).await;
        let before = view(&world, report).await.ticket.version;
        let message = NewMessage { cc: vec![address("boss@bank.example")], ..NewMessage::text("We look.") };
        let update = Update { reply: Some(message), status: Some("resolved".into()), ..Update::default() };
        let preview = ticket::preview(&world.desk, &dana, report, update.clone()).await.unwrap();
        let told: Vec<(&str, &str)> = preview.posted.iter().map(|one| (one.address.as_str(), one.rule.as_str())).collect();
        assert!(told.contains(&("ray@bank.example", "Send replies to requestors and Ccs")), "{told:?}");
        assert!(told.contains(&("boss@bank.example", "Send replies to requestors and Ccs")), "{told:?}");
        assert!(told.contains(&("ray@bank.example", "Tell requestors when resolved")), "{told:?}");
        assert!(preview.rules.contains(&"Find IP addresses".to_owned()), "{:?}", preview.rules);
        assert_eq!(view(&world, report).await.ticket.version, before);
        assert!(recipients(&world).await.is_empty(), "nothing is sent");
        let refused = Update { status: Some("melted".into()), ..update };
        assert!(matches!(ticket::preview(&world.desk, &dana, report, refused).await, Err(Error::Invalid(_))));
    }

    // TC-022, IR-380
    async fn tc022_unticked_recipients_get_nothing_this_once(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        recipients(&world).await;
        let message = NewMessage { cc: vec![address("boss@bank.example")], squelched: vec![address("ray@bank.example")], ..NewMessage::text("Only you.") };
        commit!(world, |tx| ticket::reply(&mut tx, &dana, Reply { ticket: report, message: message.clone(), time_taken: 0 }).await.unwrap());
        assert_eq!(recipients(&world).await, ["boss@bank.example"]);
        let message = NewMessage::text("All of you.");
        commit!(world, |tx| ticket::reply(&mut tx, &dana, Reply { ticket: report, message: message.clone(), time_taken: 0 }).await.unwrap());
        assert_eq!(recipients(&world).await, ["ray@bank.example"]);
    }

    async fn tc015_recipients_unticked_at_creation_are_left_out_for_good(world: World) {
        let dana = world.actor("dana").await;
        let queue = world.queue_id("Incident Reports").await;
        let mut input = Create::new(queue, "Quiet", NewMessage::text("x"));
        input.requestors = vec![PersonName::parse("ray@bank.example").unwrap()];
        input.ccs = vec![PersonName::parse("carla@bank.example").unwrap()];
        input.squelched = vec![address("ray@bank.example")];
        let id = commit!(world, |tx| ticket::create(&mut tx, &dana, input.clone()).await.unwrap().ticket);
        assert!(!recipients(&world).await.contains(&"ray@bank.example".to_owned()));
        commit!(world, |tx| ticket::reply(&mut tx, &dana, Reply { ticket: id, message: NewMessage::text("News."), time_taken: 0 }).await.unwrap());
        assert_eq!(recipients(&world).await, ["carla@bank.example"]);
        assert_eq!(view(&world, id).await.people.len(), 2, "they stay watchers");
    }

    // TC-023, IR-382
    async fn tc023_an_empty_message_records_none_but_books_time_and_moves_the_status(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let update = Update { reply: Some(NewMessage::text(" \n")), time_taken: 9, status: Some("open".into()), ..Update::default() };
        commit!(world, |tx| ticket::update(&mut tx, &dana, report, update.clone()).await.unwrap());
        let now = view(&world, report).await;
        assert_eq!((now.ticket.time_worked, now.ticket.status.as_str()), (9, "open"));
        let entries = show::history_from(&mut world.look().await, &dana, report, 0, 50).await.unwrap();
        assert!(!entries.iter().any(|entry| entry.change.what.kind == ChangeKind::Correspond));
        // IR-382: an empty message with a file is one
        let with_file = NewMessage::text("").attach("log.txt", "text/plain", b"a log".to_vec());
        let update = Update { comment: Some(with_file), ..Update::default() };
        commit!(world, |tx| ticket::update(&mut tx, &dana, report, update.clone()).await.unwrap());
        let entries = show::history_from(&mut world.look().await, &dana, report, 0, 50).await.unwrap();
        assert!(entries.iter().any(|entry| entry.change.what.kind == ChangeKind::Comment && entry.parts.iter().any(|part| part.file_name.is_some())));
    }

    // TC-024, TC-025
    async fn tc025_a_reply_of_ours_sets_the_last_contact_and_the_tickets_own_subject_is_not_repeated(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        assert_eq!(view(&world, report).await.ticket.told, None);
        for (subject, stored) in [("Scan", None), ("About your scan", Some("About your scan"))] {
            let message = NewMessage { subject: Some(subject.to_owned()), ..NewMessage::text("We look.") };
            let change = commit!(world, |tx| ticket::reply(&mut tx, &dana, Reply { ticket: report, message: message.clone(), time_taken: 0 }).await.unwrap());
            assert_eq!(change.what.data.as_deref(), stored);
        }
        assert!(view(&world, report).await.ticket.told.is_some());
    }

    // IR-386
    async fn ir386_a_telephone_call_is_a_comment_that_goes_to_nobody_outside(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        recipients(&world).await;
        commit!(world, |tx| ticket::comment(&mut tx, &dana, Reply { ticket: report, message: NewMessage::text("Called Ray."), time_taken: 3 }).await.unwrap());
        assert!(recipients(&world).await.is_empty());
        assert_eq!(view(&world, report).await.ticket.time_worked, 3);
    }
}

fn closing(incident: TicketId, status: &str, children: Vec<TicketId>) -> Close {
    Close {
        incident,
        status: Some(status.to_owned()),
        children,
        message: NewMessage::text("Done.").attach("proof.txt", "text/plain", b"ok".to_vec()),
        as_reply: true,
        on_incident: false,
        resolution: None,
        owner: None,
        time_taken: 0,
    }
}

testkit::both! {
    // IR-392, IR-394, IR-391
    async fn ir392_children_get_message_and_files_and_shared_ones_stay_open(world: World) {
        let (dana, hana) = (world.actor("dana").await, world.actor("hana").await);
        let (mine, shared) = (owned_report(&world, &dana).await, owned_report(&world, &dana).await);
        let incident = create(&world, &dana, "Incidents", &[], &[mine, shared]).await.unwrap();
        let other = create(&world, &dana, "Incidents", &[], &[shared]).await.unwrap();
        let input = Close { owner: Some("hana".to_owned()), ..closing(incident, "resolved", vec![mine, shared]) };
        let outcome = commit!(world, |tx| incident::close(&mut tx, &dana, input.clone()).await.unwrap());
        assert!(outcome.closed);
        for id in [mine, shared] {
            let entries = show::history_from(&mut world.look().await, &dana, id, 0, 80).await.unwrap();
            let reply = entries.iter().find(|entry| entry.change.what.kind == ChangeKind::Correspond).unwrap();
            assert!(reply.parts.iter().any(|part| part.file_name.as_deref() == Some("proof.txt")), "#{id}");
        }
        let (mine, shared) = (view(&world, mine).await, view(&world, shared).await);
        assert_eq!((mine.ticket.status.as_str(), mine.owner.id), ("resolved", hana.id()));
        assert_eq!(shared.ticket.status, "open");
        let entries = show::history_from(&mut world.look().await, &dana, shared.ticket.id, 0, 80).await.unwrap();
        assert!(entries.iter().any(|entry| entry.change.what.kind == ChangeKind::Comment && entry.text.contains(&format!("#{other}"))), "IR-394");
        assert_eq!(view(&world, incident).await.owner.id, hana.id());
    }

    async fn ir396_abandoning_rejects_reports_or_resolves_them_where_that_is_wanted(world: World) {
        let dana = world.actor("dana").await;
        for (option, wanted) in [("no", "rejected"), ("yes", "resolved")] {
            choose(&world, list::ABANDON_RESOLVES_REPORTS, option).await;
            let (ticked, left) = (owned_report(&world, &dana).await, owned_report(&world, &dana).await);
            let incident = create(&world, &dana, "Incidents", &[], &[ticked, left]).await.unwrap();
            let investigation = create(&world, &dana, "Investigations", &[incident], &[]).await.unwrap();
            let block = create(&world, &dana, "Countermeasures", &[incident], &[]).await.unwrap();
            let input = closing(incident, "abandoned", vec![ticked, left, investigation, block]);
            assert!(commit!(world, |tx| incident::close(&mut tx, &dana, input.clone()).await.unwrap()).closed);
            let mut now = Vec::new();
            for id in [ticked, investigation, block] {
                now.push(view(&world, id).await.ticket.status.clone());
            }
            assert_eq!(now, [wanted, "resolved", "removed"]);
            // and the rule that closes what was not listed
            let lone = owned_report(&world, &dana).await;
            let incident = create(&world, &dana, "Incidents", &[], &[lone]).await.unwrap();
            crate::family::set(&world, &dana, incident, "abandoned").await;
            assert_eq!(view(&world, lone).await.ticket.status, wanted);
        }
    }

    // IR-353
    async fn ir353_attached_reports_are_whole_messages(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        let mut tx = world.tx().await;
        assert_eq!(incident::attachable(&mut tx, &dana, &[incident], None).await.unwrap().iter().map(|one| one.id).collect::<Vec<_>>(), [report]);
        let message = incident::attach_reports(&mut tx, &dana, NewMessage::text("See."), &[report]).await.unwrap();
        let part = message.parts.last().unwrap();
        assert_eq!((part.content_type.as_str(), part.file_name.as_deref()), ("message/rfc822", Some(format!("report-{report}.eml").as_str())));
        let text = String::from_utf8(part.content.clone().unwrap()).unwrap();
        assert!(text.contains("from 192.0.2.7") && text.contains("Subject: Scan") && text.contains("ray@bank.example"), "{text}");
        assert!(incident::attach_reports(&mut tx, &dana, NewMessage::text("x"), &[incident]).await.is_err(), "an Incident is no report");
    }

    // IR-421, IR-598
    async fn ir421_a_report_with_several_addresses_becomes_one_report_each(world: World) {
        let dana = world.actor("dana").await;
        let report = world.report("Scans", "from 192.0.2.7 since Monday\nfrom 198.51.100.4 too").await;
        commit!(world, |tx| ticket::change_owner(&mut tx, &dana, report, ticket::OwnerChange::Take).await.unwrap());
        recipients(&world).await;
        let mut tx = world.tx().await;
        assert!(matches!(incident::split_by(&mut tx, &dana, report, &["203.0.113.1".to_owned()]).await, Err(Error::Invalid(_))));
        drop(tx);
        let values = ["192.0.2.7".to_owned(), "198.51.100.4".to_owned()];
        let made = commit!(world, |tx| incident::split_by(&mut tx, &dana, report, &values).await.unwrap());
        for (id, value) in made.iter().zip(&values) {
            let part = view(&world, *id).await;
            assert_eq!((part.ticket.subject.clone(), crate::family::values(&part, "IP")), (format!("Scans ({value})"), vec![value.clone()]));
            assert!(part.links.iter().any(|link| link.ticket.id == report && link.outgoing));
            assert_eq!(crate::family::people(&part), crate::family::people(&view(&world, report).await));
        }
        assert!(recipients(&world).await.is_empty(), "the reporter heard of the original");
    }

    // IR-359, IR-152, IR-153
    async fn ir359_a_new_ticket_refers_to_what_its_form_was_opened_from(world: World) {
        let admin = world.actor("admin").await;
        let report = world.report("Scan", "x").await;
        let queue = world.queue_id("Incident Reports").await;
        let mut input = Create::new(queue, "About it", NewMessage::text("x"));
        input.refers_to = vec![format!("#{report}"), "https://feeds.example/1".to_owned()];
        let id = commit!(world, |tx| ticket::create(&mut tx, &admin, input.clone()).await.unwrap().ticket);
        let made = view(&world, id).await;
        assert_eq!((made.links.len(), made.uris.len()), (1, 1));
        input.refers_to = vec!["javascript:alert(1)".to_owned()];
        let mut tx = world.tx().await;
        let error = ticket::create(&mut tx, &admin, input).await.unwrap_err();
        assert!(matches!(&error, Error::Invalid(fields) if fields[0].field == "refers_to"), "{error}");
        drop(tx);
        // IR-153: a child belongs to the constituency of its Incident
        let gov = create(&world, &admin, "Incidents - GOVNET", &[], &[]).await.unwrap();
        let error = create(&world, &admin, "Investigations - EDUNET", &[gov], &[]).await.unwrap_err();
        assert!(error.to_string().contains("another constituency"), "{error}");
        choose(&world, list::CONSTITUENCY_LINKING, "no").await;
        // IR-154
        assert!(create(&world, &admin, "Investigations - EDUNET", &[gov], &[]).await.is_ok());
    }

    // IR-350, IR-351
    async fn ir351_the_preset_is_all_messages_or_the_first_alone(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        commit!(world, |tx| {
            ticket::reply(&mut tx, &dana, Reply { ticket: report, message: NewMessage::text("We look."), time_taken: 0 }).await.unwrap();
            ticket::comment(&mut tx, &dana, Reply { ticket: report, message: NewMessage::text("Secret."), time_taken: 0 }).await.unwrap()
        });
        let shown = view(&world, report).await;
        assert_eq!(incident::texts(&mut world.look().await, &dana, &shown.ticket).await.unwrap(), "from 192.0.2.7\n\nWe look.");
        choose(&world, list::FIRST_MESSAGE_ONLY, "yes").await;
        assert_eq!(incident::texts(&mut world.look().await, &dana, &shown.ticket).await.unwrap(), "from 192.0.2.7");
    }
}
