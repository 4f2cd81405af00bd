//! Values of JSON keys as clients send them: numbers as text or number, references as objects, dates in four forms
//! (API-033, API-035, API-117).

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use serde_json::Value;

/// What a key says about a single value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Nothing,
    This(String),
}

/// Text of a scalar, or the `id` of a reference; `None` for what means nothing here.
pub(crate) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.replace('\0', "")),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(if *flag { "1" } else { "0" }.to_owned()),
        Value::Object(object) => object.get("id").filter(|id| !id.is_object()).and_then(scalar),
        Value::Null | Value::Array(_) => None,
    }
}

impl Wanted {
    /// `None` for nested values that are ignored.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(Self::Nothing),
            other => scalar(other).map(|text| if text.trim().is_empty() { Self::Nothing } else { Self::This(text) }),
        }
    }
}

/// A list of scalars; a bare one is a list of itself, null and the empty text are the empty list.
pub(crate) fn list(value: &Value) -> Vec<String> {
    let values = match value {
        Value::Array(values) => values.iter().filter_map(scalar).collect(),
        single => scalar(single).into_iter().collect::<Vec<_>>(),
    };
    values.into_iter().filter(|text| !text.trim().is_empty()).collect()
}

/// Columns of RT hold 32 bits; larger numbers are refused rather than cut.
pub(crate) fn number(text: &str) -> Option<i64> {
    text.trim().parse::<i32>().ok().map(i64::from)
}

/// What was given where a date belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotADate;

/// `None` unsets.
pub(crate) fn moment(wanted: &Wanted) -> Result<Option<Timestamp>, NotADate> {
    let Wanted::This(text) = wanted else { return Ok(None) };
    let moment = read_moment(text.trim()).ok_or(NotADate)?;
    Ok(Some(moment).filter(|moment| moment.as_second() != 0))
}

fn read_moment(text: &str) -> Option<Timestamp> {
    if let Ok(seconds) = text.parse::<i64>() {
        return Timestamp::from_second(seconds).ok();
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    let local = text.parse::<DateTime>().ok().or_else(|| text.parse::<Date>().ok().map(|date| date.at(0, 0, 0, 0)))?;
    Some(local.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dates_come_in_four_forms_and_empty_ones_unset() {
        let read = |text: &str| moment(&Wanted::This(text.to_owned())).map(|moment| moment.map(|moment| moment.to_string()));
        let noon = Ok(Some("2026-03-02T12:00:00Z".to_owned()));
        for form in ["2026-03-02 12:00:00", "2026-03-02T12:00:00Z", "2026-03-02T13:00:00+01:00", "1772452800"] {
            assert_eq!(read(form), noon, "{form}");
        }
        assert_eq!(read("2026-03-02"), Ok(Some("2026-03-02T00:00:00Z".to_owned())));
        for unset in ["0", "1970-01-01T00:00:00Z"] {
            assert_eq!(read(unset), Ok(None), "{unset}");
        }
        assert_eq!(moment(&Wanted::Nothing), Ok(None));
        for bad in ["tomorrow", "2026-02-30", "99999999999999999"] {
            assert_eq!(read(bad), Err(NotADate), "{bad}");
        }
    }

    #[test]
    fn references_count_by_their_id_and_other_nests_are_ignored() {
        assert_eq!(scalar(&json!({"type": "user", "id": "root"})), Some("root".into()));
        assert_eq!(scalar(&json!({"id": {"id": 1}})), None);
        assert_eq!(scalar(&json!([1])), None);
        assert_eq!(list(&json!(["a", {"id": 2}, null, ""])), ["a", "2"]);
        assert_eq!(list(&json!("a")), ["a"]);
        assert_eq!(Wanted::read(&json!("")), Some(Wanted::Nothing));
        assert_eq!(number("99999999999"), None);
    }
}
