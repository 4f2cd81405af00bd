//! Finds a ticket's number in a subject: `[NAME #N]` (MG-030, TC-186).

/// The number in the first tag whose name is one of `names`, in any case. A number too large for any ticket is
/// returned as the largest, so that it counts as an unknown ticket and not as no tag.
pub fn subject_tag(subject: &str, names: &[&str]) -> Option<i64> {
    let subject = subject.to_lowercase();
    let names: Vec<String> = names.iter().map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty()).collect();
    subject.split('[').skip(1).find_map(|candidate| {
        let (inside, _) = candidate.split_once(']')?;
        let inside = inside.strip_prefix("https://").or_else(|| inside.strip_prefix("http://")).unwrap_or(inside);
        names.iter().find_map(|name| number(inside.strip_prefix(name.as_str())?))
    })
}

fn number(after_name: &str) -> Option<i64> {
    let digits = after_name.trim_start().strip_prefix('#')?.trim_end();
    let good = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    good.then(|| digits.parse().unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_tags_of_any_form() {
        let names = ["example.org", "Blocks Team"];
        for (subject, expected) in [
            ("[example.org #7] Scan", Some(7)),
            ("Re: AW: [EXAMPLE.org   #42  ] x", Some(42)),
            ("[https://Example.org #1]", Some(1)),
            ("[example.org#9] x", Some(9)),
            ("[other #3] [blocks team #5] [example.org #6]", Some(5)),
            ("[ [example.org #8]", Some(8)),
            ("[example.org #99999999999999999999]", Some(i64::MAX)),
            ("[example.org #7", None),
            ("[example.org 7]", None),
            ("[example.org #7a]", None),
            ("[my.example.org #7]", None),
            ("[example.org.evil #7]", None),
            ("#7", None),
            ("", None),
        ] {
            assert_eq!(subject_tag(subject, &names), expected, "{subject}");
        }
        assert_eq!(subject_tag("[ #7]", &[""]), None);
    }
}
