//! The clock is an argument, so that tests own it, and settings are read once, by the program: no other crate asks the machine.

use crate::tree::Source;

const QUESTIONS: [&str; 4] =
    [concat!("Timestamp::", "now()"), concat!("Zoned::", "now()"), concat!("env::", "var("), concat!("env::", "var_os(")];

/// The program, and what is only ever run by developers.
const MAY_ASK: [&str; 4] = ["crates/app/", "crates/bench/", "crates/testkit/", "crates/tidy/"];

/// Where the machine's clock is put behind an argument.
const THE_CLOCK: &str = "/clock.rs";

pub fn complaints(sources: &[Source]) -> Vec<String> {
    sources
        .iter()
        .filter(|source| source.path.starts_with("crates/") && source.has_extension(&["rs"]))
        .filter(|source| !source.is_test() && !source.path.ends_with(THE_CLOCK))
        .filter(|source| !MAY_ASK.iter().any(|name| source.path.starts_with(name)))
        .flat_map(|source| {
            source
                .shipped_lines()
                .filter_map(|(number, line)| {
                    let question = QUESTIONS.iter().find(|question| line.contains(*question))?;
                    Some(format!("{}:{number}: take it as an argument instead of {question}", source.path))
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_program_and_the_clock_ask_the_machine() {
        let call = format!("let now = {};", QUESTIONS[0]);
        let found = |path: &str, text: &str| complaints(&[Source::new(path, text)]);
        assert_eq!(found("crates/web/src/a.rs", &call).len(), 1);
        assert!(found("crates/web/src/a.rs", &call)[0].starts_with("crates/web/src/a.rs:1: "));
        assert_eq!(found("crates/web/src/a.rs", &format!("// {call}")), [""; 0]);
        assert_eq!(found("crates/web/tests/it/a.rs", &call), [""; 0]);
        assert_eq!(found("crates/actions/src/clock.rs", &call), [""; 0]);
        assert_eq!(found("crates/app/src/main.rs", &call), [""; 0]);
    }
}
