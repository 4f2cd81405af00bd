//! Messages of those who write with Markdown: the text as it was typed, and beside it the HTML made from it.

use super::{NewMessage, NewPart};
use crate::{Actor, Result, Tx, account};
use domain::{markdown::to_html, preference};

impl NewMessage {
    /// The HTML goes beside the text, and stands for it in letters and on the page. Only for a message whose text is its first part.
    #[must_use]
    fn with_html(mut self, html: String) -> Self {
        let container = NewPart { content_type: "multipart/alternative".to_owned(), ..NewPart::default() };
        let alternative = NewPart {
            parent: Some(0),
            content_type: "text/html".to_owned(),
            content: Some(html.clone().into_bytes()),
            ..NewPart::default()
        };
        for part in &mut self.parts {
            part.parent = part.parent.map(|parent| parent + 2);
        }
        if let Some(text) = self.parts.first_mut() {
            text.parent = Some(0);
        }
        self.parts.insert(0, container);
        self.parts.insert(2, alternative);
        self.html = Some(html);
        self
    }
}

/// As its author likes to write; plain unless they chose otherwise.
pub async fn as_written(tx: &mut Tx, actor: &Actor, message: NewMessage) -> Result<NewMessage> {
    if !account::preferences(tx, actor).await?.flag(preference::WRITE_MARKDOWN) {
        return Ok(message);
    }
    Ok(match to_html(&message.text) {
        Some(html) => message.with_html(html),
        None => message,
    })
}
