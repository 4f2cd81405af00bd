//! Custom fields: kinds, limits, and what a value must look like (TC section 12, IR section 3).

use crate::{FieldId, ip_range::IpRange};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldKind {
    Select,
    Freeform,
    Text,
    Date,
    IPAddress,
    IPAddressRange,
}

impl FieldKind {
    pub const ALL: [FieldKind; 6] = [
        FieldKind::Select,
        FieldKind::Freeform,
        FieldKind::Text,
        FieldKind::Date,
        FieldKind::IPAddress,
        FieldKind::IPAddressRange,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            FieldKind::Select => "Select",
            FieldKind::Freeform => "Freeform",
            FieldKind::Text => "Text",
            FieldKind::Date => "Date",
            FieldKind::IPAddress => "IPAddress",
            FieldKind::IPAddressRange => "IPAddressRange",
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
    #[must_use]
    pub fn is_ip(self) -> bool {
        matches!(self, FieldKind::IPAddress | FieldKind::IPAddressRange)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldOption {
    pub name: String,
    pub description: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CustomField {
    pub id: FieldId,
    pub name: String,
    pub description: String,
    pub kind: FieldKind,
    /// How many values a ticket may have; 0 means any number.
    pub max_values: i64,
    /// A regular expression that every value must match somewhere.
    pub pattern: Option<String>,
    /// What a value should look like, in the field's own words.
    pub hint: String,
    /// The box it is shown in: `Networking`, `Details` …
    pub grouping: String,
    pub options: Vec<FieldOption>,
    pub sort_order: i64,
    pub disabled: bool,
}

/// One value as stored; IP kinds also carry the fixed-width keys of both ends (IR-109).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValue {
    pub content: String,
    pub ip: Option<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidValue {
    #[error("“{0}” is not one of the values of this field")]
    NotAnOption(String),
    #[error("“{0}” is not an IP address or a range of them")]
    NotAnIp(String),
    #[error("“{0}” is not a date; use YYYY-MM-DD")]
    NotADate(String),
    #[error("this field holds one line; “{0}” has more")]
    NotALine(String),
    #[error("“{0}” does not have the form this field asks for: {1}")]
    Pattern(String, String),
    #[error("a value may have at most {0} characters")]
    TooLong(usize),
    #[error("at most {0} values")]
    TooMany(i64),
}

const LINE_LIMIT: usize = 255;
const TEXT_LIMIT: usize = 100_000;

impl CustomField {
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.max_values == 1
    }

    /// A value in its stored form. What [`FieldKind::IPAddressRange`] shows is the range, never the CIDR it was typed as (IR-110).
    pub fn value(&self, text: &str) -> Result<FieldValue, InvalidValue> {
        let shown = || text.chars().take(60).collect::<String>();
        let limit = if self.kind == FieldKind::Text { TEXT_LIMIT } else { LINE_LIMIT };
        if text.chars().count() > limit {
            return Err(InvalidValue::TooLong(limit));
        }
        let text = text.replace('\0', "");
        let trimmed = text.trim();
        let plain = |content: &str| FieldValue { content: content.to_owned(), ip: None };
        let value = match self.kind {
            FieldKind::Text => plain(text.trim_end()),
            _ if trimmed.chars().any(char::is_control) => return Err(InvalidValue::NotALine(shown())),
            FieldKind::Freeform => plain(trimmed),
            FieldKind::Select => {
                let option = self.options.iter().find(|option| option.name.eq_ignore_ascii_case(trimmed));
                plain(&option.ok_or_else(|| InvalidValue::NotAnOption(shown()))?.name)
            }
            FieldKind::Date => {
                let date: jiff::civil::Date = trimmed.parse().map_err(|_| InvalidValue::NotADate(shown()))?;
                plain(&date.to_string())
            }
            FieldKind::IPAddress | FieldKind::IPAddressRange => {
                let range = IpRange::parse(trimmed).map_err(|_| InvalidValue::NotAnIp(shown()))?;
                if self.kind == FieldKind::IPAddress && range.start() != range.end() {
                    return Err(InvalidValue::NotAnIp(shown()));
                }
                FieldValue { content: range.to_string(), ip: Some(range.key()) }
            }
        };
        self.check_pattern(&value.content)?;
        Ok(value)
    }

    fn check_pattern(&self, content: &str) -> Result<(), InvalidValue> {
        let Some(pattern) = &self.pattern else { return Ok(()) };
        let fits = regex::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(content));
        if fits { Ok(()) } else { Err(InvalidValue::Pattern(content.chars().take(60).collect(), self.hint.clone())) }
    }

    /// Splits what a form sends into values: lines for fields of many values (and commas for IPs), all of it for one.
    #[must_use]
    pub fn split<'a>(&self, text: &'a str) -> Vec<&'a str> {
        if self.kind == FieldKind::Text || (self.is_single() && !self.kind.is_ip()) {
            return if text.trim().is_empty() { vec![] } else { vec![text] };
        }
        let commas = self.kind.is_ip();
        text.split(|c| matches!(c, '\n' | '\r') || (commas && c == ',')).map(str::trim).filter(|one| !one.is_empty()).collect()
    }

    /// Every value in its stored form, without repeats; the first error that a value has.
    pub fn values<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Result<Vec<FieldValue>, InvalidValue> {
        let mut values: Vec<FieldValue> = Vec::new();
        for text in texts {
            let value = self.value(text)?;
            if !values.contains(&value) {
                values.push(value);
            }
        }
        if self.max_values > 0 && values.len() as i64 > self.max_values {
            return Err(InvalidValue::TooMany(self.max_values));
        }
        Ok(values)
    }
}
