//! HTML as readable text. Hostile HTML can make a careful renderer slow or large, so what it is given is bounded;
//! beyond that only the tags are taken out.

use mail_parser::decoders::html::html_to_text as strip_tags;

const WIDTH: usize = 100;
const LONGEST: usize = 2 * 1024 * 1024;
const LONGEST_RENDERED: usize = 512 * 1024;
const MOST_TAGS: usize = 20_000;
const DEEPEST: usize = 60;

pub(super) fn html_to_text(html: &str) -> String {
    let html = start(html, LONGEST);
    let rendered = if is_modest(html) { render(html) } else { None };
    let text = rendered.unwrap_or_else(|| strip_tags(html));
    start(&text, LONGEST).replace('\0', "")
}

fn start(text: &str, longest: usize) -> &str {
    text.get(..text.floor_char_boundary(longest)).unwrap_or_default()
}

fn render(html: &str) -> Option<String> {
    html2text::config::plain().max_wrap_width(WIDTH).allow_width_overflow().string_from_read(html.as_bytes(), WIDTH).ok()
}

/// Judged by the tags alone; elements that are never closed count as open.
fn is_modest(html: &str) -> bool {
    let (mut open, mut most, mut tags) = (0_usize, 0_usize, 0_usize);
    for tag in html.split('<').skip(1) {
        tags += 1;
        if tag.starts_with('/') {
            open = open.saturating_sub(1);
        } else if tag.starts_with(|first: char| first.is_ascii_alphabetic()) && !is_void(tag) {
            open += 1;
            most = most.max(open);
        }
    }
    html.len() <= LONGEST_RENDERED && tags <= MOST_TAGS && most <= DEEPEST
}

/// Elements without an end tag, and those usually left unclosed that do not nest.
fn is_void(tag: &str) -> bool {
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).take(8).collect();
    let names = ["br", "hr", "img", "meta", "link", "input", "col", "p", "base", "area", "wbr", "o"];
    tag.split('>').next().is_some_and(|inside| inside.ends_with('/'))
        || names.iter().any(|known| name.eq_ignore_ascii_case(known))
}
