//! Rejecting a thousand reports in one go, as a duty officer does after a wave of spam (B5).

use super::Bench;
use crate::{
    database::{Database, Engine},
    http::{Connection, sign_in},
    program::Program,
    report::{Report, Target},
};
use actions::{
    Actor, Door,
    message::NewMessage,
    ticket::{self, Create},
};
use anyhow::{Context, Result, ensure};
use std::time::{Duration, Instant};

const REPORTS: i64 = 1_000;
/// Seconds from the press of the button to the last report.
const TARGET: f64 = 5.0;
/// Bytes of any page on the way, compressed.
const LARGEST: f64 = 100_000.0;
const PATIENCE: Duration = Duration::from_mins(1);

pub(super) fn measure(bench: &Bench<'_>, report: &mut Report, engine: Engine) -> Result<()> {
    let database = bench.planted(engine, "bulk")?;
    bench.runtime.block_on(spam(&database))?;
    let program = Program::start(&bench.setting.binary, &database)?;
    let mut connection = Connection::open(&program.host, &sign_in(&program.host, "dana")?)?;
    let mut largest = connection.get("/reports/bulk-reject")?.length;
    let began = Instant::now();
    let query = "Lifecycle%20%3D%20%27incident_reports%27%20AND%20Status%20%3D%20__Initial__";
    let answer = connection.post("/bulk", &format!("deed=reject&all=1&query={query}"))?;
    let place = answer.location.with_context(|| format!("no batch was begun: status {}", answer.status))?;
    loop {
        let page = connection.get(&place)?;
        largest = largest.max(page.length);
        if !page.refreshes {
            break;
        }
        ensure!(began.elapsed() < PATIENCE, "{REPORTS} reports were not rejected in time");
        std::thread::sleep(Duration::from_millis(20));
    }
    let seconds = began.elapsed().as_secs_f64();
    report.title(&format!("{}: bulk reject of {REPORTS} reports", engine.name()));
    let what = |what: &str| format!("{}, {what} of a bulk reject of {REPORTS}", engine.name());
    let fast = report.judge(&what("seconds"), seconds, Target::AtMost(TARGET));
    let small = report.judge(&what("bytes of the largest page"), largest as f64, Target::AtMost(LARGEST));
    report.say(&format!("{seconds:.2} s (target {TARGET} s) {fast}, largest page {largest} bytes compressed {small}"));
    program.stop()?;
    database.remove();
    Ok(())
}

async fn spam(database: &Database) -> Result<()> {
    let desk = database.desk().await?;
    for number in 0..REPORTS {
        let mut tx = desk.write().await?;
        let queue = tx.catalog().queue_named("Incident Reports").context("no queue for reports")?.id;
        let input = Create::new(queue, format!("You have won, number {number}"), NewMessage::text("Buy now."));
        ticket::create(&mut tx, &Actor::system(Door::Email), input).await?;
        tx.commit().await?;
    }
    desk.db().close().await;
    Ok(())
}
