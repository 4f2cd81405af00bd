//! Running a program that the administrator of the machine named: no shell, no arguments, no environment but the values given, a text on
//! standard input, and an end after a while.

use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

/// More of what a program says is not kept, in bytes.
pub const LONGEST_ANSWER: u64 = 16 * 1024;
/// Of `sysexits.h`: try again later.
pub const TRY_AGAIN: i32 = 75;
/// The others of `sysexits.h`: what failed will fail again.
const LASTING: std::ops::RangeInclusive<i32> = 64..=78;

#[derive(Clone, Debug)]
pub struct Program {
    path: PathBuf,
    timeout: Duration,
}

/// Names and values of the environment.
pub type Variables = Vec<(&'static str, String)>;

/// How a program ended, with the beginning of what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    pub status: ExitStatus,
    pub said: String,
    pub complained: String,
}

impl Ended {
    /// It failed for good: one of the statuses of `sysexits.h`, but not "try again later".
    #[must_use]
    pub fn refused(&self) -> bool {
        self.status.code().is_some_and(|code| LASTING.contains(&code) && code != TRY_AGAIN)
    }
}

impl Program {
    /// Only what is there, can be run and cannot be replaced by everybody.
    pub fn new(path: &Path, timeout: Duration) -> Result<Self, String> {
        if !path.is_absolute() {
            return Err(format!("expected a path from the root, found “{}”", path.display()));
        }
        let about = std::fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mode = about.permissions().mode();
        if !about.is_file() || mode & 0o111 == 0 {
            return Err(format!("{} is no program", path.display()));
        }
        if mode & 0o002 != 0 {
            return Err(format!("everybody may change {}", path.display()));
        }
        Ok(Self { path: path.to_owned(), timeout })
    }

    /// Runs it to its end. The error is a sentence: it could not be run, or took too long and was stopped with all that it started.
    pub async fn run(&self, variables: Variables, input: &[u8]) -> Result<Ended, String> {
        match tokio::time::timeout(self.timeout, self.to_its_end(variables, input)).await {
            Err(_) => Err(format!("It did not end within {} s and was stopped.", self.timeout.as_secs())),
            Ok(Err(error)) => Err(format!("It cannot be run: {error}")),
            Ok(Ok(ended)) => Ok(ended),
        }
    }

    async fn to_its_end(&self, variables: Variables, input: &[u8]) -> io::Result<Ended> {
        let mut child = Command::new(&self.path)
            .env_clear()
            .envs(variables)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()?;
        // dropped before the child is, so before its number can be another's
        let group = Group(child.id());
        let (stdin, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let feed = async move {
            if let Some(mut pipe) = stdin {
                // a program that does not want it ends early; its exit status tells the story
                let _ = pipe.write_all(input).await;
            }
        };
        let ((), said, complained, status) = tokio::join!(feed, read(output), read(errors), child.wait());
        group.ended();
        Ok(Ended { status: status?, said, complained })
    }
}

/// What was started, with all that it started.
struct Group(Option<u32>);

impl Group {
    fn ended(mut self) {
        self.0 = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0.and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

/// The beginning is kept; the rest is read so that nobody waits for us.
async fn read(pipe: Option<impl AsyncRead + Unpin>) -> String {
    let Some(mut pipe) = pipe else { return String::new() };
    let mut kept = Vec::new();
    let _ = (&mut pipe).take(LONGEST_ANSWER).read_to_end(&mut kept).await;
    let _ = tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await;
    String::from_utf8_lossy(&kept).into_owned()
}
