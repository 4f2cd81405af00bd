//! Questions asked of an incoming message, one file each. Pure.

mod about;
mod abuse_report;
mod answered;
mod authentication;
mod auto_generated;
mod auto_reply;
mod bounce;
mod control;
mod envelope;
mod forwarded;
mod kind;
mod loop_mark;
mod plain_bounce;
mod receipt;
mod report;
mod strip_control_headers;
mod subject_tag;

pub use about::about;
pub use abuse_report::{AbuseReport, abuse_report};
pub use answered::answered;
pub use authentication::authentication;
pub use auto_generated::{auto_generated, sent_by_nobody};
pub use auto_reply::auto_reply;
pub use bounce::{Bounce, bounce, delivery_notice};
pub use control::no_autoopen;
pub use envelope::{Envelope, envelope};
pub use forwarded::{Forwarded, forwarded};
pub use kind::{Kind, kind};
pub use loop_mark::loop_mark;
pub use receipt::{Receipt, receipt};
pub use strip_control_headers::strip_control_headers;
pub use subject_tag::subject_tag;
