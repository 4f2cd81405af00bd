//! What a text is made of: what its writer says, what they quote, and how they sign (TC-107). One pass over the lines;
//! nesting of quotes is not followed, so hostile depth costs nothing.

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage<'a> {
    Own(Vec<&'a str>),
    /// Behind `>`, or what a mail program put whole beneath the answer.
    Quoted(Vec<&'a str>),
    /// From the line `-- ` on.
    Signature(Vec<&'a str>),
}

/// What mail programs write over the message that is answered, between dashes.
const ORIGINAL: [&str; 14] = [
    "original message",
    "ursprüngliche nachricht",
    "original-nachricht",
    "message d'origine",
    "message d’origine",
    "mensaje original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "mensagem original",
    "oryginalna wiadomość",
    "исходное сообщение",
    "původní zpráva",
    "alkuperäinen viesti",
    "originalmeddelande",
];

/// The first and second field of the header that Outlook writes over it, as languages name them.
const FROM: [&str; 9] = ["from:", "von:", "de :", "de:", "da:", "van:", "från:", "od:", "от:"];
const SENT: [&str; 13] = [
    "sent:",
    "date:",
    "gesendet:",
    "envoyé :",
    "envoyé:",
    "enviado:",
    "enviado el:",
    "inviato:",
    "verzonden:",
    "skickat:",
    "wysłano:",
    "odesláno:",
    "отправлено:",
];

#[must_use]
pub fn passages(text: &str) -> Vec<Passage<'_>> {
    let lines: Vec<&str> = text.trim_end_matches(['\n', '\r']).lines().collect();
    let mut passages: Vec<Passage<'_>> = Vec::new();
    let mut said = false;
    for (index, &line) in lines.iter().enumerate() {
        let rest = lines.get(index..).unwrap_or_default();
        if is_original(rest) {
            // with nothing said before it, it is what the sender wants read
            passages.push(if said { Passage::Quoted(rest.to_vec()) } else { Passage::Own(rest.to_vec()) });
            break;
        }
        said |= line.contains(char::is_alphanumeric) && !is_quote(line);
        add(&mut passages, line);
    }
    passages
}

fn add<'a>(passages: &mut Vec<Passage<'a>>, line: &'a str) {
    let signs = matches!(line, "-- " | "--");
    match passages.last_mut() {
        Some(Passage::Quoted(lines)) if is_quote(line) => lines.push(line),
        Some(Passage::Own(lines)) if !signs && !is_quote(line) => lines.push(line),
        Some(Passage::Signature(lines)) if !is_quote(line) => lines.push(line),
        _ if is_quote(line) => passages.push(Passage::Quoted(vec![line])),
        _ if signs => passages.push(Passage::Signature(vec![line])),
        _ => passages.push(Passage::Own(vec![line])),
    }
}

fn is_quote(line: &str) -> bool {
    line.starts_with('>')
}

fn is_original(lines: &[&str]) -> bool {
    let Some(&first) = lines.first() else { return false };
    if first.starts_with("--") {
        let inside = first.trim_matches(['-', ' ']).to_lowercase();
        return ORIGINAL.contains(&inside.as_str());
    }
    let rest =
        if first.len() >= 20 && first.bytes().all(|byte| byte == b'_') { lines.get(1..).unwrap_or_default() } else { lines };
    let mut fields = rest.iter().skip_while(|line| line.trim().is_empty()).take(2);
    let begins = |line: Option<&&str>, names: &[&str]| {
        line.is_some_and(|line| {
            let line: String = line.trim_start_matches(['*', ' ']).chars().take(20).collect();
            let line = line.to_lowercase().replace('*', "");
            names.iter().any(|name| line.starts_with(name))
        })
    };
    !first.trim().is_empty() && begins(fields.next(), &FROM) && begins(fields.next(), &SENT)
}

#[cfg(test)]
mod tests {
    use super::Passage::{Own, Quoted, Signature};
    use super::*;

    #[test]
    fn tc107_quotes_own_lines_and_the_signature_take_turns() {
        let found = passages("Hello\n> one\n>> two\nBye\n-- \nRay\n> late\n\n");
        let expected = [
            Own(vec!["Hello"]),
            Quoted(vec!["> one", ">> two"]),
            Own(vec!["Bye"]),
            Signature(vec!["-- ", "Ray"]),
            Quoted(vec!["> late"]),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn tc107_what_stands_whole_beneath_an_answer_is_quoted() {
        for head in [
            "-----Original Message-----",
            "-----Ursprüngliche Nachricht-----",
            "From: A\nSent: Monday",
            "________________________________\nVon: A\nGesendet: Montag",
            "*From:* A\n*Sent:* Monday",
        ] {
            let text = format!("Done.\n\n{head}\nold\n");
            assert!(matches!(passages(&text).as_slice(), [Own(_), Quoted(lines)] if lines.last() == Some(&"old")), "{head}");
            let alone = format!("{head}\nold");
            assert!(!passages(&alone).iter().any(|found| matches!(found, Quoted(_))), "{head} alone is what is to be read");
        }
    }

    #[test]
    fn a_line_of_dashes_or_a_name_with_a_colon_is_none() {
        for text in ["x\n----------\ny", "x\nFrom: the start\nwe said no", "a -- b\n-- c", "___\nx"] {
            assert!(matches!(passages(text).as_slice(), [Own(_)]), "{text}");
        }
    }
}
