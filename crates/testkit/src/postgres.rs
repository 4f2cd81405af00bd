//! A private PostgreSQL for tests, from Debian's own package: started by the first test process that asks, shared by all
//! of them through a lock file, and stopped by a watchdog when nobody has asked for ten minutes. Durability is
//! off: it holds nothing but what tests made. Each test takes its own database, copied from a template.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

mod account;
mod programs;
mod server;
mod watchdog;

/// Which databases tests use: unset or `both`, or `sqlite` for the fast run (`make check`).
pub const DATABASES_VARIABLE: &str = "WATCHBELL_TEST_DATABASES";

/// The running server, as every test process sees it.
#[derive(Debug)]
pub struct Cluster {
    pub port: u16,
    pub socket_directory: PathBuf,
    /// The administrator's database; tests never write to it.
    pub admin_url: String,
    base: PathBuf,
    password: String,
    psql: PathBuf,
}

/// False when this run was asked to use SQLite alone. Tests that need PostgreSQL ask this first; nothing else
/// lets them be skipped.
pub fn wanted() -> bool {
    std::env::var(DATABASES_VARIABLE).map_or(true, |databases| databases != "sqlite")
}

/// The server, started if need be. Blocks for about two seconds the first time.
///
/// Panics with the way out where PostgreSQL is missing: a test that needs it is never skipped in silence.
pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| started(Kind::Tests))
}

/// Another server, for measurements: it keeps its promises, so every commit waits for the disk. Its databases are made and dropped
/// by whoever measures.
pub fn durable_cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| started(Kind::Durable))
}

fn started(kind: Kind) -> Cluster {
    let cluster = server::start_or_join(kind).unwrap_or_else(|reason| panic!("{reason}"));
    watchdog::keep_alive(&cluster.base, &cluster.psql, &cluster.admin_url);
    cluster
}

/// What a server is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Speed before safety.
    Tests,
    /// As an installation would run it.
    Durable,
}

/// Makes the template `name` with `make`, once for all processes and runs; later calls return at once. The server outlives
/// a test run, so `name` must change when its content would: put a fingerprint of the migrations into it.
/// `make` gets the address of an empty database and must have closed its connections when it returns.
pub fn ensure_template(name: &str, make: impl FnOnce(&str)) {
    let cluster = cluster();
    let lock = lock(&cluster.base).unwrap_or_else(|error| panic!("the test server's lock file: {error}"));
    if !cluster.has_database(name) {
        let draft = format!("{name}_draft");
        cluster.run_sql(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", identifier(&draft)));
        cluster.run_sql(&format!("CREATE DATABASE {}", identifier(&draft)));
        make(&cluster.url(&draft));
        cluster.run_sql(&format!("ALTER DATABASE {} RENAME TO {}", identifier(&draft), identifier(name)));
    }
    drop(lock);
}

/// A new database copied from `template`, for one test alone; returns its address. It goes away by itself some time
/// after this process ended, or at once with [`drop_database`].
pub fn fresh_database(template: &str) -> String {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let cluster = cluster();
    let started = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_micros());
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    let name = format!("{}{}_{started}_{number}", watchdog::TEST_DATABASE_PREFIX, std::process::id());
    cluster.run_sql(&format!("CREATE DATABASE {} TEMPLATE {}", identifier(&name), identifier(template)));
    cluster.url(&name)
}

/// Drops a database that [`fresh_database`] made, closing whatever is still connected to it.
pub fn drop_database(url: &str) {
    cluster().drop_database(url);
}

impl Cluster {
    fn new(base: PathBuf, port: u16, password: String, psql: PathBuf) -> Self {
        let socket_directory = base.join("socket");
        let admin_url = address(port, &password, "postgres");
        Self { port, socket_directory, admin_url, base, password, psql }
    }

    /// The address of one database of this server.
    pub fn url(&self, database: &str) -> String {
        address(self.port, &self.password, database)
    }

    /// An empty database of this name, whatever it held before; returns its address.
    pub fn make_database(&self, name: &str) -> String {
        let url = self.url(name);
        self.drop_database(&url);
        self.run_sql(&format!("CREATE DATABASE {}", identifier(name)));
        url
    }

    /// Closes whatever is still connected to it.
    pub fn drop_database(&self, url: &str) {
        let name = url.rsplit('/').next().unwrap_or_default();
        self.run_sql(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", identifier(name)));
    }

    fn has_database(&self, name: &str) -> bool {
        let question = format!("SELECT 1 FROM pg_database WHERE datname = '{}'", name.replace('\'', "''"));
        !self.run_sql(&question).is_empty()
    }

    /// Runs one statement as the administrator and returns what it answered.
    pub fn run_sql(&self, statement: &str) -> String {
        run_psql(&self.psql, &self.admin_url, statement).unwrap_or_else(|reason| panic!("{statement}: {reason}"))
    }
}

fn address(port: u16, password: &str, database: &str) -> String {
    format!("postgres://watchbell:{password}@127.0.0.1:{port}/{database}")
}

fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn run_psql(psql: &Path, url: &str, statement: &str) -> Result<String, String> {
    let answer = Command::new(psql)
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--dbname", url])
        .args(["--command", statement])
        .stdin(Stdio::null())
        .env("PGCONNECT_TIMEOUT", "30")
        .output()
        .map_err(|error| format!("{} does not start: {error}", psql.display()))?;
    if answer.status.success() {
        Ok(String::from_utf8_lossy(&answer.stdout).trim().to_owned())
    } else {
        Err(String::from_utf8_lossy(&answer.stderr).trim().to_owned())
    }
}

/// Held while the server is started, stopped, or a template is made; the kernel frees it when a process dies.
fn lock(base: &Path) -> io::Result<File> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(base.join("lock"))?;
    file.lock()?;
    Ok(file)
}

fn wait_until(limit: Duration, mut reached: impl FnMut() -> bool) -> bool {
    let deadline = std::time::Instant::now() + limit;
    while std::time::Instant::now() < deadline {
        if reached() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(url: &str) -> String {
        run_psql(&cluster().psql, url, "SELECT count(*) FROM bell").expect("the table came with the template")
    }

    #[test]
    fn each_test_gets_its_own_copy_of_a_template_made_once() {
        if !wanted() {
            return;
        }
        let template = format!("testkit_{}", std::process::id());
        let mut made = 0;
        for _ in 0..2 {
            ensure_template(&template, |url| {
                made += 1;
                run_psql(&cluster().psql, url, "CREATE TABLE bell (id bigint)").expect("an empty database takes a table");
            });
        }
        assert_eq!(made, 1);

        let (first, second) = (fresh_database(&template), fresh_database(&template));
        run_psql(&cluster().psql, &first, "INSERT INTO bell VALUES (1)").expect("the copy can be written to");
        assert_eq!((count(&first).as_str(), count(&second).as_str()), ("1", "0"));

        drop_database(&first);
        assert!(run_psql(&cluster().psql, &first, "SELECT 1").is_err(), "a dropped database is gone");
        drop_database(&second);
        drop_database(&cluster().url(&template));
    }

    #[test]
    fn databases_of_dead_processes_are_swept_and_those_of_living_ones_stay() {
        if !wanted() {
            return;
        }
        let cluster = cluster();
        let living = fresh_database("template1");
        // Process numbers end below 2^22 on Linux, so this one belongs to nobody.
        let dead = format!("{}4999999_{}_1", watchdog::TEST_DATABASE_PREFIX, std::process::id());
        cluster.run_sql(&format!("CREATE DATABASE {}", identifier(&dead)));
        watchdog::sweep(&cluster.psql, &cluster.admin_url);
        assert!(!cluster.has_database(&dead));
        assert_eq!(run_psql(&cluster.psql, &living, "SELECT 1"), Ok("1".to_owned()));
        drop_database(&living);
    }

    #[test]
    fn a_stranger_without_the_password_is_refused() {
        if !wanted() {
            return;
        }
        let url = address(cluster().port, "wrong", "postgres");
        assert!(run_psql(&cluster().psql, &url, "SELECT 1").is_err());
    }

    #[test]
    fn identifiers_are_quoted() {
        assert_eq!(identifier("a\"b"), "\"a\"\"b\"");
    }
}
