//! Typed, directed relations between tickets, or from a ticket to something outside (TC-075).

use serde::{Deserialize, Serialize};

/// The field of a change that says a ticket was merged into another one, in the history of the one merged away …
pub const MERGED_INTO: &str = "MergedInto";
/// … and in the history of the one that took it in.
pub const HAS_MERGED: &str = "HasMerged";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkKind {
    MemberOf,
    DependsOn,
    RefersTo,
}

impl LinkKind {
    pub const ALL: [LinkKind; 3] = [LinkKind::MemberOf, LinkKind::DependsOn, LinkKind::RefersTo];

    /// As seen from the base, the ticket that the link starts at.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            LinkKind::MemberOf => "MemberOf",
            LinkKind::DependsOn => "DependsOn",
            LinkKind::RefersTo => "RefersTo",
        }
    }
    /// As seen from the target.
    #[must_use]
    pub fn reverse(self) -> &'static str {
        match self {
            LinkKind::MemberOf => "HasMember",
            LinkKind::DependsOn => "DependedOnBy",
            LinkKind::RefersTo => "ReferredToBy",
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
    /// Circles of these are refused (TC-077).
    #[must_use]
    pub fn refuses_circles(self) -> bool {
        self != LinkKind::RefersTo
    }
}

/// The two ends of a link that somebody names by one word, from one ticket's point of view (RT's aliases).
#[must_use]
pub fn direction(word: &str) -> Option<(LinkKind, Direction)> {
    Some(match word.to_ascii_lowercase().as_str() {
        "memberof" | "parent" | "parents" => (LinkKind::MemberOf, Direction::From),
        "hasmember" | "members" | "member" | "child" | "children" => (LinkKind::MemberOf, Direction::To),
        "dependson" => (LinkKind::DependsOn, Direction::From),
        "dependedonby" | "dependenton" => (LinkKind::DependsOn, Direction::To),
        "refersto" => (LinkKind::RefersTo, Direction::From),
        "referredtoby" => (LinkKind::RefersTo, Direction::To),
        _ => return None,
    })
}

/// Whether the ticket at hand is where the link starts, or where it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    From,
    To,
}
