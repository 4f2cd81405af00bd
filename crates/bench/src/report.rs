//! The table as it is printed, and what it adds up to.

use std::io::Write;

/// Prints as it goes, so that a long run shows where it is; remembers what was missed.
#[derive(Default)]
pub(crate) struct Report {
    missed: Vec<String>,
    met: usize,
}

/// What a number must be.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    AtLeast(f64),
    AtMost(f64),
}

impl Target {
    fn is_met(self, number: f64) -> bool {
        match self {
            Target::AtLeast(least) => number >= least,
            Target::AtMost(most) => number <= most,
        }
    }
}

impl Report {
    #[expect(clippy::unused_self, reason = "who prints has the report in hand")]
    pub(crate) fn say(&self, line: &str) {
        // a closed pipe is the reader's choice, not an error of ours
        let _ = writeln!(std::io::stdout(), "{line}");
    }

    pub(crate) fn title(&self, text: &str) {
        self.say(&format!("\n{text}\n{}", "-".repeat(text.chars().count())));
    }

    /// Holds a number against its target; returns the word for its line.
    pub(crate) fn judge(&mut self, what: &str, number: f64, target: Target) -> &'static str {
        if target.is_met(number) {
            self.met += 1;
            return "ok";
        }
        let wanted = match target {
            Target::AtLeast(least) => format!("at least {least}"),
            Target::AtMost(most) => format!("at most {most}"),
        };
        self.missed.push(format!("{what}: {number:.2}, and it should be {wanted}"));
        "MISSED"
    }

    /// The last lines; whether every target was met. A quick run measures too little to judge.
    pub(crate) fn end(&self, quick: bool) -> bool {
        self.title(&format!("{} targets met, {} missed", self.met, self.missed.len()));
        for line in &self.missed {
            self.say(&format!("missed: {line}"));
        }
        if quick {
            self.say("A quick run shows that everything works; it judges nothing.");
        }
        quick || self.missed.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_target_fails_a_full_run_and_no_quick_one() {
        let mut report = Report::default();
        assert_eq!(report.judge("mails", 300.0, Target::AtLeast(300.0)), "ok");
        assert!(report.end(false));
        assert_eq!(report.judge("home", 10.1, Target::AtMost(10.0)), "MISSED");
        assert!(!report.end(false));
        assert!(report.end(true));
    }
}
