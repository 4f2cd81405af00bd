//! What is wrong with a service level, judged when it is stored.

use super::{Promise, ServiceLevel};
use jiff::tz::TimeZone;
use thiserror::Error;

/// The four things a level can promise, by the names forms and definitions give them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    Starts,
    Response,
    Resolve,
    KeepInLoop,
}

pub const METRICS: [Metric; 4] = [Metric::Starts, Metric::Response, Metric::Resolve, Metric::KeepInLoop];

impl Metric {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Starts => "starts",
            Self::Response => "response",
            Self::Resolve => "resolve",
            Self::KeepInLoop => "keep_in_loop",
        }
    }
    fn out_of_hours(self) -> &'static str {
        match self {
            Self::Starts => "out_of_hours_starts",
            Self::Response => "out_of_hours_response",
            Self::Resolve => "out_of_hours_resolve",
            Self::KeepInLoop => "out_of_hours_keep_in_loop",
        }
    }
    /// What a level promises, and what it adds out of hours.
    #[must_use]
    pub fn of(self, level: &ServiceLevel) -> (Option<&Promise>, Option<&Promise>) {
        let extra = &level.out_of_hours;
        match self {
            Self::Starts => (level.starts.as_ref(), extra.starts.as_ref()),
            Self::Response => (level.response.as_ref(), extra.response.as_ref()),
            Self::Resolve => (level.resolve.as_ref(), extra.resolve.as_ref()),
            Self::KeepInLoop => (level.keep_in_loop.as_ref(), extra.keep_in_loop.as_ref()),
        }
    }
    pub fn set(self, level: &mut ServiceLevel, promise: Option<Promise>, extra: Option<Promise>) {
        let out = &mut level.out_of_hours;
        let (slot, more) = match self {
            Self::Starts => (&mut level.starts, &mut out.starts),
            Self::Response => (&mut level.response, &mut out.response),
            Self::Resolve => (&mut level.resolve, &mut out.resolve),
            Self::KeepInLoop => (&mut level.keep_in_loop, &mut out.keep_in_loop),
        };
        (*slot, *more) = (promise, extra);
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{field}: {message}")]
pub struct InvalidLevel {
    pub field: &'static str,
    pub message: String,
}

/// Ten years.
const MOST_MINUTES: i64 = 10 * 366 * 24 * 60;

impl ServiceLevel {
    /// Whether its calendar exists is for whoever knows the calendars.
    pub fn check(&self) -> Result<(), InvalidLevel> {
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > 64 || name.chars().any(char::is_control) {
            return Err(invalid("name", "A level needs a name of at most 64 characters"));
        }
        if self.time_zone.as_deref().is_some_and(|zone| TimeZone::get(zone).is_err()) {
            return Err(invalid("time_zone", "That is not a known time zone"));
        }
        for metric in METRICS {
            let (promise, extra) = metric.of(self);
            promise.map_or(Ok(()), |promise| minutes(metric.name(), promise))?;
            extra.map_or(Ok(()), |promise| minutes(metric.out_of_hours(), promise))?;
        }
        Ok(())
    }
}

fn minutes(field: &'static str, promise: &Promise) -> Result<(), InvalidLevel> {
    let mut given = promise.business_minutes.iter().chain(&promise.real_minutes).peekable();
    if given.peek().is_none() {
        return Err(invalid(field, "A promise needs business minutes, real minutes, or both"));
    }
    if given.any(|minutes| !(0..=MOST_MINUTES).contains(minutes)) {
        return Err(invalid(field, "Minutes are from 0 to ten years of them"));
    }
    Ok(())
}

fn invalid(field: &'static str, message: &str) -> InvalidLevel {
    InvalidLevel { field, message: message.to_owned() }
}
