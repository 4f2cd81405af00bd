//! Which last labels make a name a domain name (IR-119).

use std::collections::HashSet;

/// RFC 2606 and RFC 6761 reserve these; people use them in examples and tests.
const RESERVED: [&str; 4] = ["example", "invalid", "localhost", "test"];

/// The known list comes with the program (Mozilla's, the part that IANA delegates); a site may give its own instead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TopLevelDomains {
    #[default]
    Known,
    Listed(HashSet<String>),
    /// The known ones and these.
    KnownAnd(HashSet<String>),
    /// Strict checking is off.
    Any,
}

impl TopLevelDomains {
    /// IANA's file format: one a line, `#` begins a comment. Reserved names always count.
    pub fn from_list(text: &str) -> Self {
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
        Self::Listed(lines.filter(|line| !line.is_empty()).map(str::to_ascii_lowercase).collect())
    }

    #[must_use]
    pub fn known_and(more: &[&str]) -> Self {
        if more.is_empty() {
            return Self::Known;
        }
        Self::KnownAnd(more.iter().map(|label| label.trim_start_matches('.').to_ascii_lowercase()).collect())
    }

    pub fn contains(&self, label: &str) -> bool {
        let label = label.to_ascii_lowercase();
        match self {
            Self::Any => true,
            Self::Listed(list) => list.contains(&label) || RESERVED.contains(&label.as_str()),
            Self::KnownAnd(more) => more.contains(&label) || Self::Known.contains(&label),
            Self::Known => RESERVED.contains(&label.as_str()) || is_delegated(&label),
        }
    }
}

/// Asked below the label, because some countries have rules for their second level only (`*.ck`).
fn is_delegated(label: &str) -> bool {
    let below = format!("x.{label}");
    psl::suffix(below.as_bytes()).is_some_and(|suffix| suffix.typ() == Some(psl::Type::Icann))
}
