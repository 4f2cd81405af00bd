//! The tree of a query. Spans say where in the text a part stood and do not count when trees are compared.

/// Bytes of the text, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// `And` and `Or` have two parts or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    And(Vec<Query>),
    Or(Vec<Query>),
    Not(Box<Query>),
    Term(Term),
}

/// One condition. `Value::Null` stands with `Op::Is` and `Op::IsNot`, and these with nothing else:
/// `= NULL` and `!= NULL` are read as such too.
#[derive(Debug, Clone)]
pub struct Term {
    pub field: Field,
    pub op: Op,
    /// Written `SHALLOW`: people of a role are compared without looking into nested groups (TC-257).
    pub shallow: bool,
    pub value: Value,
    pub span: Span,
}

/// `Created`, `Requestor.Name`, `CF.{IP}`, `CF.{IP}.Content`: name, key and sub as written.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub key: Option<String>,
    pub sub: Option<String>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    Like,
    NotLike,
    StartsWith,
    NotStartsWith,
    EndsWith,
    NotEndsWith,
    Is,
    IsNot,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Number(i64),
    Null,
    /// `__Active__` without the underscores, quoted or not (TC-259).
    Placeholder(String),
    /// An unquoted word: another field of the same ticket.
    Column(Field),
}

impl Term {
    pub fn new(field: Field, op: Op, value: Value) -> Self {
        Self { field, op, shallow: false, value, span: Span::default() }
    }
}

impl Field {
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), key: None, sub: None, span: Span::default() }
    }

    pub fn keyed(name: impl Into<String>, key: impl Into<String>) -> Self {
        Self { key: Some(key.into()), ..Self::named(name) }
    }

    /// Names of fields ignore case (TC-255).
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.key, &self.sub) == (&other.name, &other.key, &other.sub)
    }
}

impl Eq for Field {}

impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        (&self.field, self.op, self.shallow, &self.value) == (&other.field, other.op, other.shallow, &other.value)
    }
}

impl Eq for Term {}

impl Op {
    /// A negative operator asks that no value satisfies its positive twin (TC-257).
    pub fn is_negative(self) -> bool {
        matches!(self, Self::Ne | Self::NotLike | Self::NotStartsWith | Self::NotEndsWith | Self::IsNot)
    }

    pub fn positive(self) -> Self {
        match self {
            Self::Ne => Self::Eq,
            Self::NotLike => Self::Like,
            Self::NotStartsWith => Self::StartsWith,
            Self::NotEndsWith => Self::EndsWith,
            Self::IsNot => Self::Is,
            other => other,
        }
    }
}

/// Every field that the query reads, columns on the right side included, in order of writing.
pub fn fields(query: &Query) -> Vec<&Field> {
    let mut found = Vec::new();
    collect(query, &mut found);
    found
}

fn collect<'a>(query: &'a Query, found: &mut Vec<&'a Field>) {
    match query {
        Query::And(parts) | Query::Or(parts) => parts.iter().for_each(|part| collect(part, found)),
        Query::Not(inner) => collect(inner, found),
        Query::Term(term) => {
            found.push(&term.field);
            if let Value::Column(column) = &term.value {
                found.push(column);
            }
        }
    }
}
