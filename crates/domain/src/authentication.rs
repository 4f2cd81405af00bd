//! What our mail server says it found when it checked who sent a message (RFC 8601). Whoever wrote the field decides what it is
//! worth: the topmost is the last server's, ours.

/// A method and its result: `spf`, `pass`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub method: String,
    pub result: String,
}

const MOST: usize = 20;
/// Of a field.
const LONGEST: usize = 8_000;

/// The verdicts of one field; a field that says `none`, or nothing that can be read, has none.
#[must_use]
pub fn verdicts(field: &str) -> Vec<Verdict> {
    let Some(bare) = without_comments(field) else { return vec![] };
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

/// Whether a field that `server` wrote says that a message is really from a domain: it passes DMARC, or where nobody asked for that,
/// a signature of that domain is good. What senders can put into the field, such as a quoted address, counts for nothing.
#[must_use]
pub fn vouches(field: &str, server: &str, domain: &str) -> bool {
    let Some(bare) = without_comments(field) else { return false };
    let mut statements = bare.split(';').map(str::trim);
    let author = statements.next().and_then(|author| author.split_whitespace().next()).unwrap_or_default();
    if server.trim().is_empty() || domain.is_empty() || !author.eq_ignore_ascii_case(server.trim()) {
        return false;
    }
    let of = |method: &str| {
        let is = |statement: &&str| {
            statement
                .split_once('=')
                .is_some_and(|(name, _)| name.split('/').next().unwrap_or_default().trim().eq_ignore_ascii_case(method))
        };
        statements.clone().filter(is).collect::<Vec<_>>()
    };
    let dmarc = of("dmarc");
    if !dmarc.is_empty() {
        let from = |statement: &str| property(statement, "header.from").is_none_or(|from| from.eq_ignore_ascii_case(domain));
        return dmarc.iter().all(|statement| passes(statement) && from(statement));
    }
    let signs = |statement: &&str| property(statement, "header.d").is_some_and(|signer| covers(signer, domain));
    of("dkim").iter().any(|statement| passes(statement) && signs(statement))
}

fn passes(statement: &str) -> bool {
    let result = statement.split_once('=').and_then(|(_, rest)| rest.split_whitespace().next());
    result.is_some_and(|result| result.eq_ignore_ascii_case("pass"))
}

fn property<'a>(statement: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = statement.split_whitespace().filter_map(|word| word.split_once('='));
    pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// A signature of a domain speaks for what is beneath it, too.
fn covers(signer: &str, domain: &str) -> bool {
    let (signer, domain) = (signer.to_ascii_lowercase(), domain.to_ascii_lowercase());
    signer.contains('.') && (domain == signer || domain.ends_with(&format!(".{signer}")))
}

/// Without quoted text either, which is the sender's. `None` when a quote or a comment does not end.
fn without_comments(field: &str) -> Option<String> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let mut bare = String::new();
    for character in field.chars().take(LONGEST) {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match character {
            '\\' if quoted || depth > 0 => escaped = true,
            '"' if depth == 0 => quoted = !quoted,
            _ if quoted => {}
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(character),
            _ => {}
        }
    }
    (depth == 0 && !quoted).then_some(bare)
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

    #[test]
    fn only_our_own_server_vouches_and_nothing_that_a_sender_writes_does() {
        let says = |field: &str| vouches(field, "mx.csirt.example", "staff.example");
        assert!(says("mx.csirt.example; spf=fail; dmarc=pass (p=none) header.from=staff.example"));
        assert!(says("MX.csirt.example 1; dkim=fail header.d=x.example; dkim=pass header.d=staff.example"));
        assert!(vouches("mx.csirt.example; dkim=pass header.d=staff.example", "mx.csirt.example", "vie.staff.example"));
        for field in [
            "evil.example; dmarc=pass header.from=staff.example",
            "mx.csirt.example; dmarc=fail header.from=staff.example",
            "mx.csirt.example; dmarc=pass header.from=evil.example",
            "mx.csirt.example; dmarc=fail; dmarc=pass header.from=staff.example",
            "mx.csirt.example; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=staff.example",
            "mx.csirt.example; dkim=pass header.d=example",
            "mx.csirt.example; spf=pass smtp.mailfrom=\"a; dmarc=pass header.from=staff.example; b\"@evil.example",
            "mx.csirt.example; spf=pass (a; dmarc=pass",
            "mx.csirt.example; none",
            "dmarc=pass",
            "",
        ] {
            assert!(!says(field), "{field}");
        }
        assert!(!vouches("; dmarc=pass", "", "staff.example"));
    }
}
