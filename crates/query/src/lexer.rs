//! Text to tokens. Paths (`CF.{IP}.Content`) and quoted text are whole tokens; which words are
//! keywords is decided by the parser, from where they stand.

use winnow::{
    LocatingSlice, ModalResult, Parser,
    combinator::{alt, cut_err, delimited, fail, not, opt, preceded, repeat},
    error::{ContextError, ErrMode, StrContext, StrContextValue},
    stream::{Location, Stream},
    token::{any, one_of, take_till, take_while},
};

use crate::{
    error::SyntaxError,
    tree::{Field, Op, Span},
};

type Input<'a> = LocatingSlice<&'a str>;

#[derive(Debug, Clone)]
pub(crate) enum Token {
    Open,
    Close,
    Operator(Op),
    Path(Field),
    Quoted(String),
    Number(i64),
}

#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) token: Token,
    pub(crate) span: Span,
}

pub(crate) fn tokens(text: &str) -> Result<Vec<Placed>, SyntaxError> {
    let mut input = LocatingSlice::new(text);
    let mut found = Vec::new();
    loop {
        skip_blanks(&mut input);
        let start = input.current_token_start();
        if start >= text.len() {
            return Ok(found);
        }
        let checkpoint = input.checkpoint();
        let (token, range) = match token.with_span().parse_next(&mut input) {
            Ok(read) => read,
            Err(problem) => {
                let reached = input.current_token_start();
                input.reset(&checkpoint);
                return Err(explain(text, start, reached, problem));
            }
        };
        found.push(Placed { token: placed(token, range.start), span: Span { start: range.start, end: range.end } });
    }
}

/// The text of a quoted field name, when it is a path and nothing else.
pub(crate) fn whole_path(text: &str) -> Option<Field> {
    path.parse(LocatingSlice::new(text)).ok()
}

fn skip_blanks(input: &mut Input<'_>) {
    let blanks: ModalResult<&str> = take_while(0.., char::is_whitespace).parse_next(input);
    debug_assert!(blanks.is_ok(), "taking none is fine too");
}

fn placed(token: Token, start: usize) -> Token {
    match token {
        Token::Path(mut field) => {
            field.span = Span { start, end: start.saturating_add(field.span.end) };
            Token::Path(field)
        }
        other => other,
    }
}

fn explain(text: &str, start: usize, reached: usize, problem: ErrMode<ContextError>) -> SyntaxError {
    let (cut, context) = match problem {
        ErrMode::Cut(context) => (true, context),
        ErrMode::Backtrack(context) => (false, context),
        ErrMode::Incomplete(_) => (false, ContextError::new()),
    };
    let expected = context.context().find_map(|part| match part {
        StrContext::Expected(what) => Some(what.to_string()),
        _ => None,
    });
    match expected {
        Some(what) if cut => SyntaxError::new(text, reached, format!("expected {what}")),
        _ => SyntaxError::new(text, start, "expected a field, an operator, a value or a parenthesis"),
    }
}

fn expected(what: &'static str) -> StrContext {
    StrContext::Expected(StrContextValue::Description(what))
}

fn token(input: &mut Input<'_>) -> ModalResult<Token> {
    alt((
        '('.value(Token::Open),
        ')'.value(Token::Close),
        operator.map(Token::Operator),
        quoted.map(Token::Quoted),
        number.map(Token::Number),
        path.map(Token::Path),
        fail,
    ))
    .parse_next(input)
}

fn operator(input: &mut Input<'_>) -> ModalResult<Op> {
    alt(("!=".value(Op::Ne), "<=".value(Op::Le), ">=".value(Op::Ge), "=".value(Op::Eq), "<".value(Op::Lt), ">".value(Op::Gt)))
        .parse_next(input)
}

fn quoted(input: &mut Input<'_>) -> ModalResult<String> {
    let quote = one_of(['\'', '"']).parse_next(input)?;
    let piece =
        alt((take_till(1.., move |c| c == quote || c == '\\').map(Piece::Plain), preceded('\\', any).map(Piece::Escaped)));
    let content = repeat(0.., piece).fold(String::new, |mut text, piece| {
        match piece {
            Piece::Plain(plain) => text.push_str(plain),
            Piece::Escaped(character) => text.push(character),
        }
        text
    });
    let closing = if quote == '\'' { "a closing '" } else { "a closing \"" };
    (content, cut_err(quote.void()).context(expected(closing))).map(|(text, ())| text).parse_next(input)
}

enum Piece<'a> {
    Plain(&'a str),
    Escaped(char),
}

/// Digits, and nothing behind them that would make a date or a word: such values belong in quotes.
fn number(input: &mut Input<'_>) -> ModalResult<i64> {
    let digits = (opt(one_of(['+', '-'])), take_while(1.., '0'..='9')).take().parse_next(input)?;
    cut_err(not(one_of(|c: char| is_name_rest(c) || matches!(c, '.' | '-' | '+' | ':' | '/'))))
        .context(expected("the end of a number (other values stand in quotes)"))
        .parse_next(input)?;
    match digits.parse() {
        Ok(number) => Ok(number),
        Err(_) => cut_err(fail).context(expected("a smaller number")).parse_next(input),
    }
}

/// The span counts from the path's own start; `placed` moves it.
fn path(input: &mut Input<'_>) -> ModalResult<Field> {
    let part = || cut_err(alt((braced, name.map(str::to_owned)))).context(expected("a name or {…} after the dot"));
    let ((first, key, sub), range) =
        (name, opt(preceded('.', part())), opt(preceded('.', part()))).with_span().parse_next(input)?;
    cut_err(not('.')).context(expected("no more than three parts in a field")).parse_next(input)?;
    let span = Span { start: 0, end: range.len() };
    Ok(Field { name: first.to_owned(), key, sub, span })
}

fn name<'a>(input: &mut Input<'a>) -> ModalResult<&'a str> {
    (one_of(is_name_start), take_while(0.., is_name_rest)).take().parse_next(input)
}

fn braced(input: &mut Input<'_>) -> ModalResult<String> {
    let inside = take_while(1.., |c| c != '}').map(str::to_owned);
    delimited('{', inside, '}').parse_next(input)
}

pub(crate) fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

pub(crate) fn is_name_rest(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
