//! One calendar as a form: a line for each weekday, holidays, time zone (TC-214, IR-236).

use actions::{Error, FieldError, Result, access, setup};
use domain::Right;
use domain::service_level::{Calendar, Hours};
use http_door::text::{t, tr};
use http_door::urls;
use maud::html;

use super::{Query, named};
use crate::component::button::{Button, Tone, submit};
use crate::component::field::{Control, Field};
use crate::component::form::{columns, form_actions};
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::flash;
use crate::form::inputs::Inputs;
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};

/// Sunday first, as it is stored.
const DAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

pub(in super::super) async fn show(visit: Visit, axum::extract::RawQuery(query): Query) -> Answer {
    let name = named(query.as_deref());
    let tx = visit.app.desk.read().await?;
    access::require_global(&tx, &visit.actor, Right::ShowConfigTab)?;
    let mut form = Submission::default();
    if !name.is_empty() {
        let catalog = tx.catalog();
        let calendar = catalog.calendars().find(|calendar| calendar.name == name).ok_or(Error::NotFound)?;
        form.put("was", &calendar.name);
        form.put("name", &calendar.name);
        form.put("time_zone", &calendar.time_zone);
        form.put("holidays", calendar.holidays.join("\n"));
        for (day, hours) in DAYS.iter().zip(&calendar.week) {
            form.put(day, hours.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
        }
    }
    Ok(page(&visit, &form, &Refusal::default()))
}

fn page(visit: &Visit, form: &Submission, refusal: &Refusal) -> axum::response::Response {
    let was = form.text("was").to_owned();
    let title = if was.is_empty() {
        t("admin-calendar-new").into_owned()
    } else {
        tr("admin-calendar-title", &[("name", was.clone().into())])
    };
    let inputs = Inputs { form, refusal };
    let days = [1, 2, 3, 4, 5, 6, 0].map(|day| inputs.line(DAYS[day], &t(&format!("admin-calendar-{}", DAYS[day]))));
    let body = html! {
        (page_head(&title, "", &html! {}))
        (super::super::sections(urls::admin_levels()))
        (refusal.summary(&t("admin-level-not-saved")))
        form class="form" method="post" action=(urls::admin_levels_part("calendar")) {
            (inputs.hidden("was"))
            (panel(&Panel { id: "calendar", title: &title, ..Panel::default() }, &html! { div class="fields" {
                (columns(&[
                    inputs.any(&Field::line("name", &t("admin-calendar-name")).required()),
                    inputs.any(&Field::line("time_zone", &t("admin-calendar-zone")).required()),
                ]))
            } }))
            (panel(&Panel { id: "week", title: &t("admin-calendar-hours"), ..Panel::default() }, &html! { div class="fields" {
                p class="hint" { (t("admin-calendar-hours-hint")) }
                (columns(&days))
            } }))
            (panel(&Panel { id: "holidays", title: &t("admin-calendar-holidays"), ..Panel::default() }, &html! { div class="fields" {
                (inputs.any(&Field::new("holidays", &t("admin-calendar-holidays"), Control::Lines { rows: 8, draft: false }).hint(&t("admin-calendar-holidays-hint"))))
            } }))
            (form_actions(&Button::new(&t("admin-save")), &[], Some(urls::admin_levels())))
        }
        @if !was.is_empty() {
            form method="post" action=(urls::admin_levels_part("delete-calendar")) {
                input type="hidden" name="name" value=(was);
                div class="form-actions" { (submit(&Button::new(&t("admin-delete")).tone(Tone::Danger))) }
            }
        }
    };
    visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body)
}

pub(in super::super) async fn save(visit: Visit, form: Submission) -> Answer {
    match store(&visit, &form).await {
        Ok(()) => Ok(flash::redirect(urls::admin_levels(), "calendar-saved", None)),
        Err(error) => {
            let refusal =
                Refusal::of(error, &form)?.renamed(|field| if field == "week" { DAYS[1].to_owned() } else { field.to_owned() });
            Ok(page(&visit, &form, &refusal))
        }
    }
}

async fn store(visit: &Visit, form: &Submission) -> Result<()> {
    let mut errors = Vec::new();
    let mut week: [Vec<Hours>; 7] = Default::default();
    for (day, hours) in DAYS.iter().zip(&mut week) {
        for text in form.text(day).split([',', ';']).map(str::trim).filter(|text| !text.is_empty()) {
            match Hours::parse(text) {
                Ok(stretch) => hours.push(stretch),
                Err(error) => errors.push(FieldError::new(*day, format!("{error}."))),
            }
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let holidays = form.text("holidays").split([',', '\n']).map(str::trim).filter(|day| !day.is_empty());
    let calendar = Calendar {
        name: form.text("name").to_owned(),
        time_zone: form.text("time_zone").trim().to_owned(),
        week,
        holidays: holidays.map(str::to_owned).collect(),
    };
    let mut tx = visit.app.desk.write().await?;
    setup::save_calendar(&mut tx, &visit.actor, calendar).await?;
    tx.commit().await
}
