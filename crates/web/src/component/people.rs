//! The people of a ticket by role.

use maud::{Markup, html};

use super::chip;
use super::facts::none;

#[derive(Debug, Clone)]
pub struct Person<'a> {
    pub name: &'a str,
    /// Shown beneath when it is not the name itself.
    pub address: &'a str,
    pub href: Option<&'a str>,
    /// That mail does not reach them.
    pub warning: Option<Markup>,
}

/// The people of one role; "(none)" when empty.
pub fn people(people: &[Person<'_>]) -> Markup {
    html! {
        @if people.is_empty() { (none()) } @else {
            ul class="people" { @for person in people { li { (one(person)) } } }
        }
    }
}

fn one(person: &Person<'_>) -> Markup {
    let name = if person.name.is_empty() { person.address } else { person.name };
    html! {
        (chip::avatar(name))
        span class="person" {
            @if let Some(href) = person.href { a href=(href) { (name) } } @else { span { (name) } }
            @if !person.address.is_empty() && person.address != name { span class="address" { (person.address) } }
            @if let Some(warning) = &person.warning { (warning) }
        }
    }
}
