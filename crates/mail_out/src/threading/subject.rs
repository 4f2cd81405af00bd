//! Subjects of replies and of mail about a ticket.

/// Puts `[NAME #id] ` in front unless this ticket's tag is there already, in any case (TC-168).
pub fn subject_with_tag(subject: &str, tag_name: &str, ticket: i64) -> String {
    let subject = subject.trim();
    if has_tag(subject, tag_name, ticket) {
        return subject.to_owned();
    }
    format!("[{tag_name} #{ticket}] {subject}").trim_end().to_owned()
}

/// `Re: ` in front of the subject, once.
pub fn reply_subject(subject: &str) -> String {
    let subject = subject.trim();
    let answered = subject.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("re:"));
    if answered { subject.to_owned() } else { format!("Re: {subject}").trim_end().to_owned() }
}

fn has_tag(subject: &str, tag_name: &str, ticket: i64) -> bool {
    let subject = subject.to_lowercase();
    let name = tag_name.to_lowercase();
    subject.split('[').skip(1).any(|candidate| {
        let inside = candidate.split(']').next().unwrap_or_default();
        let closed = inside.len() < candidate.len();
        let inside = inside.strip_prefix("https://").or_else(|| inside.strip_prefix("http://")).unwrap_or(inside);
        let number = inside.strip_prefix(name.as_str()).and_then(|rest| rest.trim_start().strip_prefix('#'));
        closed && number.is_some_and(|digits| digits.trim_end().parse() == Ok(ticket))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tc168_the_tag_is_added_once_in_any_case() {
        assert_eq!(subject_with_tag("Scan", "example.org", 7), "[example.org #7] Scan");
        for there in ["Re: [Example.ORG #7] Scan", "AW: [https://example.org   #7 ] Scan"] {
            assert_eq!(subject_with_tag(there, "example.org", 7), there);
        }
    }

    #[test]
    fn the_tag_of_another_ticket_or_system_does_not_count() {
        for other in ["[example.org #77] Scan", "[other.org #7] Scan", "[example.org #7 Scan", "#7 Scan"] {
            assert_eq!(subject_with_tag(other, "example.org", 7), format!("[example.org #7] {other}"));
        }
        assert_eq!(subject_with_tag("  ", "example.org", 7), "[example.org #7]");
    }

    #[test]
    fn a_reply_is_marked_once() {
        assert_eq!(reply_subject("Scan"), "Re: Scan");
        assert_eq!(reply_subject("RE: Scan"), "RE: Scan");
        assert_eq!(reply_subject("ré"), "Re: ré");
        assert_eq!(reply_subject(""), "Re:");
    }
}
