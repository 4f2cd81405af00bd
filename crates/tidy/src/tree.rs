//! The files of the repository, read once and handed to every rule.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders and files made by builds and runs, not written by us.
const NOT_OURS: [&str; 6] = ["target", ".git", "node_modules", "out", "dist", "watchbell-demo"];

/// A text file: its path from the repository's root, with `/`, and what it says.
#[derive(Debug)]
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        Path::new(&self.path).extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
    }

    /// Line by line with its number, without comment lines and without the in-file tests, which stand at the end.
    pub fn shipped_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = (1..).zip(self.text.lines());
        lines.take_while(|(_, line)| *line != "#[cfg(test)]").filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Under a folder named `tests`, or the body of a `mod tests;`.
    pub fn is_test(&self) -> bool {
        self.path.split('/').any(|step| step == "tests" || step == "tests.rs")
    }
}

/// The repository that this crate lies in.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every text file of the repository; what is not UTF-8 is no text.
pub fn read(root: &Path) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            // in a second work tree of the same repository `.git` is a file
            if NOT_OURS.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file()
                && let Ok(text) = fs::read_to_string(entry.path())
            {
                let path = entry.path();
                let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
                sources.push(Source { path, text });
            }
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}
