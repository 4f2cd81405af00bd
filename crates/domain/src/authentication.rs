//! What our mail server says it found when it checked who sent a message (RFC 8601). Whoever wrote the field decides what it is
//! worth: the topmost is the last server's, ours.

/// A method and its result: `spf`, `pass`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub method: String,
    pub result: String,
}

const MOST: usize = 20;

/// The verdicts of one field; a field that says `none`, or nothing that can be read, has none.
#[must_use]
pub fn verdicts(field: &str) -> Vec<Verdict> {
    let bare = without_comments(field);
    let word = |text: &str| {
        let text = text.trim();
        let good = !text.is_empty()
            && text.len() <= 40
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        good.then(|| text.to_ascii_lowercase())
    };
    let read = |statement: &str| {
        let (method, rest) = statement.split_once('=')?;
        let method = method.split('/').next().unwrap_or_default();
        Some(Verdict { method: word(method)?, result: word(rest.split_whitespace().next()?)? })
    };
    bare.split(';').skip(1).filter_map(read).take(MOST).collect()
}

fn without_comments(field: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for character in field.chars().take(8_000) {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(character),
            _ => {}
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_and_results_are_read_without_comments_and_properties() {
        let field =
            "mx.csirt.example 1; spf=pass (a; b=c) smtp.mailfrom=isp.example; dkim/1=Fail header.d=x.example; dmarc = none;;";
        let found: Vec<String> = verdicts(field).iter().map(|verdict| format!("{}={}", verdict.method, verdict.result)).collect();
        assert_eq!(found, ["spf=pass", "dkim=fail", "dmarc=none"]);
        assert_eq!(verdicts("mx.csirt.example; none"), []);
        assert_eq!(verdicts("spf=pass"), []);
    }
}
