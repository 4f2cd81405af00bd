//! Messages written with light Markdown (TC-120), and what HTML templates make of any message (TC-160).

use crate::{family::owned_report, letter::raw};
use actions::{
    Actor, account,
    message::{NewMessage, as_written},
    setup::{self, RuleInput},
    ticket::{self, Reply, show},
    verify::verify,
};
use domain::{TicketId, preference};
use storage::outbound::Outbound;
use testkit::World;

async fn prefers_markdown(world: &World, actor: &Actor) {
    let mut tx = world.tx().await;
    account::choose(&mut tx, actor, &[(preference::WRITE_MARKDOWN, Some("yes"))]).await.unwrap();
    tx.commit().await.unwrap();
}

/// The letter to the requestor.
async fn replied(world: &World, actor: &Actor, id: TicketId, message: NewMessage) -> Outbound {
    world.sent().await;
    let mut tx = world.tx().await;
    let message = as_written(&mut tx, actor, message).await.unwrap();
    ticket::reply(&mut tx, actor, Reply { ticket: id, message, time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
    world.clock.advance(jiff::SignedDuration::from_mins(1));
    let sent = world.sent().await;
    sent.into_iter().find(|letter| letter.letter.recipients.contains(&"ray@bank.example".to_owned())).unwrap()
}

fn text(letter: &Outbound) -> String {
    raw(letter).replace("=\r\n", "").replace("=3D", "=")
}

const WRITTEN: &str = "Please **block** <b>it</b>\n\n> **quoted**\n\n-- \n*Dana*";

testkit::both! {
    async fn a_letter_has_the_text_as_typed_and_the_html_made_from_it(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        prefers_markdown(&world, &dana).await;
        let message = NewMessage::text(WRITTEN).attach("log.txt", "text/plain", b"a log".to_vec());
        let letter = text(&replied(&world, &dana, report, message).await);
        assert!(letter.contains("multipart/alternative") && letter.contains("Please **block** <b>it</b>"), "{letter}");
        assert!(letter.contains("<strong>block</strong> &lt;b&gt;it&lt;/b&gt;"), "{letter}");
        assert!(letter.contains("<blockquote>**quoted**</blockquote>") && letter.contains("*Dana*</div>"), "{letter}");
        assert!(letter.contains("filename=\"log.txt\""), "{letter}");
        let history = show::history(&mut world.look().await, &dana, report, i64::MAX, 5).await.unwrap();
        let entry = history.iter().find(|entry| entry.change.what.kind.is_message()).unwrap();
        assert_eq!(entry.text, WRITTEN);
        assert!(entry.html.as_deref().is_some_and(|html| html.contains("<strong>block</strong>")));
        assert_eq!(entry.parts.iter().filter(|part| part.file_name.is_some()).count(), 1);
        assert!(verify(&world.desk).await.unwrap().findings.is_empty());
    }

    async fn who_did_not_choose_it_writes_plain_text(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let letter = text(&replied(&world, &dana, report, NewMessage::text(WRITTEN)).await);
        assert!(letter.contains("**block**") && !letter.contains("text/html"), "{letter}");
    }

    async fn tc160_html_templates_put_messages_in_safely(world: World) {
        let (dana, admin) = (world.actor("dana").await, world.actor("admin").await);
        let report = owned_report(&world, &dana).await;
        let mut tx = world.tx().await;
        let rules = setup::rules(&mut tx, &admin).await.unwrap();
        let rule = rules.into_iter().find(|rule| rule.input.name == "Send replies to requestors and Ccs").unwrap();
        let effects = rule.input.effects.replace("\"Correspondence\"", "\"Correspondence in HTML\"");
        setup::save_rule(&mut tx, &admin, Some(rule.id), RuleInput { effects, ..rule.input }).await.unwrap();
        tx.commit().await.unwrap();
        let plain = text(&replied(&world, &dana, report, NewMessage::text("One <script>\ntwo")).await);
        assert!(plain.contains("One &lt;script&gt;<br>"), "{plain}");
        prefers_markdown(&world, &dana).await;
        let formatted = text(&replied(&world, &dana, report, NewMessage::text("Please **block**")).await);
        assert!(formatted.contains("<strong>block</strong>"), "{formatted}");
    }
}
