//! A form that came back with errors, a question, and signing in.

use maud::html;
use web::component::button::Button;
use web::component::confirm::{Confirm, confirm as question};
use web::component::field::{Choice, Control, Field, field};
use web::component::form::{columns, error_summary, form_actions};
use web::component::login::{Login, login as card};
use web::component::panel::{Panel, panel};
use web::component::ticket::page_head;
use web::layout::{Notice, NoticeKind, Section, Shell, page};

use super::{framed, viewer};

pub(super) fn create() -> String {
    let queues = [
        Choice { value: "2", label: "Investigations", chosen: true },
        Choice { value: "7", label: "Investigations – EDUNET", chosen: false },
    ];
    let owners = [Choice { value: "0", label: "Nobody", chosen: false }, Choice { value: "4", label: "Dana Duty", chosen: true }];
    let reports = [
        Choice { value: "1039", label: "#1039 Worm traffic from 192.0.2.44", chosen: true },
        Choice { value: "1012", label: "#1012 Port 445 scans from faculty", chosen: false },
    ];
    let errors = [
        ("correspondents", "An investigation needs at least one correspondent."),
        ("ip", "IP: “192.0.2.999” is neither an address nor a network."),
    ];
    let basics = Panel { id: "basics", title: "Basics", ..Panel::default() };
    let message = Panel { id: "message", title: "Message", ..Panel::default() };
    let body = html! {
        (page_head("Launch a new investigation", "For incident #1021 Worm outbreak in the faculty network", &html! {}))
        (error_summary("The investigation was not created.", &errors))
        form class="form" method="post" action="/investigations" enctype="multipart/form-data" {
            (panel(&basics, &html! { div class="fields" {
                (columns(&[
                    field(&Field::new("queue", "Queue", Control::Select(&queues))),
                    field(&Field::new("owner", "Owner", Control::Select(&owners))),
                    field(&Field::new("due", "Due", Control::DateTime).hint("Empty: from the service level.")),
                ]))
                (field(&Field::new("ip", "IP", Control::Code).value("192.0.2.44, 192.0.2.999").error(Some(errors[1].1)).hint("Addresses, ranges or networks, separated by commas.")))
            } }))
            (panel(&message, &html! { div class="fields" {
                (field(&Field::line("correspondents", "Correspondents").value("noc(at)isp.example").error(Some(errors[0].1)).required()))
                (field(&Field::line("subject", "Subject").value("Worm outbreak in the faculty network").required()))
                (field(&Field::new("content", "Message", Control::Lines { rows: 9, draft: true }).value("Dear colleagues,\n\nplease tell us which customer uses the address below.\n\n> Worm traffic from 192.0.2.44 …")))
                (field(&Field::new("attach", "Attach Reports", Control::Choices { choices: &reports, many: true })))
                (field(&Field::new("files", "Attachments", Control::Files)))
                (field(&Field::new("quiet", "Don’t send e-mails to correspondents", Control::Check { checked: false })))
            } }))
            (form_actions(&Button::new("Launch"), &[], Some("/tickets/1021")))
        }
    };
    framed("Launch a new investigation", Section::Investigations, &[], &body)
}

pub(super) fn confirm() -> String {
    let body = question(
        &Confirm {
            title: "Abandon Incident #1021?",
            consequence: "Two reports will be rejected, one investigation resolved and no countermeasure removed. Nobody is written to.",
            action: "/tickets/1021/abandon",
            yes: "Abandon",
            back: "/tickets/1021",
        },
        &html! {},
    );
    let notices = [
        Notice { kind: NoticeKind::Done, undo: None, text: "Ticket 1042 created in queue Incident Reports.".to_owned() },
        Notice { kind: NoticeKind::Warning, undo: None, text: "Two of the children were not updated.".to_owned() },
        Notice { kind: NoticeKind::Hint, undo: None, text: "You are watching this ticket.".to_owned() },
        Notice { kind: NoticeKind::Failed, undo: None, text: "The mail could not be sent: the relay refused it.".to_owned() },
    ];
    let shell =
        Shell { title: "Abandon", section: Section::Incidents, viewer: Some(viewer()), notices: &notices, ..Shell::default() };
    page(&shell, &body).into_string()
}

pub(super) fn login() -> String {
    let shell = Shell { title: "Sign in", ..Shell::default() };
    let body = card(&Login {
        action: "/sign-in",
        name: "dana",
        next: "/",
        kept: "",
        error: Some("Name or password is wrong."),
        note: None,
    });
    page(&shell, &body).into_string()
}
