//! An alias file of Postfix or Sendmail (aliases(5)): names, and where their mail goes.

/// One alias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alias {
    /// Where it begins, counted from 1.
    pub(super) line: usize,
    /// In lower case.
    pub(super) name: String,
    pub(super) targets: Vec<Target>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// What a message is piped into.
    Command(String),
    /// A file with further targets, which is not looked into.
    Include(String),
    /// Another alias or an address, in lower case; also a file that mail is written to.
    Other(String),
}

/// The aliases in their order, and the numbers of lines that are none.
pub(super) fn read(text: &str) -> (Vec<Alias>, Vec<usize>) {
    let (mut aliases, mut unreadable) = (Vec::new(), Vec::new());
    for (line, text) in logical_lines(text) {
        match alias(line, &text) {
            Some(alias) => aliases.push(alias),
            None => unreadable.push(line),
        }
    }
    (aliases, unreadable)
}

/// A line that begins with white space goes on where the one before ended; comments between them do not matter.
fn logical_lines(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        match lines.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
            Some((_, before)) => before.push_str(line),
            None => lines.push((index + 1, line.to_owned())),
        }
    }
    lines
}

fn alias(line: usize, text: &str) -> Option<Alias> {
    let (name, targets) = split_once_outside(text, ':')?;
    let name = unquoted(name).to_lowercase();
    let targets: Vec<Target> =
        split_outside(targets, ',').into_iter().map(unquoted).filter(|text| !text.is_empty()).map(target).collect();
    (!name.is_empty() && !targets.is_empty()).then_some(Alias { line, name, targets })
}

fn target(text: String) -> Target {
    if let Some(command) = text.strip_prefix('|') {
        return Target::Command(unquoted(command));
    }
    match text.to_lowercase().strip_prefix(":include:") {
        Some(_) => Target::Include(text.chars().skip(":include:".len()).collect()),
        None => Target::Other(text.to_lowercase()),
    }
}

/// Without the double quotes around it and the backslashes in it.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    let Some(inner) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else { return text.to_owned() };
    let mut plain = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(c) = letters.next() {
        plain.push(if c == '\\' { letters.next().unwrap_or(c) } else { c });
    }
    plain
}

fn split_once_outside(text: &str, mark: char) -> Option<(&str, &str)> {
    let place = places_outside(text, mark).next()?;
    Some((text.get(..place)?, text.get(place + mark.len_utf8()..)?))
}

fn split_outside(text: &str, mark: char) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for place in places_outside(text, mark) {
        pieces.extend(text.get(start..place));
        start = place + mark.len_utf8();
    }
    pieces.extend(text.get(start..));
    pieces
}

/// Where a letter stands outside of double quotes.
fn places_outside(text: &str, mark: char) -> impl Iterator<Item = usize> {
    let (mut quoted, mut escaped) = (false, false);
    text.char_indices().filter_map(move |(place, c)| {
        let was_escaped = escaped;
        escaped = c == '\\' && !was_escaped;
        if c == '"' && !was_escaped {
            quoted = !quoted;
        }
        (c == mark && !quoted && !was_escaped).then_some(place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_continuations_comments_and_includes_are_understood() {
        let text = "# ours\nReports: \"|/usr/bin/watchbell mail-gate --queue 'Incident Reports'\n\t --action correspond\"\n\n\
            team: dana, \"odd:name\"@x.example,\n# between\n tariq, :include:/etc/mail/team\nbroken\nempty:\n";
        let (aliases, unreadable) = read(text);
        assert_eq!(unreadable, [8, 9]);
        assert_eq!((aliases[0].line, aliases[0].name.as_str()), (2, "reports"));
        let command = "/usr/bin/watchbell mail-gate --queue 'Incident Reports'\t --action correspond";
        assert_eq!(aliases[0].targets, [Target::Command(command.to_owned())]);
        assert_eq!(aliases[1].targets.len(), 4);
        assert_eq!(aliases[1].targets[3], Target::Include("/etc/mail/team".to_owned()));
    }

    #[test]
    fn nothing_makes_it_panic() {
        for text in ["\"", ":", "a:\"", "\\", "a: |\"", "ü: \"ü\\", "|x: y", " begins: with space"] {
            read(text);
        }
    }
}
