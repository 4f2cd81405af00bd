//! Automation as data: which rules answer a change (pure), and the sandboxed templates their mails are written from.
//! Carrying the effects out is left to `actions`.

mod effect;
mod plan;
mod rule;
pub mod seeded;
mod template;

pub use effect::{Effect, Recipients};
pub use plan::{Happened, Planned, plan};
pub use rule::{Definition, InvalidRule, Rule, Stage};
pub use template::{InvalidTemplate, Rendered, render};
