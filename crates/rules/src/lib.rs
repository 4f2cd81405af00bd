//! Automation as data: which rules answer a change (pure), and the sandboxed templates their mails are written from.
//! Carrying the effects out is left to `actions`.

mod condition;
mod effect;
mod forms;
mod names;
mod plan;
mod rule;
mod schedule;
pub mod seeded;
mod template;

pub use condition::{CONDITIONS, Condition};
pub use effect::{Effect, Recipients, ToAuthor};
pub use forms::{FORMS, Part};
pub use names::{NAMES, Shape};
pub use plan::{Happened, plan};
pub use rule::{Definition, InvalidRule, Rule, Stage, check_condition};
pub use schedule::{Schedule, check_cron, next_run};
pub use template::{InvalidTemplate, Rendered, check as check_template, render};
