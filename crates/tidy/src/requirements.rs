//! Which requirements of the specification a test names, and which are said to be not done. Naming is `ir212_…` or `tc084_…`
//! in a test's name, or `IR-212` in a comment beside its assertions; a range names only its ends.

use crate::tree::Source;
use std::collections::{BTreeMap, BTreeSet};

/// `IR` or `TC`, and the number.
pub type Id = (&'static str, u16);

const KINDS: [&str; 2] = ["IR", "TC"];

/// Every id of the list: one, or a range `IR-005..IR-021`, a line.
pub fn in_scope(list: &str) -> Result<BTreeSet<Id>, String> {
    let mut ids = BTreeSet::new();
    for line in lines(list) {
        let (first, last) = line.split_once("..").unwrap_or((line, line));
        let (first, last) = (read(first, line)?, read(last, line)?);
        if first.0 != last.0 || first.1 > last.1 {
            return Err(format!("“{line}” is no range"));
        }
        ids.extend((first.1..=last.1).map(|number| (first.0, number)));
    }
    Ok(ids)
}

/// Every id that is not done, with the reason that must stand behind it.
pub fn not_done(list: &str) -> Result<BTreeMap<Id, String>, String> {
    let mut reasons = BTreeMap::new();
    for line in lines(list) {
        let (id, reason) = line.split_once(' ').unwrap_or((line, ""));
        let reason = reason.trim();
        if reason.split_whitespace().count() < 3 {
            return Err(format!("“{line}” says not why"));
        }
        if reasons.insert(read(id, line)?, reason.to_owned()).is_some() {
            return Err(format!("“{line}” stands there twice"));
        }
    }
    Ok(reasons)
}

/// What tests name, each with the first file that does.
pub fn named(sources: &[Source]) -> BTreeMap<Id, &str> {
    let mut named = BTreeMap::new();
    for source in sources.iter().filter(|source| source.has_extension(&["rs", "mjs"])) {
        let tests = if source.is_test() { Some(source.text.as_str()) } else { in_file_tests(&source.text) };
        for id in tests.into_iter().flat_map(ids) {
            named.entry(id).or_insert(source.path.as_str());
        }
    }
    named
}

/// Ids in scope that nothing names and that are not said to be undone; and ids said to be undone that are not, or are unknown.
pub fn complaints(scope: &BTreeSet<Id>, not_done: &BTreeMap<Id, String>, named: &BTreeMap<Id, &str>) -> Vec<String> {
    let missing = scope.iter().filter(|id| !named.contains_key(*id) && !not_done.contains_key(*id));
    let stale = not_done.keys().filter_map(|id| Some((id, named.get(id)?)));
    let unknown = not_done.keys().filter(|id| !scope.contains(*id));
    missing
        .map(|id| format!("{} is named in no test and not in requirements/not-done.txt", shown(*id)))
        .chain(stale.map(|(id, path)| format!("{} is said to be not done, and {path} tests it", shown(*id))))
        .chain(unknown.map(|id| format!("{} is said to be not done and is not in scope", shown(*id))))
        .collect()
}

fn shown((kind, number): Id) -> String {
    format!("{kind}-{number:03}")
}

fn lines(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn read(id: &str, line: &str) -> Result<Id, String> {
    let mut found = ids(id);
    match (found.next(), id.len()) {
        (Some(id), 6) => Ok(id),
        _ => Err(format!("“{line}” names no requirement")),
    }
}

fn in_file_tests(text: &str) -> Option<&str> {
    text.split_once("#[cfg(test)]").map(|(_, tests)| tests)
}

/// Every `IR-212`, `IR212`, `ir212` and `ir_212` that is a word of its own.
fn ids(text: &str) -> impl Iterator<Item = Id> {
    text.char_indices().filter_map(|(at, _)| id_at(text, at))
}

fn id_at(text: &str, at: usize) -> Option<Id> {
    let start = text.get(at..at + 2)?;
    let kind = KINDS.into_iter().find(|kind| kind.eq_ignore_ascii_case(start))?;
    let before = text.get(..at)?.chars().next_back();
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let rest = text.get(at + 2..)?;
    let rest = rest.strip_prefix(['-', '_']).unwrap_or(rest);
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (digits.len() == 3).then(|| digits.parse().ok().map(|number| (kind, number))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_comments_name_requirements_and_shipped_code_does_not() {
        let tested =
            Source::new("crates/a/tests/it/b.rs", "// IR-404 … IR-409\nasync fn ir212_and_tc_084_hold() {} // mir777 IR-1234");
        let shipped = Source::new("crates/a/src/b.rs", "// IR-500\n#[cfg(test)]\nmod tests { fn ir501() {} }");
        let sources = [tested, shipped];
        let found: Vec<String> = named(&sources).into_keys().map(shown).collect();
        assert_eq!(found, ["IR-212", "IR-404", "IR-409", "IR-501", "TC-084"]);
    }

    #[test]
    fn what_nothing_names_and_what_is_wrongly_listed_is_told() {
        let scope = in_scope("# all\nIR-001..IR-004\nTC-007\n").expect("well-formed");
        let undone =
            not_done("IR-002 waits for the lookup page\nIR-003 waits for a directory too\nIR-009 is of another section\n")
                .expect("well-formed");
        let named = BTreeMap::from([(("IR", 1), "a.rs"), (("IR", 3), "b.rs"), (("TC", 7), "c.rs")]);
        assert_eq!(
            complaints(&scope, &undone, &named),
            [
                "IR-004 is named in no test and not in requirements/not-done.txt",
                "IR-003 is said to be not done, and b.rs tests it",
                "IR-009 is said to be not done and is not in scope",
            ]
        );
        assert!(not_done("IR-002").is_err() && in_scope("IR-4..IR-001").is_err() && in_scope("IR-004..TC-009").is_err());
    }
}
