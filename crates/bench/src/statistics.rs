//! What many measured times say in few numbers.

use std::time::Duration;

/// How long each of many requests took, and all of them together.
pub(crate) struct Times {
    sorted: Vec<Duration>,
    elapsed: Duration,
}

impl Times {
    pub(crate) fn new(mut times: Vec<Duration>, elapsed: Duration) -> Self {
        times.sort_unstable();
        Self { sorted: times, elapsed }
    }

    /// The time that so many of a hundred stayed within, in milliseconds.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let rank = (self.sorted.len() * percent).div_ceil(100).saturating_sub(1);
        self.sorted.get(rank).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    }

    pub(crate) fn a_second(&self) -> f64 {
        rate(self.sorted.len(), self.elapsed)
    }
}

pub(crate) fn rate(count: usize, elapsed: Duration) -> f64 {
    count as f64 / elapsed.as_secs_f64().max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let times = (1..=200).rev().map(Duration::from_millis).collect();
        let times = Times::new(times, Duration::from_secs(2));
        assert_eq!((times.percentile(50), times.percentile(99), times.percentile(100)), (100.0, 198.0, 200.0));
        assert!((times.a_second() - 100.0).abs() < 1e-9);
        assert!(Times::new(vec![], Duration::ZERO).percentile(50) < 1e-9);
    }
}
