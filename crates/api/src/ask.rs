//! What a request asks for around its object: parameters, fields, pages, conditions, and the values of JSON keys.

mod fields;
mod filter;
mod paging;
mod parameters;
mod simple;
mod value;

pub(crate) use fields::Fields;
pub(crate) use filter::{Filter, Joined, order};
pub(crate) use paging::{Paging, Sorting, Window};
pub(crate) use parameters::Parameters;
pub(crate) use simple::simple;
pub(crate) use value::{Wanted, list, moment, number, scalar};
