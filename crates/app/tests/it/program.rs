//! A running `watchbell demo --empty` on ports of its own, and what it wrote and sent.

use serde_json::Value;
use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// The database of a run; PostgreSQL's goes away with it.
pub(crate) enum Database {
    Sqlite,
    Postgres(String),
}

impl Database {
    /// Both, or SQLite alone where a run asks for that.
    pub(crate) fn all() -> Vec<Database> {
        let mut all = vec![Database::Sqlite];
        if testkit::postgres::wanted() {
            testkit::postgres::ensure_template("watchbell_empty", |_| {});
            all.push(Database::Postgres(testkit::postgres::fresh_database("watchbell_empty")));
        }
        all
    }
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Database::Sqlite => "sqlite",
            Database::Postgres(_) => "postgres",
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Database::Postgres(url) = self {
            testkit::postgres::drop_database(url);
        }
    }
}

pub(crate) struct Program {
    child: Child,
    pub(crate) http: String,
    pub(crate) lmtp: SocketAddr,
    /// Login to token.
    pub(crate) tokens: Vec<(String, String)>,
    folder: PathBuf,
}

pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_watchbell");

impl Program {
    /// In a folder that outlives it, so that it can be started again.
    pub(crate) fn start(folder: &TempDir, database: &Database) -> Program {
        let data = folder.path().join("data");
        let mut command = Command::new(BINARY);
        command.args(["demo", "--empty", "--http", "127.0.0.1:0", "--lmtp", "127.0.0.1:0", "--data"]).arg(&data);
        if let Database::Postgres(url) = database {
            command.args(["--database", url]);
        }
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut http, mut lmtp, mut tokens) = (None, None, vec![]);
        while tokens.len() < 6 {
            let line = lines.next().expect("the program ended before it was ready").unwrap();
            if let Some(url) = line.strip_prefix("Watchbell demo: ") {
                http = Some(url.trim().to_owned());
            } else if let Some(rest) = line.strip_prefix("Mail in (LMTP): ") {
                lmtp = rest.split_whitespace().next().and_then(|address| address.parse().ok());
            } else if let Some((account, token)) = line.split_once("   token ") {
                tokens.push((account.split_whitespace().next().unwrap().to_owned(), token.trim().to_owned()));
            }
        }
        std::thread::spawn(move || lines.for_each(drop));
        let program = Program { child, http: http.unwrap(), lmtp: lmtp.unwrap(), tokens, folder: data };
        wait_for("it to be ready", || ureq::get(&format!("{}/readyz", program.http)).call().is_ok().then_some(()));
        program
    }

    pub(crate) fn id(&self) -> String {
        self.child.id().to_string()
    }

    /// As the power would.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// As an administrator would; must end by itself.
    pub(crate) fn stop(mut self) -> Duration {
        let began = Instant::now();
        let status = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
        assert!(self.child.wait().unwrap().success(), "a clean stop");
        began.elapsed()
    }

    pub(crate) fn token(&self, login: &str) -> &str {
        &self.tokens.iter().find(|(name, _)| name == login).unwrap().1
    }

    /// `GET` or, with a body, `POST`/`PUT` of REST 2 as somebody.
    pub(crate) fn get(&self, login: &str, path: &str) -> Value {
        let url = format!("{}/REST/2.0/{path}", self.http);
        let mut answer = ureq::get(&url)
            .header("Authorization", &format!("token {}", self.token(login)))
            .call()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }
    pub(crate) fn post(&self, login: &str, path: &str, body: &Value) -> Value {
        let url = format!("{}/REST/2.0/{path}", self.http);
        let request = ureq::post(&url)
            .header("Authorization", &format!("token {}", self.token(login)))
            .header("Content-Type", "application/json");
        let mut answer = request.send(body.to_string()).unwrap_or_else(|error| panic!("{path}: {error}"));
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }
    pub(crate) fn put(&self, login: &str, path: &str, body: &Value) -> Value {
        let url = format!("{}/REST/2.0/{path}", self.http);
        let request = ureq::put(&url)
            .header("Authorization", &format!("token {}", self.token(login)))
            .header("Content-Type", "application/json");
        let mut answer = request.send(body.to_string()).unwrap_or_else(|error| panic!("{path}: {error}"));
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }

    /// Numbers of the tickets that match, all pages.
    pub(crate) fn search(&self, query: &str) -> Vec<i64> {
        let mut ids = Vec::new();
        for page in 1.. {
            let encoded = query.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
            let answer = self.get("admin", &format!("tickets?query={encoded}&per_page=100&page={page}"));
            ids.extend(
                answer["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().parse::<i64>().unwrap()),
            );
            if answer.get("next_page").is_none() {
                break;
            }
        }
        ids
    }

    /// Every mail sent so far, as text.
    pub(crate) fn sent(&self) -> Vec<String> {
        let new = self.folder.join("sent/new");
        let Ok(entries) = std::fs::read_dir(&new) else { return vec![] };
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files.iter().map(|file| String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned()).collect()
    }

    /// Waits for a mail that has all these words, and returns it.
    pub(crate) fn mail_with(&self, words: &[&str]) -> String {
        wait_for(&format!("a mail with {words:?}"), || {
            self.sent().into_iter().find(|mail| words.iter().all(|word| mail.contains(word)))
        })
    }

    /// Waits until nothing is left to process.
    pub(crate) fn settled(&self) {
        wait_for("the inbox to be empty", || {
            let waiting = self.number("watchbell_inbox_waiting");
            (waiting == Some(0.0)).then_some(())
        });
    }

    /// One number of `/metrics`.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        let text = ureq::get(&format!("{}/metrics", self.http)).call().ok()?.body_mut().read_to_string().ok()?;
        text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
    }

    /// Largest resident memory so far, in megabytes.
    pub(crate) fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    }

    /// Begins to look for the largest memory anew (proc(5), `clear_refs`).
    pub(crate) fn forget_peak_memory(&self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5").unwrap();
    }

    /// What `watchbell verify` says of the database.
    pub(crate) fn verify(&self, database: &Database) -> (bool, String) {
        let url = match database {
            Database::Sqlite => format!("sqlite://{}", self.folder.join("watchbell.db").display()),
            Database::Postgres(url) => url.clone(),
        };
        let output = Command::new(BINARY)
            .arg("verify")
            .env("WATCHBELL_DATABASE_URL", url)
            .env("WATCHBELL_PUBLIC_URL", &self.http)
            .output()
            .unwrap();
        (
            output.status.success(),
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)),
        )
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Looks again and again, for a while.
pub(crate) fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < Duration::from_mins(1), "waited too long for {what}");
        std::thread::sleep(Duration::from_millis(30));
    }
}
