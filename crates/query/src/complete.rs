//! What may come next in a text that is still being typed, for pages that propose it. Lenient where the parser is strict: whatever
//! stands before the last word only has to tell what is asked for now.

use crate::lexer::{is_name_rest, is_name_start};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Byte where the unfinished word begins; the end of the text when none was begun.
    pub start: usize,
    /// The word so far, without its quote.
    pub typed: String,
    pub wants: Wants,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wants {
    Field,
    /// Of this field.
    Operator(String),
    Value(String),
    /// AND or OR.
    Join,
}

#[must_use]
pub fn expected(before: &str) -> Expected {
    let mut scanner = Scanner { text: before, at: 0, wants: Wants::Field };
    loop {
        scanner.skip(char::is_whitespace);
        let start = scanner.at;
        let Some(first) = scanner.rest().chars().next() else { break };
        let (word, is_finished) = scanner.word(first);
        if !is_finished {
            return Expected { start, typed: word, wants: scanner.wants };
        }
        scanner.pass(first, &word);
    }
    Expected { start: before.len(), typed: String::new(), wants: scanner.wants }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    wants: Wants,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, is_part: impl Fn(char) -> bool) {
        self.at += self.rest().find(|c| !is_part(c)).unwrap_or(self.rest().len());
    }

    /// One word, name or sign, and whether it ends before the text does.
    fn word(&mut self, first: char) -> (String, bool) {
        let start = self.at;
        if matches!(first, '\'' | '"') {
            return self.quoted(first);
        }
        if matches!(first, '(' | ')') {
            self.at += 1;
            return (first.to_string(), true);
        }
        if is_name_start(first) {
            self.path();
        } else {
            let is_sign = |c: char| matches!(c, '=' | '!' | '<' | '>');
            let same = is_sign(first);
            self.skip(|c| !c.is_whitespace() && is_sign(c) == same && !matches!(c, '(' | ')' | '\'' | '"'));
            // signs end by themselves
            let word = self.text.get(start..self.at).unwrap_or_default().to_owned();
            return (word, same || !self.rest().is_empty());
        }
        (self.text.get(start..self.at).unwrap_or_default().to_owned(), !self.rest().is_empty())
    }

    /// With braces, in which anything may stand.
    fn path(&mut self) {
        loop {
            self.skip(is_name_rest);
            let rest = self.rest();
            if rest.starts_with('{') {
                self.at += rest.find('}').map_or(rest.len(), |end| end + 1);
            } else if rest.starts_with('.') {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn quoted(&mut self, quote: char) -> (String, bool) {
        let mut word = String::new();
        let mut letters = self.rest().char_indices().skip(1);
        while let Some((place, letter)) = letters.next() {
            if letter == quote {
                self.at += place + 1;
                return (word, true);
            }
            word.push(if letter == '\\' { letters.next().map_or('\\', |(_, next)| next) } else { letter });
        }
        self.at = self.text.len();
        (word, false)
    }

    /// What is wanted behind a finished word.
    fn pass(&mut self, first: char, word: &str) {
        let is = |known: &str| word.eq_ignore_ascii_case(known);
        self.wants = match (&self.wants, first) {
            (_, '(') => Wants::Field,
            (_, ')') => Wants::Join,
            (Wants::Field, _) if is("NOT") => Wants::Field,
            (Wants::Field, _) => Wants::Operator(word.to_owned()),
            (Wants::Operator(field), _) if is("NOT") || is("SHALLOW") => Wants::Operator(field.clone()),
            (Wants::Operator(field), _) => Wants::Value(field.clone()),
            (Wants::Value(field), _) if is("NOT") => Wants::Value(field.clone()),
            (Wants::Value(_), _) => Wants::Join,
            (Wants::Join, _) => Wants::Field,
        };
    }
}
