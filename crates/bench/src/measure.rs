//! The measurements, one file each, and the order they are made in.

mod bulk;
mod mail;
mod outbox;
mod pages;
mod rows;

use crate::{
    database::{Database, Engine},
    generate::{generate, generate_long},
    machine,
    program::Program,
    report::{Report, Target},
    setting::Setting,
    statistics::rate,
};
use anyhow::{Context, Result};
use std::time::Instant;
use tokio::runtime::Runtime;

/// Measures and prints everything; whether all targets were met.
pub fn everything(setting: &Setting) -> Result<bool> {
    std::fs::create_dir_all(&setting.folder).with_context(|| format!("making {}", setting.folder.display()))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut report = Report::default();
    let bench = Bench { setting, runtime };
    bench.facts(&report)?;
    let engines = |part| Engine::ALL.into_iter().filter(move |_| setting.measures(part));
    for engine in engines("mail") {
        mail::measure(&bench, &mut report, engine)?;
    }
    for engine in engines("outbox") {
        outbox::measure(&bench, &mut report, engine)?;
    }
    for engine in engines("bulk") {
        bulk::measure(&bench, &mut report, engine)?;
    }
    for engine in engines("pages") {
        let [fewer, more] = setting.tickets;
        let small = bench.installation(&mut report, engine, fewer)?;
        let large = bench.installation(&mut report, engine, more)?;
        pages::compare(&mut report, engine, (fewer, &small), (more, &large));
    }
    Ok(report.end(setting.quick))
}

struct Bench<'a> {
    setting: &'a Setting,
    runtime: Runtime,
}

impl Bench<'_> {
    fn facts(&self, report: &Report) -> Result<()> {
        report.title("Machine");
        for line in machine::facts(&self.setting.folder)? {
            report.say(&line);
        }
        for engine in Engine::ALL {
            let database = Database::fresh(engine, &self.setting.folder, "version")?;
            report.say(&self.runtime.block_on(database.version())?);
            database.remove();
        }
        let size = std::fs::metadata(&self.setting.binary)?.len() as f64 / 1024.0 / 1024.0;
        report.say(&format!("program: {size:.1} MiB on disk, version {}", env!("CARGO_PKG_VERSION")));
        Ok(())
    }

    /// An installation with accounts and queues, its program stopped.
    fn planted(&self, engine: Engine, name: &str) -> Result<Database> {
        let database = Database::fresh(engine, &self.setting.folder, name)?;
        Program::start(&self.setting.binary, &database)?.stop()?;
        Ok(database)
    }

    /// Start, memory and pages of an installation with so many tickets.
    fn installation(&self, report: &mut Report, engine: Engine, tickets: i64) -> Result<Vec<pages::Page>> {
        let database = self.planted(engine, &format!("tickets{tickets}"))?;
        let began = Instant::now();
        self.runtime.block_on(async { generate(&database.desk().await?, tickets).await })?;
        let generated = began.elapsed();
        let long = self.runtime.block_on(async { generate_long(&database.desk().await?, pages::MESSAGES).await })?;
        let paths = self.runtime.block_on(pages::paths(&database, long))?;
        report.title(&format!(
            "{} with {tickets} tickets (generated in {:.1} s, {:.0}/s)",
            engine.name(),
            generated.as_secs_f64(),
            rate(tickets as usize, generated)
        ));

        let program = Program::start(&self.setting.binary, &database)?;
        let what = format!("{} with {tickets} tickets", engine.name());
        let seconds = program.started_in.as_secs_f64();
        let word = report.judge(&format!("{what}, seconds to ready"), seconds, Target::AtMost(1.0));
        report.say(&format!("start to ready: {:.0} ms (target 1000 ms) {word}", seconds * 1_000.0));
        std::thread::sleep(self.setting.rest);
        let rest = program.memory("VmRSS:")?;
        let word = report.judge(&format!("{what}, MB at rest"), rest, Target::AtMost(100.0));
        report.say(&format!("resident after {} s at rest: {rest:.0} MiB (target 100 MiB) {word}", self.setting.rest.as_secs()));

        let measured = pages::measure(report, &program, &paths, self.setting.time_a_page)?;
        report.say(&format!("resident at most under load: {:.0} MiB", program.memory("VmHWM:")?));
        program.stop()?;
        if self.setting.keep {
            report.say(&format!("kept: {}", database.url));
        } else {
            database.remove();
        }
        Ok(measured)
    }
}
