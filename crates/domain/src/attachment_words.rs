//! Whether a text speaks of an attachment (TC-120): what somebody forgets to attach is missed by whoever gets the letter.

/// What counts when nobody chose: words and phrases of many languages. A star stands for any letters, or none.
pub const USUAL: &str = "attach*, enclosed, Anhang, Anhänge*, in der Anlage, als Anlage, anbei, beigefügt*, angehängt*, beiliegend*, \
    pièce* jointe*, ci-joint*, adjunt*, anexo*, anexad*, allegat*, bijlage*, bijgevoegd*, załącz*, přílo*, prílo*, csatol*, melléklet*, \
    bifog*, vedhæft*, vedlagt*, vedlegg*, liite*, prilog*, priloz*, pielikum*, pridedam*, ataşa*, συνημμέν*, επισυνάπτ*, вложен*, \
    приложен*, прикреп*, ekte, *添付*, *附件*, *첨부*, *מצורף*, مرفق*";

/// The first thing that is said of one, as it stands there; neither what is quoted nor the signature counts.
#[must_use]
pub fn mentioned(text: &str, words: &str) -> Option<String> {
    let phrases: Vec<Vec<String>> =
        words.split(',').map(|phrase| phrase.to_lowercase().split_whitespace().map(str::to_owned).collect()).collect();
    let own = text.lines().take_while(|line| line.trim_end() != "--").filter(|line| !line.starts_with('>'));
    let said: Vec<&str> = own.flat_map(|line| line.split(|c: char| !is_of_word(c))).filter(|word| !word.is_empty()).collect();
    let lower: Vec<String> = said.iter().map(|word| word.to_lowercase()).collect();
    let stands = |place: usize, phrase: &[String]| {
        let window = lower.get(place..place + phrase.len());
        !phrase.is_empty() && window.is_some_and(|window| window.iter().zip(phrase).all(|(word, pattern)| fits(word, pattern)))
    };
    let (place, phrase) =
        (0..said.len()).find_map(|place| Some((place, phrases.iter().find(|phrase| stands(place, phrase))?)))?;
    said.get(place..place + phrase.len()).map(|found| found.join(" "))
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '\''
}

fn fits(word: &str, pattern: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(inner), Some(_)) => word.contains(inner.trim_end_matches('*')),
        (Some(end), None) => word.ends_with(end),
        (None, Some(start)) => word.starts_with(start),
        (None, None) => word == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        mentioned(text, USUAL)
    }

    #[test]
    fn tc120_words_of_many_languages_speak_of_an_attachment() {
        for (text, word) in [
            ("The list is attached.", "attached"),
            ("See attachments", "attachments"),
            ("Die Liste finden Sie im Anhang.", "Anhang"),
            ("Sie finden sie in der Anlage!", "in der Anlage"),
            ("Vous trouverez en pièce jointe la liste", "pièce jointe"),
            ("ci-joint la liste", "ci-joint"),
            ("Adjunto la lista", "Adjunto"),
            ("In allegato", "allegato"),
            ("ログを添付します", "ログを添付します"),
            ("Во вложении список", "вложении"),
        ] {
            assert_eq!(found(text).as_deref(), Some(word));
        }
        for text in ["", "We look into it.", "Die Anlage ist vom Netz.", "reattaching"] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn tc120_quoted_text_and_the_signature_do_not_count() {
        assert_eq!(found("> see the attached list\nThanks!\n-- \nNo attachments, please"), None);
        assert_eq!(found("> quoted\nsee the attached list").as_deref(), Some("attached"));
        assert_eq!(mentioned("attached", ""), None, "switched off");
        assert_eq!(mentioned("attached", " , *,"), Some("attached".to_owned()));
    }
}
