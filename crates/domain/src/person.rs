//! People and their addresses.

use crate::UserId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Somebody who signs in, writes to us, or is written to.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    pub id: UserId,
    /// Login, or the address for people who only see our mail.
    pub name: String,
    pub email: Option<EmailAddress>,
    pub real_name: String,
    pub organization: String,
    /// Staff and other people with an account of their own; strangers are unprivileged (RT's word).
    pub privileged: bool,
    pub disabled: bool,
    pub time_zone: Option<String>,
    pub theme: Theme,
    /// Single-key commands on or off (WCAG 2.1.4).
    pub keys: bool,
    pub signature: String,
}

impl User {
    /// What a page or a mail calls this person.
    #[must_use]
    pub fn display_name(&self) -> &str {
        if self.real_name.is_empty() { &self.name } else { &self.real_name }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Theme::System, Theme::Light, Theme::Dark].into_iter().find(|theme| theme.as_str() == text)
    }
}

/// One address, lower-cased, safe to put into a header and on a command line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not an e-mail address")]
pub struct InvalidAddress(pub String);

impl EmailAddress {
    /// Accepts `local@domain` as mail systems use it in practice; no comments, no quoted local parts, no spaces.
    pub fn parse(text: &str) -> Result<Self, InvalidAddress> {
        let invalid = || InvalidAddress(text.chars().take(100).collect());
        let address = text.trim();
        let (local, domain) = address.rsplit_once('@').ok_or_else(invalid)?;
        let local_ok = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('-')
            && local.chars().all(|c| !c.is_control() && !c.is_whitespace() && !r#"()<>[]:;@\,""#.contains(c));
        let label_ok = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
        };
        if local_ok && domain.len() <= 253 && domain.split('.').all(label_ok) {
            Ok(Self(address.to_lowercase()))
        } else {
            Err(invalid())
        }
    }
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Someone as a form, a mail or an API call names them: `Name <address>`, an address, or a login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonName {
    Address { address: EmailAddress, name: Option<String> },
    Login(String),
}

impl PersonName {
    pub fn parse(text: &str) -> Result<Self, InvalidAddress> {
        let text = text.trim();
        if let (Some(open), true) = (text.rfind('<'), text.ends_with('>')) {
            let name = text[..open].trim().trim_matches('"').trim();
            let address = EmailAddress::parse(&text[open + 1..text.len() - 1])?;
            return Ok(Self::Address { address, name: (!name.is_empty()).then(|| name.to_owned()) });
        }
        if text.contains('@') {
            return Ok(Self::Address { address: EmailAddress::parse(text)?, name: None });
        }
        if text.is_empty() || text.len() > 200 || text.chars().any(char::is_control) {
            return Err(InvalidAddress(text.chars().take(100).collect()));
        }
        Ok(Self::Login(text.to_owned()))
    }

    /// Reads a list separated by commas, semicolons or line ends.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, InvalidAddress> {
        let mut inside_quotes = false;
        let separated = text.split(|c| {
            inside_quotes ^= c == '"';
            !inside_quotes && matches!(c, ',' | ';' | '\n' | '\r')
        });
        separated.map(str::trim).filter(|one| !one.is_empty()).map(Self::parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // TC-196
    #[test]
    fn addresses_are_folded_and_checked() {
        assert_eq!(EmailAddress::parse(" Ray@Bank.Example ").unwrap().as_str(), "ray@bank.example");
        for bad in ["", "x", "@x", "a@", "a b@x.example", "a@x..y", "-f@x.example", "a@b\r\nBcc: c@d", "a,b@x.example", "<a@b>"] {
            assert!(EmailAddress::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn lists_of_people_keep_quoted_commas() {
        let list = PersonName::parse_list("\"Doe, Jane\" <jane@x.example>, dana; ray@y.example").unwrap();
        assert_eq!(list.len(), 3);
        assert!(matches!(&list[0], PersonName::Address { name: Some(name), .. } if name == "Doe, Jane"));
        assert!(matches!(&list[1], PersonName::Login(login) if login == "dana"));
    }
}
