//! No `unwrap` outside tests: `?`, or `expect` with the reason why it cannot fail.

use crate::tree::Source;

/// Test code from end to end.
const TEST_CRATES: [&str; 1] = ["crates/testkit/"];

pub fn complaints(sources: &[Source]) -> Vec<String> {
    let shipped = |source: &&Source| {
        source.path.starts_with("crates/")
            && source.has_extension(&["rs"])
            && !source.is_test()
            && !TEST_CRATES.iter().any(|name| source.path.starts_with(name))
    };
    sources
        .iter()
        .filter(shipped)
        .flat_map(|source| {
            source
                .shipped_lines()
                .filter(|(_, line)| line.contains(concat!(".unwrap", "()")))
                .map(|(number, _)| format!("{}:{number}: unwrap outside tests", source.path))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_code_is_searched_and_tests_are_not() {
        let call = concat!("x.unwrap", "();");
        let found = |path: &str, text: &str| complaints(&[Source::new(path, text)]).len();
        assert_eq!(found("crates/web/src/a.rs", call), 1);
        assert_eq!(found("crates/web/src/a.rs", &format!("// {call}")), 0);
        assert_eq!(found("crates/web/src/a.rs", &format!("#[cfg(test)]\nmod tests {{\n{call}\n}}")), 0);
        assert_eq!(found("crates/web/tests/it/a.rs", call), 0);
        assert_eq!(found("crates/testkit/src/a.rs", call), 0);
    }
}
