//! Which crate may know which. `Cargo.toml` holds the arrows, and `crates/tidy/arrows.txt` says which are allowed: a new one is a
//! decision (docs/decisions), not an accident.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::Source;

pub type Arrows = BTreeMap<String, BTreeSet<String>>;

/// Reads lines `crate: other other`; `#` starts a comment.
pub fn allowed(table: &str) -> Result<Arrows, String> {
    table
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (from, to) = line.split_once(':').ok_or_else(|| format!("arrows.txt wants `crate: other other`: {line}"))?;
            Ok((from.trim().to_owned(), to.split_whitespace().map(str::to_owned).collect()))
        })
        .collect()
}

/// The arrows as built: what each crate's `[dependencies]` names of this workspace.
pub fn built(sources: &[Source]) -> Result<Arrows, String> {
    let mut manifests = BTreeMap::new();
    for source in sources.iter().filter(|source| is_manifest(&source.path)) {
        let manifest: toml::Table = source.text.parse().map_err(|error| format!("{}: {error}", source.path))?;
        let name = manifest.get("package").and_then(|package| package.get("name")?.as_str());
        let name = name.ok_or_else(|| format!("{}: no package name", source.path))?.to_owned();
        manifests.insert(name, manifest);
    }
    let arrows = manifests.iter().map(|(name, manifest)| {
        let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
        let of_this_workspace =
            dependencies.into_iter().flat_map(toml::Table::keys).filter(|dependency| manifests.contains_key(*dependency));
        (name.clone(), of_this_workspace.cloned().collect())
    });
    Ok(arrows.collect())
}

fn is_manifest(path: &str) -> bool {
    path.starts_with("crates/") && path.ends_with("/Cargo.toml")
}

pub fn complaints(built: &Arrows, allowed: &Arrows) -> Vec<String> {
    let mut complaints = Vec::new();
    for (from, targets) in built {
        let Some(may) = allowed.get(from) else {
            complaints.push(format!("the crate {from} is not in arrows.txt: say what it may know"));
            continue;
        };
        complaints.extend(
            targets.difference(may).map(|to| {
                format!("{from} must not depend on {to}: move the code, or decide it in docs/decisions and arrows.txt")
            }),
        );
    }
    let gone = allowed.keys().filter(|name| !built.contains_key(*name));
    complaints.extend(gone.map(|name| format!("arrows.txt names the crate {name}, which is gone")));
    complaints
}

/// The table as people read it.
pub fn print(arrows: &Arrows) -> String {
    let line = |(from, to): (&String, &BTreeSet<String>)| {
        let to: Vec<&str> = to.iter().map(String::as_str).collect();
        format!("{from}: {}\n", to.join(" "))
    };
    arrows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(name: &str, dependencies: &str) -> Source {
        let text = format!(
            "[package]\nname = \"{name}\"\n[dependencies]\n{dependencies}\n[dev-dependencies]\ntestkit.workspace = true\n"
        );
        Source::new(&format!("crates/{name}/Cargo.toml"), &text)
    }

    #[test]
    fn an_arrow_that_the_table_does_not_allow_is_named() {
        let sources = [
            manifest("web", "storage.workspace = true\nserde.workspace = true"),
            manifest("storage", ""),
            manifest("testkit", ""),
        ];
        let built = built(&sources).expect("well-formed manifests");
        let complain = |table: &str| complaints(&built, &allowed(table).expect("a well-formed table"));
        assert_eq!(complain("web: storage\nstorage:\ntestkit:"), [""; 0]);
        assert_eq!(complain("web:\nstorage:\ntestkit:").len(), 1);
        assert!(complain("web: storage\nstorage:").iter().any(|line| line.contains("testkit is not in")));
        assert!(complain("web: storage\nstorage:\ntestkit:\nold:").iter().any(|line| line.contains("old, which is gone")));
        assert_eq!(print(&built), "storage: \ntestkit: \nweb: storage\n");
    }
}
