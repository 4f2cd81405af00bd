//! Text that programs run or draw rather than show: scripts, pages, drawings.

use super::Found;

const BEGINNINGS: [(&str, Found); 17] = [
    ("#!", Found::Script),
    ("<?php", Found::Script),
    ("regedit4", Found::Script),
    ("windows registry editor", Found::Script),
    ("[internetshortcut]", Found::Launcher),
    ("<!doctype html", Found::Html),
    ("<!doctype svg", Found::Svg),
    ("<html", Found::Html),
    ("<head", Found::Html),
    ("<body", Found::Html),
    ("<script", Found::Html),
    ("<hta:", Found::Html),
    ("<iframe", Found::Html),
    ("<meta", Found::Html),
    ("<svg", Found::Svg),
    ("<job", Found::Script),
    ("<scriptlet", Found::Script),
];

pub(super) fn found(head: &[u8]) -> Option<Found> {
    let text = readable(head);
    let mut text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with("<?xml") {
        // older office programs write documents with macros as XML, too
        if text.contains("<?mso-application") {
            return Some(Found::Compound);
        }
        text = text.split_once("?>").map_or("", |(_, rest)| rest.trim_start());
    }
    while let Some(comment) = text.strip_prefix("<!--") {
        text = comment.split_once("-->").map_or("", |(_, rest)| rest.trim_start());
    }
    BEGINNINGS.iter().find(|(start, _)| text.starts_with(start)).map(|(_, found)| *found)
}

/// In lower case; UTF-16, which browsers and script hosts read as well, is brought down to its letters.
fn readable(head: &[u8]) -> String {
    let is_wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    if !is_wide {
        return String::from_utf8_lossy(head).to_ascii_lowercase();
    }
    let letters = head.iter().skip(2).filter(|byte| byte.is_ascii() && **byte != 0);
    letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_a_page_or_how_wide_its_letters_are_hides_nothing() {
        assert_eq!(found(b"<!-- saved from url --><html>"), Some(Found::Html));
        assert_eq!(found(b"\xff\xfe<\0H\0T\0M\0L\0"), Some(Found::Html));
        assert_eq!(found(b"<!-- never closed"), None);
        assert_eq!(found(b"if x < 3 <script"), None);
    }
}
