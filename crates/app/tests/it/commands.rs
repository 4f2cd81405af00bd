//! The command line: what it prints, how it ends, and that errors are one sentence with the way out.

use crate::program::{BINARY, Database, Program};
use std::{
    io::Write,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

fn run(url: &str, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(BINARY)
        .args(arguments)
        .env("WATCHBELL_DATABASE_URL", url)
        .env("WATCHBELL_PUBLIC_URL", "https://watchbell.example")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // a command that does not read its input may be gone already
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn ok(url: &str, arguments: &[&str], input: &str) -> String {
    let output = run(url, arguments, input);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(url: &str, arguments: &[&str], words: &[&str]) {
    let output = run(url, arguments, "");
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{arguments:?}");
    assert_eq!(complaint.trim().lines().count(), 1, "{complaint}");
    for word in words {
        assert!(complaint.contains(word), "{arguments:?}: “{complaint}” lacks “{word}”");
    }
}

// IR-011
#[test]
fn ir011_an_installation_is_set_up_with_blocks_and_knows_both_names() {
    for database in &Database::all() {
        let folder = TempDir::new().unwrap();
        let url = match database {
            Database::Sqlite => format!("sqlite://{}", folder.path().join("w.db").display()),
            Database::Postgres(url) => url.clone(),
        };
        ok(&url, &["init", "--fourth-type", "block", "--admin", "alma", "--admin-email", "alma@csirt.test"], "a long password\n");
        ok(&url, &["queue", "address", "Countermeasures", "--correspond", "blocks@csirt.test"], "");
        ok(&url, &["constituency", "add", "EDUNET"], "");
        let queues = ok(&url, &["queue", "list"], "");
        assert!(
            queues.contains("Blocks - EDUNET") && queues.contains("blocks@csirt.test") && !queues.contains("Countermeasures"),
            "{queues}"
        );
        ok(&url, &["setting", "set", "fourth_type", "countermeasure"], "");
        assert!(ok(&url, &["queue", "list"], "").contains("Countermeasures - EDUNET"));
    }
}

#[test]
fn an_installation_is_set_up_from_the_shell_on_both_databases() {
    for database in &Database::all() {
        let folder = TempDir::new().unwrap();
        let url = match database {
            Database::Sqlite => format!("sqlite://{}", folder.path().join("w.db").display()),
            Database::Postgres(url) => url.clone(),
        };
        refused(&url, &["verify"], &["watchbell init"]);
        ok(&url, &["init", "--name", "csirt.test", "--admin", "alma", "--admin-email", "alma@csirt.test"], "a long password\n");
        assert!(ok(&url, &["init"], "").contains("up to date"));
        ok(&url, &["constituency", "add", "EDUNET", "--correspond", "edunet@csirt.test"], "");
        ok(&url, &["user", "add", "dana", "--email", "dana@csirt.test", "--team", "DutyTeam"], "another password\n");
        ok(&url, &["queue", "address", "Incident Reports", "--correspond", "reports@csirt.test"], "");
        assert!(ok(&url, &["queue", "list"], "").contains("reports@csirt.test"));
        assert!(ok(&url, &["user", "list"], "").contains("dana@csirt.test"));
        let token = ok(&url, &["token", "add", "dana", "--description", "test"], "");
        assert!(token.starts_with("1-") && token.trim().rsplit('-').next().unwrap().len() == 32, "{token}");
        assert!(ok(&url, &["verify"], "").contains("0 finding(s)"));
        ok(&url, &["setting", "set", "RTIR_BlockAproveActionRegexp", "(?i)done"], "");
        assert_eq!(ok(&url, &["setting", "get", "countermeasure_approve_pattern"], "").trim(), "(?i)done");
        assert!(ok(&url, &["setting", "list"], "").contains("* countermeasure_approve_pattern"));
        ok(&url, &["setting", "reset", "countermeasure_approve_pattern"], "");
        let file = folder.path().join("rules.yaml").display().to_string();
        let rules = ok(&url, &["rules", "export"], "").replace("name: Tell the new owner", "name: Tell who owns it now");
        std::fs::write(&file, &rules).unwrap();
        assert!(ok(&url, &["rules", "import", &file], "").starts_with("1 rules and 0 templates"));
        assert!(ok(&url, &["rules", "import", &file], "").starts_with("0 rules and 0 templates"), "again it changes nothing");
        std::fs::write(&file, "rules:\n  - name: A\n    on: [Nothing]\n    effects:\n      - do: activate\n").unwrap();
        refused(&url, &["rules", "import", &file], &["rules.yaml", "Line 3, on of “A”"]);
        refused(&url, &["setting", "set", "overdue_after_days", "soon"], &["whole number"]);
        refused(&url, &["user", "add", "dana"], &["password"]);
        refused(&url, &["group", "add-member", "NoSuchTeam", "dana"], &["NoSuchTeam", "group list"]);
        refused(&url, &["token", "add", "nobody-here"], &["nobody-here", "user list"]);
    }
}

#[test]
fn tc199_an_alias_file_is_compared_and_what_is_wrong_ends_with_1() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}", folder.path().join("w.db").display());
    ok(&url, &["init", "--admin", "alma", "--admin-email", "alma@csirt.test"], "a long password\n");
    ok(&url, &["queue", "address", "Incident Reports", "--correspond", "reports@csirt.test"], "");
    let file = folder.path().join("aliases");
    let path = file.display().to_string();
    std::fs::write(&file, "postmaster: root\n").unwrap();
    let output = run(&url, &["mail", "aliases", &path], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("missing: reports@csirt.test"));
    std::fs::write(&file, "reports: \"|/usr/bin/rt-mailgate --queue 'Incident Reports' --url http://x/\"\n").unwrap();
    assert!(ok(&url, &["mail", "aliases", &path], "").contains("0 to be mended"));
    refused(&url, &["mail", "aliases", "/nonexistent"], &["/nonexistent"]);
}

#[test]
fn every_command_explains_itself_with_an_example() {
    for command in [
        "demo",
        "serve",
        "init",
        "verify",
        "user",
        "group",
        "queue",
        "constituency",
        "setting",
        "rules",
        "token",
        "mail",
        "mail-gate",
    ] {
        let output = Command::new(BINARY).args([command, "--help"]).output().unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && help.contains("Example:"), "{command}: {help}");
    }
}

#[test]
fn a_bad_configuration_says_file_line_and_what_was_expected() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("watchbell.toml");
    std::fs::write(&file, "database_url = \"sqlite://x.db\"\npublic_url = \"https://w.example\"\n[lmtp]\nlisten = 8024\n")
        .unwrap();
    let output = Command::new(BINARY).args(["serve", "--config"]).arg(&file).output().unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && complaint.contains("watchbell.toml") && complaint.contains("line 4"), "{complaint}");
}

#[test]
fn the_demo_listens_on_this_machine_only() {
    let output = Command::new(BINARY).args(["demo", "--http", "0.0.0.0:0"]).output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("loopback"));
}

#[test]
fn the_demo_continues_where_it_stopped_with_the_same_tokens() {
    let folder = TempDir::new().unwrap();
    let first = Program::start(&folder, &Database::Sqlite);
    let token = first.token("dana").to_owned();
    assert!(first.stop().as_secs() < 10);
    let second = Program::start(&folder, &Database::Sqlite);
    assert_eq!(second.token("dana"), token);
    assert_eq!(second.get("dana", "rt")["Version"], "5.0.8");
}

#[test]
fn a_pipe_without_a_server_asks_to_try_again() {
    let output = run(
        "sqlite://unused.db",
        &["mail-gate", "--queue", "General", "--url", "http://127.0.0.1:9"],
        "From: a@b.example\n\nx\n",
    );
    assert_eq!(output.status.code(), Some(75));
}
