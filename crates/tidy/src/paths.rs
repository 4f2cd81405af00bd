//! Documents rot: every path of this repository that they name in backticks must exist.

use std::path::Path;

use crate::tree::Source;

const FOLDERS: [&str; 6] = ["crates/", "docs/", "scripts/", "packaging/", "tests/", ".ci/"];

pub fn complaints(sources: &[Source], root: &Path) -> Vec<String> {
    sources
        .iter()
        .filter(|source| source.has_extension(&["md"]))
        .flat_map(|source| {
            named_paths(&source.text)
                .into_iter()
                .filter(|path| !exists(root, path))
                .map(|path| format!("{} names `{path}`, which does not exist", source.path))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// What stands between backticks and begins with one of our folders; code blocks are examples and may name anything.
fn named_paths(text: &str) -> Vec<&str> {
    let mut in_code_block = false;
    let mut paths = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code_block = !in_code_block;
        } else if !in_code_block {
            let spans = line.split('`').skip(1).step_by(2);
            paths.extend(spans.filter(|span| FOLDERS.iter().any(|folder| span.starts_with(folder))));
        }
    }
    paths
}

/// `…/set_status.rs::set_status` and `…/0001_*.sql` are checked as far as they are plain; `<noun>` stands for any.
fn exists(root: &Path, path: &str) -> bool {
    let path = path.split([' ', ':']).next().unwrap_or_default();
    match path.find(['*', '<', '{', '…']) {
        None => root.join(path).exists(),
        Some(wild) => {
            let plain = path.get(..wild).unwrap_or_default();
            let folder = plain.rfind('/').and_then(|end| plain.get(..end)).unwrap_or_default();
            root.join(folder).is_dir()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_paths_outside_code_blocks_are_looked_at() {
        let text = "`crates/a.rs` and `/etc/x` or `cargo test`\n```\n`docs/b.md`\n```\n`docs/c/<noun>.md`";
        assert_eq!(named_paths(text), ["crates/a.rs", "docs/c/<noun>.md"]);
    }

    #[test]
    fn a_path_that_is_gone_is_named() {
        let document =
            Source::new("README.md", "see `crates/tidy/src/paths.rs::exists`, `crates/tidy/src/*.rs` and `crates/gone/`");
        let complaints = complaints(&[document], &crate::tree::root());
        assert_eq!(complaints, ["README.md names `crates/gone/`, which does not exist"]);
    }
}
