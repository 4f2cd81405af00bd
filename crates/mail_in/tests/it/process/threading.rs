use actions::inbox::Outcome;
use actions::message::NewMessage;
use actions::ticket::{Create, create};
use domain::TicketId;
use domain::person::PersonName;
use testkit::World;

use crate::post::{REPORT, mail, refused, said, sent, sent_to, take_in, ticket, to};

/// Dana asks a network's staff; the number of the investigation and the id of the mail that went out.
async fn investigation(world: &World) -> (TicketId, String) {
    let queue = world.queue_id("Investigations").await;
    let dana = world.actor("dana").await;
    let mut tx = world.tx().await;
    let mut input = Create::new(queue, "Scanning host", NewMessage::text("Please look at 192.0.2.7"));
    input.requestors.push(PersonName::parse("noc@isp.example").unwrap());
    let id = create(&mut tx, &dana, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    let letters = sent_to(world, "noc@isp.example").await;
    (id, letters[0].message.message_id.clone().unwrap())
}

testkit::both! {
    // TC-186: by the tag, else by what is answered, if the sender has to do with it; never twice on one ticket.
    async fn an_answer_with_the_tag_goes_to_its_ticket(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        let answer = format!("From: ray@bank.example\nMessage-ID: <two@bank.example>\nSubject: Re: [csirt.example #{id}] Scan\n\nIt went on.\n");
        assert_eq!(ticket(&mail(&world, answer).await), id);
        assert_eq!(said(&world, id).await[1], ("Correspond".to_owned(), "It went on.".to_owned()));
    }

    async fn an_answer_to_our_mail_without_the_tag_goes_to_its_ticket(world: World) {
        let (id, asked) = investigation(&world).await;
        let answer = format!("From: NOC <noc@isp.example>\nMessage-ID: <a@isp.example>\nIn-Reply-To: <{asked}>\nSubject: Re: your mail\n\nFixed.\n");
        assert_eq!(ticket(&mail(&world, answer).await), id);
        assert_eq!(said(&world, id).await.last().unwrap(), &("Correspond".to_owned(), "Fixed.".to_owned()));
        let only_references = format!(
            "From: noc@isp.example\nMessage-ID: <b@isp.example>\nReferences: <x@y> <{asked}> <a@isp.example>\n\nReally.\n"
        );
        assert_eq!(ticket(&mail(&world, only_references).await), id);
        let pseudo = format!("From: noc@isp.example\nMessage-ID: <c@isp.example>\nReferences: <watchbell-ticket-{id}@csirt.example>\n\nYes.\n");
        assert_eq!(ticket(&mail(&world, pseudo).await), id);
    }

    async fn a_stranger_who_quotes_an_id_gets_a_ticket_of_his_own(world: World) {
        let (id, asked) = investigation(&world).await;
        for reference in [asked, format!("watchbell-ticket-{id}@csirt.example")] {
            let answer = format!("From: mallory@evil.example\nIn-Reply-To: <{reference}>\nSubject: Re: Scanning host\n\nAll is well.\n");
            assert_ne!(ticket(&mail(&world, answer).await), id);
        }
        let colleague = "From: tariq@csirt-staff.example\nReferences: <watchbell-ticket-1@csirt.example>\n\nI know more.\n";
        assert_eq!(ticket(&mail(&world, colleague).await), TicketId(1));
    }

    async fn the_same_message_twice_is_on_a_ticket_once(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        let answer = format!("From: ray@bank.example\nMessage-ID: <two@bank.example>\nSubject: [csirt.example #{id}]\n\nIt went on.\n");
        assert_eq!(ticket(&mail(&world, answer.clone()).await), id);
        assert!(matches!(mail(&world, answer).await, Outcome::Dropped(_)));
        assert_eq!(said(&world, id).await.len(), 2);
    }

    // TC-192
    async fn the_comment_address_takes_comments_of_staff_only(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        let note = |from: &str| format!("From: {from}\nMessage-ID: <{from}>\nSubject: [csirt.example #{id}]\n\nKnown host.\n");
        let by_staff = take_in(&world, to("comment@csirt.example", note("dana@csirt-staff.example"))).await;
        assert_eq!(ticket(&by_staff), id);
        assert_eq!(said(&world, id).await[1].0, "Comment");
        sent(&world).await;
        let by_ray = take_in(&world, to("comment@csirt.example", note("ray@bank.example"))).await;
        refused(&by_ray);
        assert_eq!(said(&world, id).await.len(), 2);
        assert_eq!(sent_to(&world, "ray@bank.example").await.len(), 1);
    }

    async fn the_field_of_the_form_wins_over_the_tag(world: World) {
        let first = ticket(&mail(&world, REPORT).await);
        let second = world.report("Other", "text").await;
        let answer = format!("From: ray@bank.example\nSubject: [csirt.example #{first}]\n\nhi\n");
        let mut form = actions::inbox::NewInbound { ticket: second.to_string(), ..to("reports@csirt.example", answer) };
        assert_eq!(ticket(&take_in(&world, form.clone()).await), second);
        "seven".clone_into(&mut form.ticket);
        refused(&take_in(&world, form).await);
    }

    async fn a_control_header_keeps_the_status(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        let wanted = actions::ticket::SetStatus { ticket: id, status: "resolved".to_owned() };
        actions::ticket::set_status(&mut tx, &admin, wanted).await.unwrap();
        tx.commit().await.unwrap();
        let status = || async { crate::post::shown(&world, id).await.ticket.status.clone() };
        mail(&world, format!("From: ray@bank.example\nRT-Control: no-autoopen\nSubject: [csirt.example #{id}]\n\nThanks\n")).await;
        assert_eq!(status().await, "resolved");
        mail(&world, format!("From: ray@bank.example\nSubject: [csirt.example #{id}]\n\nAgain!\n")).await;
        assert_eq!(status().await, "open");
    }
}
