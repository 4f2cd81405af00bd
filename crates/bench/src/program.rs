//! The program under measurement, as its own process: started, looked at from outside, stopped.

use crate::database::{Database, Engine};
use crate::http::Connection;
use anyhow::{Context, Result, ensure};
use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

pub(crate) struct Program {
    child: Child,
    /// `address:port` of the web.
    pub(crate) host: String,
    pub(crate) lmtp: SocketAddr,
    /// From the start of the process to the first good answer of `/readyz`.
    pub(crate) started_in: Duration,
}

const PATIENCE: Duration = Duration::from_mins(1);
const TERMINATED: i32 = 15;

impl Program {
    pub(crate) fn start(binary: &Path, database: &Database) -> Result<Self> {
        let began = Instant::now();
        let mut command = Command::new(binary);
        command.args(["demo", "--empty", "--http", "127.0.0.1:0", "--lmtp", "127.0.0.1:0", "--data"]).arg(&database.folder);
        if database.engine == Engine::Postgres {
            command.args(["--database", &database.url]);
        }
        let log = std::fs::File::create(database.folder.join("log")).context("the program's log")?;
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn();
        let mut child = child.with_context(|| format!("starting {}", binary.display()))?;
        let lines = BufReader::new(child.stdout.take().context("the program's output")?).lines();
        let mut program =
            Self { child, host: String::new(), lmtp: SocketAddr::from(([0, 0, 0, 0], 0)), started_in: Duration::ZERO };
        program.read_addresses(lines)?;
        while !Connection::open(&program.host, "")
            .and_then(|mut connection| connection.get("/readyz"))
            .is_ok_and(|answer| answer.status == 200)
        {
            ensure!(began.elapsed() < PATIENCE, "the program does not get ready; see {}", database.folder.join("log").display());
            std::thread::sleep(Duration::from_millis(2));
        }
        program.started_in = began.elapsed();
        Ok(program)
    }

    fn read_addresses(&mut self, mut lines: std::io::Lines<BufReader<std::process::ChildStdout>>) -> Result<()> {
        loop {
            let line = lines.next().context("the program ended before it was ready")??;
            if let Some(url) = line.strip_prefix("Watchbell demo: http://") {
                url.trim().clone_into(&mut self.host);
            } else if let Some(rest) = line.strip_prefix("Mail in (LMTP): ") {
                self.lmtp = rest.split_whitespace().next().context("the address for mail")?.parse()?;
                // whatever else it says must be read, or it would wait for us
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(());
            }
        }
    }

    /// A line of the kernel's account of the process, in megabytes: `VmRSS` is now, `VmHWM` the most ever.
    pub(crate) fn memory(&self, name: &str) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with(name)).with_context(|| format!("no {name}"))?;
        let kilobytes: f64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
        Ok(kilobytes / 1024.0)
    }

    /// As an administrator would.
    pub(crate) fn stop(mut self) -> Result<()> {
        let status = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        ensure!(status.success(), "the program was gone already");
        let ended = self.child.wait()?;
        // asked in its first moments, it may not listen for the signal yet
        ensure!(ended.success() || ended.signal() == Some(TERMINATED), "the program did not stop cleanly");
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // stopped already, mostly
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
