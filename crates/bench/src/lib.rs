//! Measurements of the product as it is handed out, each beside its floor or target (`make bench`). It drives the program from
//! outside, as mail servers and browsers do, and reaches past its doors only to generate tickets and to insert bare rows.

mod database;
pub mod generate;
mod http;
mod lmtp;
mod machine;
mod measure;
mod program;
mod report;
mod setting;
mod statistics;

pub use measure::everything;
pub use setting::Setting;
