//! HTML from outside, reduced to a small set of elements without pictures, styles, forms or anything that loads or runs.

use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// More than this is not worth the time it takes to understand it; it can be downloaded.
const LONGEST: usize = 256 * 1024;
const MOST_TAGS: usize = 5_000;
const DEEPEST: usize = 100;

const ELEMENTS: [&str; 30] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.into())
        .tag_attributes([("a", ["href"].into())].into())
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean_content_tags(["script", "style", "title", "head", "template", "svg", "math", "iframe", "object"].into());
    builder
});

/// `None` when the text is built to be expensive.
#[must_use]
pub fn clean(text: &str) -> Option<String> {
    is_modest(text).then(|| CLEANER.clean(text).to_string())
}

/// Judged by the tags alone; elements that are never closed count as open.
fn is_modest(text: &str) -> bool {
    let (mut open, mut deepest, mut tags) = (0_usize, 0_usize, 0_usize);
    for tag in text.split('<').skip(1) {
        tags = tags.saturating_add(1);
        if tag.starts_with('/') {
            open = open.saturating_sub(1);
        } else if tag.starts_with(|first: char| first.is_ascii_alphabetic()) && !is_void(tag) {
            open = open.saturating_add(1);
            deepest = deepest.max(open);
        }
    }
    text.len() <= LONGEST && tags <= MOST_TAGS && deepest <= DEEPEST
}

/// Elements without an end tag, and those usually left unclosed that do not nest.
fn is_void(tag: &str) -> bool {
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).take(8).collect();
    let names = ["br", "hr", "img", "meta", "link", "input", "col", "p", "li", "td", "tr", "base", "area", "wbr", "o"];
    tag.split('>').next().is_some_and(|inside| inside.ends_with('/'))
        || names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        clean(text).unwrap_or_default()
    }

    #[test]
    fn nothing_runs_loads_or_looks_like_ours() {
        let hostile = "<p onclick=x() style='position:fixed' class=button id=main>Hi<script>alert(1)</script><img src=http://x/y.png>\
            <svg><a xlink:href='javascript:x'>z</a></svg><a href='javascript:alert(1)'>one</a><a href='/sign-out'>two</a>\
            <form action=/x><input name=a></form><iframe src=x></iframe><style>*{}</style><link rel=stylesheet href=x><base href=x></p>";
        let clean = cleaned(hostile);
        for evil in [
            "onclick",
            "<script",
            "<img",
            "<svg",
            "javascript:",
            "/sign-out",
            "<form",
            "<input",
            "<iframe",
            "<style",
            "<link",
            "<base",
            "id=",
            "position",
        ] {
            assert!(!clean.contains(evil), "{evil} in {clean}");
        }
        assert!(clean.contains("Hi"));
    }

    #[test]
    fn links_say_nothing_of_us() {
        assert!(cleaned("<a href='https://isp.example/x'>x</a>").contains(r#"rel="noopener noreferrer nofollow""#));
    }

    #[test]
    fn what_is_built_to_be_expensive_is_refused() {
        assert!(clean(&"<b>".repeat(DEEPEST + 1)).is_none());
        assert!(clean(&"<br>".repeat(MOST_TAGS + 1)).is_none());
        assert!(clean("<p>plain</p>").is_some());
    }
}
