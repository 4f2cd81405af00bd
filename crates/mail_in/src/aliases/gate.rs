//! What a command in an alias hands mail to: our own pipe, or RT's, with the queue and the action it names.

/// A pipe into a gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gate {
    pub(super) queue: String,
    pub(super) action: String,
}

/// `None` for any other program.
pub(super) fn read(command: &str) -> Option<Gate> {
    let words = words(command);
    let program = |word: &String| word.rsplit('/').next().unwrap_or_default().to_owned();
    let start = words.iter().position(|word| matches!(program(word).as_str(), "mail-gate" | "rt-mailgate"))?;
    let options = words.get(start + 1..).unwrap_or_default();
    let option = |name: &str| {
        let follows = options.iter().position(|word| word == name).and_then(|place| options.get(place + 1)).cloned();
        follows.or_else(|| options.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('=').map(str::to_owned)))
    };
    Some(Gate {
        queue: option("--queue").unwrap_or_default(),
        action: option("--action").unwrap_or_else(|| "correspond".to_owned()).to_lowercase(),
    })
}

/// As a shell takes a line apart, without expanding anything.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote): (Vec<String>, Option<String>, Option<char>) = (vec![], None, None);
    let mut letters = line.chars();
    while let Some(c) = letters.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => word.get_or_insert_default().extend(letters.next()),
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_is_known_by_its_program_and_read_by_its_options() {
        let gate = |queue: &str, action: &str| Some(Gate { queue: queue.to_owned(), action: action.to_owned() });
        assert_eq!(read("/usr/bin/rt-mailgate --queue 'A b' --action comment --url x"), gate("A b", "comment"));
        assert_eq!(read(r#"watchbell mail-gate --queue="A \"b\"" --url x"#), gate("A \"b\"", "correspond"));
        assert_eq!(read("/usr/bin/procmail -a rt"), None);
        assert_eq!(read("rt-mailgate --queue"), gate("", "correspond"));
    }
}
