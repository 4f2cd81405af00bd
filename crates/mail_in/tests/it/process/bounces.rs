use actions::account::reachability::unreachable;
use actions::inbox::{NewInbound, Outcome};

use crate::post::{REPORT, entries, how_many_tickets, mail, refused, sent, sent_to, shown, take_in, ticket, to};

fn report_about(message_id: &str) -> NewInbound {
    let raw = format!(
        concat!(
            "From: MAILER-DAEMON@mx.csirt.example\nTo: reports@csirt.example\nSubject: Undelivered\nMIME-Version: 1.0\n",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n",
            "--b\n\nThe mail could not be delivered: no such user\n",
            "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n",
            "Final-Recipient: rfc822; ray@bank.example\nAction: failed\nStatus: 5.1.1\n",
            "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{}>\nSubject: x\n--b--\n"
        ),
        message_id
    );
    NewInbound { sender: None, ..to("reports@csirt.example", raw) }
}

testkit::both! {
    async fn a_bounce_is_noted_on_the_ticket_of_the_mail_that_bounced(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        let acknowledged = sent_to(&world, "ray@bank.example").await.remove(0).message.message_id.unwrap();
        assert_eq!(ticket(&take_in(&world, report_about(&acknowledged)).await), id);
        let last = entries(&world, id).await.pop().unwrap();
        assert_eq!(last.change.what.kind.as_str(), "Bounce");
        let text = last.change.what.data.unwrap();
        assert!(text.contains("ray@bank.example") && text.contains("no such user"), "{text}");
        assert_eq!((how_many_tickets(&world).await, sent(&world).await.len()), (1, 0));
    }

    async fn who_gets_no_mail_is_marked_until_they_write(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        let acknowledged = sent_to(&world, "ray@bank.example").await.remove(0).message.message_id.unwrap();
        let ray = shown(&world, id).await.people[0].1.id;
        let dana = world.actor("dana").await;
        let marks = async || unreachable(&mut world.look().await, &dana, &[ray]).await.unwrap();
        let delayed = String::from_utf8(report_about(&acknowledged).raw).unwrap().replace("Status: 5.1.1", "Status: 4.4.7");
        take_in(&world, NewInbound { raw: delayed.into_bytes(), ..report_about(&acknowledged) }).await;
        assert_eq!(marks().await, [], "it may arrive yet");
        let other = String::from_utf8(report_about(&acknowledged).raw).unwrap().replace("ray@bank.example", "dana@csirt-staff.example");
        take_in(&world, NewInbound { raw: other.into_bytes(), ..report_about(&acknowledged) }).await;
        assert_eq!(unreachable(&mut world.look().await, &dana, &[dana.id()]).await.unwrap(), [], "she was not written to");
        take_in(&world, report_about(&acknowledged)).await;
        let since = world.look().await.now();
        world.clock.advance(jiff::SignedDuration::from_hours(1));
        take_in(&world, report_about(&acknowledged)).await;
        let marked = marks().await;
        assert!(marked.len() == 1 && marked[0].since <= since && marked[0].reason == "5.1.1", "since the first report: {marked:?}");
        let norman = world.actor("norman").await;
        assert_eq!(unreachable(&mut world.look().await, &norman, &[ray]).await.unwrap(), [], "for staff alone");
        mail(&world, REPORT.replace("<one@", "<two@")).await;
        assert_eq!(marks().await, []);
    }

    async fn whoever_owns_the_ticket_is_told_of_a_bounce_unless_it_is_their_own(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        let acknowledged = sent_to(&world, "ray@bank.example").await.remove(0).message.message_id.unwrap();
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        actions::ticket::change_owner(&mut tx, &dana, id, actions::ticket::OwnerChange::Take).await.unwrap();
        tx.commit().await.unwrap();
        sent(&world).await;
        let address = dana.email().unwrap().to_string();
        take_in(&world, report_about(&acknowledged)).await;
        let told = sent_to(&world, &address).await;
        assert_eq!(told.len(), 1);
        assert!(told[0].message.subject.contains(&format!("#{id}] Mail could not be delivered")), "{}", told[0].message.subject);
        let own = NewInbound { raw: String::from_utf8(report_about(&acknowledged).raw).unwrap().replace("ray@bank.example", &address).into_bytes(), ..report_about(&acknowledged) };
        take_in(&world, own).await;
        assert!(sent_to(&world, &address).await.is_empty());
    }

    async fn a_receipt_is_noted_on_the_ticket_of_the_letter_that_was_read_and_does_not_open_it(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        let acknowledged = sent_to(&world, "ray@bank.example").await.remove(0).message.message_id.unwrap();
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        let wanted = actions::ticket::SetStatus { ticket: id, status: "resolved".to_owned() };
        actions::ticket::set_status(&mut tx, &admin, wanted).await.unwrap();
        tx.commit().await.unwrap();
        let raw = format!(
            concat!(
                "From: ray@bank.example\nSubject: Read\nMIME-Version: 1.0\n",
                "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nYour mail was read.\n",
                "--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; ray@bank.example\n",
                "Original-Message-ID: <{}>\nDisposition: manual-action/MDN-sent-manually; displayed\n\n--b--\n"
            ),
            acknowledged
        );
        assert_eq!(ticket(&mail(&world, raw).await), id);
        assert_eq!(crate::post::shown(&world, id).await.ticket.status, "resolved");
        assert_eq!(how_many_tickets(&world).await, 1);
    }

    async fn the_source_that_a_complaint_names_is_found(world: World) {
        let raw = concat!(
            "From: abuse@isp.example\nSubject: FW: pills\nMIME-Version: 1.0\n",
            "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nA complaint.\n",
            "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\nSource-IP: 192.0.2.99\n\n",
            "--b\nContent-Type: message/rfc822\n\nFrom: x@spam.example\nSubject: pills\n\nbuy\n--b--\n"
        );
        let id = ticket(&mail(&world, raw).await);
        let view = crate::post::shown(&world, id).await;
        let field = view.fields.iter().find(|field| field.field.name == "IP").unwrap();
        assert_eq!(field.values, ["192.0.2.99"]);
    }

    async fn a_bounce_of_a_notice_ends_there(world: World) {
        refused(&mail(&world, "From: ray@bank.example\nSubject: [csirt.example #77]\n\nhi\n").await);
        let notice = sent(&world).await.remove(0).message.message_id.unwrap();
        assert!(matches!(take_in(&world, report_about(&notice)).await, Outcome::Dropped(_)));
    }

    async fn a_bounce_of_somebody_elses_mail_is_mail_like_any_other(world: World) {
        let id = ticket(&take_in(&world, report_about("unknown@x.example")).await);
        assert_eq!(entries(&world, id).await[0].parts.len(), 4);
        assert_eq!(sent(&world).await.len(), 0);
    }
}
