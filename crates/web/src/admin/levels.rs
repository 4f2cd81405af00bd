//! Service levels and calendars: what is promised, and the hours it is counted in (TC-213, TC-214, IR-230, IR-236).

mod calendar;
mod level;

use actions::setup::{self, Scheme};
use actions::{Error, Result, Tx, access};
use axum::extract::RawQuery;
use domain::Right;
use domain::service_level::{METRICS, Promise, ServiceLevel};
use domain::setting::list;
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use crate::component::button::{Button, Tone, link};
use crate::component::facts::{Fact, facts, text_fact};
use crate::component::form::{columns, form_actions};
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::flash;
use crate::form::inputs::{Inputs, Offer};
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};

pub(super) use calendar::{save as save_calendar, show as show_calendar};
pub(super) use level::{save as save_level, show as show_level};

pub(super) async fn show(visit: Visit) -> Answer {
    let tx = visit.app.desk.read().await?;
    page(&visit, &tx, &Submission::default(), &Refusal::default())
}

fn page(visit: &Visit, tx: &Tx, form: &Submission, refusal: &Refusal) -> Answer {
    access::require_global(tx, &visit.actor, Right::ShowConfigTab)?;
    let catalog = tx.catalog();
    let title = t("admin-levels");
    let new = |part: &str, key: &str| link(&urls::admin_levels_part(part), &Button::new(&t(key)).tone(Tone::Quiet));
    let body = html! {
        (page_head(&title, &t("admin-levels-beneath"), &html! {}))
        (super::sections(urls::admin_levels()))
        (refusal.summary(&t("admin-level-not-saved")))
        (scheme(tx, form, refusal))
        (panel(&Panel { id: "levels", title: &title, actions: Some(new("level", "admin-level-new")), ..Panel::default() }, &html! {
            @for level in catalog.levels() {
                h3 { a href=(urls::with(&urls::admin_levels_part("level"), &[("name", &level.name)])) { bdi { (level.name) } } }
                (promises(level))
            }
        }))
        (panel(&Panel { id: "calendars", title: &t("admin-calendars"), actions: Some(new("calendar", "admin-calendar-new")), ..Panel::default() }, &html! {
            ul class="links" {
                @for calendar in catalog.calendars() {
                    li { a href=(urls::with(&urls::admin_levels_part("calendar"), &[("name", &calendar.name)])) { bdi { (calendar.name) } } " " span class="address" { (calendar.time_zone) } }
                }
            }
        }))
    };
    Ok(visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body))
}

fn promises(level: &ServiceLevel) -> Markup {
    let said = |promise: &Promise| {
        let parts = [(promise.business_minutes, "admin-level-business"), (promise.real_minutes, "admin-level-real")];
        parts.into_iter().filter_map(|(minutes, key)| Some(format!("{} {}", minutes?, t(key)))).collect::<Vec<_>>().join(" + ")
    };
    let labels = METRICS.map(|metric| t(&format!("admin-level-{}", metric.name().replace('_', "-"))));
    let calendar = t("admin-level-calendar");
    let mut lines: Vec<Fact<'_>> = METRICS
        .iter()
        .zip(&labels)
        .filter_map(|(metric, label)| metric.of(level).0.map(|promise| text_fact(label, &said(promise))))
        .collect();
    lines.push(text_fact(&calendar, &level.calendar));
    facts(&lines)
}

fn scheme(tx: &Tx, form: &Submission, refusal: &Refusal) -> Markup {
    let catalog = tx.catalog();
    let mut form = form.clone();
    form.preset("scheme", catalog.setting_text(list::LEVEL_SCHEME));
    form.preset("default_level", catalog.default_level().unwrap_or_default());
    let inputs = Inputs { form: &form, refusal };
    let schemes: Vec<Offer> = Scheme::ALL
        .map(|scheme| (scheme.as_str().to_owned(), t(&format!("admin-levels-scheme-{}", scheme.as_str())).into_owned()))
        .into();
    let mut levels: Vec<Offer> = vec![(String::new(), t("none").into_owned())];
    levels.extend(catalog.levels().map(|level| (level.name.clone(), level.name.clone())));
    html! {
        form class="form" method="post" action=(urls::admin_levels_part("scheme")) {
            (panel(&Panel { id: "scheme", title: &t("admin-levels-scheme"), ..Panel::default() }, &html! { div class="fields" {
                (columns(&[
                    inputs.select("scheme", &t("admin-levels-scheme"), &schemes, ""),
                    inputs.select("default_level", &t("admin-levels-default"), &levels, &t("admin-levels-default-hint")),
                ]))
                (form_actions(&Button::new(&t("admin-save")), &[], None))
            } }))
        }
    }
}

pub(super) async fn save_scheme(visit: Visit, form: Submission) -> Answer {
    let outcome: Result<()> = async {
        let mut tx = visit.app.desk.write().await?;
        let scheme = Scheme::parse(form.text("scheme")).ok_or_else(|| Error::invalid("scheme", t("form-broken")))?;
        setup::choose_scheme(&mut tx, &visit.actor, scheme, form.text("default_level")).await?;
        tx.commit().await
    }
    .await;
    match outcome {
        Ok(()) => Ok(flash::redirect(urls::admin_levels(), "scheme-saved", None)),
        Err(error) => again(&visit, &form, error).await,
    }
}

async fn again(visit: &Visit, form: &Submission, error: Error) -> Answer {
    let refusal = Refusal::of(error, form)?;
    let tx = visit.app.desk.read().await?;
    page(visit, &tx, form, &refusal)
}

pub(super) async fn delete_level(visit: Visit, form: Submission) -> Answer {
    let outcome: Result<()> = async {
        let mut tx = visit.app.desk.write().await?;
        setup::delete_level(&mut tx, &visit.actor, form.text("name")).await?;
        tx.commit().await
    }
    .await;
    match outcome {
        Ok(()) => Ok(flash::redirect(urls::admin_levels(), "level-deleted", None)),
        Err(error) => again(&visit, &form, error).await,
    }
}

pub(super) async fn delete_calendar(visit: Visit, form: Submission) -> Answer {
    let outcome: Result<()> = async {
        let mut tx = visit.app.desk.write().await?;
        setup::delete_calendar(&mut tx, &visit.actor, form.text("name")).await?;
        tx.commit().await
    }
    .await;
    match outcome {
        Ok(()) => Ok(flash::redirect(urls::admin_levels(), "calendar-deleted", None)),
        Err(error) => again(&visit, &form, error).await,
    }
}

/// The name that a page of a level or calendar is about; empty for a new one.
fn named(query: Option<&str>) -> String {
    Submission::of_query(query).text("name").to_owned()
}

type Query = RawQuery;
