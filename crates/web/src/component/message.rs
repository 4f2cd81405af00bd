//! The text of a message as people read it: quoted passages and signatures folded, everything else in place.

use domain::passage::{Passage, passages};
use http_door::text::{t, tr};
use maud::{Markup, html};

/// Quotes of up to this many lines stay open: folding them would hide more than it saves.
const SHORT_QUOTE: usize = 3;
const SHORT_SIGNATURE: usize = 3;

/// `decorate` turns a passage of plain text into markup: escaping it, and marking what it recognises.
pub fn message_text(text: &str, decorate: impl Fn(&str) -> Markup) -> Markup {
    html! {
        div class="message-text" {
            @for passage in passages(text) { (shown(&passage, &decorate)) }
        }
    }
}

/// Text with nothing recognised in it.
pub fn plain(text: &str) -> Markup {
    html! { (text) }
}

fn shown(passage: &Passage<'_>, decorate: &impl Fn(&str) -> Markup) -> Markup {
    match passage {
        Passage::Own(lines) => html! { div { (decorate(&lines.join("\n"))) } },
        Passage::Quoted(lines) if lines.len() <= SHORT_QUOTE => {
            html! { blockquote { (decorate(&lines.join("\n"))) } }
        }
        Passage::Quoted(lines) => html! {
            details class="quoted" {
                summary { (tr("message-quoted", &[("count", lines.len().into())])) }
                blockquote { (decorate(&lines.join("\n"))) }
            }
        },
        Passage::Signature(lines) if lines.len() <= SHORT_SIGNATURE => html! { div { (decorate(&lines.join("\n"))) } },
        Passage::Signature(lines) => html! {
            details class="quoted" {
                summary { (t("message-signature")) }
                div { (decorate(&lines.join("\n"))) }
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_quote_is_folded_and_markup_in_it_is_text() {
        let html = message_text("> <b>1\n> 2\n> 3\n> 4", plain).into_string();
        assert!(html.contains("<details class=\"quoted\">"));
        assert!(html.contains("&lt;b&gt;1"));
    }

    #[test]
    fn tc107_a_long_signature_is_folded_and_a_short_one_is_not() {
        let html = message_text("Done.\n-- \nRay\nBank\nVienna", plain).into_string();
        assert!(html.contains("<details class=\"quoted\">") && html.contains("Vienna"));
        assert!(!message_text("Done.\n-- \nRay", plain).into_string().contains("<details"));
    }
}
