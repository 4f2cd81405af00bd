//! Mail out: a full outbox, as after a day without the relay, until it is empty. Written to a Maildir, where each is flushed to the disk.

use super::Bench;
use crate::{
    database::{Database, Engine},
    program::Program,
    report::{Report, Target},
    statistics::rate,
};
use anyhow::{Result, ensure};
use std::time::{Duration, Instant};
use storage::outbound::{self, NewOutbound};

/// Letters a second.
const TARGET: f64 = 200.0;
/// Letters put into the outbox in one transaction.
const TOGETHER: usize = 1_000;
const PATIENCE: Duration = Duration::from_mins(15);

pub(super) fn measure(bench: &Bench<'_>, report: &mut Report, engine: Engine) -> Result<()> {
    let database = bench.planted(engine, "outbox")?;
    let count = bench.setting.letters;
    bench.runtime.block_on(fill(&database, count))?;
    report.title(&format!("{}: {count} letters of 2 KB wait and are sent", engine.name()));
    let program = Program::start(&bench.setting.binary, &database)?;
    let desk = bench.runtime.block_on(database.desk())?;
    let began = Instant::now();
    loop {
        let (waiting, failed) = bench.runtime.block_on(actions::outbox::counts(&desk))?;
        ensure!(failed == 0, "{failed} letters failed");
        if waiting == 0 {
            break;
        }
        ensure!(began.elapsed() < PATIENCE, "{waiting} letters still wait");
        std::thread::sleep(Duration::from_millis(200));
    }
    let a_second = rate(count, began.elapsed());
    let word = report.judge(&format!("{}, letters a second out of the outbox", engine.name()), a_second, Target::AtLeast(TARGET));
    report.say(&format!("{a_second:.0}/s sent (target {TARGET}) {word}; resident at most {:.0} MiB", program.memory("VmHWM:")?));
    bench.runtime.block_on(desk.db().close());
    program.stop()?;
    database.remove();
    Ok(())
}

async fn fill(database: &Database, count: usize) -> Result<()> {
    let desk = database.desk().await?;
    let text = "We have received your report and look into it.\r\n".repeat(40);
    let now = desk.now();
    for begin in (0..count).step_by(TOGETHER) {
        let mut tx = desk.db().write().await?;
        for number in begin..count.min(begin + TOGETHER) {
            let (to, id) = (format!("reporter{number}@mail{}.example", number % 500), format!("out-{number}@csirt.example"));
            let raw = format!("From: reports@csirt.example\r\nTo: {to}\r\nMessage-ID: <{id}>\r\nSubject: Yours\r\n\r\n{text}");
            let letter = NewOutbound { ticket: None, message_id: id, sender: None, recipients: vec![to], raw: raw.into_bytes() };
            outbound::insert(&mut tx, &letter, now, now).await?;
        }
        tx.commit().await?;
    }
    desk.db().close().await;
    Ok(())
}
