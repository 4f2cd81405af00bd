//! The pages of the web interface. A page is a struct or function beside its handler; its words come from the
//! catalogue in `http_door::text`, its looks from `component` and `layout`, its content from the verbs in `actions`.

pub mod component;
pub mod layout;
pub mod static_files;
