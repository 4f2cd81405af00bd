//! Fields of the history's entries (IR-102, TC-104).

use super::{plant, plant_with, wrong};
use actions::{
    Error,
    message::NewMessage,
    ticket::{self, Create, FieldInput, Reply, show},
};
use domain::{
    FieldId,
    custom_field::{Bearer, CustomField, FieldKind},
};

fn of_entries(name: &str) -> CustomField {
    CustomField { bearer: Bearer::Change, ..CustomField::new(name, FieldKind::Freeform) }
}

fn message(field: FieldId, text: &str) -> NewMessage {
    NewMessage { fields: Some(vec![FieldInput { field, values: vec![text.into()] }]), ..NewMessage::text("words") }
}

testkit::both! {
    async fn ir102_tc104_entries_carry_fields_that_are_judged_sealed_and_shown_to_those_who_may(world: World) {
        let admin = world.actor("admin").await;
        let channel = CustomField { pattern: Some("^[a-z]+$".into()), ..of_entries("Channel") };
        let channel = plant(&world, channel, "Incident Reports").await;
        let mut tx = world.tx().await;
        let queue = tx.catalog().queue_named("Incident Reports").unwrap().id;
        let error = ticket::create(&mut tx, &admin, Create { strict: true, ..Create::new(queue, "x", message(channel, "123")) }).await.unwrap_err();
        assert_eq!(wrong(&error).0, format!("cf-{channel}"));
        let id = ticket::create(&mut tx, &admin, Create::new(queue, "x", message(channel, "phone"))).await.unwrap().ticket;
        let reply = |text: &str| Reply { ticket: id, message: message(channel, text), time_taken: 0 };
        assert!(ticket::reply(&mut tx, &admin, reply("NO")).await.is_err());
        ticket::reply(&mut tx, &admin, reply("letter")).await.unwrap();
        ticket::comment(&mut tx, &admin, reply("")).await.unwrap();
        tx.commit().await.unwrap();
        let carried = |entries: Vec<show::Entry>| -> Vec<Vec<String>> {
            entries.iter().filter(|entry| entry.change.message.is_some()).map(|entry| entry.fields.iter().flat_map(|field| field.values.clone()).collect()).collect()
        };
        let history = show::history(&mut world.look().await, &admin, id, i64::MAX, 50).await.unwrap();
        assert_eq!(carried(history), vec![vec![], vec!["letter".to_owned()], vec!["phone".to_owned()]]);
        let dana = world.actor("dana").await;
        let hers = show::history(&mut world.look().await, &dana, id, i64::MAX, 50).await.unwrap();
        assert!(carried(hers).iter().all(Vec::is_empty), "without SeeCustomField there are none");
        assert!(actions::verify::verify(&world.desk).await.unwrap().findings.is_empty());
    }

    // TC-104: defaults apply; a form that asked can be held to what must be given
    async fn tc104_defaults_apply_to_entries_and_a_form_is_held_to_what_must_be_given(world: World) {
        let admin = world.actor("admin").await;
        let with_default = CustomField { default: "mail".into(), ..of_entries("Channel") };
        plant(&world, with_default, "Incident Reports").await;
        let room = plant_with(&world, of_entries("Room"), "Incident Reports", |one| one.mandatory = true).await;
        let id = world.report("By mail", "text").await;
        let history = show::history(&mut world.look().await, &admin, id, i64::MAX, 50).await.unwrap();
        assert_eq!(history.last().unwrap().fields[0].values, ["mail"]);
        let mut tx = world.tx().await;
        let error = ticket::reply(&mut tx, &admin, Reply { ticket: id, message: message(room, ""), time_taken: 0 }).await.unwrap_err();
        assert!(matches!(&error, Error::Invalid(errors) if errors[0].message == "Room is needed."), "{error}");
    }
}
