//! Commands of staff before the text of a mail.

use actions::inbox::Outcome;
use actions::setup::set_settings;
use domain::setting::list;
use domain::{Role, TicketId};
use testkit::World;

use crate::post::{REPORT, how_many_tickets, mail, refused, said, sent, sent_to, shown, ticket};

const CHECKED: &str = "Authentication-Results: mx.csirt.example; dmarc=pass header.from=csirt-staff.example\n";

async fn allow(world: &World, how: &str) {
    let admin = world.actor("admin").await;
    let mut tx = world.tx().await;
    let settings = [(list::MAIL_COMMANDS, Some(how)), (list::AUTHENTICATION_SERVER, Some("mx.csirt.example"))];
    set_settings(&mut tx, &admin, &settings).await.unwrap();
    tx.commit().await.unwrap();
}

/// A mail of the administrator, who may do everything, on a ticket.
async fn commanded(world: &World, id: TicketId, head: &str, text: &str) -> Outcome {
    let from = "admin@csirt-staff.example";
    mail(world, format!("{head}From: {from}\nSubject: [csirt.example #{id}] x\nMessage-ID: <{}@x>\n\n{text}", text.len())).await
}

testkit::both! {
    async fn commands_are_carried_out_and_cut_out_of_what_is_sent(world: World) {
        allow(&world, "checked").await;
        let id = ticket(&mail(&world, REPORT).await);
        sent(&world).await;
        let text = "Status: resolved\nOwner: me\nPriority: 80\nDue: 2026-04-01 12:00\nCF.{IP}: 192.0.2.77\nCF.{IP}: 192.0.2.78\n\
            AddCc: boss@bank.example\nDelRequestor: ray@bank.example\nTimeWorked: 15\n\nWe are done.\n";
        ticket(&commanded(&world, id, CHECKED, text).await);
        let view = shown(&world, id).await;
        assert_eq!((view.ticket.status.as_str(), view.owner.name.as_str(), view.ticket.priority), ("resolved", "admin", 80));
        assert_eq!((view.ticket.time_worked, view.ticket.due.unwrap().to_string().as_str()), (15, "2026-04-01T12:00:00Z"));
        let field = view.fields.iter().find(|field| field.field.name == "IP").unwrap();
        assert_eq!(field.values, ["192.0.2.77", "192.0.2.78"]);
        assert!(view.holders(Role::Requestor).next().is_none() && view.holders(Role::Cc).count() == 1);
        assert_eq!(said(&world, id).await[1], ("Correspond".to_owned(), "We are done.".to_owned()));
        let letters = sent_to(&world, "ray@bank.example").await;
        assert!(!letters.is_empty() && letters.iter().all(|letter| !letter.message.main_text().contains("Priority")));
    }

    async fn all_or_nothing_and_the_line_is_named(world: World) {
        allow(&world, "checked").await;
        let id = ticket(&mail(&world, REPORT).await);
        sent(&world).await;
        for (text, line, why) in [
            ("Priority: 80\nStatus: melted\n\nx\n", "Status: melted", "valid status"),
            ("Priority: 80\nDue: soonish\n\nx\n", "Due: soonish", "no date"),
            ("Priority: 80\nCF.{Nothing}: x\n\nxyz\n", "CF.{Nothing}: x", "nothing of this name"),
            ("Priority: 80\nPrioriti: 90\n\nx\n", "Prioriti: 90", "no such command"),
            ("Queue: Nowhere\n\nx\n", "Queue: Nowhere", "nothing of this name"),
        ] {
            refused(&commanded(&world, id, CHECKED, text).await);
            let told = sent_to(&world, "admin@csirt-staff.example").await;
            let words = told[0].message.main_text();
            assert!(told.len() == 1 && words.contains(&format!("“{line}”")) && words.contains(why), "{words}");
        }
        assert_eq!((shown(&world, id).await.ticket.priority, said(&world, id).await.len()), (0, 1));
    }

    async fn without_proof_of_the_author_nothing_is_done_unless_that_is_waived(world: World) {
        allow(&world, "checked").await;
        let id = ticket(&mail(&world, REPORT).await);
        for head in [
            "",
            "Authentication-Results: evil.example; dmarc=pass header.from=csirt-staff.example\n",
            "Authentication-Results: mx.csirt.example; dmarc=fail header.from=csirt-staff.example\n",
            "Authentication-Results: mx.csirt.example; dmarc=pass header.from=evil.example\nReply-To: admin@csirt-staff.example\n",
        ] {
            let outcome = commanded(&world, id, head, "Status: resolved\n\nx\n").await;
            assert!(refused(&outcome).contains("not proven"), "{outcome:?}");
        }
        assert_eq!(shown(&world, id).await.ticket.status, "new");
        allow(&world, "unchecked").await;
        ticket(&commanded(&world, id, "", "Status: resolved\n\nx\n").await);
        assert_eq!(shown(&world, id).await.ticket.status, "resolved");
    }

    async fn for_others_and_where_it_is_not_allowed_such_lines_are_text(world: World) {
        let id = ticket(&mail(&world, REPORT).await);
        ticket(&commanded(&world, id, CHECKED, "Status: resolved\n\nx\n").await);
        allow(&world, "unchecked").await;
        let raw = format!("From: ray@bank.example\nSubject: [csirt.example #{id}] x\nMessage-ID: <r@x>\n\nStatus: rejected\n\nx\n");
        ticket(&mail(&world, raw).await);
        let texts = said(&world, id).await;
        assert!(texts[1].1.starts_with("Status: resolved") && texts[2].1.starts_with("Status: rejected"), "{texts:?}");
        assert_ne!(shown(&world, id).await.ticket.status, "rejected");
        let raw = format!("From: norman@csirt-staff.example\nSubject: [csirt.example #{id}] x\nMessage-ID: <n@x>\n\nPriority: 99\n\nx\n");
        refused(&mail(&world, raw).await);
        assert_eq!(shown(&world, id).await.ticket.priority, 0, "rights are the sender's");
    }

    async fn a_mail_of_commands_alone_leaves_no_message_and_a_new_ticket_goes_where_it_says(world: World) {
        allow(&world, "checked").await;
        let id = ticket(&mail(&world, REPORT).await);
        ticket(&commanded(&world, id, CHECKED, "Priority: 70\n").await);
        assert_eq!((shown(&world, id).await.ticket.priority, said(&world, id).await.len()), (70, 1));
        assert!(matches!(commanded(&world, id, CHECKED, "Priority: 70\n").await, Outcome::Dropped(_)), "not twice");
        let raw = format!("{CHECKED}From: admin@csirt-staff.example\nSubject: New\n\nQueue: Investigations\nPriority: 20\n\nLook.\n");
        let made = ticket(&mail(&world, raw).await);
        let view = shown(&world, made).await;
        assert_eq!((view.queue.name.as_str(), view.ticket.priority), ("Investigations", 20));
        let raw = format!("{CHECKED}From: admin@csirt-staff.example\nSubject: New\n\nQueue: Nowhere\n\nLook.\n");
        refused(&mail(&world, raw).await);
        assert_eq!(how_many_tickets(&world).await, made.0);
    }

    async fn html_that_says_the_same_goes_and_html_alone_becomes_text(world: World) {
        allow(&world, "unchecked").await;
        let id = ticket(&mail(&world, REPORT).await);
        let head = format!("From: admin@csirt-staff.example\nSubject: [csirt.example #{id}] x\nMIME-Version: 1.0\n");
        let both = "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nPriority: 71\n\nHello.\n\
            --b\nContent-Type: text/html\n\n<p>Priority: 71</p><p>Hello.</p>\n--b--\n";
        ticket(&mail(&world, format!("{head}Message-ID: <1@x>\n{both}")).await);
        let alone = "Content-Type: text/html\n\n<div>Priority: 72</div><div><br></div><div>Bye.</div>\n";
        ticket(&mail(&world, format!("{head}Message-ID: <2@x>\n{alone}")).await);
        assert_eq!(shown(&world, id).await.ticket.priority, 72);
        let entries = crate::post::entries(&world, id).await;
        let messages: Vec<_> = entries.iter().filter(|entry| entry.change.what.kind.is_message()).skip(1).collect();
        assert_eq!(messages.iter().map(|entry| entry.text.trim()).collect::<Vec<_>>(), ["Hello.", "Bye."]);
        assert!(messages.iter().all(|entry| entry.html.is_none()));
    }
}
