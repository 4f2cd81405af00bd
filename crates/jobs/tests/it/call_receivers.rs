//! IR-223: a firewall is told of Countermeasures, and the ticket of what came of it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use actions::hook::{self, Payload};
use actions::message::NewMessage;
use actions::setup::{self, RuleInput};
use actions::ticket::{self, Create, FieldInput, Reply, SetStatus, show};
use domain::{RuleId, TicketId};
use jiff::SignedDuration;
use jobs::{Authorities, Jobs, Program, Receiver, Secret, Settings, Webhook};
use tempfile::TempDir;
use testkit::World;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

async fn switch_on(world: &World) {
    let operator = setup::operator();
    let mut tx = world.tx().await;
    for rule in setup::rules(&mut tx, &operator).await.unwrap().iter().filter(|rule| rule.name.starts_with("Tell the firewall")) {
        setup::enable_rule(&mut tx, &operator, rule.id, true).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// A Countermeasure with these values that becomes active.
async fn block(world: &World, values: &[(&str, &str)]) -> TicketId {
    let (dana, queue) = (world.actor("dana").await, world.queue_id("Countermeasures").await);
    let mut tx = world.tx().await;
    let field = |name: &str| tx.catalog().field_named(queue, name).unwrap().id;
    let fields =
        values.iter().map(|(name, value)| FieldInput { field: field(name), values: vec![(*value).to_owned()] }).collect();
    let input = Create { fields, owner: Some("dana".to_owned()), ..Create::new(queue, "Block it", NewMessage::text("Please.")) };
    let id = ticket::create(&mut tx, &dana, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    set(world, id, "active").await;
    id
}

async fn set(world: &World, ticket: TicketId, status: &str) {
    let mut tx = world.tx().await;
    let dana = world.actor("dana").await;
    ticket::set_status(&mut tx, &dana, SetStatus { ticket, status: status.to_owned() }).await.unwrap();
    tx.commit().await.unwrap();
}

/// Comments of the system, oldest first.
async fn comments(world: &World, id: TicketId) -> Vec<String> {
    let admin = world.actor("admin").await;
    let entries = show::history_from(&mut world.look().await, &admin, id, 0, 100).await.unwrap();
    let comments = entries
        .iter()
        .filter(|entry| entry.change.what.kind.as_str() == "Comment" && entry.change.actor == domain::UserId::SYSTEM);
    comments.map(|entry| entry.text.trim().to_owned()).collect()
}

async fn until(mut done: impl AsyncFnMut() -> bool) {
    let start = Instant::now();
    while !done().await {
        assert!(start.elapsed() < Duration::from_secs(30), "it never happened");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Runs the jobs until nothing waits; trouble that passes is waited for on the clock.
async fn settle(world: &World, firewall: impl Into<Option<Receiver>>) {
    work(world, Settings { firewall: firewall.into(), ..Settings::default() }).await;
}

async fn work(world: &World, settings: Settings) {
    let shutdown = CancellationToken::new();
    let jobs = Jobs::start(world.desk.clone(), None, settings, shutdown.clone());
    until(async || {
        world.clock.advance(SignedDuration::from_mins(10));
        hook::counts(&world.desk).await.unwrap().0 == 0
    })
    .await;
    shutdown.cancel();
    jobs.stopped(shutdown).await;
}

/// A server that gives these answers in turn, the last for ever, and keeps what it was sent.
struct Server {
    url: String,
    got: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start(answers: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook?key=hidden", listener.local_addr().unwrap());
        let got = Arc::new(Mutex::new(Vec::new()));
        let kept = got.clone();
        tokio::spawn(async move {
            for number in 0.. {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut text = String::new();
                let mut buffer = [0; 4096];
                while !text.ends_with('}') {
                    let read = stream.read(&mut buffer).await.unwrap();
                    text.push_str(&String::from_utf8_lossy(&buffer[..read]));
                }
                kept.lock().unwrap().push(text);
                let answer = answers.get(number).or(answers.last()).unwrap();
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self { url, got }
    }

    fn firewall(&self) -> Receiver {
        let secret = Secret::parse(SECRET).unwrap();
        Receiver::Webhook(Webhook::new(&self.url, secret, Duration::from_secs(2), Authorities::default()))
    }

    fn got(&self) -> Vec<String> {
        self.got.lock().unwrap().clone()
    }
}

fn header<'a>(request: &'a str, name: &str) -> &'a str {
    let found = request.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    found.unwrap_or_else(|| panic!("no {name} in {request}"))
}

fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").unwrap().1
}

/// The receiver's side, from the description of Standard Webhooks.
fn signed(request: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use hmac::{Hmac, KeyInit, Mac};
    let key = STANDARD.decode(SECRET.trim_start_matches("whsec_")).unwrap();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
    let content = format!("{}.{}.{}", header(request, "webhook-id"), header(request, "webhook-timestamp"), body(request));
    mac.update(content.as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

fn program(folder: &TempDir, script: &str, timeout: u64) -> Receiver {
    let path: PathBuf = folder.path().join("firewall");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    Receiver::Program(Program::new(&path, Duration::from_secs(timeout)).unwrap())
}

/// A rule that tells `siem` of every comment, and one comment.
async fn told_of_a_comment(world: &World) -> (RuleId, TicketId) {
    let operator = setup::operator();
    let ticket = world.report("Worm; $(id)", "x").await;
    let effects = r#"{"do":"call","receiver":"siem"}"#.to_owned();
    let input = RuleInput { name: "Tell".to_owned(), on: vec!["Comment".to_owned()], effects, ..RuleInput::default() };
    let mut tx = world.tx().await;
    let rule = setup::save_rule(&mut tx, &operator, None, input).await.unwrap();
    tx.commit().await.unwrap();
    told_of(world, ticket).await;
    (rule, ticket)
}

async fn told_of(world: &World, ticket: TicketId) {
    let dana = world.actor("dana").await;
    let mut tx = world.tx().await;
    ticket::comment(&mut tx, &dana, Reply { ticket, message: NewMessage::text("hm"), time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
}

fn siem(receiver: Receiver) -> Settings {
    Settings { receivers: BTreeMap::from([("siem".to_owned(), receiver)]), ..Settings::default() }
}

/// What the log of a rule tells of calls, newest first.
async fn told(world: &World, rule: RuleId) -> Vec<String> {
    let runs = setup::rule_runs(&mut world.look().await, &setup::operator(), rule, false, 10).await.unwrap();
    runs.into_iter().map(|run| run.error.unwrap_or(run.note)).filter(|text| !text.is_empty()).collect()
}

const VALUES: [(&str, &str); 4] =
    [("IP", "192.0.2.7"), ("Netmask", "255.255.255.255"), ("Port", "22,80"), ("Where Blocked", "edge 1")];

testkit::both! {
    async fn ir223_nothing_is_noted_unless_the_rule_is_switched_on(world: World) {
        block(&world, &VALUES).await;
        assert_eq!(hook::counts(&world.desk).await.unwrap(), (0, 0));
    }

    async fn ir223_a_webhook_gets_the_values_signed_and_the_ticket_its_answer(world: World) {
        switch_on(&world).await;
        let id = block(&world, &VALUES).await;
        set(&world, id, "removed").await;
        let server = Server::start(&["HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nrule 17\u{7} set"]).await;
        settle(&world, server.firewall()).await;
        let got = server.got();
        let told: Vec<Payload> = got.iter().map(|request| serde_json::from_str(body(request)).unwrap()).collect();
        assert_eq!(told.iter().map(|payload| payload.status.as_str()).collect::<Vec<_>>(), ["active", "removed"]);
        let Payload { ticket, ip, netmask, port, where_blocked, .. } = &told[0];
        let values = [netmask, port, where_blocked].map(|value| value.as_deref().unwrap());
        assert_eq!((*ticket, ip.as_slice(), values), (id.0, &["192.0.2.7".to_owned()][..], ["255.255.255.255", "22,80", "edge 1"]));
        for (request, payload) in got.iter().zip(&told) {
            assert!(request.starts_with("POST /hook?key=hidden HTTP/1.1\r\n"));
            assert_eq!((header(request, "webhook-signature"), header(request, "webhook-id")), (&*signed(request), &*payload.delivery));
        }
        let said = comments(&world, id).await;
        assert_eq!(said[0].trim(), "The firewall was told (status “active”, try 1).\n\nrule 17 set");
        assert!(said[1].contains("“removed”") && said.len() == 2, "{said:?}");
    }

    async fn ir223_trouble_is_tried_again_under_the_same_number_and_given_up_with_a_comment(world: World) {
        switch_on(&world).await;
        let id = block(&world, &VALUES).await;
        let server = Server::start(&["HTTP/1.1 503 Busy\r\nConnection: close\r\n\r\n", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"]).await;
        settle(&world, server.firewall()).await;
        let got = server.got();
        assert_eq!((got.len(), header(&got[0], "webhook-id")), (2, header(&got[1], "webhook-id")));
        assert_ne!(header(&got[0], "webhook-timestamp"), header(&got[1], "webhook-timestamp"));
        assert_eq!(comments(&world, id).await, ["The firewall was told (status “active”, try 2)."]);
        set(&world, id, "removed").await;
        let nobody = Webhook::new("http://127.0.0.1:1/hook?key=hidden", Secret::parse(SECRET).unwrap(), Duration::from_secs(2), Authorities::default());
        let started = world.desk.now();
        settle(&world, Receiver::Webhook(nobody)).await;
        assert!(world.desk.now().duration_since(started) >= SignedDuration::from_hours(24));
        let said = comments(&world, id).await.pop().unwrap();
        assert!(said.contains("look after it by hand") && said.contains("cannot be reached") && !said.contains("hidden"), "{said}");
        assert_eq!(hook::counts(&world.desk).await.unwrap(), (0, 1));
    }

    async fn ir223_redirects_are_not_followed_and_long_answers_are_cut(world: World) {
        switch_on(&world).await;
        let id = block(&world, &VALUES).await;
        let elsewhere = "HTTP/1.1 307 Elsewhere\r\nLocation: /other\r\nConnection: close\r\n\r\n";
        let server = Server::start(Box::leak(vec![elsewhere].into_boxed_slice())).await;
        settle(&world, server.firewall()).await;
        assert_eq!(server.got().len(), 1);
        assert!(comments(&world, id).await[0].contains("It answered 307, and redirects are not followed."));
        set(&world, id, "removed").await;
        let long: &str = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", "x".repeat(100_000)).leak();
        let server = Server::start(Box::leak(vec![long].into_boxed_slice())).await;
        settle(&world, server.firewall()).await;
        assert!(comments(&world, id).await[1].len() < 2_200);
    }

    async fn ir223_a_crash_between_the_call_and_its_record_makes_the_call_again(world: World) {
        switch_on(&world).await;
        block(&world, &VALUES).await;
        let lost = hook::claim(&world.desk, 9).await.unwrap();
        assert_eq!((lost.len(), hook::claim(&world.desk, 9).await.unwrap().len()), (1, 0), "nobody else makes it meanwhile");
        world.clock.advance(SignedDuration::from_mins(6));
        let again = hook::claim(&world.desk, 9).await.unwrap();
        assert_eq!((&again[0].payload, again[0].tries), (&lost[0].payload, 2));
    }

    async fn ir223_a_program_gets_the_values_and_nothing_else(world: World) {
        switch_on(&world).await;
        let id = block(&world, &VALUES).await;
        let folder = TempDir::new().unwrap();
        let script = format!("PATH=/usr/bin:/bin; cd {}; cat > input; env > variables; echo $# > count; echo done", folder.path().display());
        settle(&world, program(&folder, &script, 20)).await;
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        let payload: Payload = serde_json::from_str(&read("input")).unwrap();
        assert_eq!((payload.ticket, read("count").trim()), (id.0, "0"));
        let variables = read("variables");
        let named = |line: &&str| line.starts_with("WATCHBELL_HOOK_");
        assert!(variables.lines().filter(|line| !named(line)).all(|line| ["PATH", "PWD", "OLDPWD", "_", "SHLVL"].contains(&line.split('=').next().unwrap())), "{variables}");
        for wanted in ["IP=192.0.2.7", "NETMASK=255.255.255.255", "PORT=22,80", "WHERE_BLOCKED=edge 1", "STATUS=active"] {
            assert!(variables.lines().any(|line| line == format!("WATCHBELL_HOOK_{wanted}")), "{wanted} in {variables}");
        }
        assert!(comments(&world, id).await[0].ends_with("done"));
    }

    async fn ir223_a_program_never_gets_what_a_shell_could_take_for_more(world: World) {
        switch_on(&world).await;
        let folder = TempDir::new().unwrap();
        let firewall = program(&folder, &format!("echo > {}/ran", folder.path().display()), 20);
        for (field, value) in [("Port", "-j ACCEPT"), ("Where Blocked", "edge; reboot"), ("Netmask", "$(id)")] {
            let id = block(&world, &[("IP", "192.0.2.7"), (field, value)]).await;
            settle(&world, firewall.clone()).await;
            let said = comments(&world, id).await;
            assert!(said[0].contains(&format!("{field} holds more than words and numbers")) && !folder.path().join("ran").exists(), "{said:?}");
        }
    }

    async fn ir223_a_program_is_stopped_with_all_that_it_started(world: World) {
        switch_on(&world).await;
        let id = block(&world, &VALUES).await;
        let folder = TempDir::new().unwrap();
        let late = folder.path().join("late");
        let script = format!("PATH=/usr/bin:/bin; (sleep 4; echo > {}) & sleep 60", late.display());
        let (firewall, shutdown) = (program(&folder, &script, 1), CancellationToken::new());
        let settings = Settings { firewall: Some(firewall), ..Settings::default() };
        let jobs = Jobs::start(world.desk.clone(), None, settings, shutdown.clone());
        world.clock.advance(SignedDuration::from_hours(25));
        until(async || !comments(&world, id).await.is_empty()).await;
        shutdown.cancel();
        jobs.stopped(shutdown).await;
        assert!(comments(&world, id).await[0].contains("It did not end within 1 s and was stopped."));
        tokio::time::sleep(Duration::from_secs(4)).await;
        assert!(!late.exists(), "what it started went on");
    }

    async fn ir223_a_program_that_fails_for_good_or_is_not_named_is_told_on_the_ticket(world: World) {
        switch_on(&world).await;
        let (id, folder) = (block(&world, &VALUES).await, TempDir::new().unwrap());
        settle(&world, program(&folder, "echo no such zone >&2; exit 65", 20)).await;
        assert!(comments(&world, id).await[0].contains("exit status: 65.\nno such zone"));
        set(&world, id, "removed").await;
        settle(&world, None).await;
        assert!(comments(&world, id).await[1].contains("No firewall is configured"));
    }

    async fn a_rule_calls_a_webhook_signed_and_again_and_its_log_tells_the_answer(world: World) {
        let (rule, ticket) = told_of_a_comment(&world).await;
        let server = Server::start(&["HTTP/1.1 503 Busy\r\nConnection: close\r\n\r\n", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nnoted"]).await;
        work(&world, siem(server.firewall())).await;
        let got = server.got();
        let payload: serde_json::Value = serde_json::from_str(body(&got[1])).unwrap();
        assert_eq!((got.len(), &payload["ticket"]["id"], &payload["change"]["kind"]), (2, &ticket.0.into(), &"Comment".into()));
        assert_eq!((header(&got[1], "webhook-signature"), header(&got[1], "webhook-id")), (&*signed(&got[1]), payload["delivery"].as_str().unwrap()));
        assert_eq!(told(&world, rule).await, ["siem (try 2): noted"]);
        assert!(comments(&world, ticket).await.is_empty(), "the ticket need not know");
    }

    async fn a_rule_runs_a_program_that_the_file_names_and_no_other(world: World) {
        let (rule, ticket) = told_of_a_comment(&world).await;
        let folder = TempDir::new().unwrap();
        let script = format!("PATH=/usr/bin:/bin; cd {}; cat > input; env > variables; echo done", folder.path().display());
        work(&world, siem(program(&folder, &script, 20))).await;
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        let payload: serde_json::Value = serde_json::from_str(&read("input")).unwrap();
        assert_eq!((&payload["ticket"]["subject"], &payload["message"]["text"]), (&"Worm; $(id)".into(), &"hm".into()));
        assert!(read("variables").contains(&format!("WATCHBELL_HOOK_TICKET={ticket}\n")) && !read("variables").contains("$(id)"));
        assert_eq!(told(&world, rule).await, ["siem (try 1): done"]);
        told_of(&world, ticket).await;
        work(&world, Settings::default()).await;
        assert!(told(&world, rule).await[0].contains("No receiver “siem” is configured"));
    }

    async fn rules_by_the_clock_run_by_themselves(world: World) {
        let ticket = world.report("Worm", "x").await;
        let mut tx = world.tx().await;
        let (cron, search) = ("0 * * * *".to_owned(), format!("id = {ticket}"));
        let effects = r#"{"do":"set_priority","to":77}"#.to_owned();
        let input = RuleInput { name: "Clock".to_owned(), cron, search, effects, ..RuleInput::default() };
        setup::save_rule(&mut tx, &setup::operator(), None, input).await.unwrap();
        tx.commit().await.unwrap();
        let shutdown = CancellationToken::new();
        let jobs = Jobs::start(world.desk.clone(), None, Settings::default(), shutdown.clone());
        let admin = world.actor("admin").await;
        until(async || {
            world.clock.advance(SignedDuration::from_mins(20));
            show::view(&mut world.look().await, &admin, ticket).await.unwrap().ticket.priority == 77
        })
        .await;
        shutdown.cancel();
        jobs.stopped(shutdown).await;
    }
}
