//! Messages that were forwarded in this one: attached whole, or written into the text as mail programs do.

use crate::incoming::Incoming;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forwarded {
    pub from: String,
    pub subject: String,
    /// In the text, not attached.
    pub inline: bool,
}

const MOST: usize = 100;

/// What Gmail, Apple Mail, Thunderbird and Outlook write above, without dashes.
const ABOVE: [&str; 14] = [
    "forwarded message",
    "begin forwarded message:",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht:",
    "message transféré",
    "début du message réexpédié :",
    "mensaje reenviado",
    "inicio del mensaje reenviado:",
    "messaggio inoltrato",
    "doorgestuurd bericht",
    "mensagem encaminhada",
    "пересылаемое сообщение",
    "wiadomość przekazana dalej",
    "転送されたメッセージ",
];
const FROM: [&str; 10] = ["from", "von", "de", "da", "van", "från", "od", "от", "差出人", "от кого"];
const SUBJECT: [&str; 11] =
    ["subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "assunto", "тема", "temat", "件名", "ämne"];

pub fn forwarded(incoming: &Incoming) -> Vec<Forwarded> {
    let attached = incoming.parts.iter().enumerate().filter(|(_, part)| part.content_type == "message/rfc822");
    let attached = attached.filter_map(|(index, _)| {
        let inner = incoming.parts.iter().find(|part| part.parent == Some(index))?;
        let field = |name: &str| {
            let found = inner.headers.iter().find(|(given, _)| given.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Some(Forwarded { from: field("from"), subject: field("subject"), inline: false })
    });
    let mut all: Vec<Forwarded> = attached.take(MOST).collect();
    all.extend(in_text(&incoming.main_text()));
    all
}

fn in_text(text: &str) -> Option<Forwarded> {
    let mut lines = text.lines().map(|line| line.trim_start_matches(['>', ' ']));
    lines.find(|line| is_above(line))?;
    let mut found = Forwarded { inline: true, ..Forwarded::default() };
    let header = lines.skip_while(|line| line.trim().is_empty()).take_while(|line| !line.trim().is_empty()).take(20);
    for (name, value) in header.filter_map(|line| line.split_once([':', '：'])) {
        let name = name.trim_matches(['*', ' ', '\u{a0}']).to_lowercase();
        let value = value.trim_matches(['*', ' ']);
        if found.from.is_empty() && FROM.contains(&name.as_str()) {
            value.clone_into(&mut found.from);
        } else if found.subject.is_empty() && SUBJECT.contains(&name.as_str()) {
            value.clone_into(&mut found.subject);
        }
    }
    (!found.from.is_empty()).then_some(found)
}

fn is_above(line: &str) -> bool {
    line.len() < 200 && ABOVE.contains(&line.trim().trim_matches(['-', ' ', '_']).trim().to_lowercase().as_str())
}
