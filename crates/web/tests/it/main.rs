//! The tests of the pages.
#![expect(clippy::unwrap_used, reason = "tests")]

mod admin;
mod admin_constituencies;
mod browser;
mod chart;
mod complete;
mod constituency;
mod display;
mod every_route;
mod feed;
mod file;
mod form;
mod gallery;
mod home;
mod kinds;
mod list;
mod message_content;
mod navigation;
mod person;
mod preferences;
mod rules;
mod saved;
mod search;
mod settings;
mod sign_in;
mod static_files;
mod strangers;
mod subscription;
mod templates;
mod ticket;
mod together;
mod undo;
