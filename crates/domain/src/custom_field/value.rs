//! One value: read from what was typed into its stored form, or refused with a sentence.

use super::{CustomField, FieldKind, Pattern};
use crate::{html_safe, ip_range::IpRange};

/// A file as it is stored: where its content is, what it is, how large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    pub hash: Vec<u8>,
    pub media_type: String,
    pub size: i64,
}

/// One value as stored; IP kinds also carry the fixed-width keys of both ends (IR-109), files their content's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValue {
    pub content: String,
    pub ip: Option<(String, String)>,
    pub file: Option<StoredFile>,
}

impl FieldValue {
    #[must_use]
    pub fn plain(content: impl Into<String>) -> Self {
        Self { content: content.into(), ip: None, file: None }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidValue {
    #[error("“{0}” is not one of the values of this field")]
    NotAnOption(String),
    #[error("“{0}” is not an IP address or a range of them")]
    NotAnIp(String),
    #[error("“{0}” is not a date; use YYYY-MM-DD")]
    NotADate(String),
    #[error("“{0}” is not a date and time; use YYYY-MM-DD HH:MM")]
    NotAMoment(String),
    #[error("this field holds one line; “{0}” has more")]
    NotALine(String),
    #[error("“{0}” does not have the form this field asks for: {1}")]
    Pattern(String, String),
    #[error("“{0}” belongs to “{1}”, which is not chosen")]
    Category(String, String),
    #[error("“{0}” is not a file that this field holds")]
    NotAFile(String),
    #[error("a value may have at most {0} characters")]
    TooLong(usize),
    #[error("at most {0} values")]
    TooMany(i64),
}

const LINE_LIMIT: usize = 255;
const TEXT_LIMIT: usize = 100_000;

impl CustomField {
    /// A value in its stored form. What [`FieldKind::IPAddressRange`] shows is the range, never the CIDR it was typed as (IR-110).
    pub fn value(&self, text: &str) -> Result<FieldValue, InvalidValue> {
        let shown = || text.chars().take(60).collect::<String>();
        let limit = if self.kind.is_block() { TEXT_LIMIT } else { LINE_LIMIT };
        if text.chars().count() > limit {
            return Err(InvalidValue::TooLong(limit));
        }
        let text = self.spelling.apply(&text.replace('\0', ""));
        let trimmed = text.trim();
        let value = match self.kind {
            FieldKind::Text | FieldKind::Wikitext => FieldValue::plain(text.trim_end()),
            FieldKind::Html => FieldValue::plain(html_safe::clean(text.trim()).ok_or(InvalidValue::TooLong(TEXT_LIMIT))?),
            _ if trimmed.chars().any(char::is_control) => return Err(InvalidValue::NotALine(shown())),
            // of files only names that are held can be kept; new ones are uploaded
            FieldKind::Freeform | FieldKind::Combobox | FieldKind::Autocomplete | FieldKind::Image | FieldKind::Binary => {
                FieldValue::plain(trimmed)
            }
            FieldKind::Select => {
                let option = self.option(trimmed);
                FieldValue::plain(&option.ok_or_else(|| InvalidValue::NotAnOption(shown()))?.name)
            }
            FieldKind::Date => {
                let date: jiff::civil::Date = trimmed.parse().map_err(|_| InvalidValue::NotADate(shown()))?;
                FieldValue::plain(date.to_string())
            }
            FieldKind::DateTime => FieldValue::plain(moment(trimmed).ok_or_else(|| InvalidValue::NotAMoment(shown()))?),
            FieldKind::IPAddress | FieldKind::IPAddressRange => {
                let range = IpRange::parse(trimmed).map_err(|_| InvalidValue::NotAnIp(shown()))?;
                if self.kind == FieldKind::IPAddress && !range.is_single() {
                    return Err(InvalidValue::NotAnIp(shown()));
                }
                FieldValue { ip: Some(range.key()), ..FieldValue::plain(range.to_string()) }
            }
        };
        self.check_pattern(&value.content)?;
        Ok(value)
    }

    fn check_pattern(&self, content: &str) -> Result<(), InvalidValue> {
        let Some(pattern) = &self.pattern else { return Ok(()) };
        let Ok(pattern) = Pattern::read(pattern) else { return Err(self.unfit(content, "")) };
        if pattern.fits(content) { Ok(()) } else { Err(self.unfit(content, pattern.label())) }
    }

    fn unfit(&self, content: &str, label: &str) -> InvalidValue {
        let words = [&self.refusal, label, &self.hint].into_iter().find(|words| !words.is_empty()).map_or("", |words| words);
        InvalidValue::Pattern(content.chars().take(60).collect(), words.to_owned())
    }

    /// Splits what a form sends into values: lines for fields of many values (and commas for IPs), all of it for one.
    #[must_use]
    pub fn split<'a>(&self, text: &'a str) -> Vec<&'a str> {
        if self.kind.is_block() || (self.is_single() && !self.kind.is_ip()) {
            return if text.trim().is_empty() { vec![] } else { vec![text] };
        }
        let commas = self.kind.is_ip();
        text.split(|c| matches!(c, '\n' | '\r') || (commas && c == ',')).map(str::trim).filter(|one| !one.is_empty()).collect()
    }
}

/// In UTC and of one width, so that texts sort as moments; a form's local time has become one before. A text without a zone is UTC.
fn moment(text: &str) -> Option<String> {
    let with_zone = || text.parse::<jiff::Timestamp>().ok();
    let without = || {
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        civil.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    };
    let moment = with_zone().or_else(without)?;
    Some(jiff::Timestamp::from_second(moment.as_second()).ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::custom_field::{FieldOption, Spelling};

    fn content(field: &CustomField, text: &str) -> Result<String, InvalidValue> {
        field.value(text).map(|value| value.content)
    }

    #[test]
    fn tc128_every_kind_has_its_own_stored_form() {
        for (kind, text, stored) in [
            (FieldKind::Freeform, " one line ", "one line"),
            (FieldKind::Text, "two\nlines \n", "two\nlines"),
            (FieldKind::Wikitext, "= Title =\n* a", "= Title =\n* a"),
            (FieldKind::Html, "<p onclick=x>Hi <b>you</b><script>x</script></p>", "<p>Hi <b>you</b></p>"),
            (FieldKind::Combobox, "anything", "anything"),
            (FieldKind::Autocomplete, "anything", "anything"),
            (FieldKind::Date, "2026-11-01", "2026-11-01"),
            (FieldKind::DateTime, "2026-11-01T10:00:00+02:00", "2026-11-01T08:00:00Z"),
            (FieldKind::DateTime, "2026-11-01 10:00", "2026-11-01T10:00:00Z"),
            (FieldKind::IPAddress, "192.000.002.007", "192.0.2.7"),
            (FieldKind::IPAddressRange, "192.0.2.0/30", "192.0.2.0-192.0.2.3"),
        ] {
            assert_eq!(content(&CustomField::new("F", kind), text).as_deref(), Ok(stored), "{kind:?} {text}");
        }
        for (kind, text) in [
            (FieldKind::Freeform, "two\nlines"),
            (FieldKind::Select, "not there"),
            (FieldKind::Date, "soon"),
            (FieldKind::DateTime, "soon"),
            (FieldKind::IPAddress, "192.0.2.0/30"),
            (FieldKind::IPAddressRange, "nonsense"),
        ] {
            assert!(content(&CustomField::new("F", kind), text).is_err(), "{kind:?} {text}");
        }
    }

    #[test]
    fn tc134_the_spelling_comes_before_the_judgement() {
        let mut field = CustomField { spelling: Spelling::Uppercase, ..CustomField::new("Code", FieldKind::Freeform) };
        field.pattern = Some("^[A-Z]+$".to_owned());
        assert_eq!(content(&field, "abc").as_deref(), Ok("ABC"));
        field.spelling = Spelling::Lowercase;
        assert!(content(&field, "ABC").is_err());
    }

    #[test]
    fn tc132_a_refusal_says_the_hint_or_the_label_of_the_pattern() {
        let mut field =
            CustomField { pattern: Some("(?#Year)^[12][0-9]{3}$".to_owned()), ..CustomField::new("Y", FieldKind::Freeform) };
        assert!(content(&field, "2026").is_ok());
        assert!(content(&field, "26").unwrap_err().to_string().contains("Year"));
        field.refusal = "Four digits, please".to_owned();
        assert!(content(&field, "26").unwrap_err().to_string().contains("Four digits, please"));
        assert!(!field.is_mandatory());
        field.pattern = Some("(?#Mandatory).".to_owned());
        assert!(field.is_mandatory() && !field.is_numeric());
    }

    #[test]
    fn tc137_an_option_of_a_category_needs_its_parent() {
        let city = FieldOption { category: "Norway".to_owned(), ..FieldOption::named("Oslo") };
        let mut field =
            CustomField { options: vec![city, FieldOption::named("Elsewhere")], ..CustomField::new("City", FieldKind::Select) };
        field.based_on = Some(crate::FieldId(1));
        assert!(field.check_category("Oslo", &["norway".to_owned()]).is_ok());
        assert!(field.check_category("Oslo", &["Sweden".to_owned()]).is_err() && field.check_category("Oslo", &[]).is_err());
        assert!(field.check_category("Elsewhere", &[]).is_ok(), "uncategorised values always show");
    }
}
