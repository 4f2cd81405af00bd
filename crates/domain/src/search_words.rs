//! Words as the full text knows them, the same for every database, so that a query finds the same on each (TC-261). Case and the
//! accents of Latin, Greek, Cyrillic, Hebrew and Arabic do not count. Scripts that are written without spaces become
//! overlapping pairs of characters, which a query becomes, too.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Characters of a word; the rest of a longer one does not count.
pub const LONGEST: usize = 64;
/// Words of one text that are told apart by their place. PostgreSQL knows no more places.
pub const MOST: usize = 16_000;
/// Phrases of a query, and words of a phrase.
pub const MOST_ASKED: usize = 50;

/// Words that stand next to each other; with `is_prefix` the last is only how a word begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub words: Vec<String>,
    pub is_prefix: bool,
}

/// The words of a text in their order, at most [`MOST`].
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in Runs::of(text) {
        if words.len() >= MOST {
            break;
        }
        words.extend(run.words());
        // a query of one character looks for pairs that begin with it: the last one begins none
        words.extend(run.last_of_several());
    }
    words.truncate(MOST);
    words
}

/// What is asked for, all of it: words, `"phrases"` and beginnings, `scan*`. Nothing when there is no word in it.
#[must_use]
pub fn phrases(text: &str) -> Vec<Phrase> {
    let mut found = Vec::new();
    for (index, piece) in text.split('"').enumerate() {
        if index % 2 == 1 {
            add(piece, false, &mut found);
        } else {
            piece.split_whitespace().for_each(|word| add(word.trim_end_matches('*'), word.ends_with('*'), &mut found));
        }
    }
    found
}

fn add(text: &str, is_prefix: bool, found: &mut Vec<Phrase>) {
    let mut plain: Vec<String> = Vec::new();
    for run in Runs::of(text) {
        if run.is_dense {
            found.extend((!plain.is_empty()).then(|| Phrase { words: std::mem::take(&mut plain), is_prefix: false }));
            found.push(Phrase { words: run.words(), is_prefix: run.text.len() == 1 });
        } else {
            plain.extend(run.words());
        }
    }
    found.extend((!plain.is_empty()).then_some(Phrase { words: plain, is_prefix }));
}

/// Letters and digits that stand together, of one way of writing.
struct Run {
    text: Vec<char>,
    is_dense: bool,
}

impl Run {
    fn words(&self) -> Vec<String> {
        if self.is_dense && self.text.len() > 1 {
            return self.text.windows(2).map(|pair| pair.iter().collect()).collect();
        }
        vec![self.text.iter().take(LONGEST).collect()]
    }

    fn last_of_several(&self) -> Option<String> {
        let last = self.text.last().filter(|_| self.is_dense && self.text.len() > 1)?;
        Some(last.to_string())
    }
}

struct Runs<I: Iterator<Item = char>> {
    rest: std::iter::Peekable<I>,
}

impl Runs<std::iter::Empty<char>> {
    fn of(text: &str) -> Runs<impl Iterator<Item = char>> {
        let folded = text.nfkd().flat_map(char::to_lowercase).filter(|c| !is_accent(*c));
        Runs { rest: folded.peekable() }
    }
}

impl<I: Iterator<Item = char>> Iterator for Runs<I> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        while self.rest.next_if(|c| !belongs_to_a_word(*c)).is_some() {}
        let first = self.rest.next()?;
        let mut run = Run { text: vec![first], is_dense: is_dense(first) };
        while let Some(next) =
            self.rest.next_if(|c| belongs_to_a_word(*c) && (is_dense(*c) == run.is_dense || is_combining_mark(*c)))
        {
            run.text.push(next);
        }
        Some(run)
    }
}

fn belongs_to_a_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Scripts without spaces between words: Thai to Burmese, Khmer, Chinese and Japanese.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(words: &[&str], is_prefix: bool) -> Phrase {
        Phrase { words: words.iter().map(|word| (*word).to_owned()).collect(), is_prefix }
    }

    #[test]
    fn tc261_case_and_accents_do_not_count() {
        assert_eq!(words("Überfall, CAFÉ: Ёлка ﬁn"), ["uberfall", "cafe", "елка", "fin"]);
        assert_eq!(words("from 198.51.100.7 (x@evil.example)"), ["from", "198", "51", "100", "7", "x", "evil", "example"]);
        assert_eq!(words(&"a".repeat(99)), ["a".repeat(LONGEST)]);
        assert_eq!(words(&"x ".repeat(MOST + 9)).len(), MOST);
        assert_eq!(words("नमस्ते दुनिया"), ["नमस्ते", "दुनिया"], "marks that make the word stay");
    }

    #[test]
    fn tc261_scripts_without_spaces_become_pairs() {
        assert_eq!(words("日本語abc"), ["日本", "本語", "語", "abc"]);
        assert_eq!(phrases("日本語abc"), [phrase(&["日本", "本語"], false), phrase(&["abc"], false)]);
        assert_eq!(phrases("語"), [phrase(&["語"], true)]);
    }

    #[test]
    fn tc261_phrases_and_beginnings() {
        assert_eq!(
            phrases("worm \"Remote code\" scan* 198.51.100.7"),
            [
                phrase(&["worm"], false),
                phrase(&["remote", "code"], false),
                phrase(&["scan"], true),
                phrase(&["198", "51", "100", "7"], false)
            ]
        );
        assert_eq!(phrases("\"half open"), [phrase(&["half", "open"], false)]);
        assert!(phrases("*** \"\" -- ()").is_empty());
    }
}
