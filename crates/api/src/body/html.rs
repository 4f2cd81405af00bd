//! HTML that somebody sent as a message, as the text that rules scan and mails quote. Large or deeply nested HTML would make
//! a renderer slow, so for such only the tags are taken out.

const WIDTH: usize = 100;
const LONGEST_RENDERED: usize = 256 * 1024;
const MOST_TAGS: usize = 5_000;
const DEEPEST: usize = 60;

pub(super) fn to_text(html: &str) -> String {
    let rendered = if is_modest(html) {
        html2text::config::plain().max_wrap_width(WIDTH).allow_width_overflow().string_from_read(html.as_bytes(), WIDTH).ok()
    } else {
        None
    };
    rendered.unwrap_or_else(|| without_tags(html)).replace('\0', "")
}

/// Every tag that is not an end tag counts as open, so that unclosed ones count.
fn is_modest(html: &str) -> bool {
    let (mut open, mut most, mut tags) = (0_usize, 0_usize, 0_usize);
    for tag in html.split('<').skip(1) {
        tags += 1;
        if tag.starts_with('/') {
            open = open.saturating_sub(1);
        } else if !["br", "hr", "img"]
            .iter()
            .any(|void| tag.get(..void.len()).is_some_and(|start| start.eq_ignore_ascii_case(void)))
        {
            open += 1;
            most = most.max(open);
        }
    }
    html.len() <= LONGEST_RENDERED && tags <= MOST_TAGS && most <= DEEPEST
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
        assert_eq!(to_text("<".repeat(100).as_str()).trim(), "");
    }
}
