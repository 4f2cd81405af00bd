//! What a message is about, to tell whether messages are alike: the end of its subject. Answers put ever more before it, and programs
//! that answer each other pile that up.

use crate::incoming::Incoming;

const LONGEST: usize = 200;

pub fn about(incoming: &Incoming) -> String {
    let subject = without_tags(&incoming.subject);
    let said = |text: &&str| text.chars().filter(|character| character.is_alphanumeric()).take(2).count() == 2;
    let last = subject.rsplit(": ").map(str::trim).find(said);
    last.unwrap_or(subject.trim()).chars().take(LONGEST).collect::<String>().to_lowercase()
}

/// Without `[name #7]`.
fn without_tags(subject: &str) -> String {
    let mut rest = subject;
    let mut text = String::new();
    while let Some((before, candidate)) = rest.split_once('[') {
        text.push_str(before);
        match candidate.split_once(']') {
            Some((inside, after)) if inside.contains('#') => rest = after,
            _ => {
                text.push('[');
                rest = candidate;
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_about_what_they_answer() {
        let of = |subject: &str| about(&Incoming { subject: subject.to_owned(), ..Incoming::default() });
        for subject in [
            "Scan of our net",
            "Re: Scan of our net",
            "AW: [x #7] RE: Scan of our NET",
            "x Answer: y Answer: [x #8] Scan of our net",
        ] {
            assert_eq!(of(subject), "scan of our net");
        }
        assert_ne!(of("Scan of 192.0.2.1"), of("Scan of 192.0.2.2"));
        assert_ne!(of("Alert at 12:30"), of("Other at 11:30"));
        assert_eq!(of("Re:"), "re:");
        assert_eq!(of("[team] news"), "[team] news");
    }
}
