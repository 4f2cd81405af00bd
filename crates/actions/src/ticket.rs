//! Verbs on one ticket, and what a page shows of it.

mod basics;
mod bookmark;
mod create;
mod fields;
mod forward;
mod link;
mod merge;
mod message;
mod move_queue;
mod owner;
mod people;
mod preview;
pub mod reminder;
pub mod show;
mod status;
mod unmerge;
mod update;
mod watcher;

pub use basics::{Basics, set_basics, set_due};
pub use bookmark::{RECENT, is_bookmarked, is_newest_viewed, recently_viewed, remember_viewed, set_bookmark};
pub use create::{Create, create};
pub use fields::{FieldInput, add_values, remove_value, set_values};
pub use forward::{Forward, forward};
pub use link::{Link, LinksInput, edit_links, link, link_uri, unlink, unlink_uri};
pub(crate) use link::{make as make_link, part as part_link};
pub use merge::merge;
pub use message::{Reply, comment, reply};
pub use move_queue::move_to_queue;
pub use owner::{OwnerChange, change_owner};
pub use people::{PeopleInput, add_person, load_or_create, remove_person, set_people};
pub use preview::{Preview, preview, preview_create};
pub use status::{SetStatus, set_status};
pub use unmerge::{Unmerging, unmerge, unmerging};
pub use update::{Update, update};
pub use watcher::{GROUP, add_named, set_group, set_squelched, squelched, watching_groups};
