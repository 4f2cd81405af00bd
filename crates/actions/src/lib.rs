//! The verbs. Whatever changes anything is a function here, called by every door: load with the asker's rights, decide in
//! `domain`, store, record one change, let the rules answer it. A door begins a [`Tx`], calls, commits.

pub mod access;
pub mod account;
pub mod act;
mod actor;
mod attempt;
mod automation;
pub mod bulk;
mod catalog;
mod clock;
pub mod custom_field;
pub mod dashboard;
mod desk;
pub mod digest;
pub mod directory;
pub mod draft;
mod error;
pub mod full_text;
mod history;
pub mod hook;
pub mod inbox;
pub mod incident;
pub mod lease;
pub mod lists;
pub mod live;
pub mod lock;
pub mod message;
mod notify;
pub mod outbox;
pub mod presence;
pub mod sentence;
pub mod setup;
pub mod ticket;
pub mod undo;
pub mod upload;
pub mod verify;

pub use actor::{Acted, Actor, Door};
pub use attempt::Attempt;
pub use catalog::Catalog;
pub use clock::{Clock, SystemClock};
pub use desk::{Desk, Live, Posted, Surroundings, Tx};
pub use error::{Error, FieldError, Result};
pub use storage::catalog::Applied;
