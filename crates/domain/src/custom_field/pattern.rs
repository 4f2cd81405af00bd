//! Patterns of fields: regular expressions with a name in front for people, `(?#Year)^[12][0-9]{3}$` (TC-132).

/// Offered in the administration: what a value must be, by RT's names.
pub const PRESETS: [&str; 3] = ["(?#Mandatory).", r"(?#Digits)^[0-9]+$", r"(?#Year)^[12][0-9]{3}$"];

/// A pattern compiled may take this much memory.
const SIZE: usize = 1 << 20;

#[derive(Clone, Debug)]
pub struct Pattern {
    label: String,
    text: String,
    expression: regex::Regex,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a regular expression")]
pub struct InvalidPattern(String);

impl Pattern {
    /// Matching takes time linear in the value, whatever the pattern is.
    pub fn read(text: &str) -> Result<Self, InvalidPattern> {
        let labelled = text.strip_prefix("(?#").and_then(|rest| rest.split_once(')'));
        let (label, bare) = labelled.unwrap_or(("", text));
        let expression = regex::RegexBuilder::new(bare).size_limit(SIZE).build();
        let expression = expression.map_err(|_| InvalidPattern(text.chars().take(100).collect()))?;
        Ok(Self { label: label.to_owned(), text: bare.to_owned(), expression })
    }
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }
    /// Found somewhere in the value.
    #[must_use]
    pub fn fits(&self, value: &str) -> bool {
        self.expression.is_match(value)
    }
    /// It is there to ask for any value at all.
    #[must_use]
    pub fn is_mandatory(&self) -> bool {
        self.label.eq_ignore_ascii_case("mandatory") || matches!(self.text.as_str(), "." | ".+")
    }
    /// Only whole numbers fit.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        let digits = ["[0-9]", r"\d"].iter().any(|class| {
            let rest = self.text.strip_prefix('^').and_then(|text| text.strip_prefix(class));
            rest.is_some_and(|rest| matches!(rest, "+$" | "*$" | "$") || (rest.starts_with('{') && rest.ends_with("}$")))
        });
        digits || self.label.eq_ignore_ascii_case("digits") || self.label.eq_ignore_ascii_case("year")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tc132_presets_are_patterns_with_names() {
        let labels: Vec<String> = PRESETS.iter().map(|text| Pattern::read(text).expect("a preset").label().to_owned()).collect();
        assert_eq!(labels, ["Mandatory", "Digits", "Year"]);
        assert!(Pattern::read("(").is_err() && Pattern::read("(((a{100}){100}){100})").is_err());
        assert!(
            Pattern::read(r"^\d{4}$").expect("a pattern").is_numeric() && !Pattern::read(r"\d").expect("a pattern").is_numeric()
        );
        assert!(Pattern::read("b").expect("a pattern").fits("abc"), "anywhere in the value");
    }
}
