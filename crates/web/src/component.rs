//! The building blocks of all pages: functions that return markup. They hold no rules and load nothing;
//! what they show is handed to them. Their looks are in `static/css`, their classes are named after them.

pub mod attachment;
pub mod button;
pub mod chip;
pub mod confirm;
pub mod empty;
pub mod facts;
pub mod field;
pub mod form;
pub mod history;
pub mod icon;
pub mod login;
pub mod menu;
pub mod message;
pub mod observable;
pub mod pager;
pub mod panel;
pub mod people;
pub mod table;
pub mod tabs;
pub mod ticket;
pub mod time;
pub mod unreachable;
pub mod wikitext;
