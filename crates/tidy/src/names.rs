//! Files are named for what they do. Drawers for everything are forbidden, and so is `mod.rs`: we take `foo.rs` and `foo/`.

use crate::tree::Source;

const DRAWERS: [&str; 9] = ["util", "utils", "helper", "helpers", "common", "misc", "types", "shared", "lib_utils"];

pub fn complaints(sources: &[Source]) -> Vec<String> {
    let ours = |source: &&Source| source.path.starts_with("crates/") || source.path.starts_with("tests/");
    sources
        .iter()
        .filter(ours)
        .filter_map(|source| {
            let is_drawer = source.path.split('/').any(|step| {
                let stem = step.split('.').next().unwrap_or_default();
                DRAWERS.contains(&stem)
            });
            let file = source.path.rsplit('/').next().unwrap_or_default();
            (is_drawer || file == "mod.rs").then(|| format!("{}: name it for what it does", source.path))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawers_and_mod_files_are_refused() {
        let refused = |path: &str| !complaints(&[Source::new(path, "")]).is_empty();
        assert!(refused("crates/web/src/utils.rs"));
        assert!(refused("crates/web/src/common/date.rs"));
        assert!(refused("crates/web/src/ticket/mod.rs"));
        assert!(refused("tests/browser/helpers.mjs"));
        assert!(!refused("crates/web/src/ticket/reply.rs"));
        assert!(!refused("docs/common.md"));
    }
}
