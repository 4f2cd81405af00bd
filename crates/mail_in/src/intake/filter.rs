//! The site's own program at the door (TC-198): it reads every message before it is taken in, may refuse it or put it off, and may add
//! header fields that rules and people see. Nothing is acknowledged before it has spoken, so a message that it fails at stays with
//! whoever brought it.

use std::sync::Arc;

use program::{Ended, Program, Variables};
use tokio::sync::Semaphore;

use super::{Arriving, later};
use crate::lmtp::Trouble;

/// Programs at work at the same time.
const AT_ONCE: usize = 8;
/// More header fields are a mistake of the program.
const MOST_FIELDS: usize = 50;
/// RFC 5322, 2.1.1.
const LONGEST_LINE: usize = 998;

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct Filter {
    program: Program,
    places: Arc<Semaphore>,
}

/// How a message came, as far as the program is told.
pub(super) struct Came<'a> {
    pub(super) door: &'a str,
    pub(super) sender: Option<&'a str>,
    pub(super) recipients: Vec<&'a str>,
}

impl<'a> Came<'a> {
    pub(super) fn of(message: &'a Arriving) -> Self {
        Self { door: message.door, sender: message.sender.as_deref(), recipients: vec![&message.recipient] }
    }

    fn variables(&self) -> Variables {
        let addresses = self.recipients.iter().copied().filter(|address| is_plain(address));
        vec![
            ("WATCHBELL_FILTER_DOOR", self.door.to_owned()),
            ("WATCHBELL_FILTER_SENDER", self.sender.filter(|sender| is_plain(sender)).unwrap_or_default().to_owned()),
            ("WATCHBELL_FILTER_RECIPIENTS", addresses.collect::<Vec<_>>().join(" ")),
        ]
    }
}

/// Strangers choose addresses; what a shell might take for more than a word is not handed over.
fn is_plain(address: &str) -> bool {
    !address.starts_with('-') && address.chars().all(|c| c.is_alphanumeric() || ".@_+-=".contains(c))
}

impl Filter {
    #[must_use]
    pub fn new(program: Program) -> Self {
        Self { program, places: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The message as it is to be taken in, or what to tell whoever brought it.
    pub(super) async fn judge(&self, came: &Came<'_>, raw: Arc<Vec<u8>>) -> Result<Arc<Vec<u8>>, Trouble> {
        let Ok(_place) = self.places.acquire().await else { return Err(later()) };
        let ended = self.program.run(came.variables(), &raw).await.map_err(|trouble| {
            tracing::error!(trouble, "the mail filter failed; the message is put off");
            later()
        })?;
        match fields(&ended)? {
            added if added.is_empty() => Ok(raw),
            mut added => {
                added.extend_from_slice(&raw);
                Ok(Arc::new(added))
            }
        }
    }
}

/// The lines that go above the message.
fn fields(ended: &Ended) -> Result<Vec<u8>, Trouble> {
    if ended.refused() {
        let reason = ended.said.lines().next().map(str::trim).filter(|line| !line.is_empty());
        let message = reason.unwrap_or("The message is not accepted here").chars().filter(|c| !c.is_control()).collect();
        return Err(Trouble { temporary: false, message });
    }
    if !ended.status.success() {
        tracing::error!(status = %ended.status, complained = ended.complained, "the mail filter failed; the message is put off");
        return Err(later());
    }
    let lines: Vec<&str> = ended.said.lines().filter(|line| !line.is_empty()).collect();
    if let Some(wrong) = lines.iter().find(|line| !is_field(line)).or(lines.get(MOST_FIELDS)) {
        tracing::error!(line = wrong, "the mail filter said something that is no header field; the message is put off");
        return Err(later());
    }
    Ok(lines.iter().flat_map(|line| [line.as_bytes(), b"\r\n"].concat()).collect())
}

/// `Name: value` on one line, in ASCII (RFC 5322, 2.2).
fn is_field(line: &str) -> bool {
    let name_fits = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let value_fits = |value: &str| value.bytes().all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte));
    line.len() <= LONGEST_LINE && line.split_once(':').is_some_and(|(name, value)| name_fits(name) && value_fits(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_are_header_fields_are_added() {
        for good in ["X-Spam-Score: 5.1", "X-A:", "Authentication-Results: mx.csirt.example; spf=pass\tx"] {
            assert!(is_field(good), "{good}");
        }
        for bad in
            ["no colon", ": empty", "Two words: x", " X-A: continued", "X-A: caf\u{e9}", "X-A: a\u{1b}b", &"X: y".repeat(300)]
        {
            assert!(!is_field(bad), "{bad}");
        }
    }

    #[test]
    fn addresses_that_are_more_than_words_are_not_handed_over() {
        assert!(is_plain("ray+x@bank.example"));
        for more in ["$(id)@x.example", "-f@x.example", "a b@x.example", "`id`", "a;b@x", "\"a\"@x"] {
            assert!(!is_plain(more), "{more}");
        }
    }
}
