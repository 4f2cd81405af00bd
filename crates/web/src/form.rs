//! Forms and what happens when they are sent. A form is filled from a [`submission`], whether that came from a browser or from
//! what the form starts with; the verb judges it; what it refuses brings the same form back with all that was typed.

mod act;
mod advanced;
mod answer;
mod bookmark;
pub(crate) mod bulk;
mod children;
mod chooser;
mod close;
pub(crate) mod collision;
mod create;
mod custom_field;
mod earlier;
mod edit;
mod forgotten;
mod formatted;
mod forward;
pub(crate) mod inputs;
mod link;
mod links;
mod local_time;
mod merge;
mod numbered;
mod people;
mod quotation;
pub(crate) mod reading;
mod recipients;
pub(crate) mod refusal;
mod reminder;
mod snooze;
mod split_many;
pub(crate) mod submission;

use axum::Router;
use http_door::App;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(create::routes())
        .merge(answer::routes())
        .merge(act::routes())
        .merge(bulk::routes())
        .merge(link::routes())
        .merge(merge::routes())
        .merge(children::routes())
        .merge(split_many::routes())
        .merge(forward::routes())
        .merge(advanced::routes())
        .merge(links::routes())
        .merge(people::routes())
        .merge(reminder::routes())
        .merge(snooze::routes())
        .merge(bookmark::routes())
        .merge(close::routes())
        .merge(edit::routes())
}
