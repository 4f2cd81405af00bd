//! Starting the server, or joining the one that another test process started; always under the lock.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::account::{self, Account};
use super::programs::{self, Programs};
use super::{Cluster, Kind, lock, run_psql, wait_until, watchdog};

/// Speed before safety: a crash loses the cluster, and the next run makes a new one.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 128MB
wal_level = minimal
max_wal_senders = 0
checkpoint_timeout = 1h
max_wal_size = 4GB
autovacuum = off
";

/// Everything that makes a commit wait for the disk is on; sizes are those of a small server of its own.
const DURABLE_SETTINGS: &str = "
listen_addresses = '127.0.0.1'
max_connections = 100
fsync = on
synchronous_commit = on
full_page_writes = on
shared_buffers = 512MB
max_wal_size = 4GB
";

impl Kind {
    fn settings(self) -> &'static str {
        match self {
            Kind::Tests => SETTINGS,
            Kind::Durable => DURABLE_SETTINGS,
        }
    }
    fn folder_suffix(self) -> &'static str {
        match self {
            Kind::Tests => "",
            Kind::Durable => "-durable",
        }
    }
}

pub(super) fn start_or_join(kind: Kind) -> Result<Cluster, String> {
    let programs = programs::find()?;
    let account = account::find()?;
    let base = base_folder(kind, &account, &programs)?;
    let held = lock(&base).map_err(|error| format!("{}: {error}", base.display()))?;
    watchdog::touch(&base);
    let cluster = match join(&base, &programs) {
        Some(cluster) => cluster,
        None => start(kind, &base, &programs, &account)?,
    };
    drop(held);
    Ok(cluster)
}

/// A folder of this user alone under the system's temporary folder. One that somebody else prepared there is refused.
fn base_folder(kind: Kind, account: &Account, programs: &Programs) -> Result<PathBuf, String> {
    let name = format!("watchbell-postgres-{}-{}{}", account.own_id, programs.version, kind.folder_suffix());
    let base = std::env::temp_dir().join(name);
    // Others may pass through, so that the server's account reaches its data, but not look around.
    if let Err(error) = fs::DirBuilder::new().mode(0o711).create(&base)
        && error.kind() != std::io::ErrorKind::AlreadyExists
    {
        return Err(format!("{}: {error}", base.display()));
    }
    let found = fs::symlink_metadata(&base).map_err(|error| format!("{}: {error}", base.display()))?;
    if found.is_dir() && found.uid() == account.own_id {
        Ok(base)
    } else {
        Err(format!("{} belongs to somebody else: remove it", base.display()))
    }
}

/// The server that runs already, if the notes its starter left are true.
fn join(base: &Path, programs: &Programs) -> Option<Cluster> {
    let notes = fs::read_to_string(base.join("notes")).ok()?;
    let mut lines = notes.lines();
    let port = lines.next()?.parse().ok()?;
    let password = lines.next()?.to_owned();
    is_running(&base.join("data")).then(|| Cluster::new(base.to_owned(), port, password, programs.folder.join("psql")))
}

fn is_running(data: &Path) -> bool {
    server_process(data).is_some()
}

/// The number of the server's process: the one noted in its data folder, if it is still that program.
pub(super) fn server_process(data: &Path) -> Option<u32> {
    let process = fs::read_to_string(data.join("postmaster.pid")).ok()?.lines().next()?.parse().ok()?;
    let command_line = fs::read(format!("/proc/{process}/cmdline")).ok()?;
    let command_line = String::from_utf8_lossy(&command_line).into_owned();
    command_line.contains(&*data.to_string_lossy()).then_some(process)
}

fn start(kind: Kind, base: &Path, programs: &Programs, account: &Account) -> Result<Cluster, String> {
    let (data, socket) = (base.join("data"), base.join("socket"));
    for leftover in [&data, &socket] {
        if leftover.exists() {
            fs::remove_dir_all(leftover).map_err(|error| format!("{}: {error}", leftover.display()))?;
        }
    }
    account.make_folder(&data)?;
    account.make_folder(&socket)?;
    let password = random_password()?;
    make_cluster(base, &data, &password, programs, account)?;
    configure(kind, &data)?;
    let port = free_port()?;
    start_server(&data, &socket, port, programs, account)?;

    let cluster = Cluster::new(base.to_owned(), port, password.clone(), programs.folder.join("psql"));
    let answers = || run_psql(&cluster.psql, &cluster.admin_url, "SELECT 1").is_ok();
    if !wait_until(Duration::from_mins(1), answers) {
        return Err(format!("the test server does not answer; its log is {}", data.join("log").display()));
    }
    write_private(&base.join("notes"), &format!("{port}\n{password}\n"))?;
    watchdog::start(base, server_process(&data).ok_or("the test server ended right after its start")?)?;
    Ok(cluster)
}

fn make_cluster(base: &Path, data: &Path, password: &str, programs: &Programs, account: &Account) -> Result<(), String> {
    let password_file = base.join("password");
    write_private(&password_file, password)?;
    account.give(&password_file)?;
    let mut initdb = account.command(&programs.folder.join("initdb"));
    initdb.args([
        "--username=watchbell",
        "--auth=password",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
        "--no-instructions",
    ]);
    initdb.arg("--pwfile").arg(&password_file).arg("--pgdata").arg(data);
    run(&mut initdb, base)?;
    fs::remove_file(&password_file).map_err(|error| format!("{}: {error}", password_file.display()))
}

fn configure(kind: Kind, data: &Path) -> Result<(), String> {
    let mut settings = fs::OpenOptions::new()
        .append(true)
        .open(data.join("postgresql.conf"))
        .map_err(|error| format!("postgresql.conf: {error}"))?;
    settings.write_all(kind.settings().as_bytes()).map_err(|error| format!("postgresql.conf: {error}"))
}

fn start_server(data: &Path, socket: &Path, port: u16, programs: &Programs, account: &Account) -> Result<(), String> {
    let options = format!("-p {port} -k '{}'", socket.display());
    let mut start = account.command(&programs.folder.join("pg_ctl"));
    start
        .arg("start")
        .arg("--no-wait")
        .arg("--pgdata")
        .arg(data)
        .arg("--log")
        .arg(data.join("log"))
        .args(["--options", &options]);
    run(&mut start, data)
}

/// Runs a program of PostgreSQL. Its output goes to a file and not to a pipe: the server inherits it and would hold a pipe open.
fn run(command: &mut Command, folder: &Path) -> Result<(), String> {
    let log = folder.join("start.log");
    let open = || fs::File::create(&log).map_err(|error| format!("{}: {error}", log.display()));
    let status = command
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(open()?)
        .stderr(Stdio::null())
        .status()
        .map_err(|error| format!("{command:?} does not start: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{command:?} ended with {status}; is the temporary folder open to other accounts?"))
    }
}

fn write_private(path: &Path, text: &str) -> Result<(), String> {
    let write = || -> std::io::Result<()> {
        if path.exists() {
            fs::remove_file(path)?;
        }
        fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(text.as_bytes())
    };
    write().map_err(|error| format!("{}: {error}", path.display()))
}

fn random_password() -> Result<String, String> {
    let mut bytes = [0_u8; 16];
    fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .map_err(|error| format!("/dev/urandom: {error}"))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// A port that was free a moment ago; the server takes it at once, and a start that loses the race says so.
fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| format!("no free port on 127.0.0.1: {error}"))?;
    listener.local_addr().map(|address| address.port()).map_err(|error| format!("no free port on 127.0.0.1: {error}"))
}
