//! Files of at most 500 lines, functions of at most 80. Exceptions stand in `crates/tidy/exceptions.txt` with the exact number
//! and a reason: adding a line to one fails, and taking one away asks for the smaller number, so that they only shrink.

use crate::tree::Source;

const FILE_LIMIT: usize = 500;
const FUNCTION_LIMIT: usize = 80;
const PROGRAMS: [&str; 5] = ["rs", "js", "mjs", "css", "sql"];

/// One line of the list: `path lines reason`, or `path::function lines reason`.
#[derive(Debug, PartialEq, Eq)]
pub struct Exception {
    pub what: String,
    pub lines: usize,
}

/// Something that is too long.
#[derive(Debug, PartialEq, Eq)]
pub struct TooLong {
    pub what: String,
    pub lines: usize,
}

pub fn exceptions(list: &str) -> Result<Vec<Exception>, String> {
    list.lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut words = line.split_whitespace();
            let (what, lines) = (words.next(), words.next().and_then(|number| number.parse().ok()));
            match (what, lines, words.next()) {
                (Some(what), Some(lines), Some(_reason)) => Ok(Exception { what: what.to_owned(), lines }),
                _ => Err(format!("exceptions.txt wants `path lines reason`: {line}")),
            }
        })
        .collect()
}

pub fn complaints(sources: &[Source], exceptions: &[Exception]) -> Vec<String> {
    let found: Vec<TooLong> = sources
        .iter()
        .filter(|source| source.has_extension(&PROGRAMS))
        .flat_map(|source| long_file(source).into_iter().chain(long_functions(source, FUNCTION_LIMIT)))
        .collect();
    let mut complaints: Vec<String> = found.iter().filter_map(|item| judge(item, exceptions)).collect();
    let stale = exceptions.iter().filter(|exception| found.iter().all(|item| item.what != exception.what));
    complaints.extend(stale.map(|exception| format!("{} is short enough now: take it off exceptions.txt", exception.what)));
    complaints
}

fn judge(found: &TooLong, exceptions: &[Exception]) -> Option<String> {
    let TooLong { what, lines } = found;
    match exceptions.iter().find(|exception| exception.what == *what) {
        None => Some(format!("{what} has {lines} lines: split it by noun, then verb")),
        Some(exception) if exception.lines < *lines => {
            Some(format!("{what} grew from {} to {lines} lines; exceptions only shrink", exception.lines))
        }
        Some(exception) if exception.lines > *lines => Some(format!("{what} shrank to {lines} lines: say so in exceptions.txt")),
        Some(_) => None,
    }
}

fn long_file(source: &Source) -> Option<TooLong> {
    let lines = source.text.lines().count();
    (lines > FILE_LIMIT).then(|| TooLong { what: source.path.clone(), lines })
}

/// Functions as rustfmt lays them out: they end at the first closing brace that stands as far left as they do.
fn long_functions(source: &Source, limit: usize) -> Vec<TooLong> {
    if !source.has_extension(&["rs"]) {
        return Vec::new();
    }
    let lines: Vec<&str> = source.text.lines().collect();
    let starts = lines.iter().enumerate().filter_map(|(number, line)| Some((number, function_name(line)?)));
    starts
        .filter_map(|(number, name)| {
            let lines = function_length(lines.get(number..)?);
            let what = format!("{}::{name}", source.path);
            (lines > limit).then_some(TooLong { what, lines })
        })
        .collect()
}

fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let is_head = before
        .split_whitespace()
        .all(|word| word.starts_with("pub") || ["const", "async", "unsafe", "extern", "crate)", "super)"].contains(&word));
    let name = after.split(['(', '<']).next()?;
    (is_head && !name.is_empty()).then_some(name)
}

fn function_length(lines: &[&str]) -> usize {
    let indent = lines.first().map_or(0, |line| line.len() - line.trim_start().len());
    let end = lines.iter().position(|line| {
        let at_its_left = line.len() - line.trim_start().len() == indent;
        at_its_left && (line.trim_end() == &line[..indent] || line.trim_start().starts_with('}') || is_one_line(line))
    });
    end.map_or(lines.len(), |end| end + 1)
}

fn is_one_line(line: &str) -> bool {
    line.contains("fn ") && (line.ends_with('}') || line.ends_with(';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "impl Bell {\n    pub(crate) async fn ring(\n        &self,\n    ) -> usize {\n        1\n    }\n\n    fn short(&self) {}\n}\n\nfn hush()\nwhere\n{\n    a();\n}\n";

    #[test]
    fn functions_are_measured_from_their_head_to_their_brace() {
        let long = long_functions(&Source::new("bell.rs", TEXT), 0);
        let measured: Vec<(&str, usize)> = long.iter().map(|item| (item.what.as_str(), item.lines)).collect();
        assert_eq!(measured, [("bell.rs::ring", 5), ("bell.rs::short", 1), ("bell.rs::hush", 5)]);
    }

    #[test]
    fn a_long_file_needs_an_exception_that_tells_its_exact_length() {
        let file = [Source::new("long.rs", &"\n".repeat(600))];
        let with = |list: &str| complaints(&file, &exceptions(list).expect("a well-formed list"));
        assert_eq!(with("").len(), 1);
        assert_eq!(with("# why\nlong.rs 600 a table").len(), 0);
        assert!(with("long.rs 599 a table").iter().any(|line| line.contains("grew")));
        assert!(with("long.rs 601 a table").iter().any(|line| line.contains("shrank")));
        assert!(with("long.rs 600 a table\ngone.rs 501 gone").iter().any(|line| line.contains("gone.rs")));
    }

    #[test]
    fn an_exception_without_a_reason_is_refused() {
        assert!(exceptions("long.rs 600").is_err());
    }

    #[test]
    fn words_that_only_look_like_functions_are_not() {
        assert_eq!(function_name("// the fn keyword"), None);
        assert_eq!(function_name("    pub const fn new() -> Self {"), Some("new"));
        assert_eq!(function_name("let f: fn (usize) = g;"), None);
    }
}
