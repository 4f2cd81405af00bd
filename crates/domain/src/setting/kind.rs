//! What an option may hold, read from what somebody typed into its stored form.

use crate::person::EmailAddress;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Flag,
    /// A whole number within bounds.
    Number {
        least: i64,
        most: i64,
    },
    /// One line; empty is allowed.
    Text,
    /// One of these; the second of each pair lists what else is taken for it.
    Choice(&'static [(&'static str, &'static [&'static str])]),
    /// Words separated by spaces, commas or line ends; only these, unless there are none.
    List(&'static [&'static str]),
    /// `key = value`, one a line.
    Map,
    /// A regular expression, or nothing.
    Pattern,
    /// The name of a queue; whether there is one is for whoever knows the queues.
    Queue,
    /// A mail address, or nothing.
    Address,
    /// Never shown back.
    Secret,
}

/// Longer than this no option is.
const LONGEST: usize = 10_000;
/// A pattern compiled may take this much memory.
const PATTERN_SIZE: usize = 1 << 20;

impl Kind {
    /// The stored form, or one sentence of what is wrong.
    pub fn read(self, text: &str) -> Result<String, String> {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(format!("At most {LONGEST} characters."));
        }
        let line = || if text.chars().any(char::is_control) { Err("One line, please.".to_owned()) } else { Ok(text.to_owned()) };
        match self {
            Self::Flag => flag(text).map(|yes| if yes { "yes" } else { "no" }.to_owned()),
            Self::Number { least, most } => match text.parse::<i64>() {
                Ok(number) if (least..=most).contains(&number) => Ok(number.to_string()),
                _ => Err(format!("A whole number from {least} to {most}, please.")),
            },
            Self::Text | Self::Queue | Self::Secret => line(),
            Self::Choice(choices) => choice(choices, text),
            Self::List(allowed) => list(allowed, text),
            Self::Map => map(text),
            Self::Pattern => pattern(text),
            Self::Address if text.is_empty() => Ok(String::new()),
            Self::Address => {
                EmailAddress::parse(text).map(|address| address.as_str().to_owned()).map_err(|error| error.to_string())
            }
        }
    }

    /// What a page or a command may show of a stored value (IR-555).
    #[must_use]
    pub fn shown(self, stored: &str) -> &str {
        if self == Self::Secret { "" } else { stored }
    }
}

fn flag(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "yes" | "true" | "on" => Ok(true),
        "0" | "no" | "false" | "off" | "" => Ok(false),
        _ => Err("“yes” or “no”, please.".to_owned()),
    }
}

fn choice(choices: &[(&str, &[&str])], text: &str) -> Result<String, String> {
    let is = |word: &&str| word.eq_ignore_ascii_case(text);
    let found = choices.iter().find(|(name, others)| is(name) || others.iter().any(&is));
    found.map(|(name, _)| (*name).to_owned()).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        format!("One of {}, please.", names.join(", "))
    })
}

fn list(allowed: &[&str], text: &str) -> Result<String, String> {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty()) {
        if !allowed.is_empty() && !allowed.contains(&word) {
            return Err(format!("“{word}” is not known here; there are {}.", allowed.join(", ")));
        }
        if !words.contains(&word) {
            words.push(word);
        }
    }
    Ok(words.join(" "))
}

fn map(text: &str) -> Result<String, String> {
    let mut lines = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
            Some((key, value)) if !key.is_empty() => lines.push(format!("{key} = {value}")),
            _ => return Err(format!("“{line}” does not have the form “key = value”.")),
        }
    }
    Ok(lines.join("\n"))
}

fn pattern(text: &str) -> Result<String, String> {
    match regex::RegexBuilder::new(text).size_limit(PATTERN_SIZE).build() {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => {
            let lines: Vec<&str> = text.lines().collect();
            let reason = error.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            Err(format!("“{}” is not a regular expression: {reason}.", lines.join(" ")))
        }
    }
}

/// Whether a stored pattern is found somewhere in a text.
#[must_use]
pub fn is_found(pattern: &str, text: &str) -> bool {
    regex::RegexBuilder::new(pattern).size_limit(PATTERN_SIZE).build().is_ok_and(|pattern| pattern.is_match(text))
}

/// The pairs of a stored map, in order.
#[must_use]
pub fn map_of(stored: &str) -> Vec<(&str, &str)> {
    stored.lines().filter_map(|line| line.split_once('=')).map(|(key, value)| (key.trim(), value.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_the_stored_form_or_a_sentence() {
        assert_eq!(Kind::Flag.read(" ON "), Ok("yes".to_owned()));
        assert!(Kind::Flag.read("perhaps").is_err());
        let number = Kind::Number { least: 0, most: 60 };
        assert_eq!(number.read("060"), Ok("60".to_owned()));
        assert!(number.read("61").is_err() && number.read("").is_err());
        let choice = Kind::Choice(&[("strict", &["1", "yes"]), ("no", &["0"])]);
        assert_eq!(choice.read("YES"), Ok("strict".to_owned()));
        assert!(choice.read("maybe").unwrap_err().contains("strict, no"));
        assert_eq!(Kind::List(&["ip", "email"]).read("email, ip email"), Ok("email ip".to_owned()));
        assert!(Kind::List(&["ip"]).read("ip url").is_err());
        assert_eq!(Kind::Map.read("a=b\r\n\n c  = d=e "), Ok("a = b\nc = d=e".to_owned()));
        assert_eq!(map_of("a = b\nc = d=e"), [("a", "b"), ("c", "d=e")]);
        assert!(Kind::Map.read("nothing").is_err());
        assert!(Kind::Text.read("two\nlines").is_err());
        assert_eq!(Kind::Address.read("A@B.example"), Ok("a@b.example".to_owned()));
    }

    #[test]
    fn a_pattern_that_is_none_or_eats_memory_is_refused() {
        assert!(Kind::Pattern.read("(?i)done|blocked").is_ok());
        assert!(Kind::Pattern.read("(").is_err());
        assert!(Kind::Pattern.read("(((a{100}){100}){100})").is_err());
    }

    #[test]
    fn ir555_a_secret_is_never_shown_back() {
        assert_eq!((Kind::Secret.shown("hunter2"), Kind::Text.shown("open")), ("", "open"));
    }
}
