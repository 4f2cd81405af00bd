//! What no committed line may hold: places of one machine, and hosts that packages were fetched from.

use crate::tree::Source;

/// Written in pieces, so that this file does not complain about itself.
const PLACES: [&str; 4] =
    [concat!("/work", "/main"), concat!("/work", "/shared"), concat!("/root", "/."), concat!("/tmp", "/bash")];
const REGISTRIES: [&str; 6] = ["index.", "static.", "registry.", "files.", "deb.", "security."];

/// Cargo writes its index's name into its lock file itself.
const WRITTEN_BY_TOOLS: [&str; 1] = ["Cargo.lock"];

pub fn complaints(sources: &[Source]) -> Vec<String> {
    sources
        .iter()
        .filter(|source| !WRITTEN_BY_TOOLS.contains(&source.path.as_str()))
        .flat_map(|source| {
            let lines = source.text.lines().enumerate();
            lines
                .filter_map(|(number, line)| Some(format!("{}:{}: {}", source.path, number + 1, forbidden(line)?)))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn forbidden(line: &str) -> Option<&'static str> {
    if PLACES.iter().any(|place| line.contains(place)) {
        return Some("a path of one machine");
    }
    let names_registry = line.split("://").skip(1).any(is_registry);
    names_registry.then_some("the host of a package registry")
}

/// Example hosts (RFC 2606) may be called anything.
fn is_registry(address: &str) -> bool {
    let host = address.split(|letter: char| !letter.is_ascii_alphanumeric() && !".-".contains(letter)).next().unwrap_or_default();
    REGISTRIES.iter().any(|start| host.starts_with(start)) && !host.ends_with(".example")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_paths_and_registry_hosts_are_found_with_their_line() {
        let text = format!(
            "fine\nsee {}\nfrom https:{}npm.org\nhttps://docs.example/static.html\nhttps:{}x.example/",
            PLACES[0], "//registry.", "//files."
        );
        assert_eq!(
            complaints(&[Source::new("a.md", &text)]),
            ["a.md:2: a path of one machine", "a.md:3: the host of a package registry"]
        );
    }
}
