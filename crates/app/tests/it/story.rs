//! A2 and A3 without a browser: one case from a mail to its end and back, through each door for mail, on both databases. What
//! the browser adds is in `tests/browser`.

use crate::{
    lmtp,
    program::{BINARY, Database, Program, wait_for},
};
use serde_json::{Value, json};
use std::{
    io::Write,
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// The three ways for mail to come in.
#[derive(Clone, Copy)]
enum Door {
    Lmtp,
    Gateway,
    Pipe,
}

impl Door {
    fn deliver(self, program: &Program, to: &str, queue: &str, raw: &str) {
        match self {
            Door::Lmtp => lmtp::deliver(program.lmtp, "sender@mx.example", to, raw),
            Door::Gateway => {
                // as rt-mailgate posts it: a file part with an empty file name (MG-004)
                let form = format!(
                    "--B\r\nContent-Disposition: form-data; name=\"queue\"\r\n\r\n{queue}\r\n--B\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\ncorrespond\r\n\
                     --B\r\nContent-Disposition: form-data; name=\"SessionType\"\r\n\r\nREST\r\n\
                     --B\r\nContent-Disposition: form-data; name=\"message\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n{raw}\r\n--B--\r\n"
                );
                let url = format!("{}/REST/1.0/NoAuth/mail-gateway", program.http);
                let mut answer = ureq::post(&url).header("Content-Type", "multipart/form-data; boundary=B").send(form).unwrap();
                assert_eq!(answer.body_mut().read_to_string().unwrap().lines().next(), Some("ok"));
            }
            Door::Pipe => {
                let mut child = Command::new(BINARY)
                    .args(["mail-gate", "--queue", queue, "--action", "correspond", "--url", &program.http])
                    .stdin(Stdio::piped())
                    .spawn()
                    .unwrap();
                child.stdin.take().unwrap().write_all(raw.as_bytes()).unwrap();
                assert_eq!(child.wait().unwrap().code(), Some(0));
            }
        }
    }
}

fn values(ticket: &Value, field: &str) -> Vec<String> {
    let fields = ticket["CustomFields"].as_array().unwrap();
    let field = fields.iter().find(|entry| entry["name"] == field).unwrap_or_else(|| panic!("no field {field}: {ticket}"));
    field["values"].as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned()).collect()
}

fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    let line = mail.lines().find(|line| line.to_lowercase().starts_with(&format!("{}:", name.to_lowercase())));
    line.unwrap_or_else(|| panic!("no {name} in {mail}")).split_once(':').unwrap().1.trim()
}

fn ticket_of(program: &Program, query: &str) -> i64 {
    wait_for(query, || program.search(query).first().copied())
}

fn links(ticket: &Value, relation: &str) -> Vec<String> {
    let all = ticket["_hyperlinks"].as_array().unwrap();
    all.iter().filter(|link| link["ref"] == relation).map(|link| link["id"].as_str().unwrap().to_owned()).collect()
}

fn walk(door: Door) {
    for database in &Database::all() {
        let folder = TempDir::new().unwrap();
        let program = Program::start(&folder, database);
        let case = Case { program: &program, door };
        let report = case.reported();
        let (incident, investigation, launch) = case.taken_up(report);
        case.answered(report, incident, investigation, &launch);
        case.ended_and_opened_again(report, incident, investigation);
        // IR-223
        assert_eq!(program.number("watchbell_firewall_calls_failed"), Some(0.0));
        let (clean, findings) = program.verify(database);
        assert!(clean, "{findings}");
        assert!(program.stop().as_secs() < 10);
    }
}

/// One case, step by step.
struct Case<'a> {
    program: &'a Program,
    door: Door,
}

impl Case<'_> {
    /// The mail is a report with all that was in it, and its sender was told so.
    fn reported(&self) -> i64 {
        let Case { program, door } = *self;
        door.deliver(program, "reports@csirt.example", "Incident Reports", &lmtp::report());
        let report = ticket_of(program, "Queue = 'Incident Reports'");
        let ticket = program.get("dana", &format!("ticket/{report}"));
        assert_eq!(ticket["Subject"], "Wurm aus Ihrem Netz – bitte prüfen");
        assert_eq!(ticket["Status"], "new");
        assert_eq!(ticket["Requestor"][0]["id"], "soren@ferry.example");
        assert_eq!(values(&ticket, "IP"), ["192.0.2.7", "198.51.100.9"]);
        assert_eq!(values(&ticket, "Domain"), ["shop.example"]);
        assert_eq!(values(&ticket, "How Reported"), ["Email"]);
        assert!(!ticket["Due"].as_str().unwrap().starts_with("1970"), "{ticket}");
        let files = program.get("dana", &format!("ticket/{report}/attachments?fields=Filename,ContentLength"));
        assert!(files["items"].as_array().unwrap().iter().any(|file| file["Filename"] == "log.csv"), "{files}");

        let tag = tag(report);
        let acknowledgement = program.mail_with(&[&tag, "auto-replied"]);
        assert_eq!(header(&acknowledgement, "In-Reply-To"), "<first-report@ferry.example>");
        assert_eq!(header(&acknowledgement, "Auto-Submitted"), "auto-replied");
        assert!(header(&acknowledgement, "To").contains("soren@ferry.example"));
        report
    }

    /// Dana makes an incident of it and launches an investigation; returns both with the mail that went out.
    fn taken_up(&self, report: i64) -> (i64, i64, String) {
        let program = self.program;
        let ticket = program.get("dana", &format!("ticket/{report}"));
        program.put("dana", &format!("ticket/{report}/take"), &json!({}));
        let incident = program.post("dana", "ticket", &json!({
        "Queue": "Incidents", "Subject": ticket["Subject"], "Content": "192.0.2.7", "ContentType": "text/plain", "Owner": "dana", "Members": [report],
    }));
        let incident: i64 = incident["id"].as_str().unwrap().parse().unwrap();
        let shown = program.get("dana", &format!("ticket/{incident}"));
        assert_eq!(links(&shown, "child"), [report.to_string()]);
        assert_eq!(values(&shown, "IP"), ["192.0.2.7", "198.51.100.9"], "copied from the report");
        assert_eq!(program.get("dana", &format!("ticket/{report}"))["Status"], "open");

        let investigation = program.post("dana", "ticket", &json!({
        "Queue": "Investigations", "Subject": "Infected machines", "Content": "> 192.0.2.7\n\nPlease clean it.", "ContentType": "text/plain",
        "Requestor": "noc@isp.example", "Owner": "dana", "MemberOf": incident,
    }));
        let investigation: i64 = investigation["id"].as_str().unwrap().parse().unwrap();
        let launch = program.mail_with(&[&format!("[csirt.example #{investigation}]"), "Please clean it."]);
        assert!(header(&launch, "To").contains("noc@isp.example"));
        (incident, investigation, launch)
    }

    /// The NOC answers, by tag and by In-Reply-To only; the dues follow.
    fn answered(&self, report: i64, incident: i64, investigation: i64, launch: &str) {
        let Case { program, door } = *self;
        let before = program.get("dana", &format!("ticket/{investigation}"))["Due"].clone();
        let answer = lmtp::mail(
            "noc@isp.example",
            "investigations@csirt.example",
            &format!("Re: [csirt.example #{investigation}] Infected machines"),
            "answer-1@isp.example",
            "We are cleaning it.",
        );
        door.deliver(program, "investigations@csirt.example", "Investigations", &answer);
        let threaded = format!(
            "From: noc@isp.example\nTo: investigations@csirt.example\nSubject: clean\nMessage-ID: <answer-2@isp.example>\nIn-Reply-To: {}\n\nIt is clean.\n",
            header(launch, "Message-ID")
        );
        door.deliver(program, "investigations@csirt.example", "Investigations", &threaded);
        wait_for("both answers", || {
            let history = program.get("dana", &format!("ticket/{investigation}/history?fields=Type&per_page=100"));
            let answers = history["items"].as_array().unwrap().iter().filter(|item| item["Type"] == "Correspond").count();
            (answers == 2).then_some(())
        });
        let after = program.get("dana", &format!("ticket/{investigation}"))["Due"].clone();
        assert_ne!(before, after, "the answer waits for us now");
        let dues = [&after, &program.get("dana", &format!("ticket/{report}"))["Due"]].map(|due| due.as_str().unwrap().to_owned());
        assert_eq!(program.get("dana", &format!("ticket/{incident}"))["Due"].as_str().unwrap(), dues.iter().min().unwrap());
    }

    /// Dana answers the reporter and resolves it all; the reporter writes again.
    fn ended_and_opened_again(&self, report: i64, incident: i64, investigation: i64) {
        let Case { program, door } = *self;
        let tag = tag(report);
        program.post(
            "dana",
            &format!("ticket/{report}/correspond"),
            &json!({ "Content": "The machine is clean.", "ContentType": "text/plain" }),
        );
        let reply = program.mail_with(&[&tag, "The machine is clean."]);
        assert_eq!(header(&reply, "In-Reply-To"), "<first-report@ferry.example>");
        program.put("dana", &format!("ticket/{incident}"), &json!({ "Status": "resolved" }));
        for id in [report, incident, investigation] {
            assert_eq!(program.get("dana", &format!("ticket/{id}"))["Status"], "resolved", "#{id}");
        }

        let again = lmtp::mail(
            "soren@ferry.example",
            "reports@csirt.example",
            &format!("Re: {tag} Wurm"),
            "again@ferry.example",
            "It is back.",
        );
        door.deliver(program, "reports@csirt.example", "Incident Reports", &again);
        for id in [report, incident] {
            wait_for("it to be open again", || (program.get("dana", &format!("ticket/{id}"))["Status"] == "open").then_some(()));
        }
        assert_eq!(program.search("id > 0").len(), 3, "no answer became a ticket of its own");
    }
}

fn tag(ticket: i64) -> String {
    format!("[csirt.example #{ticket}]")
}

#[test]
fn a2_the_story_over_lmtp_on_both_databases() {
    walk(Door::Lmtp);
}

#[test]
fn a3_the_story_over_the_http_gateway_on_both_databases() {
    walk(Door::Gateway);
}

#[test]
fn a3_the_story_over_the_pipe_on_both_databases() {
    walk(Door::Pipe);
}
