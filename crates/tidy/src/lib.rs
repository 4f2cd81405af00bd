//! The house rules that neither the compiler nor clippy holds, as functions from the source tree to complaints; the
//! tests in `tests/it` fail on any. What the rules are and why stands in STYLE.md.

pub mod arrows;
pub mod clocks;
pub mod names;
pub mod paths;
pub mod requirements;
pub mod size;
pub mod tree;
pub mod unwraps;
pub mod words;
