use actions::inbox::{NewInbound, Outcome};
use domain::TicketId;
use testkit::World;

use crate::post::{REPORT, mail, refused, said, sent, sent_to, shown, take_in, ticket, to};

async fn asked(world: &World, from: &str, action: &str, id: TicketId) -> Outcome {
    let raw = format!("From: {from}\nSubject: [csirt.example #{id}] x\nMessage-ID: <{action}@{from}>\n\nOn it.\n");
    take_in(world, NewInbound { action: action.to_owned(), ..to("reports@csirt.example", raw) }).await
}

async fn owner(world: &World, id: TicketId) -> String {
    shown(world, id).await.owner.name.clone()
}

testkit::both! {
    async fn tc191_mail_takes_answers_and_resolves_in_one_go(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        assert_eq!(ticket(&asked(&world, "dana@csirt-staff.example", "take-correspond-resolve", id).await), id);
        assert_eq!(owner(&world, id).await, "dana");
        assert_eq!(shown(&world, id).await.ticket.status, "resolved");
        assert_eq!(said(&world, id).await[1], ("Correspond".to_owned(), "On it.".to_owned()));
    }

    async fn tc191_taking_alone_records_no_message(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        ticket(&asked(&world, "dana@csirt-staff.example", "take", id).await);
        assert_eq!((owner(&world, id).await.as_str(), said(&world, id).await.len()), ("dana", 1));
    }

    async fn tc191_who_cannot_take_is_told_and_nothing_is_half_done(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        ticket(&asked(&world, "dana@csirt-staff.example", "take", id).await);
        sent(&world).await;
        let answer = asked(&world, "tariq@csirt-staff.example", "correspond-take", id).await;
        assert!(refused(&answer).contains("unowned"), "{answer:?}");
        assert_eq!(said(&world, id).await.len(), 1);
        assert_eq!(sent_to(&world, "tariq@csirt-staff.example").await.len(), 1);
    }

    // TC-190: the gate asks for the right of the first action.
    async fn tc190_who_may_not_own_or_change_a_ticket_may_not_by_mail(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        for action in ["take", "resolve", "comment"] {
            refused(&asked(&world, "ray@bank.example", action, id).await);
        }
        assert_eq!(owner(&world, id).await, "Nobody");
        assert_eq!((shown(&world, id).await.ticket.status.as_str(), said(&world, id).await.len()), ("new", 1));
    }

    async fn tc191_a_mail_that_only_takes_opens_no_ticket(world: World) {
        let raw = "From: dana@csirt-staff.example\nSubject: none\n\nx\n";
        let message = NewInbound { action: "take".to_owned(), ..to("reports@csirt.example", raw) };
        refused(&take_in(&world, message).await);
    }
}
