//! Tree to text that reads back as the same tree. Mixed ANDs and ORs always get parentheses, so
//! that the text means the same where RT's rule of precedence reigns (TC-254).

use std::fmt::{Display, Formatter, Result, Write};

use crate::{
    lexer::{is_name_rest, is_name_start, whole_path},
    tree::{Field, Op, Query, Term, Value},
};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::And(parts) => write_joined(f, parts, " AND "),
            Self::Or(parts) => write_joined(f, parts, " OR "),
            Self::Not(inner) => {
                f.write_str("NOT ")?;
                write_part(f, inner)
            }
            Self::Term(term) => term.fmt(f),
        }
    }
}

fn write_joined(f: &mut Formatter<'_>, parts: &[Query], joint: &str) -> Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(joint)?;
        }
        write_part(f, part)?;
    }
    Ok(())
}

fn write_part(f: &mut Formatter<'_>, part: &Query) -> Result {
    match part {
        Query::And(_) | Query::Or(_) => write!(f, "({part})"),
        Query::Not(_) | Query::Term(_) => part.fmt(f),
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if needs_quotes(&self.field) {
            write_quoted(f, &self.field.to_string())?;
        } else {
            self.field.fmt(f)?;
        }
        let shallow = if self.shallow { "SHALLOW " } else { "" };
        write!(f, " {shallow}{} {}", self.op, self.value)
    }
}

/// Without quotes; a name that is no plain word stays as it is.
impl Display for Field {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(&self.name)?;
        let custom = ["CF", "CustomField", "QueueCF", "TxnCF", "CustomRole"].iter().any(|name| self.is(name));
        if let Some(key) = &self.key {
            write_dotted(f, key, custom)?;
        }
        self.sub.as_ref().map_or(Ok(()), |sub| write_dotted(f, sub, false))
    }
}

fn write_dotted(f: &mut Formatter<'_>, part: &str, braces: bool) -> Result {
    if braces || !is_name(part) { write!(f, ".{{{part}}}") } else { write!(f, ".{part}") }
}

fn is_name(text: &str) -> bool {
    text.starts_with(is_name_start) && text.chars().all(is_name_rest)
}

fn needs_quotes(field: &Field) -> bool {
    let joint = ["AND", "OR", "NOT"].iter().any(|word| field.is(word)) && field.key.is_none();
    joint || whole_path(&field.to_string()).is_none_or(|read| read != *field)
}

impl Display for Op {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::Eq => "=",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
            Self::Like => "LIKE",
            Self::NotLike => "NOT LIKE",
            Self::StartsWith => "STARTSWITH",
            Self::NotStartsWith => "NOT STARTSWITH",
            Self::EndsWith => "ENDSWITH",
            Self::NotEndsWith => "NOT ENDSWITH",
            Self::Is => "IS",
            Self::IsNot => "IS NOT",
        })
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Text(text) => write_quoted(f, text),
            Self::Number(number) => number.fmt(f),
            Self::Null => f.write_str("NULL"),
            Self::Placeholder(name) => write!(f, "__{name}__"),
            Self::Column(field) => field.fmt(f),
        }
    }
}

fn write_quoted(f: &mut Formatter<'_>, text: &str) -> Result {
    f.write_char('\'')?;
    for character in text.chars() {
        if matches!(character, '\'' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(character)?;
    }
    f.write_char('\'')
}
