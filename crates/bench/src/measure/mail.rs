//! Mail in over LMTP: until it is acknowledged, which is durable, and until it became a ticket; beside bare inserts of the same
//! bytes into the same database.

use super::{Bench, rows};
use crate::{
    database::Engine,
    lmtp::{Client, Mail},
    program::Program,
    report::{Report, Target},
    statistics::rate,
};
use actions::{Actor, Desk, Door, lists};
use anyhow::{Result, ensure};
use std::{
    net::SocketAddr,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

/// Mails a second, durable, over eight connections.
const TARGET: f64 = 300.0;
/// Megabytes while mails of any size come in.
const MOST_MEMORY: f64 = 250.0;
const PATIENCE: Duration = Duration::from_mins(5);

pub(super) fn measure(bench: &Bench<'_>, report: &mut Report, engine: Engine) -> Result<()> {
    let database = bench.planted(engine, "mail")?;
    report.title(&format!("Mail in, {} (mails of 2 KB, new tickets, an automatic answer each)", engine.name()));
    let program = Program::start(&bench.setting.binary, &database)?;
    let desk = bench.runtime.block_on(database.desk())?;
    let [few, many] = bench.setting.mails;
    let mut sent = 0;
    for (connections, count) in [(1, few), (8, many)] {
        let mails: Vec<Mail> = (sent..sent + count).map(Mail::number).collect();
        let began = Instant::now();
        let acknowledged = rate(count, deliver(program.lmtp, connections, &mails)?);
        let processed = bench.runtime.block_on(wait(&desk, began, Waiting::In))?;
        let answered = bench.runtime.block_on(wait(&desk, began, Waiting::Out))?;
        sent += count;
        let word = match connections {
            8 => report.judge(
                &format!("{}, mails a second over 8 connections", engine.name()),
                acknowledged,
                Target::AtLeast(TARGET),
            ),
            _ => "",
        };
        let target = if connections == 8 { format!(" (target {TARGET})") } else { String::new() };
        report.say(&format!(
            "{connections} connection(s), {count} mails: {acknowledged:.0}/s acknowledged{target} {word}, {:.0}/s processed, {:.0}/s answered",
            rate(count, processed),
            rate(count, answered)
        ));
    }
    report.say(&format!("resident at most meanwhile: {:.0} MiB", program.memory("VmHWM:")?));
    sent += large(bench, report, (engine, &program, &desk))?;
    program.stop()?;
    bench.runtime.block_on(nothing_is_missing(&desk, sent))?;
    rows::measure(bench, report, &desk)?;
    bench.runtime.block_on(desk.db().close());
    database.remove();
    Ok(())
}

/// Mails with files, over eight connections at the same time; how many they were. Memory must not grow with what is on its way.
fn large(bench: &Bench<'_>, report: &mut Report, (engine, program, desk): (Engine, &Program, &Desk)) -> Result<usize> {
    let mut sent = 0;
    for (bytes, count) in bench.setting.files {
        let mails: Vec<Mail> = (0..count).map(|number| Mail::with_file(number, bytes)).collect();
        let began = Instant::now();
        let acknowledged = rate(count, deliver(program.lmtp, 8, &mails)?);
        let processed = bench.runtime.block_on(wait(desk, began, Waiting::In))?;
        let most = program.memory("VmHWM:")?;
        let size = bytes / 1000;
        let word = report.judge(&format!("{}, MB with mails of {size} KB", engine.name()), most, Target::AtMost(MOST_MEMORY));
        report.say(&format!(
            "8 connections, {count} mails of {size} KB: {acknowledged:.1}/s acknowledged, {:.1}/s processed; resident at most {most:.0} MiB (target {MOST_MEMORY}) {word}",
            rate(count, processed)
        ));
        sent += count;
    }
    Ok(sent)
}

#[derive(Clone, Copy)]
enum Waiting {
    In,
    Out,
}

/// Until nothing waits there any more; counted from the outside, so that the program is not asked while it works.
async fn wait(desk: &Desk, began: Instant, what: Waiting) -> Result<Duration> {
    loop {
        let (waiting, troubled) = match what {
            Waiting::In => actions::inbox::counts(desk).await?,
            Waiting::Out => actions::outbox::counts(desk).await?,
        };
        ensure!(troubled == 0, "{troubled} mails are in trouble");
        if waiting == 0 {
            return Ok(began.elapsed());
        }
        ensure!(began.elapsed() < PATIENCE, "{waiting} mails still wait");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn nothing_is_missing(desk: &Desk, sent: usize) -> Result<()> {
    let mut tx = desk.read().await?;
    let admin = Actor::by_name(&mut tx, "admin", Door::Cli).await?;
    let tickets = lists::count(&mut tx, &admin, &lists::parse("Lifecycle = 'incident_reports'")?).await?;
    ensure!(tickets == sent as i64, "{sent} mails became {tickets} tickets");
    Ok(())
}

/// Delivers the mails of these numbers, shared among the connections as they come free.
fn deliver(address: SocketAddr, connections: usize, mails: &[Mail]) -> Result<Duration> {
    let next = AtomicUsize::new(0);
    let began = Instant::now();
    std::thread::scope(|scope| {
        let one = || -> Result<()> {
            let mut client = Client::connect(address)?;
            while let Some(mail) = mails.get(next.fetch_add(1, Ordering::Relaxed)) {
                client.deliver(mail)?;
            }
            Ok(())
        };
        let threads: Vec<_> = (0..connections).map(|_| scope.spawn(one)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| anyhow::anyhow!("a connection broke down"))?)
    })?;
    Ok(began.elapsed())
}
