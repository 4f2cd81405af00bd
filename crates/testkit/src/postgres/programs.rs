//! Where PostgreSQL's programs are: Debian's folder of the newest version, or what the path offers.

use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) const MISSING: &str = "PostgreSQL is not installed and tests run on both databases: install it with \
    `apt-get install postgresql` (or run scripts/install-test-tools), or test on SQLite alone with WATCHBELL_TEST_DATABASES=sqlite";

pub(super) struct Programs {
    pub(super) folder: PathBuf,
    /// The major version, as `15`; part of the data folder's name, since servers do not read each other's files.
    pub(super) version: String,
}

pub(super) fn find() -> Result<Programs, String> {
    newest_of_debian(Path::new("/usr/lib/postgresql")).or_else(on_the_path).ok_or_else(|| MISSING.to_owned())
}

fn newest_of_debian(root: &Path) -> Option<Programs> {
    std::fs::read_dir(root)
        .ok()?
        .filter_map(|entry| {
            let version = entry.ok()?.file_name().into_string().ok()?;
            let folder = root.join(&version).join("bin");
            is_complete(&folder).then_some((version.parse::<u32>().ok()?, folder))
        })
        .max()
        .map(|(version, folder)| Programs { folder, version: version.to_string() })
}

fn on_the_path() -> Option<Programs> {
    let path = std::env::var_os("PATH")?;
    let folder = std::env::split_paths(&path).find(|folder| is_complete(folder))?;
    let answer = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    let version = text.split_whitespace().nth(2)?.split('.').next()?.to_owned();
    Some(Programs { folder, version })
}

fn is_complete(folder: &Path) -> bool {
    ["initdb", "postgres", "pg_ctl", "psql"].iter().all(|program| folder.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_complete_version_wins() {
        let root = tempfile::tempdir().expect("a temporary folder");
        for (version, programs) in [("9", 4), ("15", 4), ("17", 1)] {
            let folder = root.path().join(version).join("bin");
            std::fs::create_dir_all(&folder).expect("a folder in the temporary folder");
            for program in ["initdb", "postgres", "pg_ctl", "psql"].iter().take(programs) {
                std::fs::write(folder.join(program), "").expect("a file in the temporary folder");
            }
        }
        let found = newest_of_debian(root.path()).expect("two complete versions");
        assert_eq!(found.version, "15");
    }

    #[test]
    fn the_missing_sentence_says_the_way_out() {
        assert!(MISSING.contains("apt-get install postgresql") && MISSING.contains(super::super::DATABASES_VARIABLE));
    }
}
