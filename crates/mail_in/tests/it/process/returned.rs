//! What comes back to addresses that name the recipient of a letter (TC-176).

use std::sync::Arc;

use actions::inbox::{self, NewInbound, Outcome};
use actions::setup;
use domain::setting::list;
use mail_in::Intake;
use mail_in::lmtp::{Envelope, Intake as _};
use testkit::World;

use crate::post::{REPORT, entries, how_many_tickets, mail, processor, said, sent_to, take_in, ticket, to};

const TO_RAY: &str = "bounce+ray=bank.example@b.csirt.example";

async fn with_verp(world: &World) {
    let wishes = [(list::VERP_PREFIX, Some("bounce")), (list::VERP_DOMAIN, Some("b.csirt.example"))];
    let mut tx = world.tx().await;
    setup::set_settings(&mut tx, &setup::operator(), &wishes).await.unwrap();
    tx.commit().await.unwrap();
}

fn came_back(recipient: &str, raw: impl Into<Vec<u8>>) -> NewInbound {
    NewInbound { sender: None, queue: String::new(), ..to(recipient, raw) }
}

testkit::both! {
    async fn tc176_the_address_tells_whom_a_bounce_is_about(world: World) {
        with_verp(&world).await;
        let id = ticket(&mail(&world, REPORT).await);
        let letter = sent_to(&world, "ray@bank.example").await.remove(0).message.message_id.unwrap();
        let wordless = format!("From: post@relay.example\nSubject: Sorry\nIn-Reply-To: <{letter}>\n\nIt did not work.\n");
        assert_eq!(ticket(&take_in(&world, came_back(TO_RAY, wordless)).await), id);
        let last = entries(&world, id).await.pop().unwrap();
        assert_eq!(last.change.what.kind.as_str(), "Bounce");
        assert!(last.change.what.data.unwrap().starts_with("Mail to ray@bank.example could not be delivered"));
        let forwarded = format!(
            concat!(
                "From: MAILER-DAEMON@mx.example\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary=b\n\n",
                "--b\n\nno\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n",
                "Final-Recipient: rfc822; r.requestor@elsewhere.example\nAction: failed\n",
                "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{}>\n--b--\n"
            ),
            letter
        );
        assert_eq!(ticket(&take_in(&world, came_back(TO_RAY, forwarded)).await), id);
        let told = entries(&world, id).await.pop().unwrap().change.what.data.unwrap();
        assert!(told.contains("ray@bank.example") && !told.contains("elsewhere"), "whom we wrote to: {told}");
        assert_eq!(how_many_tickets(&world).await, 1);
    }

    async fn tc176_an_absence_notice_is_no_bounce_and_what_answers_nothing_makes_no_ticket(world: World) {
        with_verp(&world).await;
        let id = ticket(&mail(&world, REPORT).await);
        let letter = sent_to(&world, "ray@bank.example").await.remove(0).message.message_id.unwrap();
        let away = format!("From: ray@bank.example\nSubject: Away\nAuto-Submitted: auto-replied\nIn-Reply-To: <{letter}>\n\nBack on Monday.\n");
        assert_eq!(ticket(&take_in(&world, came_back(TO_RAY, away)).await), id);
        assert_eq!(said(&world, id).await.last().unwrap().1, "Back on Monday.");
        let spam = "From: x@spam.example\nSubject: pills\n\nbuy\n";
        assert!(matches!(take_in(&world, came_back(TO_RAY, spam)).await, Outcome::Dropped(_)));
        assert_eq!(how_many_tickets(&world).await, 1);
    }

    async fn tc176_the_door_knows_such_addresses_and_nobody_is_written_to_there(world: World) {
        let intake = Intake::start(world.desk.clone(), None);
        assert_eq!(intake.knows(TO_RAY).await, Ok(false));
        with_verp(&world).await;
        assert_eq!(intake.knows(TO_RAY).await, Ok(true));
        assert_eq!(intake.knows("bounce@b.csirt.example").await, Ok(true));
        let own = domain::person::EmailAddress::parse(TO_RAY).unwrap();
        assert!(world.look().await.catalog().is_own_address(&own));
        let two = [TO_RAY, "bounce+boss=bank.example@b.csirt.example"].map(str::to_owned).to_vec();
        let raw = "From: x@spam.example\nSubject: x\n\nx\n";
        let answers = intake.accept(Envelope { from: None, to: two, peer: None }, Arc::new(raw.as_bytes().to_vec())).await;
        assert_eq!(answers, [Ok(()), Ok(())]);
        assert_eq!(inbox::counts(&world.desk).await.unwrap().0, 2, "each names somebody else");
        while processor(&world).process_next().await.unwrap() {}
        assert_eq!(how_many_tickets(&world).await, 0);
    }
}
