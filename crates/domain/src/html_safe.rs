//! HTML from outside, reduced to a small set of elements without styles, forms or anything that loads from elsewhere or runs.
//! Pictures are only those that a message brought itself.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, Mutex};

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
    let mut builder = builder(ELEMENTS.into());
    builder.attribute_filter(|_, name, value| kept(name, value));
    builder
});

fn builder(elements: std::collections::HashSet<&'static str>) -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(elements)
        .tag_attributes([("a", ["href"].into())].into())
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean_content_tags(["script", "style", "title", "head", "template", "svg", "math", "iframe", "object"].into());
    builder
}

/// Browsers take `https:sign-out` for an address of the page's own site.
fn kept<'a>(name: &str, value: &'a str) -> Option<Cow<'a, str>> {
    let start: String = value.trim_start().chars().take(8).collect::<String>().to_ascii_lowercase();
    let leads_out = ["http://", "https://", "mailto:"].iter().any(|known| start.starts_with(known));
    (name != "href" || leads_out).then_some(Cow::Borrowed(value))
}

/// `None` when the text is built to be expensive.
#[must_use]
pub fn clean(text: &str) -> Option<String> {
    is_modest(text).then(|| CLEANER.clean(text).to_string())
}

/// A picture that came with the text: what the text calls it, and where we serve it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub content_id: String,
    pub address: String,
}

/// [`clean`] with the pictures that the text refers to by `cid:` (RFC 2392), and which of those given they were.
#[must_use]
pub fn clean_with(text: &str, pictures: Vec<Picture>) -> Option<(String, BTreeSet<usize>)> {
    if pictures.is_empty() {
        return Some((clean(text)?, BTreeSet::new()));
    }
    if !is_modest(text) {
        return None;
    }
    let shown = Arc::new(Mutex::new(BTreeSet::new()));
    let seen = shown.clone();
    let mut builder = builder(ELEMENTS.into_iter().chain(["img"]).collect());
    builder
        .add_tag_attributes("img", ["src", "alt"])
        .set_tag_attribute_value("img", "loading", "lazy")
        .add_url_schemes(["cid"])
        // what is left relative is what the filter put there
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(move |_, name, value| {
            if name != "src" {
                return kept(name, value);
            }
            let place = place_of(value, &pictures)?;
            seen.lock().ok()?.insert(place);
            Some(Cow::Owned(pictures.get(place)?.address.clone()))
        });
    let clean = builder.clean(text).to_string();
    let shown = shown.lock().map(|shown| shown.clone()).unwrap_or_default();
    Some((clean, shown))
}

fn place_of(address: &str, pictures: &[Picture]) -> Option<usize> {
    let (scheme, name) = address.trim().split_once(':')?;
    let name = scheme.eq_ignore_ascii_case("cid").then(|| decoded(name))?;
    pictures.iter().position(|picture| picture.content_id == name)
}

/// Percent signs taken back; what is none stays.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = after.get(if byte.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
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
    fn a_link_that_a_browser_takes_for_one_of_our_site_is_none() {
        for link in ["https:sign-out", "HTTP:/tickets/7", "sign-out", "//evil.example", "cid:one@x"] {
            assert!(!cleaned(&format!("<a href='{link}'>x</a>")).contains("href"), "{link}");
        }
        assert!(cleaned("<a href='mailto:a@b.example'>x</a>").contains("href"));
    }

    #[test]
    fn tc111_a_picture_is_one_that_came_along_or_none() {
        let picture =
            |content_id: &str, address: &str| Picture { content_id: content_id.to_owned(), address: address.to_owned() };
        let pictures = vec![picture("one@x", "/files/1/2/one.png"), picture("two@x", "/files/1/3/two.png")];
        let text = "<p>See<img src='CID:one%40x' alt='\"><script>' onerror=x() srcset='https://evil.example/1'>\
            <img src=https://evil.example/2><img src=//evil.example/3><img src=/sign-out><img src=data:image/png;base64,AA==>\
            <img src=cid:three@x><a href='cid:two@x'>a</a><a href='/files/1/3/two.png'>b</a>";
        let (clean, shown) = clean_with(text, pictures).unwrap();
        assert_eq!(clean.matches("src=").count(), 1, "{clean}");
        assert!(
            clean.contains(r#"src="/files/1/2/one.png""#) && !clean.contains("href") && !clean.contains("onerror"),
            "{clean}"
        );
        assert!(!clean.contains("evil") && !clean.contains("data:") && !clean.contains("sign-out"), "{clean}");
        assert_eq!(shown.into_iter().collect::<Vec<_>>(), [0]);
        assert!(!clean_with("<img src=cid:one@x>", vec![]).unwrap().0.contains("<img"));
    }

    #[test]
    fn what_is_built_to_be_expensive_is_refused() {
        assert!(clean(&"<b>".repeat(DEEPEST + 1)).is_none());
        assert!(clean(&"<br>".repeat(MOST_TAGS + 1)).is_none());
        assert!(clean("<p>plain</p>").is_some());
    }
}
