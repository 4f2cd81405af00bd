//! Templates that administrators write (TC-151, TC-157 … TC-160).

use crate::family::{create, owned_report};
use actions::{
    Actor, Error, Result,
    message::NewMessage,
    setup::{self, RuleInput, TemplateInput},
    ticket::{self, Reply},
};
use domain::{TemplateId, TicketId};
use testkit::World;

fn template(name: &str, content: &str) -> TemplateInput {
    TemplateInput { name: name.into(), content: content.into(), ..TemplateInput::default() }
}

async fn save(world: &World, input: TemplateInput) -> Result<TemplateId> {
    let admin = world.actor("admin").await;
    let mut tx = world.tx().await;
    let id = setup::save_template(&mut tx, &admin, None, input).await?;
    tx.commit().await?;
    Ok(id)
}

async fn comment(world: &World, actor: &Actor, ticket: TicketId, text: &str) {
    let mut tx = world.tx().await;
    ticket::comment(&mut tx, actor, Reply { ticket, message: NewMessage::text(text), time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
}

/// A rule that sends a template to a fixed address whenever somebody comments.
async fn on_comment(world: &World, template: &str) {
    let admin = world.actor("admin").await;
    let effects = format!(r#"{{"do":"notify_named","to":["noc@net.example"],"template":"{template}"}}"#);
    let input = RuleInput { name: format!("Send {template}"), on: vec!["Comment".into()], effects, ..RuleInput::default() };
    let mut tx = world.tx().await;
    setup::save_rule(&mut tx, &admin, None, input).await.unwrap();
    tx.commit().await.unwrap();
}

async fn letters(world: &World, id: TicketId) -> Vec<String> {
    let mut db = world.desk.db().read().await.unwrap();
    let all = storage::outbound::of_ticket(&mut db, id).await.unwrap();
    let ours = all.into_iter().filter(|letter| letter.letter.recipients == ["noc@net.example"]);
    ours.map(|letter| String::from_utf8_lossy(&letter.letter.raw).replace("=\r\n", "").replace("=3D", "=")).collect()
}

testkit::both! {
    async fn tc151_a_queue_overrides_a_message_by_a_template_of_the_same_name(world: World) {
        let dana = world.actor("dana").await;
        save(&world, template("Alarm", "Subject: for all\n\nx")).await.unwrap();
        let edunet = world.queue_id("Incident Reports - EDUNET").await;
        save(&world, TemplateInput { queue: Some(edunet), ..template("Alarm", "Subject: for EDUNET\n\nx") }).await.unwrap();
        on_comment(&world, "Alarm").await;
        for (queue, subject) in [("Incident Reports", "for all"), ("Incident Reports - EDUNET", "for EDUNET")] {
            let report = create(&world, &dana, queue, &[], &[]).await.unwrap();
            comment(&world, &dana, report, "go").await;
            assert!(letters(&world, report).await[0].contains(subject), "{queue}");
        }
    }

    async fn tc157_what_is_wrong_with_a_template_is_told_with_its_line(world: World) {
        let refused = |outcome: Result<TemplateId>| match outcome {
            Err(Error::Invalid(errors)) => errors.into_iter().map(|error| format!("{}: {}", error.field, error.message)).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(save(&world, template("X", "a\n{{ ticket.colour }}")).await), ["content: Line 2: there is no name “ticket.colour”."]);
        assert_eq!(refused(save(&world, template("", "{{ fields.Nope }}")).await).len(), 2);
        assert!(refused(save(&world, template("X", "a\n\n{% if ticket.due %}")).await)[0].starts_with("content: Line 3:"));
        assert_eq!(refused(save(&world, template("Resolved", "x")).await), ["name: There is a template of this name already."]);
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        assert!(matches!(setup::save_template(&mut tx, &dana, None, template("X", "x")).await, Err(Error::Forbidden(_))));
        assert!(matches!(setup::templates(&mut tx, &dana).await, Err(Error::Forbidden(_))));
    }

    async fn a_template_that_rules_use_stays(world: World) {
        let admin = world.actor("admin").await;
        let id = save(&world, template("Alarm", "x")).await.unwrap();
        let other = save(&world, template("Other", "x")).await.unwrap();
        on_comment(&world, "Alarm").await;
        let mut tx = world.tx().await;
        let refused = setup::delete_template(&mut tx, &admin, id).await;
        assert!(matches!(&refused, Err(Error::Conflict(message)) if message.contains("“Send Alarm”")), "{refused:?}");
        assert!(matches!(setup::save_template(&mut tx, &admin, Some(id), template("Renamed", "x")).await, Err(Error::Conflict(_))));
        setup::save_template(&mut tx, &admin, Some(id), template("Alarm", "y")).await.unwrap();
        setup::delete_template(&mut tx, &admin, other).await.unwrap();
        tx.commit().await.unwrap();
        let names: Vec<String> = setup::templates(&mut world.look().await, &admin).await.unwrap().into_iter().map(|one| one.name).collect();
        assert!(names.contains(&"Alarm".to_owned()) && !names.contains(&"Other".to_owned()));
    }

    // TC-158, TC-174: HTML with a generated text beside it; TC-169: a template may speak for somebody else
    async fn tc158_an_html_template_makes_both_and_its_headers_count(world: World) {
        let dana = world.actor("dana").await;
        let head = "Subject: Look\nContent-Type: text/html\nFrom: The Desk <desk@csirt.example>\nX-Colour: red\nAuto-Submitted: no\n";
        save(&world, template("Html", &format!("{head}\n<p>He wrote <b>{{{{ message.text }}}}</b></p>"))).await.unwrap();
        on_comment(&world, "Html").await;
        let report = owned_report(&world, &dana).await;
        comment(&world, &dana, report, "1 < 2").await;
        let letter = letters(&world, report).await.remove(0);
        assert!(letter.contains("multipart/alternative") && letter.contains("<b>1 &lt; 2</b>"), "{letter}");
        assert!(letter.contains("text/plain") && letter.contains("1 < 2"), "{letter}");
        assert!(letter.contains("desk@csirt.example") && letter.contains("X-Colour: red") && !letter.contains("Auto-Submitted: no"), "{letter}");
    }

    async fn tc159_every_name_is_filled_in(world: World) {
        let dana = world.actor("dana").await;
        let names: Vec<&str> = setup::template_names().collect();
        let lines: Vec<String> = names.iter().map(|name| format!("{name}={{{{ {name} }}}}")).collect();
        save(&world, template("All", &format!("\n{}", lines.join("\n")))).await.unwrap();
        on_comment(&world, "All").await;
        let report = owned_report(&world, &dana).await;
        comment(&world, &dana, report, "between us").await;
        let letter = letters(&world, report).await.pop().expect("it was written");
        for expected in ["ticket.status=new", "owner.login=dana", "message.text=between us", "change.kind=Comment", "ray@bank.example", "ticket.type=report"] {
            assert!(letter.contains(expected), "{expected}: {letter}");
        }
    }

    async fn tc159_a_preview_shows_what_its_reader_may_see(world: World) {
        let (admin, dana) = (world.actor("admin").await, world.actor("dana").await);
        let report = owned_report(&world, &dana).await;
        let mut tx = world.look().await;
        let content = "Subject: About {{ ticket.id }}\n\n{{ message.text }} {{ fields.IP|join(',') }}";
        let preview = setup::preview_template(&mut tx, &admin, content, &format!("#{report}")).await.unwrap();
        assert_eq!(preview.subject, format!("[csirt.example #{report}] About {report}"));
        assert!(preview.text.contains("192.0.2.7"), "{}", preview.text);
        for (content, ticket, field) in [("x", "4711", "ticket"), ("{{ nope }}", &*report.to_string(), "content")] {
            let refused = setup::preview_template(&mut tx, &admin, content, ticket).await;
            assert!(matches!(&refused, Err(Error::Invalid(errors)) if errors[0].field == field), "{refused:?}");
        }
        assert!(matches!(setup::preview_template(&mut tx, &dana, "x", "1").await, Err(Error::Forbidden(_))));
    }

    async fn tc160_the_templates_that_verbs_and_rules_use_are_there_and_sound(world: World) {
        let admin = world.actor("admin").await;
        let all = setup::templates(&mut world.look().await, &admin).await.unwrap();
        let names: Vec<&str> = all.iter().filter(|one| one.queue.is_none()).map(|one| one.name.as_str()).collect();
        for name in ["Autoreply", "Transaction", "Admin Correspondence", "Correspondence", "Admin Comment", "Status Change", "Resolved"] {
            assert!(names.contains(&name) && names.contains(&&*format!("{name} in HTML")), "{name}");
        }
        for name in ["Blank", "Reminder", "Forward", "Forward Ticket", "Email Digest"] {
            assert!(names.contains(&name), "{name}");
        }
        let mut tx = world.tx().await;
        for one in all {
            let again = TemplateInput { name: one.name, queue: one.queue, description: one.description, content: one.content };
            setup::save_template(&mut tx, &admin, Some(one.id), again).await.unwrap();
        }
    }
}
