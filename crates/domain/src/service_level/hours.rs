//! A stretch of a day, written `09:00-18:00`, in minutes since midnight. `24:00` is the end of the day; what goes
//! over midnight is written on both days.

use std::fmt::{Display, Formatter, Result as Written};

use serde::{Deserialize, Serialize};
use thiserror::Error;

const DAY: u16 = 24 * 60;

/// From `opens` until just before `closes`; never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hours {
    opens: u16,
    closes: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("'{text}' is not like 09:00-18:00, with the end after the start")]
pub struct InvalidHours {
    pub text: String,
}

impl Hours {
    /// Minutes since midnight, 1440 for its end.
    pub fn new(opens: u16, closes: u16) -> Option<Self> {
        (opens < closes && closes <= DAY).then_some(Self { opens, closes })
    }

    pub fn parse(text: &str) -> Result<Self, InvalidHours> {
        let read = || {
            let (opens, closes) = text.trim().split_once('-')?;
            Self::new(minutes(opens.trim_end())?, minutes(closes.trim_start())?)
        };
        read().ok_or_else(|| InvalidHours { text: text.chars().take(100).collect() })
    }

    pub fn opens(self) -> u16 {
        self.opens
    }

    pub fn closes(self) -> u16 {
        self.closes
    }

    pub fn holds(self, minute: u16) -> bool {
        (self.opens..self.closes).contains(&minute)
    }
}

/// In order, those that touch or overlap made one, so that no minute counts twice.
pub(super) fn merged(hours: &[Hours]) -> Vec<Hours> {
    let mut sorted = hours.to_vec();
    sorted.sort_unstable();
    sorted.dedup_by(|next, kept| {
        let joins = next.opens <= kept.closes;
        if joins {
            kept.closes = kept.closes.max(next.closes);
        }
        joins
    });
    sorted
}

fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str, least: usize| {
        let sound = (least..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        sound.then(|| part.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (digits(hour, 1)?, digits(minute, 2)?);
    let total = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && total <= DAY).then_some(total)
}

impl Display for Hours {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        write!(f, "{}-{}", clock(self.opens), clock(self.closes))
    }
}

impl TryFrom<String> for Hours {
    type Error = InvalidHours;

    fn try_from(text: String) -> Result<Self, InvalidHours> {
        Self::parse(&text)
    }
}

impl From<Hours> for String {
    fn from(hours: Hours) -> Self {
        hours.to_string()
    }
}
