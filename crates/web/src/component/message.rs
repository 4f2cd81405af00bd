//! The text of a message as people read it: quoted passages folded, everything else in place.
//! Works in one pass over the lines; nesting of quotes is not followed, so hostile depth costs nothing.

use http_door::text::tr;
use maud::{Markup, html};

/// Quotes of up to this many lines stay open: folding them would hide more than it saves.
const SHORT_QUOTE: usize = 3;

#[derive(Debug, PartialEq, Eq)]
enum Passage<'a> {
    Own(Vec<&'a str>),
    Quoted(Vec<&'a str>),
}

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
    }
}

fn passages(text: &str) -> Vec<Passage<'_>> {
    let mut passages: Vec<Passage<'_>> = Vec::new();
    for line in text.trim_end().lines() {
        let quoted = line.starts_with('>');
        match passages.last_mut() {
            Some(Passage::Quoted(lines)) if quoted => lines.push(line),
            Some(Passage::Own(lines)) if !quoted => lines.push(line),
            _ if quoted => passages.push(Passage::Quoted(vec![line])),
            _ => passages.push(Passage::Own(vec![line])),
        }
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_own_lines_take_turns() {
        let found = passages("Hello\n> one\n>> two\nBye\n\n");
        let expected = vec![Passage::Own(vec!["Hello"]), Passage::Quoted(vec!["> one", ">> two"]), Passage::Own(vec!["Bye"])];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_long_quote_is_folded_and_markup_in_it_is_text() {
        let html = message_text("> <b>1\n> 2\n> 3\n> 4", plain).into_string();
        assert!(html.contains("<details class=\"quoted\">"));
        assert!(html.contains("&lt;b&gt;1"));
    }
}
