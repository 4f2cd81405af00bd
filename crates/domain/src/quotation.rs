//! A message as it is quoted in an answer (TC-106): every form that quotes does it here.

const WRAP_WIDTH: usize = 70;
/// Lines a little over the width are left alone; longer ones make the text wrapped anew.
const TOLERANCE: usize = 6;

/// Each line behind `> `, without the signature; marks are not separated from each other.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mark = |line: &str| if line.is_empty() || line.starts_with('>') { format!(">{line}\n") } else { format!("> {line}\n") };
    wrapped(without_signature(text)).iter().map(|line| mark(line)).collect()
}

fn without_signature(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().take_while(|line| *line != "-- ").collect();
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    lines
}

fn wrapped(lines: Vec<&str>) -> Vec<String> {
    let too_long = lines.iter().any(|line| line.chars().count() > WRAP_WIDTH + TOLERANCE);
    if !too_long {
        return lines.into_iter().map(str::to_owned).collect();
    }
    lines.into_iter().flat_map(wrap_line).collect()
}

/// Wraps one line at blanks; what was quoted before keeps its `>` on each new line.
fn wrap_line(line: &str) -> Vec<String> {
    if line.chars().count() <= WRAP_WIDTH {
        return vec![line.to_owned()];
    }
    let body = line.trim_start_matches(['>', ' ']);
    let marks = line.get(..line.len() - body.len()).unwrap_or_default();
    let marks = if marks.contains('>') { marks } else { "" };
    let mut rows = Vec::new();
    let mut row = marks.to_owned();
    let mut width = row.chars().count();
    let mut empty = true;
    for word in body.split_whitespace() {
        let length = word.chars().count();
        if !empty && width + 1 + length > WRAP_WIDTH {
            rows.push(std::mem::replace(&mut row, marks.to_owned()));
            width = row.chars().count();
            empty = true;
        }
        if !empty {
            row.push(' ');
            width += 1;
        }
        row.push_str(word);
        width += length;
        empty = false;
    }
    rows.push(row);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tc106_quotes_without_the_signature() {
        assert_eq!(quoted("Hello\n\nbye\n\n-- \nRay\n"), "> Hello\n>\n> bye\n");
    }

    #[test]
    fn tc106_quotes_of_quotes_get_one_more_mark() {
        assert_eq!(quoted("Hello\n\n> before\nBye"), "> Hello\n>\n>> before\n> Bye\n");
    }

    #[test]
    fn tc106_long_lines_are_wrapped_and_keep_their_quote_marks() {
        let long = format!("> {}\nshort", "word ".repeat(40));
        let text = quoted(&long);
        for line in text.lines() {
            assert!(line.chars().count() <= 72, "{line}");
        }
        assert_eq!(text.lines().filter(|line| line.starts_with(">> word")).count(), 4);
        assert!(text.ends_with("> short\n"));
    }

    #[test]
    fn tc106_lines_just_over_the_width_stay() {
        let line = format!("{} b", "a".repeat(73));
        assert!(quoted(&line).contains(&line));
    }
}
