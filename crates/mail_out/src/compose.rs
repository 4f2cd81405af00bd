//! Turns a `Letter` into an RFC 5322 message: 7-bit, lines of legal length, nothing injectable.
//! Pure: the same letter always gives the same bytes.

mod body;
mod clean;

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::headers::{Header, HeaderType};

use crate::letter::{Letter, Mailbox};
use crate::threading::trim_references;

/// What stands in `From` when the address given cannot stand in a header (RFC 6761 reserves `.invalid`).
const NO_ADDRESS: &str = "nobody@nowhere.invalid";

/// The longest word written without encoding: RFC 5322 section 2.1.1 allows 998 characters a line.
const LONGEST_WORD: usize = 900;

pub fn compose(letter: &Letter) -> Vec<u8> {
    let mut message = MessageBuilder::new().date(letter.date.as_second()).from(sender(&letter.from));
    if let Some(mailbox) = letter.reply_to.as_ref().and_then(address) {
        message = message.reply_to(mailbox);
    }
    for (field, mailboxes) in [("To", &letter.to), ("Cc", &letter.cc)] {
        let list: Vec<Address<'static>> = mailboxes.iter().filter_map(address).collect();
        if !list.is_empty() {
            message = message.header(field, Address::new_list(list));
        }
    }
    message = message.header("Subject", subject(&clean::line(&letter.subject, clean::LONGEST_SUBJECT)));
    message = with_ids(message, letter);
    for (name, value) in &letter.headers {
        if clean::is_free_header(name) {
            message = with_header(message, name, value);
        }
    }
    let mut bytes = Vec::new();
    message.body(body::body(letter)).serialize(&mut bytes);
    bytes
}

/// The tag in front stays readable for programs that look for it in the raw text; only what follows it is encoded.
fn subject(text: &str) -> HeaderType<'static> {
    let Some((tag, rest)) =
        text.split_once("] ").filter(|(tag, rest)| tag.starts_with('[') && tag.is_ascii() && !rest.is_ascii())
    else {
        return Text::new(text.to_owned()).into();
    };
    let mut encoded = Vec::new();
    // the column is that of a line of its own: an encoded word is at most 75 characters (RFC 2047, section 2)
    Text::new(rest.to_owned()).write_header(&mut encoded, 1);
    let encoded = String::from_utf8_lossy(&encoded).replace("\r\n", "");
    Raw::new(format!("{tag}] {}", encoded.trim())).into()
}

fn with_ids<'x>(message: MessageBuilder<'x>, letter: &Letter) -> MessageBuilder<'x> {
    let own = clean::message_id(&letter.message_id).unwrap_or_else(|| body::fingerprint(letter));
    let mut message = message.message_id(own);
    if let Some(id) = letter.in_reply_to.as_deref().and_then(clean::message_id) {
        message = message.in_reply_to(id);
    }
    let references: Vec<String> = letter.references.iter().filter_map(|id| clean::message_id(id)).collect();
    if !references.is_empty() {
        message = message.references(MessageId::new_list(trim_references(references).into_iter()));
    }
    message
}

fn with_header<'x>(message: MessageBuilder<'x>, name: &str, value: &str) -> MessageBuilder<'x> {
    let value = clean::line(value, clean::LONGEST_HEADER);
    let plain = value.is_ascii() && value.split(' ').all(|word| word.len() <= LONGEST_WORD);
    if plain { message.header(name.to_owned(), Raw::new(value)) } else { message.header(name.to_owned(), Text::new(value)) }
}

fn sender(mailbox: &Mailbox) -> Address<'static> {
    address(mailbox).unwrap_or_else(|| Address::from(NO_ADDRESS))
}

/// An address that cannot stand in a 7-bit header is left to the envelope.
fn address(mailbox: &Mailbox) -> Option<Address<'static>> {
    let email = clean::address(&mailbox.address)?;
    let name = mailbox.name.as_deref().and_then(clean::name);
    Some(Address::new_address(name, email))
}
