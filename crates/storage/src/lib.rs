//! The only SQL: the schema, its migrations, one file of queries per noun, and the search compiler. SQLite and PostgreSQL.
//! It decides nothing about rights; callers above it do.

mod bind;
mod db;
mod error;
mod instant;
mod kept;
mod migrate;
mod value;

pub mod act;
pub mod audit;
pub mod batch;
pub mod blob;
pub mod bookmark;
pub mod bulk;
pub mod catalog;
pub mod change;
pub mod custom_field;
pub mod dashboard;
pub mod digest;
pub mod draft;
pub mod feed;
pub mod field_definition;
pub mod group;
pub mod hook;
pub mod inbound;
pub mod lease;
pub mod left_out;
pub mod link;
pub mod live;
pub mod lock;
pub mod merge;
pub mod outbound;
pub mod part;
pub mod person;
pub mod preference;
pub mod queue;
pub mod reminder;
pub mod rule;
pub mod saved_search;
pub mod schedule;
pub mod search;
pub mod session;
pub mod setting;
pub mod squelch;
pub mod subscription;
pub mod template;
pub mod text;
pub mod ticket;
pub mod token;
pub mod unreachable;
pub mod upload;
pub mod watcher;

pub use db::{Db, Options, Row, Tx};
pub use error::{Error, Result};
pub use instant::Instant;
