//! Leaving nothing behind: while a test process lives it touches a file every minute; a small detached shell process stops
//! the server and removes its data when nobody has touched it for ten. Databases of dead processes are dropped on the way.

use std::fs::{self, OpenOptions};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use super::{identifier, run_psql};

pub(super) const TEST_DATABASE_PREFIX: &str = "t_";

/// `$1` is the folder, `$2` the server's process, `$3` the idle minutes, `$4` the seconds between looks. The lock is the same flock as
/// the tests take, so nobody joins a server that is being stopped.
const SCRIPT: &str = r#"
idle() { [ -z "$(find "$1/used" -mmin "-$2" 2>/dev/null)" ]; }
while kill -0 "$2" 2>/dev/null; do
    sleep "$4"
    idle "$1" "$3" || continue
    exec 9>>"$1/lock" || { kill -QUIT "$2"; exit; }
    flock 9
    if idle "$1" "$3"; then
        kill -QUIT "$2"
        waited=0
        while kill -0 "$2" 2>/dev/null; do
            sleep 0.2
            waited=$((waited + 1))
            [ "$waited" -ne 25 ] || kill -KILL "$2"
        done
        rm -rf "$1/data" "$1/socket" "$1/notes" "$1/used" "$1/start.log"
        exit
    fi
    exec 9>&-
done
"#;

pub(super) fn start(base: &Path, server_process: u32) -> Result<(), String> {
    spawn(base, server_process, "10", "30").map(drop)
}

fn spawn(base: &Path, server_process: u32, idle_minutes: &str, seconds: &str) -> Result<std::process::Child, String> {
    Command::new("sh")
        .args(["-c", SCRIPT, "watchbell-test-watchdog"])
        .arg(base)
        .args([&server_process.to_string(), idle_minutes, seconds])
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0) // an interrupt of the test run must not reach it
        .spawn()
        .map_err(|error| format!("the test server's watchdog does not start: {error}"))
}

pub(super) fn touch(base: &Path) {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(base.join("used"));
    // Failing here only makes the server stop early, and the next run starts it again.
    drop(file.and_then(|file| file.set_modified(SystemTime::now())));
}

/// Touches the file as long as this process lives, and first drops what dead processes left.
pub(super) fn keep_alive(base: &Path, psql: &Path, admin_url: &str) {
    let (base, psql, admin_url): (PathBuf, PathBuf, String) = (base.to_owned(), psql.to_owned(), admin_url.to_owned());
    std::thread::spawn(move || {
        sweep(&psql, &admin_url);
        loop {
            touch(&base);
            std::thread::sleep(Duration::from_mins(1));
        }
    });
}

pub(super) fn sweep(psql: &Path, admin_url: &str) {
    let names = run_psql(psql, admin_url, "SELECT datname FROM pg_database").unwrap_or_default();
    for name in names.lines().filter(|name| maker(name).is_some_and(|process| !is_alive(process))) {
        // Another process may be sweeping too: who comes second finds nothing to drop.
        drop(run_psql(psql, admin_url, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", identifier(name))));
    }
}

fn maker(database: &str) -> Option<u32> {
    database.strip_prefix(TEST_DATABASE_PREFIX)?.split('_').next()?.parse().ok()
}

fn is_alive(process: u32) -> bool {
    fs::exists(format!("/proc/{process}")).unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idle_server_is_stopped_and_its_data_removed() {
        let base = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(base.path().join("data")).expect("a folder in the temporary folder");
        // Stands for the server: a process that ends on the signal. Its parent waits for it, so it does not stay as a zombie.
        let mut server = Command::new("sleep").arg("600").spawn().expect("sleep starts");
        let mut watchdog = spawn(base.path(), server.id(), "10", "0.1").expect("the watchdog starts");
        assert!(!server.wait().expect("the server can be waited for").success(), "it was stopped by a signal");
        assert!(watchdog.wait().expect("the watchdog can be waited for").success());
        assert!(!base.path().join("data").exists());
    }

    #[test]
    fn a_server_in_use_stays() {
        let base = tempfile::tempdir().expect("a temporary folder");
        touch(base.path());
        let mut server = Command::new("sleep").arg("600").spawn().expect("sleep starts");
        let mut watchdog = spawn(base.path(), server.id(), "10", "0.1").expect("the watchdog starts");
        std::thread::sleep(Duration::from_millis(500));
        assert!(server.try_wait().expect("the server can be asked").is_none(), "it still runs");
        server.kill().expect("it can be stopped");
        server.wait().expect("it can be waited for");
        assert!(watchdog.wait().expect("the watchdog ends with its server").success());
    }

    #[test]
    fn the_maker_of_a_database_stands_in_its_name() {
        assert_eq!(maker("t_123_9_9"), Some(123));
        assert_eq!(maker("template1"), None);
    }
}
