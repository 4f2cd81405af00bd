//! PostgreSQL refuses to run as root: tests run by root start it as the `postgres` account of Debian's package, or as `nobody`.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::Command;

pub(super) struct Account {
    /// Who runs the tests.
    pub(super) own_id: u32,
    /// Whom the server runs as, where that is another.
    other: Option<Other>,
}

struct Other {
    name: &'static str,
    user_id: u32,
    group_id: u32,
}

pub(super) fn find() -> Result<Account, String> {
    let own_id = fs::metadata("/proc/self").map_err(|error| format!("/proc/self: {error}"))?.uid();
    if own_id != 0 {
        return Ok(Account { own_id, other: None });
    }
    let other = ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| Some(Other { name, user_id: ask_id("-u", name)?, group_id: ask_id("-g", name)? }));
    match other {
        Some(other) => Ok(Account { own_id, other: Some(other) }),
        None => {
            Err("the tests run as root and there is neither an account `postgres` nor `nobody` to run PostgreSQL as".to_owned())
        }
    }
}

impl Account {
    /// The command, run as the server's account.
    pub(super) fn command(&self, program: &Path) -> Command {
        match &self.other {
            None => Command::new(program),
            Some(other) => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", other.name, "--regid", &other.group_id.to_string(), "--clear-groups", "--"]);
                command.arg(program);
                command
            }
        }
    }

    /// Makes a folder that only the server's account (and root) can enter.
    pub(super) fn make_folder(&self, folder: &Path) -> Result<(), String> {
        fs::create_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
            .map_err(|error| format!("{}: {error}", folder.display()))?;
        self.give(folder)
    }

    pub(super) fn give(&self, path: &Path) -> Result<(), String> {
        match &self.other {
            None => Ok(()),
            Some(other) => {
                chown(path, Some(other.user_id), Some(other.group_id)).map_err(|error| format!("{}: {error}", path.display()))
            }
        }
    }
}

fn ask_id(option: &str, name: &str) -> Option<u32> {
    let answer = Command::new("id").args([option, name]).output().ok()?;
    String::from_utf8(answer.stdout).ok()?.trim().parse().ok()
}
