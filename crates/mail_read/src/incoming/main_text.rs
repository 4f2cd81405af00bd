//! Which part is the message's text (TC-108).

use super::{Incoming, Part};
use domain::html_text::to_text as html_to_text;

const PLAIN: &str = "text/plain";
const HTML: &str = "text/html";

impl Incoming {
    /// The first text that is no attachment, plain where an alternative offers it, else HTML as text. The message's
    /// own text goes before that of a message forwarded in it. Empty when there is none.
    pub fn main_text(&self) -> String {
        self.text_among(false).or_else(|| self.text_among(true)).unwrap_or_default()
    }

    fn text_among(&self, within_forwarded: bool) -> Option<String> {
        let forwarded = self.inside_attached_message();
        let candidates: Vec<usize> = (0..self.parts.len())
            .filter(|&index| within_forwarded || !forwarded.get(index).copied().unwrap_or_default())
            .filter(|&index| self.parts.get(index).is_some_and(is_body_text))
            .collect();
        candidates.iter().find_map(|&index| self.best_of(index, &candidates))
    }

    fn best_of(&self, index: usize, candidates: &[usize]) -> Option<String> {
        let part = self.parts.get(index)?;
        let text = part.text()?;
        if part.content_type == PLAIN {
            return filled(text.to_owned());
        }
        let alternative = self.alternative_above(index);
        let plain = candidates
            .iter()
            .filter(|&&other| alternative.is_some() && self.alternative_above(other) == alternative)
            .filter_map(|&other| self.parts.get(other))
            .find(|other| other.content_type == PLAIN)
            .and_then(|other| filled(other.text()?.to_owned()));
        plain.or_else(|| filled(html_to_text(text)))
    }

    fn alternative_above(&self, index: usize) -> Option<usize> {
        let mut above = self.parts.get(index)?.parent;
        while let Some(index) = above {
            let part = self.parts.get(index)?;
            if part.content_type == "multipart/alternative" {
                return Some(index);
            }
            above = part.parent;
        }
        None
    }

    /// For each part whether an attached message holds it; parents stand before their children.
    pub(crate) fn inside_attached_message(&self) -> Vec<bool> {
        let mut inside: Vec<bool> = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let parent = part.parent.and_then(|index| Some((index, self.parts.get(index)?)));
            inside.push(parent.is_some_and(|(index, parent)| {
                parent.content_type.starts_with("message/") || inside.get(index).copied().unwrap_or_default()
            }));
        }
        inside
    }
}

fn is_body_text(part: &Part) -> bool {
    !part.is_attachment() && part.text().is_some() && [PLAIN, HTML].contains(&part.content_type.as_str())
}

fn filled(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}
