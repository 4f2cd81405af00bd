//! The ticket as the inputs of the form hold it, and what a person did to them since.

use super::super::{answer::shown, custom_field, local_time, submission::Submission};
use super::page::Page;
use actions::ticket::GROUP;
use domain::{Role, person::User};
use http_door::text::t;

/// Set before an input's name: what it held when the form was made.
pub(super) const WAS: &str = "was-";

/// One input: its name, what people call it, and what it holds.
pub(super) struct Input {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) values: Vec<String>,
}

pub(super) fn inputs(page: &Page) -> Vec<Input> {
    let ticket = &page.view.ticket;
    let date = |moment| local_time::show(moment, &page.zone);
    let people = |role| {
        let groups = page.view.groups.iter().filter(|(held, _, _)| *held == role).map(|(_, _, name)| format!("{GROUP}{name}"));
        page.view.holders(role).map(named).chain(groups).collect::<Vec<_>>().join(", ")
    };
    let plain = [
        ("subject", "form-subject", ticket.subject.clone()),
        ("description", "form-description", ticket.description.clone()),
        ("queue", "form-queue", ticket.queue.to_string()),
        ("status", "form-status", ticket.status.clone()),
        ("owner", "form-owner", page.view.owner.name.clone()),
        ("level", "form-level", ticket.level.clone().unwrap_or_default()),
        ("priority", "form-priority", ticket.priority.to_string()),
        ("final_priority", "form-final-priority", ticket.final_priority.to_string()),
        ("time_estimated", "form-time-estimated", ticket.time_estimated.to_string()),
        ("time_worked", "form-time-worked", ticket.time_worked.to_string()),
        ("time_left", "form-time-left", ticket.time_left.to_string()),
        ("starts", "form-starts", date(ticket.starts)),
        ("started", "form-started", date(ticket.started)),
        ("told", "form-told", date(ticket.told)),
        ("due", "form-due", date(ticket.due)),
        ("requestors", "form-requestors", people(Role::Requestor)),
        ("ccs", "form-ccs", people(Role::Cc)),
        ("admin_ccs", "form-admin-ccs", people(Role::AdminCc)),
    ];
    let plain = plain.map(|(name, key, value)| Input { name: name.to_owned(), label: t(key).into_owned(), values: vec![value] });
    let mut inputs: Vec<Input> = plain.into();
    for shown in page.view.fields.iter().filter(|shown| shown.editable) {
        let mut held = Submission::default();
        custom_field::preset(&mut held, &shown.field, &shown.values, &page.zone);
        let name = custom_field::name(&shown.field);
        let values = held.all(&name).map(str::to_owned).collect();
        inputs.push(Input { name, label: shown.field.name.clone(), values });
    }
    inputs
}

/// Brings the form up to the newest version: what nobody touched shows what is there now, what was typed stays.
pub(super) fn renew(page: &Page, form: &mut Submission) {
    for input in inputs(page) {
        if !is_touched(form, &input.name) {
            form.replace(&input.name, &input.values);
        }
        form.set(&format!("{WAS}{}", input.name), joined(&input.values));
    }
    form.set("version", page.view.ticket.version);
}

/// A form that opens: the ticket as it is, or a draft with what was touched and what it had been then.
pub(super) fn resume(page: &Page, form: &mut Submission) {
    let touched: Vec<(String, String)> = inputs(page)
        .iter()
        .filter(|input| is_touched(form, &input.name))
        .map(|input| (format!("{WAS}{}", input.name), form.text(&format!("{WAS}{}", input.name)).to_owned()))
        .collect();
    renew(page, form);
    for (name, was) in touched {
        form.set(&name, was);
    }
}

/// What was touched here and by somebody else since the form was made, and does not come to the same.
pub(super) fn clashes(page: &Page, form: &Submission) -> Vec<Input> {
    let mut inputs = inputs(page);
    inputs.retain(|input| {
        let (now, was) = (joined(&input.values), form.text(&format!("{WAS}{}", input.name)).trim().to_owned());
        let typed: Vec<&str> = form.all(&input.name).collect();
        is_touched(form, &input.name) && now != was && joined(&typed) != now
    });
    inputs
}

/// Whether the person made an input hold something else than it was shown with.
pub(super) fn is_touched(form: &Submission, name: &str) -> bool {
    let values: Vec<&str> = form.all(name).collect();
    form.has(name) && joined(&values) != form.text(&format!("{WAS}{name}")).trim()
}

pub(super) fn joined(values: &[impl AsRef<str>]) -> String {
    let values: Vec<&str> = values.iter().map(|value| value.as_ref().trim()).filter(|value| !value.is_empty()).collect();
    values.join("\n")
}

/// As [`PersonName`](domain::person::PersonName) reads it back: the address, or the login of somebody without.
pub(in super::super) fn named(user: &User) -> String {
    let text = shown(user);
    if user.email.is_none() { user.name.clone() } else { text.replace([',', ';', '"'], " ") }
}
