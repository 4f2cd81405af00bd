//! From what we understood of a mail to what the verbs take.

use actions::message::{NewMessage, NewPart};

use super::attempt::Mail;
use super::sender::Sender;
use crate::incoming::{Disposition, Part, PartBody};
use crate::steps;

/// What rules look through; the parts keep all of it.
const LONGEST_TEXT: usize = 1024 * 1024;

/// The parts give their bytes away: a large message is held once.
pub(super) fn to_message(sender: &Sender, mail: Mail) -> NewMessage {
    let Mail { incoming, automatic, .. } = mail;
    let mut text = incoming.main_text();
    if text.len() > LONGEST_TEXT {
        text.truncate(text.floor_char_boundary(LONGEST_TEXT));
    }
    // whom a machine complains about is found in the text like every other address
    for source in steps::abuse_report(&incoming).into_iter().flat_map(|report| report.sources) {
        text.push_str(&format!("\nSource-IP: {source}"));
    }
    let no_autoopen = steps::no_autoopen(&incoming) || steps::receipt(&incoming).is_some();
    let own_headers = head_of(&incoming.headers);
    let references = if incoming.references.is_empty() { incoming.in_reply_to } else { incoming.references };
    let mut parts: Vec<NewPart> = incoming.parts.into_iter().map(part).collect();
    if let Some(root) = parts.first_mut() {
        root.headers = format!(
            "{own_headers}X-RT-Interface: Email\nX-RT-Incoming-Encryption: Not encrypted\n{}",
            charset_note(&root.headers)
        );
    }
    NewMessage {
        parts,
        text,
        message_id: incoming.message_id,
        references,
        squelched: if automatic { vec![sender.address.clone()] } else { vec![] },
        automatic,
        no_autoopen,
        ..NewMessage::default()
    }
}

const CHARSET: &str = "X-RT-Original-Encoding: ";

/// The root's own fields stand in the message's header already; only what we noted about it is kept.
fn charset_note(headers: &str) -> String {
    let notes = headers.lines().filter(|line| line.starts_with(CHARSET));
    notes.flat_map(|line| [line, "\n"]).collect()
}

fn head_of(fields: &[(String, String)]) -> String {
    fields.iter().flat_map(|(name, value)| [name.as_str(), ": ", value.as_str(), "\n"]).collect()
}

fn part(part: Part) -> NewPart {
    let mut headers = head_of(&part.headers);
    if let Some(charset) = &part.charset_original {
        headers.push_str(&format!("{CHARSET}{charset}\n"));
    }
    let disposition = match part.disposition {
        Some(Disposition::Inline) => "inline",
        Some(Disposition::Attachment) => "attachment",
        None => "",
    };
    NewPart {
        parent: part.parent,
        content_type: part.content_type,
        file_name: part.file_name,
        disposition: disposition.to_owned(),
        content_id: part.content_id,
        headers,
        content: match part.body {
            PartBody::Text(text) => Some(text.into_bytes()),
            PartBody::Binary(bytes) => Some(bytes),
            PartBody::Container => None,
        },
    }
}
