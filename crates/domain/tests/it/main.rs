#![expect(clippy::unwrap_used, reason = "tests")]

mod detector;
mod ip_range;
mod lifecycle;
mod observable;
mod seeded_lifecycles;
mod service_level;
