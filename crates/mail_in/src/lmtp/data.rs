//! Undoes the dot-stuffing of a message and finds its end (RFC 5321 section 4.5.2), in pieces of any size.
//! The end is CRLF `.` CRLF. A bare LF ends nothing unless the client ended its DATA line that way too: otherwise a
//! message that holds LF `.` LF could smuggle in commands of its own.

pub(super) struct Unstuffer {
    bare_line_ends: bool,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    LineStart,
    /// A dot at the start of a line, not yet handed on.
    Dot,
    /// That dot and a CR.
    DotReturn,
    Within,
    /// After a CR within a line.
    Return,
}

impl Unstuffer {
    pub(super) fn new(bare_line_ends: bool) -> Self {
        Self { bare_line_ends, state: State::LineStart }
    }

    /// Hands on what belongs to the message. `Some(n)` when the message ended and used the first `n` bytes.
    pub(super) fn feed(&mut self, piece: &[u8], mut hand_on: impl FnMut(&[u8])) -> Option<usize> {
        let mut begin = 0;
        for (index, &byte) in piece.iter().enumerate() {
            let (next, before) = self.step(byte);
            match next {
                Some(State::Dot) => {
                    hand_on(piece.get(begin..index).unwrap_or_default());
                    begin = index + 1;
                }
                // Undecided: neither the dot nor this CR is handed on yet.
                Some(State::DotReturn) => begin = index + 1,
                Some(_) if !before.is_empty() => {
                    hand_on(before);
                    begin = index;
                }
                Some(_) => {}
                None => return Some(index + 1),
            }
            self.state = next.unwrap_or(State::LineStart);
        }
        hand_on(piece.get(begin..).unwrap_or_default());
        None
    }

    /// The next state, or `None` at the end; and what was held back and now belongs before this byte.
    fn step(&self, byte: u8) -> (Option<State>, &'static [u8]) {
        match (self.state, byte) {
            (State::LineStart, b'.') => (Some(State::Dot), b""),
            (State::Dot, b'\r') => (Some(State::DotReturn), b""),
            (State::Dot, b'\n') if self.bare_line_ends => (None, b""),
            (State::DotReturn, b'\n') => (None, b""),
            (State::DotReturn, _) => (Some(self.after(byte, true)), b"\r"),
            (State::Return, _) => (Some(self.after(byte, true)), b""),
            _ => (Some(self.after(byte, false)), b""),
        }
    }

    fn after(&self, byte: u8, after_return: bool) -> State {
        match byte {
            b'\n' if after_return || self.bare_line_ends => State::LineStart,
            b'\r' => State::Return,
            _ => State::Within,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The message and what is left over, fed in pieces of `size` bytes.
    fn run(input: &[u8], size: usize, bare: bool) -> (Vec<u8>, Option<Vec<u8>>) {
        let mut unstuffer = Unstuffer::new(bare);
        let mut message = Vec::new();
        for (number, piece) in input.chunks(size).enumerate() {
            if let Some(used) = unstuffer.feed(piece, |bytes| message.extend_from_slice(bytes)) {
                return (message, Some(input[number * size + used..].to_vec()));
            }
        }
        (message, None)
    }

    #[test]
    fn dots_are_unstuffed_whatever_the_pieces() {
        let cases: [(&[u8], &[u8]); 9] = [
            (b"a\r\n..b\r\n...\r\n.\r\nQUIT", b"a\r\n.b\r\n..\r\n"),
            (b".\r\nQUIT", b""),
            (b"\r\n.\r\nQUIT", b"\r\n"),
            (b"a\n.\nMAIL\n.\r\nx\r\n.\r\nQUIT", b"a\n.\nMAIL\n.\r\nx\r\n"),
            (b"a\r\n.\nb\r\n.\r\nQUIT", b"a\r\n\nb\r\n"),
            (b"a\r.\r\n.\r\nQUIT", b"a\r.\r\n"),
            (b".\rx\r\n.\r\nQUIT", b"\rx\r\n"),
            (b".\r\r\n.\r\nQUIT", b"\r\r\n"),
            (b".x\r\r\n.\r\nQUIT", b"x\r\r\n"),
        ];
        for (input, expected) in cases {
            for size in 1..=input.len() {
                let (message, rest) = run(input, size, false);
                assert_eq!(message, expected, "{:?} in {size}", String::from_utf8_lossy(input));
                assert_eq!(rest.unwrap_or_default(), b"QUIT");
            }
        }
    }

    #[test]
    fn a_client_of_bare_line_ends_is_understood() {
        for size in 1..12 {
            let (message, rest) = run(b"a\n..b\n.\nQUIT", size, true);
            assert_eq!((message.as_slice(), rest.as_deref()), (&b"a\n.b\n"[..], Some(&b"QUIT"[..])));
        }
        assert_eq!(run(b"a\n.b", 2, true), (b"a\nb".to_vec(), None));
    }
}
