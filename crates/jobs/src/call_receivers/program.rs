//! A call of a program that the administrator of the machine named: no shell, no arguments, no environment but the values, the whole payload
//! on standard input. Whoever writes to us decides what the values say, so what a shell might take for more than a word is not handed over.

use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use actions::hook::{Fate, Payload};
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

use super::LONGEST_ANSWER;

/// The exit statuses of `sysexits.h`: all of them last but one, "try again later".
const LASTING: std::ops::RangeInclusive<i32> = 64..=78;
const TRY_AGAIN: i32 = 75;

#[derive(Clone, Debug)]
pub struct Program {
    path: PathBuf,
    timeout: Duration,
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

    pub(super) async fn call(&self, variables: Variables, json: &str) -> Fate {
        match tokio::time::timeout(self.timeout, self.run(variables, json)).await {
            Err(_) => Fate::Deferred(format!("It did not end within {} s and was stopped.", self.timeout.as_secs())),
            Ok(Err(error)) => Fate::Deferred(format!("It cannot be run: {error}")),
            Ok(Ok((status, said))) => judged(status, &said),
        }
    }

    async fn run(&self, variables: Variables, json: &str) -> io::Result<(ExitStatus, String)> {
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
        let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let feed = async move {
            if let Some(mut pipe) = input {
                // a program that does not want it ends early; its exit status tells the story
                let _ = pipe.write_all(json.as_bytes()).await;
            }
        };
        let ((), said, complained, status) = tokio::join!(feed, read(output), read(errors), child.wait());
        group.ended();
        Ok((status?, [said, complained].concat()))
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

fn judged(status: ExitStatus, said: &str) -> Fate {
    match status.code() {
        Some(0) => Fate::Done(said.to_owned()),
        Some(code) if LASTING.contains(&code) && code != TRY_AGAIN => Fate::Refused(format!("It ended with {status}.\n{said}")),
        _ => Fate::Deferred(format!("It ended with {status}.\n{said}")),
    }
}

/// Names and values of the environment.
pub(super) type Variables = Vec<(&'static str, String)>;

/// Those of a call of the firewall, or why a value cannot be given.
pub(super) fn variables(payload: &Payload) -> Result<Variables, String> {
    let one = |value: &Option<String>| value.clone().unwrap_or_default();
    let typed = [
        ("IP", "WATCHBELL_HOOK_IP", payload.ip.join(" ")),
        ("Netmask", "WATCHBELL_HOOK_NETMASK", one(&payload.netmask)),
        ("Port", "WATCHBELL_HOOK_PORT", one(&payload.port)),
        ("Where Blocked", "WATCHBELL_HOOK_WHERE_BLOCKED", one(&payload.where_blocked)),
    ];
    let mut variables = vec![
        ("WATCHBELL_HOOK_DELIVERY", payload.delivery.clone()),
        ("WATCHBELL_HOOK_TICKET", payload.ticket.to_string()),
        ("WATCHBELL_HOOK_STATUS", payload.status.clone()),
    ];
    for (field, variable, value) in typed {
        if !is_plain(&value) {
            return Err(format!("{field} holds more than words and numbers; a program is not given that."));
        }
        variables.push((variable, value));
    }
    Ok(variables)
}

/// Words and numbers, none of which begins like an option: the same text wherever a script puts it, with quotes or without.
fn is_plain(value: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || " .,:/_+@-".contains(c);
    value.chars().all(fits) && value.split(' ').all(|word| !word.starts_with(['-', '+']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ir223_what_a_shell_may_take_for_more_than_a_word_is_not_handed_over() {
        for plain in ["", "192.0.2.1", "2001:db8::/32", "255.255.255.0", "22,80-443/tcp", "Core router Zürich, rack_2"] {
            assert!(is_plain(plain), "{plain}");
        }
        for more in
            ["-j ACCEPT", "80 --flush", "80; id", "$(id)", "`id`", "a|b", "80\nid", "a\0", "*", "a'b", "{1,2}", "~root", "+x"]
        {
            assert!(!is_plain(more), "{more}");
        }
    }
}
