//! What somebody wrote with light Markdown, as HTML for a letter and for the page. Only their own words are read so: what is quoted
//! and how they sign stays text, and so does any HTML in it.

use crate::{
    html_safe,
    passage::{Passage, passages},
};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html::push_html};

/// More than this goes out as text alone.
const LONGEST: usize = 100 * 1024;
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// `None` where it is too long or too intricate to be worth it.
#[must_use]
pub fn to_html(text: &str) -> Option<String> {
    if text.len() > LONGEST || text.trim().is_empty() {
        return None;
    }
    let mut html = String::with_capacity(text.len() * 2);
    for passage in passages(text) {
        match passage {
            Passage::Own(lines) => push_html(&mut html, events(&lines.join("\n")).into_iter()),
            Passage::Quoted(lines) => html.push_str(&format!("<blockquote>{}</blockquote>\n", lines_of(&unquoted(&lines)))),
            Passage::Signature(lines) => html.push_str(&format!("<div>{}</div>\n", lines_of(&lines.join("\n")))),
        }
    }
    html_safe::clean(&html)
}

/// Text as HTML that shows it line by line.
#[must_use]
pub fn lines_of(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("<br>\n"),
            '\r' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

fn unquoted(lines: &[&str]) -> String {
    let bare = |line: &&str| line.strip_prefix("> ").or_else(|| line.strip_prefix('>')).unwrap_or(line).to_owned();
    lines.iter().map(bare).collect::<Vec<_>>().join("\n")
}

/// Lines end where they were ended; HTML is text; pictures are their description; links lead to the web or to a mailbox.
fn events(text: &str) -> Vec<Event<'_>> {
    let mut open: Vec<bool> = Vec::new();
    let mut events = Vec::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => events.push(Event::Text(html)),
            Event::SoftBreak => events.push(Event::HardBreak),
            Event::Start(Tag::HtmlBlock | Tag::Image { .. }) | Event::End(TagEnd::HtmlBlock | TagEnd::Image) => {}
            Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
                let is_email = link_type == pulldown_cmark::LinkType::Email;
                let kept = is_email || SCHEMES.iter().any(|scheme| begins(&dest_url, scheme));
                open.push(kept);
                if kept {
                    events.push(Event::Start(Tag::Link { link_type, dest_url, title: CowStr::Borrowed(""), id }));
                }
            }
            Event::End(TagEnd::Link) => {
                if open.pop() == Some(true) {
                    events.push(Event::End(TagEnd::Link));
                }
            }
            other => events.push(other),
        }
    }
    events
}

fn begins(url: &str, scheme: &str) -> bool {
    url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        to_html(text).expect("modest").replace('\n', "")
    }

    #[test]
    fn own_words_are_markdown_and_keep_their_lines() {
        assert_eq!(html("**Please** block\n`192.0.2.7`"), "<p><strong>Please</strong> block<br><code>192.0.2.7</code></p>");
        assert_eq!(html("- one\n- two"), "<ul><li>one</li><li>two</li></ul>");
        assert!(html("| a | b |\n|---|---|\n| 1 | 2 |").contains("<td>1</td>"));
    }

    #[test]
    fn html_is_text_and_links_lead_to_the_web_or_a_mailbox_only() {
        assert_eq!(html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>");
        let block = html("<script>alert(1)</script>\n\n<div onclick=x>");
        assert!(!block.contains("<script") && !block.contains("<div") && block.contains("&lt;script&gt;"), "{block}");
        assert_eq!(html("[x](javascript:alert(1)) ![y](http://t.example/p.png)"), "<p>x y</p>");
        let link = html("[x](HTTPS://csirt.example/a?b&c \"t\") <mailto:noc@isp.example>");
        assert!(
            link.contains("href=\"HTTPS://csirt.example/a?b&amp;c\"") && link.contains("href=\"mailto:noc@isp.example\""),
            "{link}"
        );
        assert!(!link.contains("title"));
    }

    #[test]
    fn quotes_and_signatures_stay_as_they_are() {
        let html = html("Yes.\n\n> **not** <i>\n> marked\n\nBye\n-- \n*Ray*\nBank");
        assert_eq!(
            html,
            "<p>Yes.</p><blockquote>**not** &lt;i&gt;<br>marked</blockquote><p>Bye</p><div>-- <br>*Ray*<br>Bank</div>"
        );
    }

    #[test]
    fn what_is_too_much_stays_text() {
        assert_eq!((to_html(""), to_html(" \n")), (None, None));
        assert_eq!(to_html(&"x".repeat(LONGEST + 1)), None);
        assert!(to_html(&"*a ".repeat(30_000)).is_none_or(|html| html.len() <= 4 * LONGEST));
    }
}
