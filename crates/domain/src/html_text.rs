//! HTML as readable text: what rules scan, forms quote and mails pass on. Hostile HTML can make a careful renderer slow or
//! large, so what it is given is bounded; beyond that only the tags are taken out.

const WIDTH: usize = 100;
const LONGEST: usize = 2 * 1024 * 1024;
const LONGEST_RENDERED: usize = 512 * 1024;
const MOST_TAGS: usize = 20_000;
const DEEPEST: usize = 60;

/// At most two megabytes of text, without NULs.
#[must_use]
pub fn to_text(html: &str) -> String {
    let html = start(html);
    let rendered = if is_modest(html) { render(html) } else { None };
    let text = rendered.unwrap_or_else(|| without_tags(html));
    start(&text).replace('\0', "")
}

fn start(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default()
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

fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for (position, piece) in html.split('<').enumerate() {
        match piece.split_once('>') {
            Some((_, rest)) if position > 0 => {
                text.push(' ');
                text.push_str(rest);
            }
            _ if position > 0 => {}
            _ => text.push_str(piece),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_html_costs_no_more_than_its_length() {
        assert_eq!(to_text("<p>Hello <i>world</i></p>").replace('*', "").trim(), "Hello world");
        let deep = "<div>".repeat(200_000) + "192.0.2.1";
        assert_eq!(to_text(&deep).trim(), "192.0.2.1");
        assert_eq!(to_text("<<<").trim(), "<<<");
    }
}
