//! http

pub mod text;
