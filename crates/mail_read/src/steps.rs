//! Questions asked of an incoming message, one file each. Pure.

mod auto_generated;
mod bounce;
mod control;
mod loop_mark;
mod strip_control_headers;
mod subject_tag;

pub use auto_generated::auto_generated;
pub use bounce::{Bounce, bounce};
pub use control::no_autoopen;
pub use loop_mark::loop_mark;
pub use strip_control_headers::strip_control_headers;
pub use subject_tag::subject_tag;
