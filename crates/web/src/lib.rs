//! The pages of the web interface. A page is a struct or function beside its handler; its words come from the
//! catalogue in `http_door::text`, its looks from `component` and `layout`, its content from the verbs in `actions`.

mod about;
mod admin;
mod beside;
mod chart;
pub mod component;
mod constituency;
mod dashboard;
mod draft;
mod failure;
mod feed;
mod file;
mod flash;
mod form;
mod home;
pub mod layout;
mod list;
mod live;
mod lock;
mod neighbours;
mod palette;
mod parameters;
mod person;
mod place;
mod policy_report;
mod preferences;
mod presence;
mod query_text;
mod router;
mod saved;
mod search;
mod sent;
mod sign_in;
mod start;
pub mod static_files;
mod subscription;
mod ticket;
mod undo;
mod visit;

pub use router::router;
