//! Commands as lines at the beginning of a text: `Status: resolved`, `CF.{IP}: 192.0.2.7`.

use domain::Role;
use domain::link::LinkKind;

/// What one line asks for; its value stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Status,
    Owner,
    Queue,
    Subject,
    Priority,
    FinalPriority,
    TimeWorked,
    TimeEstimated,
    TimeLeft,
    Starts,
    Started,
    Due,
    Told,
    Link(LinkKind),
    Add(Role),
    Remove(Role),
    Field(Manner, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Set,
    Add,
    Remove,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) command: Command,
    pub(super) value: String,
    /// As it was written, for complaints.
    pub(super) text: String,
}

/// More is no hurry but a mistake, or an attack.
const MOST: usize = 50;
const LONGEST: usize = 1_000;

/// The commands that a text begins with and what follows them; `None` when it begins with none. The line that cannot be used is
/// the error. They end with a line that is empty or has not the form of one.
pub(super) fn split(text: &str) -> Result<Option<(Vec<Line>, &str)>, String> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let line = line.trim();
        if line.is_empty() && lines.is_empty() {
            rest = after;
            continue;
        }
        if line.is_empty() {
            rest = after;
            break;
        }
        let Some((name, value)) = line.split_once(':').filter(|(name, _)| has_the_form(name)) else { break };
        match command(name.trim()) {
            Some(command) if lines.len() < MOST && line.len() <= LONGEST => {
                lines.push(Line { command, value: value.trim().to_owned(), text: line.to_owned() });
            }
            None if lines.is_empty() => return Ok(None),
            _ => return Err(line.chars().take(200).collect()),
        }
        rest = after;
    }
    Ok((!lines.is_empty()).then_some((lines, rest)))
}

/// A word, or a word with the name of a field: `CF.{Where Blocked}`.
fn has_the_form(name: &str) -> bool {
    let name = name.trim_end();
    let word = name.split_once(".{").filter(|_| name.ends_with('}')).map_or(name, |(word, _)| word);
    !word.is_empty() && word.len() <= 30 && word.chars().all(|c| c.is_ascii_alphabetic())
}

fn command(name: &str) -> Option<Command> {
    if let Some((word, field)) = name.split_once(".{") {
        let field = field.strip_suffix('}')?.trim().to_owned();
        let manner = match word.to_ascii_lowercase().as_str() {
            "cf" | "customfield" => Manner::Set,
            "addcf" | "addcustomfield" => Manner::Add,
            "delcf" | "delcustomfield" => Manner::Remove,
            _ => return None,
        };
        return Some(Command::Field(manner, field));
    }
    let name = name.to_ascii_lowercase();
    let role = |start: &str| name.strip_prefix(start).and_then(Role::parse).filter(|role| *role != Role::Owner);
    if let Some(role) = role("add") {
        return Some(Command::Add(role));
    }
    if let Some(role) = role("del") {
        return Some(Command::Remove(role));
    }
    if let Some(kind) = LinkKind::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(&name)) {
        return Some(Command::Link(kind));
    }
    Some(match name.as_str() {
        "status" => Command::Status,
        "owner" => Command::Owner,
        "queue" => Command::Queue,
        "subject" => Command::Subject,
        "priority" => Command::Priority,
        "finalpriority" => Command::FinalPriority,
        "timeworked" => Command::TimeWorked,
        "timeestimated" => Command::TimeEstimated,
        "timeleft" => Command::TimeLeft,
        "starts" => Command::Starts,
        "started" => Command::Started,
        "due" => Command::Due,
        "told" => Command::Told,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands(text: &str) -> (Vec<Command>, &str) {
        let (lines, rest) = split(text).unwrap().unwrap();
        (lines.into_iter().map(|line| line.command).collect(), rest)
    }

    #[test]
    fn commands_stand_at_the_beginning_and_end_with_an_empty_line_or_with_text() {
        let text =
            "\n Status : resolved\r\ncf.{Where Blocked}: firewall: outer\r\nAddRequestor: a@b.example\r\n\r\nStatus: is fine\n";
        let (found, rest) = commands(text);
        let field = Command::Field(Manner::Set, "Where Blocked".to_owned());
        assert_eq!(found, [Command::Status, field, Command::Add(Role::Requestor)]);
        assert_eq!(rest, "Status: is fine\n");
        assert_eq!(split(text).unwrap().unwrap().0[1].value, "firewall: outer");
        assert_eq!(commands("Owner: me\nThanks, all.\n"), (vec![Command::Owner], "Thanks, all.\n"));
    }

    #[test]
    fn a_text_that_begins_otherwise_has_none_and_a_mistake_is_named() {
        for text in ["", "Dear team: hello\nStatus: open\n", "Hello: you\nStatus: open\n", "> Status: open\n", "http://x\n"] {
            assert_eq!(split(text), Ok(None), "{text}");
        }
        assert_eq!(split("Status: open\nPrioriti: 5\n"), Err("Prioriti: 5".to_owned()));
        assert!(split(&"Status: open\n".repeat(MOST + 1)).is_err());
        assert!(command("AddOwner").is_none() && command("CF.{IP").is_none());
    }
}
