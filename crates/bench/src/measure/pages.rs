//! Pages as a signed-in duty officer's browser asks for them, beside the floor: the smallest answer of the same program over the
//! same kind of connection.

use crate::{
    database::{Database, Engine},
    http::{Connection, sign_in},
    program::Program,
    report::{Report, Target},
    statistics::Times,
};
use actions::{
    Actor, Desk, Door, lists,
    lists::{Order, OrderBy, Page as Window},
};
use anyhow::{Context, Result, ensure};
use domain::TicketId;
use std::time::{Duration, Instant};

/// Milliseconds that half of the answers of a page stay within, at the larger number of tickets.
const TARGET: f64 = 10.0;
/// The same for the ticket with many messages (B6).
const LONG_TARGET: f64 = 150.0;
const LONG: &str = "report, 5 000 messages";
pub(super) const MESSAGES: u64 = 5_000;
/// How many times slower a page may be there than at the smaller number.
const GROWTH: f64 = 1.5;
/// Different tickets of a kind that are asked for in turn, from the oldest to the newest.
const TICKETS: i64 = 50;

/// Name, query and order; `{domain}` is one that a ticket has.
const SEARCHES: [(&str, &str, &str); 6] = [
    ("search, 50 open incidents", "Lifecycle = 'incidents' AND Status = '__Active__'", "Due,-Priority"),
    ("search, 50 newest reports", "Lifecycle = 'incident_reports'", "-Created"),
    ("search, 50 of a network", "CF.{IP} = '198.18.0.0/17' AND Lifecycle = 'incident_reports'", "-Created"),
    ("search, an address's block", "CF.{IP} = '198.18.4.0/22'", "-Created"),
    ("search, a domain's tickets", "CF.{Domain} = '{domain}'", "-Created"),
    ("search, a correspondent's", "Requestor = 'contact7@site7.example'", "-Created"),
];

/// One kind of page with the addresses it is measured at.
pub(super) struct Paths {
    name: &'static str,
    paths: Vec<String>,
}

/// What a kind of page took, over one connection.
pub(super) struct Page {
    name: &'static str,
    p50: f64,
}

/// Finds tickets to look at, as the one who will look.
pub(super) async fn paths(database: &Database, long: TicketId) -> Result<Vec<Paths>> {
    let desk = database.desk().await?;
    let one = |name, path: String| Paths { name, paths: vec![path] };
    let mut all = vec![
        one("floor: /healthz", "/healthz".to_owned()),
        one("home", "/".to_owned()),
        Paths { name: "report", paths: tickets(&desk, "incident_reports").await? },
        one(LONG, format!("/tickets/{long}")),
        Paths { name: "incident", paths: tickets(&desk, "incidents").await? },
    ];
    let domain = a_domain(&desk).await?;
    let search = |query: &str, order: &str| {
        format!("/search?query={}&order={}", encode(&query.replace("{domain}", &domain)), encode(order))
    };
    all.extend(SEARCHES.map(|(name, query, order)| one(name, search(query, order))));
    desk.db().close().await;
    Ok(all)
}

async fn tickets(desk: &Desk, lifecycle: &str) -> Result<Vec<String>> {
    let mut tx = desk.read().await?;
    let dana = Actor::by_name(&mut tx, "dana", Door::Web).await?;
    let highest = storage::bulk::highest(&mut desk.db().read().await?).await?.ticket;
    let mut paths = Vec::new();
    for step in 0..TICKETS {
        let query = lists::parse(&format!("Lifecycle = '{lifecycle}' AND id >= {}", highest * step / TICKETS))?;
        let window = Window { limit: 1, offset: 0 };
        let found = lists::search(&mut tx, &dana, &query, &[OrderBy::ascending(Order::Id)], window).await?;
        paths.extend(found.first().map(|ticket| format!("/tickets/{}", ticket.id)));
    }
    ensure!(!paths.is_empty(), "dana sees no ticket of {lifecycle}");
    Ok(paths)
}

async fn a_domain(desk: &Desk) -> Result<String> {
    let ids: Vec<TicketId> = (1..=20).map(TicketId).collect();
    let values = storage::custom_field::of_tickets(&mut desk.db().read().await?, &ids).await?;
    let domain = values.into_iter().map(|(_, _, content)| content).find(|content| content.ends_with(".example"));
    domain.context("no ticket has a domain")
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

pub(super) fn measure(report: &mut Report, program: &Program, paths: &[Paths], time: Duration) -> Result<Vec<Page>> {
    let cookie = sign_in(&program.host, "dana")?;
    let mut pages = Vec::new();
    report.say(&format!("{:<27} {:>9}   {:^27}   {:^27}", "", "", "1 connection", "4 connections"));
    report.say(&format!(
        "{:<27} {:>9}   {:>8} {:>8} {:>9}   {:>8} {:>8} {:>9}",
        "page", "bytes", "p50 ms", "p99 ms", "a second", "p50 ms", "p99 ms", "a second"
    ));
    for page in paths {
        let bytes = warm_up(&program.host, &cookie, page)?;
        let alone = load(&program.host, &cookie, page, 1, time)?;
        let crowd = load(&program.host, &cookie, page, 4, time)?;
        let numbers =
            |times: &Times| format!("{:>8.2} {:>8.2} {:>9.0}", times.percentile(50), times.percentile(99), times.a_second());
        report.say(&format!("{:<27} {bytes:>9}   {}   {}", page.name, numbers(&alone), numbers(&crowd)));
        pages.push(Page { name: page.name, p50: alone.percentile(50) });
    }
    Ok(pages)
}

/// Looks at every address once; an answer that is no page would be measured as a very fast one.
fn warm_up(host: &str, cookie: &str, page: &Paths) -> Result<usize> {
    let mut connection = Connection::open(host, cookie)?;
    let mut bytes = 0;
    for path in &page.paths {
        let answer = connection.get(path)?;
        ensure!(answer.status == 200, "{path} answers {}", answer.status);
        bytes += answer.length;
    }
    Ok(bytes / page.paths.len().max(1))
}

fn load(host: &str, cookie: &str, page: &Paths, connections: usize, time: Duration) -> Result<Times> {
    let began = Instant::now();
    let one = |offset: usize| -> Result<Vec<Duration>> {
        let mut connection = Connection::open(host, cookie)?;
        let mut times = Vec::new();
        for path in page.paths.iter().cycle().skip(offset * 7) {
            if began.elapsed() >= time {
                break;
            }
            let asked = Instant::now();
            let answer = connection.get(path)?;
            times.push(asked.elapsed());
            ensure!(answer.status == 200, "{path} answers {}", answer.status);
        }
        Ok(times)
    };
    let times = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections).map(|number| scope.spawn(move || one(number))).collect();
        threads.into_iter().map(|thread| thread.join().ok().context("a connection broke down")?).collect::<Result<Vec<_>>>()
    })?;
    Ok(Times::new(times.concat(), began.elapsed()))
}

/// Holds what was measured with more tickets against the target and against what it was with fewer.
pub(super) fn compare(report: &mut Report, engine: Engine, (fewer, small): (i64, &[Page]), (more, large): (i64, &[Page])) {
    report.title(&format!("{}: from {fewer} to {more} tickets (targets: p50 {TARGET} ms, {GROWTH} times)", engine.name()));
    for (before, after) in small.iter().zip(large).filter(|(page, _)| !page.name.starts_with("floor")) {
        let what = format!("{}, {} at {more} tickets", engine.name(), after.name);
        let growth = after.p50 / before.p50.max(0.001);
        let fast = report.judge(
            &format!("{what}, p50 ms"),
            after.p50,
            Target::AtMost(if after.name == LONG { LONG_TARGET } else { TARGET }),
        );
        let flat = report.judge(&format!("{what}, times slower than at {fewer}"), growth, Target::AtMost(GROWTH));
        report.say(&format!("{:<27} {:>7.2} ms {fast:<7} {growth:>5.2} times {flat}", after.name, after.p50));
    }
}
