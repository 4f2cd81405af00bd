//! Time worked, left and estimated, as people type it and read it: minutes underneath, hours where they say so (TC-069).

/// What a bare number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Unit {
    #[default]
    Minutes,
    Hours,
}

impl Unit {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "minutes" => Some(Self::Minutes),
            "hours" => Some(Self::Hours),
            _ => None,
        }
    }
    fn minutes(self) -> f64 {
        match self {
            Self::Minutes => 1.0,
            Self::Hours => 60.0,
        }
    }
}

/// More than a hundred years nobody works on a ticket.
const MOST: f64 = 60_000_000.0;

/// Minutes: `90`, `1h 30m`, `1.5 hours`, `1 1/2 h`, `1:30`, `-15`. `None` when it is no time.
#[must_use]
pub fn read(text: &str, unit: Unit) -> Option<i64> {
    let text = text.trim().to_ascii_lowercase();
    let (text, sign) = match text.strip_prefix('-') {
        Some(rest) => (rest.trim_start(), -1.0),
        None => (text.strip_prefix('+').unwrap_or(&text).trim_start(), 1.0),
    };
    let total = clock(text).or_else(|| sum(text, unit))?;
    // rounded and within bounds, so the cast is exact
    #[expect(clippy::cast_possible_truncation, reason = "bounded just before")]
    (total <= MOST).then(|| (sign * total).round() as i64)
}

/// `1:30`, hours and minutes.
fn clock(text: &str) -> Option<f64> {
    let (hours, minutes) = text.split_once(':')?;
    let minutes = digits(minutes).filter(|minutes| *minutes < 60.0)?;
    Some(digits(hours)? * 60.0 + minutes)
}

fn digits(text: &str) -> Option<f64> {
    let sound = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| text.parse().ok()).flatten()
}

/// Amounts with their units, one after the other; an amount without one is of the usual unit.
fn sum(text: &str, usual: Unit) -> Option<f64> {
    let spaced = spaced(text);
    let mut words = spaced.split_whitespace().peekable();
    words.peek()?;
    let mut total = 0.0;
    while words.peek().is_some() {
        let mut amount = amount(words.next()?)?;
        // "1 1/2"
        if let Some(more) = words.peek().filter(|word| word.contains('/')).and_then(|word| self::amount(word)) {
            amount += more;
            words.next();
        }
        let unit = match words.peek().copied().and_then(unit_named) {
            Some(minutes) => {
                words.next();
                minutes
            }
            None if words.peek().is_none() => usual.minutes(),
            None => return None,
        };
        total += amount * unit;
    }
    Some(total)
}

/// Puts a blank between a number and the unit that follows it.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut before: Option<char> = None;
    for c in text.chars().take(60) {
        if before.is_some_and(|before| before.is_ascii_digit() != c.is_ascii_digit() && !".,/ ".contains([before, c])) {
            out.push(' ');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

fn amount(word: &str) -> Option<f64> {
    if let Some((upper, lower)) = word.split_once('/') {
        let lower = digits(lower).filter(|lower| *lower > 0.0)?;
        return Some(digits(upper)? / lower);
    }
    let word = word.replace(',', ".");
    let (whole, fraction) = word.split_once('.').unwrap_or((&word, ""));
    let is_fraction = fraction.len() <= 6 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !is_fraction || word.ends_with('.') {
        return None;
    }
    digits(whole)?;
    word.parse().ok()
}

fn unit_named(word: &str) -> Option<f64> {
    match word {
        "m" | "min" | "mins" | "minute" | "minutes" => Some(1.0),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(60.0),
        "d" | "day" | "days" => Some(24.0 * 60.0),
        _ => None,
    }
}

/// `45 min`; from an hour on `1.5 h (90 min)`.
#[must_use]
pub fn shown(minutes: i64) -> String {
    if minutes.unsigned_abs() < 60 {
        return format!("{minutes} min");
    }
    let hundredths = (i128::from(minutes) * 100 + if minutes < 0 { -30 } else { 30 }) / 60;
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
    let hours = match rest {
        0 => format!("{whole}"),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    };
    format!("{sign}{hours} h ({minutes} min)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tc069_times_are_read_in_minutes_hours_and_fractions() {
        for (text, expected) in [
            ("90", 90),
            ("1h 30m", 90),
            ("1h30", 90),
            ("1.5h", 90),
            ("1,5 hours", 90),
            ("1 1/2 hours", 90),
            ("1/2 h", 30),
            ("1 1/2", 2),
            ("1:30", 90),
            ("2 hours 5 minutes", 125),
            ("-15", -15),
            ("- 1 h", -60),
            ("+20 min", 20),
            ("0", 0),
        ] {
            assert_eq!(read(text, Unit::Minutes), Some(expected), "{text}");
        }
        for (text, expected) in [("1 1/2", 90), ("2", 120), ("0.25", 15), ("30 min", 30), ("-1/4", -15)] {
            assert_eq!(read(text, Unit::Hours), Some(expected), "{text} in hours");
        }
        for text in ["", "soon", "1 2 3", "1/0", "h", "1.2.3", "1:75", "99999999999", "9999999 days", "1h banana", "-", "1."] {
            assert_eq!(read(text, Unit::Minutes), None, "{text}");
        }
    }

    #[test]
    fn tc069_times_are_shown_in_hours_with_their_minutes() {
        for (minutes, expected) in [
            (0, "0 min"),
            (45, "45 min"),
            (60, "1 h (60 min)"),
            (90, "1.5 h (90 min)"),
            (95, "1.58 h (95 min)"),
            (-75, "-1.25 h (-75 min)"),
        ] {
            assert_eq!(shown(minutes), expected);
        }
        assert!(shown(i64::MIN).ends_with("min)") && shown(i64::MAX).contains(" h "));
    }
}
