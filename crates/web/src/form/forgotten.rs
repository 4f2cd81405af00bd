//! A text that speaks of an attachment while there is none (TC-120): with the script it is said before the form is sent, without it
//! the form comes back and says it. Either way the second press sends.

use super::{refusal::Refusal, submission::Submission};
use actions::{FieldError, Tx, message::NewMessage};
use domain::{attachment_words, setting::list};
use http_door::text::tr;
use maud::{Markup, html};

/// Filled when it was said already.
const SAID: &str = "unattached";
/// Stands for the word in what the script says.
const WORD: &str = "{word}";

/// What is wrong, if it was not said before. Files count, and so do messages that are attached.
pub(super) fn warning(tx: &Tx, form: &Submission, message: &NewMessage) -> Option<FieldError> {
    let has_files = message.parts.iter().any(|part| part.file_name.is_some());
    if has_files || form.is_ticked(SAID) {
        return None;
    }
    let word = attachment_words::mentioned(&message.text, tx.catalog().setting_text(list::ATTACHMENT_WORDS))?;
    Some(FieldError::new("message", tr("form-attachment-forgotten", &[("word", word.into())])))
}

/// The form that comes back knows whether it was said.
pub(super) fn remember(form: &mut Submission, refusal: &Refusal) {
    // the only thing that is ever wrong with a message that says something
    if refusal.on("message").is_some() && !form.text("message").trim().is_empty() {
        form.set(SAID, "1");
    }
}

/// What the script needs, in the form.
pub(super) fn input(form: &Submission, words: &str) -> Markup {
    let said = if form.is_ticked(SAID) { "1" } else { "" };
    let warning = tr("form-attachment-forgotten", &[("word", WORD.into())]);
    html! { input type="hidden" name=(SAID) value=(said) data-words=(words) data-warning=(warning); }
}
