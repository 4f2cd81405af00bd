//! Where a shown value leads: a URL with placeholders (IR-105, TC-141). What could run in our pages is refused.

use std::fmt::Write;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'a>(&'a str);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a link begins with https://, http:// or /")]
pub struct InvalidLink;

impl<'a> Link<'a> {
    /// Only pages of the web and our own: `javascript:` and `data:` would act in the name of whoever looks.
    pub fn read(template: &'a str) -> Result<Self, InvalidLink> {
        let template = template.trim();
        let lower = template.to_ascii_lowercase();
        let own = lower.starts_with('/') && !lower.starts_with("//") && !lower.starts_with("/\\");
        let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
        // a value must not choose whom the page is asked from
        let foreign = host.is_some_and(|host| !host.is_empty() && !host.split('/').next().unwrap_or_default().contains("__"));
        let clean = !template.chars().any(|c| c.is_control() || c.is_whitespace());
        if clean && (own || foreign) { Ok(Self(template)) } else { Err(InvalidLink) }
    }

    /// `__CustomField__` is the value, `__id__` the ticket's number; both are escaped.
    #[must_use]
    pub fn to(self, value: &str, ticket: i64) -> String {
        self.0.replace("__id__", &ticket.to_string()).replace("__CustomField__", &escaped(value))
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            escaped.push(char::from(byte));
        } else {
            // writing to a string cannot fail
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ir105_tc141_placeholders_are_filled_escaped_and_nothing_that_runs_is_taken() {
        let link = Link::read("https://nvd.example/vuln/__CustomField__?ticket=__id__").expect("a link");
        assert_eq!(link.to("CVE-2026-1/<b>&x=__id__", 7), "https://nvd.example/vuln/CVE-2026-1%2F%3Cb%3E%26x%3D__id__?ticket=7");
        assert_eq!(Link::read("/search?query=__CustomField__").expect("ours").to("a b", 1), "/search?query=a%20b");
        for evil in [
            "javascript:alert(1)",
            " JavaScript:x",
            "data:text/html,x",
            "//evil.example/",
            "https://",
            "x",
            "",
            "https://__CustomField__/",
        ] {
            assert_eq!(Link::read(evil), Err(InvalidLink), "{evil}");
        }
    }
}
