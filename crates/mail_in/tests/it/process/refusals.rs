use actions::inbox::{self, NewInbound};
use testkit::World;

use crate::post::{REPORT, how_many_tickets, mail, refused, sent, take_in, ticket, to};

async fn people(world: &World) -> usize {
    let admin = world.actor("admin").await;
    actions::account::all_users(&mut world.look().await, &admin, 1_000).await.unwrap().len()
}

testkit::both! {
    // TC-193; TC-189: who is refused does not become a user.
    async fn a_tag_of_an_unknown_ticket_is_refused_with_a_notice_and_leaves_nothing_else(world: World) {
        let before = people(&world).await;
        let outcome = mail(&world, "From: ray@bank.example\nMessage-ID: <x@bank.example>\nSubject: [csirt.example #77] hi\n\nhi\n").await;
        refused(&outcome);
        let notices = sent(&world).await;
        assert_eq!(notices.len(), 1);
        let notice = &notices[0];
        assert_eq!((notice.recipients.as_slice(), notice.envelope_sender.clone()), (&["ray@bank.example".to_owned()][..], None));
        assert_eq!(notice.message.in_reply_to, ["x@bank.example"]);
        assert!(notice.message.parts.iter().any(|part| part.content_type == "message/rfc822"));
        assert_eq!((how_many_tickets(&world).await, people(&world).await), (0, before));
        let admin = world.actor("admin").await;
        let kept = inbox::troubled(&mut world.look().await, &admin, i64::MAX, 10).await.unwrap();
        assert_eq!(kept.len(), 1);
    }

    async fn who_may_not_write_to_a_queue_is_told_unless_a_machine(world: World) {
        let stranger = NewInbound { queue: "General".to_owned(), ..to("reports@csirt.example", REPORT) };
        assert_eq!(refused(&take_in(&world, stranger.clone()).await), "permission denied");
        assert_eq!(sent(&world).await.len(), 1);
        let machine = NewInbound { raw: format!("Auto-Submitted: auto-generated\n{REPORT}").into_bytes(), ..stranger };
        refused(&take_in(&world, machine).await);
        assert_eq!(sent(&world).await.len(), 0);
    }

    async fn our_own_mail_is_kept_without_an_answer(world: World) {
        for head in ["X-RT-Loop-Prevention: csirt.example\nFrom: ray@bank.example", "From: Reports@CSIRT.example"] {
            refused(&mail(&world, format!("{head}\nSubject: round and round\n\nhi\n")).await);
        }
        assert_eq!((sent(&world).await.len(), how_many_tickets(&world).await), (0, 0));
    }

    async fn what_cannot_be_read_is_sent_back_to_the_envelope_sender(world: World) {
        for raw in [&b""[..], b"\r\n\r\n", b"\x00\x01\x02 no header at all"] {
            refused(&mail(&world, raw).await);
            let notices = sent(&world).await;
            assert_eq!(notices.len(), 1, "{raw:?}");
            assert_eq!(notices[0].recipients, ["ray@bank.example"]);
        }
        let from_nobody = NewInbound { sender: None, ..to("reports@csirt.example", "") };
        refused(&take_in(&world, from_nobody).await);
        assert_eq!(sent(&world).await.len(), 0);
    }

    async fn mail_without_a_usable_sender_is_kept(world: World) {
        for raw in ["Subject: nobody\n\nhi\n", "From: nobody\n\nhi\n", "From: \"\" <>\n\nhi\n"] {
            assert_eq!(refused(&mail(&world, raw).await), "no usable sender address");
        }
    }

    async fn notices_never_go_to_ourselves(world: World) {
        let raw = "From: ray@bank.example\nErrors-To: reports@csirt.example\nSubject: [csirt.example #77]\n\nhi\n";
        refused(&mail(&world, raw).await);
        assert_eq!(sent(&world).await.len(), 0);
    }

    async fn a_refused_message_can_be_tried_again(world: World) {
        refused(&mail(&world, "From: ray@bank.example\nSubject: [csirt.example #1] early\n\nhi\n").await);
        let id = world.report("Now there is one", "text").await;
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        let kept = inbox::troubled(&mut tx, &admin, i64::MAX, 10).await.unwrap();
        inbox::retry(&mut tx, &admin, kept[0].id).await.unwrap();
        tx.commit().await.unwrap();
        let again = crate::post::processor(&world).process_one(kept[0].id).await.unwrap().unwrap();
        assert_eq!(ticket(&again), id);
    }
}
