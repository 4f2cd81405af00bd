//! From the form to one update that holds only what was touched.

use super::super::{custom_field, reading::Reading, submission::Submission};
use super::{page::Page, present::is_touched};
use actions::{
    Actor, FieldError,
    ticket::{Basics, PeopleInput, Update},
};
use domain::{Role, custom_field::CustomField};
use http_door::text::t;
use jiff::Timestamp;

/// With what could not be read.
pub(super) fn read(actor: &Actor, now: Timestamp, page: &Page, form: &Submission) -> (Update, Vec<FieldError>) {
    let mut reading = Reading::new(form, actor).at(now);
    let touched = |name: &str| is_touched(form, name);
    if form.text("version").parse::<i64>().is_err() {
        reading.wrong("", t("form-broken"));
    }
    let text = |name: &str| touched(name).then(|| form.text(name).trim().to_owned());
    let queue = text("queue").map(|queue| queue.parse().map_err(|_| FieldError::new("queue", t("form-queue-forbidden"))));
    if let Some(Err(error)) = &queue {
        reading.wrong(&error.field, error.message.clone());
    }
    let editable: Vec<CustomField> =
        page.view.fields.iter().filter(|shown| shown.editable).map(|shown| shown.field.clone()).collect();
    let field_files = reading.field_files(&editable);
    let editable: Vec<CustomField> = editable.into_iter().filter(|field| touched(&custom_field::name(field))).collect();
    let update = Update {
        // input by input was compared with this one
        version: Some(page.view.ticket.version),
        status: text("status").filter(|_| page.has_status()),
        owner: text("owner"),
        force_owner: form.is_ticked("force_owner"),
        queue: queue.and_then(std::result::Result::ok),
        basics: basics(&mut reading, page, form),
        fields: reading.fields(&editable),
        field_files,
        people: people(&mut reading, form),
        ..Update::default()
    };
    (update, reading.into_errors())
}

fn basics(reading: &mut Reading<'_>, page: &Page, form: &Submission) -> Basics {
    let touched = |name: &str| is_touched(form, name);
    let level = touched("level").then(|| reading.optional("level"));
    let mut number = |name: &str| if touched(name) { reading.priority(name, &page.scale) } else { None };
    let (priority, final_priority) = (number("priority"), number("final_priority"));
    let mut minutes = |name: &str| touched(name).then(|| reading.minutes(name));
    let (time_estimated, time_worked, time_left) = (minutes("time_estimated"), minutes("time_worked"), minutes("time_left"));
    let mut moment = |name: &str| touched(name).then(|| reading.moment(name));
    Basics {
        subject: touched("subject").then(|| form.text("subject").to_owned()),
        description: touched("description").then(|| form.text("description").to_owned()),
        level,
        priority,
        final_priority,
        time_estimated,
        time_worked,
        time_left,
        starts: moment("starts"),
        started: moment("started"),
        due: moment("due"),
        told: moment("told"),
        resolved: None,
    }
}

fn people(reading: &mut Reading<'_>, form: &Submission) -> Vec<PeopleInput> {
    let roles = [("requestors", Role::Requestor), ("ccs", Role::Cc), ("admin_ccs", Role::AdminCc)];
    let mut inputs = Vec::new();
    for (name, role) in roles.into_iter().filter(|(name, _)| is_touched(form, name)) {
        let people = reading.people(name);
        // nobody is taken away because somebody could not be read
        if !people.is_empty() || form.text(name).trim().is_empty() {
            inputs.push(PeopleInput { role, people });
        }
    }
    inputs
}
