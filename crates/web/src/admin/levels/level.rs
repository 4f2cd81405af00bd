//! One service level as a form: four promises, what is added out of hours, statuses to ignore.

use actions::{Error, Result, Tx, access, setup};
use domain::Right;
use domain::service_level::{METRICS, Metric, Promise, ServiceLevel};
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::{Query, named};
use crate::component::button::{Button, Tone, submit};
use crate::component::field::Field;
use crate::component::form::{columns, form_actions};
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::flash;
use crate::form::inputs::{Inputs, Offer};
use crate::form::{reading::Reading, refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};

pub(in super::super) async fn show(visit: Visit, axum::extract::RawQuery(query): Query) -> Answer {
    let name = named(query.as_deref());
    let tx = visit.app.desk.read().await?;
    access::require_global(&tx, &visit.actor, Right::ShowConfigTab)?;
    let catalog = tx.catalog();
    let mut form = Submission::default();
    if !name.is_empty() {
        let (level, _) = catalog.level(&name).ok_or(Error::NotFound)?;
        fill(level, &mut form);
    }
    Ok(page(&visit, &tx, &form, &Refusal::default()))
}

fn fill(level: &ServiceLevel, form: &mut Submission) {
    form.put("was", &level.name);
    form.put("name", &level.name);
    form.put("calendar", &level.calendar);
    form.put("time_zone", level.time_zone.as_deref().unwrap_or_default());
    form.put("immediately", if level.start_immediately { "1" } else { "" });
    for metric in METRICS {
        let (promise, extra) = metric.of(level);
        let shown = |minutes: Option<i64>| minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
        let name = metric.name();
        form.put(&format!("{name}-business"), shown(promise.and_then(|one| one.business_minutes)));
        form.put(&format!("{name}-real"), shown(promise.and_then(|one| one.real_minutes)));
        form.put(&format!("{name}-ignore"), promise.map(|one| one.ignore_on.join(", ")).unwrap_or_default());
        form.put(&format!("{name}-exclude"), if promise.is_some_and(|one| one.exclude_ignored_time) { "1" } else { "" });
        form.put(&format!("{name}-out-business"), shown(extra.and_then(|one| one.business_minutes)));
        form.put(&format!("{name}-out-real"), shown(extra.and_then(|one| one.real_minutes)));
    }
}

fn page(visit: &Visit, tx: &Tx, form: &Submission, refusal: &Refusal) -> axum::response::Response {
    let was = form.text("was").to_owned();
    let title =
        if was.is_empty() { t("admin-level-new").into_owned() } else { tr("admin-level-title", &[("name", was.clone().into())]) };
    let inputs = Inputs { form, refusal };
    let calendars: Vec<Offer> = tx.catalog().calendars().map(|one| (one.name.clone(), one.name.clone())).collect();
    let body = html! {
        (page_head(&title, "", &html! {}))
        (super::super::sections(urls::admin_levels()))
        (refusal.summary(&t("admin-level-not-saved")))
        form class="form" method="post" action=(urls::admin_levels_part("level")) {
            (inputs.hidden("was"))
            (panel(&Panel { id: "level", title: &title, ..Panel::default() }, &html! { div class="fields" {
                (columns(&[
                    inputs.any(&Field::line("name", &t("admin-level-name")).required()),
                    inputs.select("calendar", &t("admin-level-calendar"), &calendars, ""),
                    inputs.any(&Field::line("time_zone", &t("admin-level-zone")).hint(&t("admin-queue-zone-hint"))),
                ]))
                (inputs.check("immediately", &t("admin-level-immediately")))
            } }))
            @for metric in METRICS { (promise(metric, inputs)) }
            (form_actions(&Button::new(&t("admin-save")), &[], Some(urls::admin_levels())))
        }
        @if !was.is_empty() {
            form method="post" action=(urls::admin_levels_part("delete-level")) {
                input type="hidden" name="name" value=(was);
                div class="form-actions" { (submit(&Button::new(&t("admin-delete")).tone(Tone::Danger))) }
            }
        }
    };
    visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body)
}

fn promise(metric: Metric, inputs: Inputs<'_>) -> Markup {
    let name = metric.name();
    let title = t(&format!("admin-level-{}", name.replace('_', "-")));
    let number = |part: &str, key: &str| inputs.number(&format!("{name}-{part}"), &t(key));
    panel(
        &Panel { id: name, title: &title, ..Panel::default() },
        &html! { div class="fields" {
            (columns(&[
                number("business", "admin-level-business"),
                number("real", "admin-level-real"),
                number("out-business", "admin-level-out-business"),
                number("out-real", "admin-level-out-real"),
                inputs.line(&format!("{name}-ignore"), &t("admin-level-ignore")),
            ]))
            (inputs.check(&format!("{name}-exclude"), &t("admin-level-exclude")))
        } },
    )
}

pub(in super::super) async fn save(visit: Visit, form: Submission) -> Answer {
    match store(&visit, &form).await {
        Ok(()) => Ok(flash::redirect(urls::admin_levels(), "level-saved", None)),
        Err(error) => {
            // a promise has several inputs; what is wrong with it stands at the first
            let at = |field: &str| match METRICS.iter().find(|metric| field == metric.name()) {
                Some(metric) => format!("{}-business", metric.name()),
                None => match field.strip_prefix("out_of_hours_") {
                    Some(metric) => format!("{metric}-out-business"),
                    None => field.to_owned(),
                },
            };
            let refusal = Refusal::of(error, &form)?.renamed(at);
            let tx = visit.app.desk.read().await?;
            Ok(page(&visit, &tx, &form, &refusal))
        }
    }
}

/// Another name makes another level, so that tickets keep the one they have.
async fn store(visit: &Visit, form: &Submission) -> Result<()> {
    let mut reading = Reading::new(form, &visit.actor);
    let mut level = ServiceLevel {
        name: form.text("name").trim().to_owned(),
        calendar: form.text("calendar").to_owned(),
        time_zone: reading.optional("time_zone"),
        start_immediately: form.is_ticked("immediately"),
        ..ServiceLevel::default()
    };
    for metric in METRICS {
        let name = metric.name();
        let mut minutes = |part: &str| reading.number(&format!("{name}-{part}"));
        let promised = (minutes("business"), minutes("real"));
        let extra = (minutes("out-business"), minutes("out-real"));
        let of = |(business_minutes, real_minutes): (Option<i64>, Option<i64>)| Promise {
            business_minutes,
            real_minutes,
            ..Promise::default()
        };
        let is_given = |pair: &(Option<i64>, Option<i64>)| pair.0.is_some() || pair.1.is_some();
        let ignore = form.text(&format!("{name}-ignore")).split(',').map(|status| status.trim().to_lowercase());
        let promise = Some(promised).filter(is_given).map(|pair| Promise {
            ignore_on: ignore.filter(|status| !status.is_empty()).collect(),
            exclude_ignored_time: form.is_ticked(&format!("{name}-exclude")),
            ..of(pair)
        });
        metric.set(&mut level, promise, Some(extra).filter(is_given).map(of));
    }
    reading.finish()?;
    let mut tx = visit.app.desk.write().await?;
    setup::save_level(&mut tx, &visit.actor, level).await?;
    tx.commit().await
}
