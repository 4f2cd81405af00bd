use crate::post::{REPORT, mail, said, sent, sent_to, take_in, ticket, to};

testkit::both! {
    async fn an_absence_notice_is_recorded_and_gets_no_answer(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        let acknowledged = sent_to(&world, "ray@bank.example").await.remove(0).message.message_id.unwrap();
        let notice = format!(
            "From: ray@bank.example\nMessage-ID: <away@bank.example>\nAuto-Submitted: auto-replied\nIn-Reply-To: <{acknowledged}>\nSubject: Away\n\nBack on Monday.\n"
        );
        assert_eq!(ticket(&mail(&world, notice).await), id);
        assert_eq!(said(&world, id).await.last().unwrap().1, "Back on Monday.");
        assert_eq!(sent_to(&world, "ray@bank.example").await.len(), 0);
    }

    async fn a_report_of_a_machine_becomes_a_ticket_without_acknowledgement(world: World) {
        let automatic = actions::inbox::NewInbound { sender: None, ..to("reports@csirt.example", REPORT) };
        ticket(&take_in(&world, automatic).await);
        assert_eq!(sent(&world).await.iter().filter(|sent| sent.recipients.contains(&"ray@bank.example".to_owned())).count(), 0);
    }
}
