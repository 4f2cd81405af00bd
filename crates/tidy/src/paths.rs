//! Documents rot: every path of this repository that they name in backticks must exist, and every file they
//! link to.

use std::path::Path;

use crate::tree::Source;

const FOLDERS: [&str; 6] = ["crates/", "docs/", "scripts/", "packaging/", "tests/", ".ci/"];

pub fn complaints(sources: &[Source], root: &Path) -> Vec<String> {
    let documents = sources.iter().filter(|source| source.has_extension(&["md"]));
    documents
        .flat_map(|document| {
            let folder = root.join(Path::new(&document.path).parent().unwrap_or(Path::new("")));
            let paths = outside_code_blocks(&document.text).flat_map(named_paths).filter(|path| !exists(root, path));
            let links = outside_code_blocks(&document.text).flat_map(links).filter(|link| !folder.join(link).exists());
            let gone = paths.chain(links);
            gone.map(|path| format!("{} names `{path}`, which does not exist", document.path)).collect::<Vec<_>>()
        })
        .collect()
}

/// Code blocks are examples and may name anything.
fn outside_code_blocks(text: &str) -> impl Iterator<Item = &str> {
    let mut in_code_block = false;
    text.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        in_code_block ^= is_fence;
        !in_code_block && !is_fence
    })
}

/// What stands between backticks and begins with one of our folders.
fn named_paths(line: &str) -> Vec<&str> {
    let spans = line.split('`').skip(1).step_by(2);
    spans.filter(|span| FOLDERS.iter().any(|folder| span.starts_with(folder))).collect()
}

/// Where `[text](target)` leads, if that is a file beside the document.
fn links(line: &str) -> Vec<&str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let files = targets.filter(|target| !target.contains(':') && !target.starts_with('#'));
    files.filter_map(|target| target.split('#').next()).collect()
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
        let paths: Vec<&str> = outside_code_blocks(text).flat_map(named_paths).collect();
        assert_eq!(paths, ["crates/a.rs", "docs/c/<noun>.md"]);
    }

    #[test]
    fn links_to_files_are_followed_and_those_to_elsewhere_are_not() {
        assert_eq!(links("[a](a.md), [b](../b.md#part), [c](https://c.example/), [d](#here)"), ["a.md", "../b.md"]);
    }

    #[test]
    fn a_path_that_is_gone_is_named() {
        let document =
            Source::new("README.md", "see `crates/tidy/src/paths.rs::exists`, `crates/tidy/src/*.rs` and `crates/gone/`");
        let complaints = complaints(&[document], &crate::tree::root());
        assert_eq!(complaints, ["README.md names `crates/gone/`, which does not exist"]);
    }
}
