//! Tokens to a tree. AND binds stronger than OR, which departs from RT on purpose (TC-254);
//! depth and number of conditions are bounded because anybody may type a query.

use crate::{
    error::SyntaxError,
    lexer::{self, Placed, Token},
    tree::{Field, Op, Query, Span, Term, Value},
};

/// Bytes of text.
pub const MAX_TEXT: usize = 64 * 1024;
/// Parentheses and NOTs within each other.
pub const MAX_DEPTH: usize = 100;
pub const MAX_TERMS: usize = 1_000;

const OPERATOR: &str = "expected an operator (=, !=, <, <=, >, >=, LIKE, STARTSWITH, ENDSWITH, IS, or NOT before a word)";
const VALUE: &str = "expected a value: text in quotes, a number, NULL, a __placeholder__ or another field";

pub fn parse(text: &str) -> Result<Query, SyntaxError> {
    if text.len() > MAX_TEXT {
        return Err(SyntaxError::new(text, 0, format!("expected at most {MAX_TEXT} bytes")));
    }
    let mut parser = Parser { text, tokens: lexer::tokens(text)?, position: 0, terms: 0 };
    let query = parser.any_of(0)?;
    match parser.tokens.get(parser.position) {
        None => Ok(query),
        Some(_) => Err(parser.error("expected AND, OR or the end")),
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Placed>,
    position: usize,
    terms: usize,
}

impl Parser<'_> {
    fn any_of(&mut self, depth: usize) -> Result<Query, SyntaxError> {
        let mut parts = vec![self.all_of(depth)?];
        while self.take_word("OR") {
            parts.push(self.all_of(depth)?);
        }
        Ok(joined(parts, Query::Or))
    }

    fn all_of(&mut self, depth: usize) -> Result<Query, SyntaxError> {
        let mut parts = vec![self.one(depth)?];
        while self.take_word("AND") {
            parts.push(self.one(depth)?);
        }
        Ok(joined(parts, Query::And))
    }

    fn one(&mut self, depth: usize) -> Result<Query, SyntaxError> {
        if depth > MAX_DEPTH {
            return Err(self.error(&format!("expected at most {MAX_DEPTH} levels of parentheses and NOT")));
        }
        let deeper = depth.saturating_add(1);
        if self.take_word("NOT") {
            return Ok(Query::Not(Box::new(self.one(deeper)?)));
        }
        if matches!(self.peek(), Some(Token::Open)) {
            self.advance();
            let inner = self.any_of(deeper)?;
            if !matches!(self.peek(), Some(Token::Close)) {
                return Err(self.error("expected AND, OR or )"));
            }
            self.advance();
            return Ok(inner);
        }
        self.condition().map(Query::Term)
    }

    fn condition(&mut self) -> Result<Term, SyntaxError> {
        self.terms = self.terms.saturating_add(1);
        if self.terms > MAX_TERMS {
            return Err(self.error(&format!("expected at most {MAX_TERMS} conditions")));
        }
        let field = self.field()?;
        let shallow = self.take_word("SHALLOW");
        let op = self.operator()?;
        let start = field.span.start;
        let (op, value, end) = self.value(op)?;
        Ok(Term { field, op, shallow, value, span: Span { start, end } })
    }

    fn field(&mut self) -> Result<Field, SyntaxError> {
        let span = self.span();
        let field = match self.peek() {
            Some(Token::Path(field)) if !is_joint(field) => field.clone(),
            Some(Token::Quoted(text)) if !text.is_empty() => {
                let field = lexer::whole_path(text).unwrap_or_else(|| Field::named(text.as_str()));
                Field { span, ..field }
            }
            _ => return Err(self.error("expected a field, NOT or (")),
        };
        self.advance();
        Ok(field)
    }

    fn operator(&mut self) -> Result<Op, SyntaxError> {
        if let Some(Token::Operator(op)) = self.peek() {
            let op = *op;
            self.advance();
            return Ok(op);
        }
        let before = self.take_word("NOT");
        if !before && self.take_word("IS") {
            return Ok(if self.take_word("NOT") { Op::IsNot } else { Op::Is });
        }
        for (word, positive, negative) in [
            ("LIKE", Op::Like, Op::NotLike),
            ("STARTSWITH", Op::StartsWith, Op::NotStartsWith),
            ("ENDSWITH", Op::EndsWith, Op::NotEndsWith),
        ] {
            if self.take_word(word) {
                return Ok(if before { negative } else { positive });
            }
        }
        Err(self.error(if before { "expected LIKE, STARTSWITH or ENDSWITH" } else { OPERATOR }))
    }

    fn value(&mut self, op: Op) -> Result<(Op, Value, usize), SyntaxError> {
        let read = match self.peek() {
            Some(Token::Number(number)) => Value::Number(*number),
            Some(Token::Quoted(text)) if matches!(op, Op::Is | Op::IsNot) && text.eq_ignore_ascii_case("NULL") => Value::Null,
            Some(Token::Quoted(text)) => placeholder(text).unwrap_or_else(|| Value::Text(text.clone())),
            Some(Token::Path(field)) if is_word(field, "NULL") => Value::Null,
            Some(Token::Path(field)) if !is_joint(field) => {
                let bare = field.key.is_none().then(|| placeholder(&field.name)).flatten();
                bare.unwrap_or_else(|| Value::Column(field.clone()))
            }
            _ => return Err(self.error(VALUE)),
        };
        let op = match (op, read == Value::Null) {
            (Op::Eq | Op::Is, true) => Op::Is,
            (Op::Ne | Op::IsNot, true) => Op::IsNot,
            (_, true) => {
                return Err(self.error("expected another value (NULL stands after IS, IS NOT, = and != only)"));
            }
            (Op::Is | Op::IsNot, false) => return Err(self.error("expected NULL")),
            (other, false) => other,
        };
        let end = self.span().end;
        self.advance();
        Ok((op, read, end))
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.position).map(|placed| &placed.token)
    }

    fn span(&self) -> Span {
        let end = Span { start: self.text.len(), end: self.text.len() };
        self.tokens.get(self.position).map_or(end, |placed| placed.span)
    }

    fn advance(&mut self) {
        self.position = self.position.saturating_add(1);
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Path(field)) if is_word(field, word));
        if found {
            self.advance();
        }
        found
    }

    fn error(&self, message: &str) -> SyntaxError {
        SyntaxError::new(self.text, self.span().start, message)
    }
}

fn joined(mut parts: Vec<Query>, join: fn(Vec<Query>) -> Query) -> Query {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            join(parts)
        }
        None => join(parts),
    }
}

fn is_word(field: &Field, word: &str) -> bool {
    field.key.is_none() && field.is(word)
}

fn is_joint(field: &Field) -> bool {
    ["AND", "OR", "NOT"].iter().any(|word| is_word(field, word))
}

fn placeholder(text: &str) -> Option<Value> {
    let name = text.strip_prefix("__")?.strip_suffix("__")?;
    let sound = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
    sound.then(|| Value::Placeholder(name.to_owned()))
}
