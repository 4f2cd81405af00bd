//! The letters that rules write: who gets them, and what stands in their heads (TC section 14).

use crate::family::owned_report;
use actions::{
    Actor,
    message::NewMessage,
    setup::{self, RuleInput},
    ticket::{self, PeopleInput, Reply, show},
};
use domain::{
    Role, TicketId,
    change::ChangeKind,
    person::{EmailAddress, PersonName},
};
use storage::outbound::Outbound;
use testkit::World;

/// Only this rule writes letters about comments from now on.
pub(crate) async fn on_comment(world: &World, to: &[&str]) {
    let admin = world.actor("admin").await;
    let mut tx = world.tx().await;
    for rule in setup::rules(&mut tx, &admin).await.unwrap().iter().filter(|rule| rule.input.on == ["Comment"]) {
        setup::enable_rule(&mut tx, &admin, rule.id, false).await.unwrap();
    }
    let effects = format!(r#"{{"do":"notify","to":{to:?},"template":"Transaction"}}"#);
    let input = RuleInput { name: format!("To {to:?}"), on: vec!["Comment".into()], effects, ..RuleInput::default() };
    setup::save_rule(&mut tx, &admin, None, input).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) async fn watched(world: &World, id: TicketId) {
    let admin = world.actor("admin").await;
    let mut tx = world.tx().await;
    for (role, who) in [(Role::Cc, "carla@bank.example"), (Role::AdminCc, "hana")] {
        let people = vec![PersonName::parse(who).unwrap()];
        ticket::set_people(&mut tx, &admin, id, PeopleInput { role, people }).await.unwrap();
    }
    tx.commit().await.unwrap();
}

pub(crate) async fn comment(world: &World, actor: &Actor, id: TicketId, message: NewMessage) -> Vec<Outbound> {
    let known = letters(world, id).await.len();
    let mut tx = world.tx().await;
    ticket::comment(&mut tx, actor, Reply { ticket: id, message, time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
    letters(world, id).await.split_off(known)
}

/// Oldest first.
pub(crate) async fn letters(world: &World, id: TicketId) -> Vec<Outbound> {
    let mut db = world.desk.db().read().await.unwrap();
    let mut all = storage::outbound::of_ticket(&mut db, id).await.unwrap();
    all.sort_by_key(|letter| letter.id);
    all
}

pub(crate) fn raw(letter: &Outbound) -> String {
    String::from_utf8_lossy(&letter.letter.raw).replace("\r\n\t", " ").replace("\r\n ", " ")
}

pub(crate) fn header(letter: &Outbound, name: &str) -> Option<String> {
    let raw = raw(letter);
    let head = raw.split("\r\n\r\n").next().unwrap_or_default();
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned))
}

testkit::both! {
    // TC-163: an address appears once, in the first header it qualifies for
    async fn tc162_roles_decide_the_header(world: World) {
        let (dana, admin) = (world.actor("dana").await, world.actor("admin").await);
        let report = owned_report(&world, &dana).await;
        watched(&world, report).await;
        on_comment(&world, &["requestors", "ccs", "owner", "admin_ccs", "requestors"]).await;
        let letter = comment(&world, &admin, report, NewMessage::text("x")).await.remove(0);
        assert!(header(&letter, "To").is_some_and(|to| to.contains("ray@bank.example") && !to.contains("carla")));
        assert!(header(&letter, "Cc").is_some_and(|cc| cc.contains("carla@bank.example") && !cc.contains("dana")));
        assert!(!raw(&letter).contains("hana@csirt-staff.example"), "hidden");
        let mut all = letter.letter.recipients.clone();
        all.sort();
        assert_eq!(all, ["carla@bank.example", "dana@csirt-staff.example", "hana@csirt-staff.example", "ray@bank.example"]);
    }

    async fn tc163_nobody_to_write_to_is_no_letter_and_no_record(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        on_comment(&world, &["owner"]).await;
        assert!(comment(&world, &dana, report, NewMessage::text("x")).await.is_empty(), "she wrote it herself");
        let admin = world.actor("admin").await;
        let letter = comment(&world, &admin, report, NewMessage::text("x")).await.remove(0);
        assert!(header(&letter, "To").is_some_and(|to| to.contains("dana@csirt-staff.example")), "To when there is nobody else");
    }

    // TC-167: one-time recipients are mailed by the rules for other recipients only
    async fn tc167_others_are_those_whom_the_message_names(world: World) {
        let (dana, admin) = (world.actor("dana").await, world.actor("admin").await);
        let report = owned_report(&world, &dana).await;
        on_comment(&world, &["others"]).await;
        let address = |text: &str| EmailAddress::parse(text).unwrap();
        let message = NewMessage { cc: vec![address("boss@bank.example")], bcc: vec![address("quiet@bank.example")], ..NewMessage::text("x") };
        let letter = comment(&world, &admin, report, message).await.remove(0);
        assert_eq!(letter.letter.recipients, ["boss@bank.example", "quiet@bank.example"]);
        assert!(!raw(&letter).contains("quiet@bank.example"));
        assert!(comment(&world, &admin, report, NewMessage::text("x")).await.is_empty());
    }

    // TC-168, TC-169, TC-171, TC-172, TC-173, TC-180
    async fn tc173_heads_keep_conversations_together_and_machines_apart(world: World) {
        let (dana, admin) = (world.actor("dana").await, world.actor("admin").await);
        let report = owned_report(&world, &dana).await;
        on_comment(&world, &["requestors"]).await;
        let first = comment(&world, &admin, report, NewMessage::text("x")).await.remove(0);
        let second = comment(&world, &admin, report, NewMessage::text("x")).await.remove(0);
        let tag = format!("[csirt.example #{report}] ");
        assert!(header(&first, "Subject").is_some_and(|subject| subject.starts_with(&tag) && subject.matches(&tag).count() == 1));
        assert!(header(&first, "From").is_some_and(|from| from.contains("via csirt.example") && from.contains("reports@csirt.example")));
        let ids = [&first, &second].map(|letter| header(letter, "Message-ID").unwrap());
        assert!(ids[0] != ids[1] && ids.iter().all(|id| id.contains(&format!("wb-{report}-")) && id.ends_with("csirt.example>")), "{ids:?}");
        let references = header(&first, "References").unwrap();
        assert!(references.starts_with(&format!("<watchbell-ticket-{report}@")), "{references}");
        assert_eq!(header(&first, "X-RT-Loop-Prevention").as_deref(), Some("csirt.example"));
        assert_eq!(header(&first, "X-RT-Ticket"), Some(format!("csirt.example #{report}")));
        assert!(header(&first, "X-Managed-by").is_some() && header(&first, "X-RT-Originator").is_some() && header(&first, "Date").is_some());
        assert_eq!((header(&first, "Auto-Submitted"), header(&first, "Precedence")), (None, None), "somebody wrote it");
        let acknowledged = &letters(&world, report).await[0];
        assert_eq!(header(acknowledged, "Auto-Submitted").as_deref(), Some("auto-replied"));
        assert_eq!((header(acknowledged, "Precedence").as_deref(), acknowledged.letter.sender.as_deref()), (Some("bulk"), None));
    }

    async fn tc175_every_letter_is_recorded_on_the_ticket(world: World) {
        let (dana, admin) = (world.actor("dana").await, world.actor("admin").await);
        let report = owned_report(&world, &dana).await;
        on_comment(&world, &["requestors"]).await;
        let letter = comment(&world, &admin, report, NewMessage::text("between two")).await.remove(0);
        let history = show::history(&mut world.look().await, &admin, report, i64::MAX, 50).await.unwrap();
        let record = history.iter().find(|entry| entry.change.what.kind == ChangeKind::EmailRecord).expect("a record");
        assert_eq!(record.change.what.new.as_deref(), Some("ray@bank.example"));
        let mail = show::recorded_mail(&mut world.look().await, record).await.unwrap();
        assert_eq!(mail.as_deref(), Some(letter.letter.raw.as_slice()));
    }
}
