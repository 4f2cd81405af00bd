//! Priorities by name: labels on a scale of numbers, one scale for all and queues with their own (TC-072, TC-073).

/// Labels with the number each begins at, lowest first; none means that a queue speaks in numbers only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale(Vec<(String, i64)>);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not like Low=0, Medium=50, High=100, with a number for each name and no name or number twice")]
pub struct InvalidScale(pub String);

/// The word that stands for a scale without names.
pub const NUMBERS: &str = "numbers";
const LONGEST_LABEL: usize = 40;

impl Default for Scale {
    fn default() -> Self {
        Self([("Low", 0), ("Medium", 50), ("High", 100)].map(|(label, number)| (label.to_owned(), number)).to_vec())
    }
}

impl Scale {
    #[must_use]
    pub fn numbers() -> Self {
        Self(vec![])
    }

    /// `Low=0, Medium=50, High=100` or `numbers`.
    pub fn parse(text: &str) -> Result<Self, InvalidScale> {
        if text.trim().eq_ignore_ascii_case(NUMBERS) {
            return Ok(Self::numbers());
        }
        let invalid = || InvalidScale(text.chars().take(100).collect());
        let mut labels: Vec<(String, i64)> = Vec::new();
        for part in text.split([',', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
            let (label, number) = part.split_once('=').ok_or_else(invalid)?;
            let (label, number) = (label.trim(), number.trim().parse::<i32>().map_err(|_| invalid())?);
            let known = labels.iter().any(|(other, at)| other.eq_ignore_ascii_case(label) || *at == i64::from(number));
            let sound = !label.is_empty() && label.chars().count() <= LONGEST_LABEL && label.parse::<i64>().is_err();
            if known || !sound || label.chars().any(char::is_control) {
                return Err(invalid());
            }
            labels.push((label.to_owned(), i64::from(number)));
        }
        labels.sort_by_key(|(_, number)| *number);
        if labels.is_empty() { Err(invalid()) } else { Ok(Self(labels)) }
    }

    #[must_use]
    pub fn written(&self) -> String {
        if self.0.is_empty() {
            return NUMBERS.to_owned();
        }
        self.0.iter().map(|(label, number)| format!("{label}={number}")).collect::<Vec<_>>().join(", ")
    }

    pub fn labels(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().map(|(label, number)| (label.as_str(), *number))
    }

    /// The highest label that is not above the number.
    #[must_use]
    pub fn label(&self, number: i64) -> Option<&str> {
        self.0.iter().rev().find(|(_, from)| *from <= number).map(|(label, _)| label.as_str())
    }

    /// The number that a label stands for, or the number itself.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<i64> {
        let text = text.trim();
        let named = self.0.iter().find(|(label, _)| label.eq_ignore_ascii_case(text)).map(|(_, number)| *number);
        named.or_else(|| text.parse::<i32>().ok().map(i64::from))
    }

    /// `High (100)`; the number alone where there is no label.
    #[must_use]
    pub fn shown(&self, number: i64) -> String {
        self.label(number).map_or_else(|| number.to_string(), |label| format!("{label} ({number})"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tc073_a_number_is_shown_as_the_highest_label_not_above_it() {
        let scale = Scale::default();
        for (number, label) in
            [(0, Some("Low")), (49, Some("Low")), (50, Some("Medium")), (99, Some("Medium")), (100, Some("High"))]
        {
            assert_eq!(scale.label(number), label, "{number}");
        }
        assert_eq!((scale.label(1000), scale.label(-1), scale.shown(-1).as_str()), (Some("High"), None, "-1"));
        assert_eq!(Scale::numbers().label(50), None, "switched off");
    }

    #[test]
    fn tc072_tc073_labels_and_any_whole_number_are_read() {
        let own = Scale::parse("urgent=9, idle = -5, normal=0").expect("a scale");
        for (text, number) in
            [("URGENT", Some(9)), ("idle", Some(-5)), ("7", Some(7)), ("-3", Some(-3)), ("High", None), ("x", None)]
        {
            assert_eq!(own.read(text), number, "{text}");
        }
        assert_eq!(own.written(), "idle=-5, normal=0, urgent=9");
        assert_eq!(Scale::parse(&own.written()), Ok(own));
        assert_eq!(Scale::parse("Numbers"), Ok(Scale::numbers()));
        for bad in ["", "Low", "Low=x", "Low=0, low=1", "a=1, b=1", "=3", "7=3", "x=99999999999"] {
            assert!(Scale::parse(bad).is_err(), "{bad}");
        }
    }
}
