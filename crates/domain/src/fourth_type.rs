//! What the fourth type of ticket is called (IR-011): the one place that knows both words, for captions and for names of queues. Everything that is no
//! caption (lifecycle, addresses, names of settings and layouts) keeps one name.

use crate::queue::Queue;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FourthType {
    #[default]
    Countermeasure,
    Block,
}

impl FourthType {
    pub const ALL: [Self; 2] = [Self::Countermeasure, Self::Block];

    /// As the setting stores it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Countermeasure => "countermeasure",
            Self::Block => "block",
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
    #[must_use]
    pub fn one(self) -> &'static str {
        match self {
            Self::Countermeasure => "Countermeasure",
            Self::Block => "Block",
        }
    }
    /// Also the name of the seeded queue.
    #[must_use]
    pub fn many(self) -> &'static str {
        match self {
            Self::Countermeasure => "Countermeasures",
            Self::Block => "Blocks",
        }
    }
    fn other(self) -> Self {
        match self {
            Self::Countermeasure => Self::Block,
            Self::Block => Self::Countermeasure,
        }
    }
    /// The name in our words of a queue that bears the other's: alone, or before a constituency's (` - EDUNET`).
    #[must_use]
    pub fn queue_name(self, name: &str) -> Option<String> {
        let other = self.other().many();
        let is_theirs = name.get(..other.len()).is_some_and(|start| start.eq_ignore_ascii_case(other));
        let rest = name.get(other.len()..).filter(|rest| is_theirs && (rest.is_empty() || rest.starts_with(" - ")))?;
        Some(format!("{}{rest}", self.many()))
    }
}

/// The other name that a queue is found under, if it has one.
#[must_use]
pub fn alias(name: &str) -> Option<String> {
    FourthType::ALL.into_iter().find_map(|one| one.queue_name(name.trim()))
}

/// A queue by its name in any case, else by its alias.
#[must_use]
pub fn queue_named<'a>(queues: &'a [Queue], name: &str) -> Option<&'a Queue> {
    let named = |name: &str| queues.iter().find(|queue| queue.name.eq_ignore_ascii_case(name.trim()));
    named(name).or_else(|| named(&alias(name)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ir011_queues_have_an_alias_alone_and_before_a_constituency() {
        for (name, other) in [
            ("Blocks", Some("Countermeasures")),
            ("countermeasures", Some("Blocks")),
            ("Blocks - EDUNET", Some("Countermeasures - EDUNET")),
            ("Countermeasures - Blocks", Some("Blocks - Blocks")),
            ("Blocks of flats", None),
            ("Blocksé", None),
            ("Bl", None),
            ("", None),
        ] {
            assert_eq!(alias(name).as_deref(), other, "{name}");
        }
    }
}
