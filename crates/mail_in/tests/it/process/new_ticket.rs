use actions::inbox::Outcome;
use domain::Role;

use crate::post::{REPORT, entries, how_many_tickets, mail, sent_to, shown, take_in, ticket, to};

testkit::both! {
    async fn a_new_mail_becomes_a_report_with_requestor_and_fields_and_is_acknowledged(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        let view = shown(&world, id).await;
        assert_eq!((view.queue.name.as_str(), view.ticket.subject.as_str()), ("Incident Reports", "Scan of our net"));
        let requestors: Vec<_> = view.holders(Role::Requestor).map(|user| user.email.as_ref().unwrap().as_str()).collect();
        assert_eq!(requestors, ["ray@bank.example"]);
        assert_eq!(view.creator.real_name, "Ray Requestor");
        let values = |name: &str| {
            let field = view.fields.iter().find(|field| field.field.name == name).unwrap();
            field.values.clone()
        };
        assert_eq!(values("IP"), ["192.0.2.7", "198.51.100.9"]);
        assert_eq!(values("Domain"), ["evil.example"]);
        assert_eq!(values("How Reported"), ["Email"]);

        let answers = sent_to(&world, "ray@bank.example").await;
        assert_eq!(answers.len(), 1);
        let answer = &answers[0].message;
        assert!(answer.subject.contains(&format!("[csirt.example #{id}]")), "{}", answer.subject);
        assert_eq!(answer.in_reply_to, ["one@bank.example"]);
        assert_eq!(answer.header("Auto-Submitted"), Some("auto-replied"));
        assert_eq!(answers[0].envelope_sender, None);
    }

    // TC-191, TC-195: only when the installation wants it, and never our own addresses.
    async fn tc191_further_recipients_become_watchers_where_that_is_chosen(world: World) {
        let raw = |id: u8| {
            format!(
                "From: ray@bank.example\nTo: reports+x@csirt.example, Ann <ann@bank.example>\nCc: ray@bank.example, bob@bank.example, ann@bank.example\n\
                 Subject: Scan {id}\nMessage-ID: <{id}@bank.example>\n\ntext\n"
            )
        };
        let watchers = async |outcome: &Outcome| {
            let view = shown(&world, ticket(outcome)).await;
            let mut found: Vec<String> = view.holders(Role::Cc).map(|user| user.email.as_ref().unwrap().to_string()).collect();
            found.sort();
            found
        };
        assert_eq!(watchers(&mail(&world, raw(1)).await).await, Vec::<String>::new());
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        actions::setup::set_settings(&mut tx, &admin, &[(domain::setting::list::MAIL_CCS, Some("yes"))]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(watchers(&mail(&world, raw(2)).await).await, ["ann@bank.example", "bob@bank.example"]);
    }

    // TC-118, TC-194, IR-248: each node of the message with its headers, text as UTF-8.
    async fn all_of_a_message_is_kept_part_by_part(world: World) {
        let raw = concat!(
            "Authentication-Results: mx.csirt.example; dkim=pass\nFrom: ray@bank.example\nSubject: =?ISO-8859-1?Q?Gr=FC=DFe?=\n",
            "RT-Send-Cc: spy@x.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n",
            "--b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nGr=FC=DFe\n",
            "--b\nContent-Type: application/zip; name=\"a.zip\"\nContent-Disposition: attachment\n",
            "Content-Transfer-Encoding: base64\n\nAAEC\n--b--\n"
        );
        let id = ticket(&mail(&world, raw).await);
        let entry = &entries(&world, id).await[0];
        assert_eq!(entry.text.trim(), "Grüße");
        let parts: Vec<_> = entry.parts.iter().map(|part| (part.parent, part.content_type.as_str(), part.size)).collect();
        assert_eq!(parts, [(None, "multipart/mixed", 0), (Some(0), "text/plain", 7), (Some(0), "application/zip", 3)]);
        let head = &entry.parts[0].headers;
        for line in ["Authentication-Results: mx.csirt.example; dkim=pass", "From: ray@bank.example", "Subject: Grüße", "X-RT-Interface: Email"] {
            assert!(head.lines().any(|given| given == line), "{line} in {head}");
        }
        assert!(!head.contains("spy@x.example"));
        assert!(entry.parts[1].headers.contains("X-RT-Original-Encoding: iso-8859-1"));
        assert_eq!(entry.parts[2].file_name.as_deref(), Some("a.zip"));
        assert_eq!(shown(&world, id).await.ticket.subject, "Grüße");
    }

    async fn the_same_mail_again_makes_another_report_unless_the_mail_server_repeats_itself(world: World) {
        let first = ticket(&mail(&world, REPORT).await);
        assert!(matches!(mail(&world, REPORT).await, Outcome::Dropped(_)));
        let similar = REPORT.replace("scan us", "scan us again");
        let second = ticket(&mail(&world, similar).await);
        let by_form = actions::inbox::NewInbound { door: "gateway".to_owned(), sender: None, ..to("reports@csirt.example", REPORT) };
        let third = ticket(&take_in(&world, by_form).await);
        assert_eq!((second.0, third.0, how_many_tickets(&world).await), (first.0 + 1, first.0 + 2, first.0 + 2));
    }

    async fn a_team_address_in_reply_to_does_not_make_a_mail_our_own(world: World) {
        let raw = "From: dana@csirt-staff.example\nReply-To: reports@csirt.example\nSubject: by hand\n\nhi\n";
        let view = shown(&world, ticket(&mail(&world, raw).await)).await;
        assert_eq!(view.creator.name, "dana");
    }

    async fn mail_without_subject_message_id_date_or_body_is_taken(world: World) {
        let view = shown(&world, ticket(&mail(&world, "From: ray@bank.example\n\n").await)).await;
        assert_eq!(view.ticket.subject, "");
    }
}
