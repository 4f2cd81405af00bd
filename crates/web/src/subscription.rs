//! Dashboards by mail (TC-291): one's own subscriptions, made from a dashboard, changed and ended here.

use actions::subscription::{self, SubscriptionInput};
use actions::{Error, Tx, dashboard};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use domain::moment::written;
use domain::subscription::{Frequency, Subscription, weekday_names, written_weekdays};
use http_door::text::{t, tr};
use http_door::{App, urls};
use maud::{Markup, html};

use crate::component::button::{Button, Tone, link, submit};
use crate::component::empty::empty_line;
use crate::component::field::{Control, Field};
use crate::component::form::columns;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::{Answer, Failure};
use crate::flash;
use crate::form::inputs::{Inputs, Offer};
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/subscriptions", get(list))
        .route("/subscriptions/{id}", get(edit).post(change))
        .route("/subscriptions/{id}/delete", post(delete))
        .route("/dashboards/{id}/subscribe", get(new).post(create))
}

fn number(text: &str) -> Result<i64, Failure> {
    text.parse().map_err(|_| Failure(Error::NotFound))
}

async fn list(visit: Visit) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let own = subscription::subscriptions(&mut tx, &visit.actor).await?;
    let boards = dashboard::dashboards(&mut tx, &visit.actor).await?;
    let name = |id: i64| boards.iter().find(|one| one.id == id).map_or("–", |one| one.name.as_str());
    let zone = actions::lists::zone_of(&visit.actor);
    let title = t("subscriptions-title");
    let body = html! {
        (page_head(&title, &t("subscriptions-beneath"), &link(&urls::dashboards(), &Button::new(&t("home-dashboards")).tone(Tone::Quiet))))
        (panel(&Panel { id: "own", title: &t("subscriptions-own"), ..Panel::default() }, &html! {
            @if own.is_empty() { (empty_line(&t("subscriptions-none"))) }
            ul class="links" { @for one in &own { li {
                a href=(urls::subscription(one.id)) { bdi { (name(one.dashboard)) } } " "
                span class="hint" {
                    (t(&format!("subscription-frequency-{}", one.schedule.frequency.name()))) ", "
                    @if let Some(next) = one.next { (tr("subscription-next", &[("at", written(next, &zone).into())])) } @else { (t("subscription-not-due")) }
                    @if let Some(sent) = one.sent { ", " (tr("subscription-last", &[("at", written(sent, &zone).into())])) }
                }
            } } }
        }))
    };
    Ok(visit.page(&Frame::new(&title, Section::Home), &body))
}

/// Which form this is.
enum Of {
    Dashboard(i64),
    Subscription(Subscription),
}

async fn new(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut form = Submission::default();
    for (name, text) in
        [("frequency", "daily"), ("hour", "7"), ("rows", "20"), ("every", "1"), ("day", "1"), ("weekday", "monday")]
    {
        form.put(name, text);
    }
    form.put("recipients", &visit.actor.user.name);
    for day in weekday_names().take(5) {
        form.put("weekdays", day);
    }
    page(&visit, &Of::Dashboard(number(&id)?), &form, &Refusal::default()).await
}

async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let one = subscription::subscription(&mut tx, &visit.actor, number(&id)?).await?;
    let recipients = subscription::recipient_lines(&mut tx, &one.recipients).await?;
    drop(tx);
    let mut form = Submission::default();
    let schedule = &one.schedule;
    let days = written_weekdays(&schedule.weekdays);
    form.put("frequency", schedule.frequency.name());
    if schedule.frequency == Frequency::Daily {
        days.split_whitespace().for_each(|day| form.put("weekdays", day));
    }
    form.put("weekday", days.split_whitespace().next().unwrap_or("monday"));
    for (name, value) in [("every", schedule.every), ("day", schedule.day), ("hour", schedule.hour)] {
        form.put(name, value);
    }
    form.put("rows", one.rows);
    form.put("recipients", recipients);
    form.put("suppress_empty", if one.suppress_empty { "1" } else { "" });
    page(&visit, &Of::Subscription(one), &form, &Refusal::default()).await
}

async fn create(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let id = number(&id)?;
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        subscription::subscribe(&mut tx, &visit.actor, id, &input(&form)).await?;
        tx.commit().await
    };
    answer(&visit, &Of::Dashboard(id), &form, outcome.await).await
}

async fn change(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let one = subscription::subscription(&mut tx, &visit.actor, number(&id)?).await?;
    drop(tx);
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        subscription::change(&mut tx, &visit.actor, one.id, &input(&form)).await?;
        tx.commit().await
    };
    let outcome = outcome.await;
    answer(&visit, &Of::Subscription(one), &form, outcome).await
}

async fn delete(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    subscription::unsubscribe(&mut tx, &visit.actor, number(&id)?).await?;
    tx.commit().await?;
    Ok(flash::redirect(&urls::subscriptions(), "preferences", None))
}

async fn answer(visit: &Visit, of: &Of, form: &Submission, outcome: actions::Result<()>) -> Answer {
    match outcome {
        Ok(()) => Ok(flash::redirect(&urls::subscriptions(), "preferences", None)),
        Err(error) => {
            let refusal = Refusal::of(error, form)?;
            page(visit, of, form, &refusal).await
        }
    }
}

fn input(form: &Submission) -> SubscriptionInput {
    let text = |name: &str| form.text(name).to_owned();
    SubscriptionInput {
        frequency: text("frequency"),
        weekdays: form.all("weekdays").map(str::to_owned).collect(),
        weekday: text("weekday"),
        every: text("every"),
        day: text("day"),
        hour: text("hour"),
        rows: text("rows"),
        suppress_empty: form.is_ticked("suppress_empty"),
        recipients: text("recipients"),
    }
}

async fn page(visit: &Visit, of: &Of, form: &Submission, refusal: &Refusal) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let (board, action, delete) = match of {
        Of::Dashboard(id) => (*id, urls::dashboard_part(*id, "subscribe"), None),
        Of::Subscription(one) => (one.dashboard, urls::subscription(one.id), Some(urls::subscription_delete(one.id))),
    };
    let name = name_of(&mut tx, visit, board, delete.is_some()).await?;
    let title = tr(if delete.is_some() { "subscriptions-edit" } else { "subscriptions-new" }, &[("name", name.into())]);
    let inputs = Inputs { form, refusal };
    let body = html! {
        (page_head(&title, &t("subscriptions-beneath"), &link(&urls::subscriptions(), &Button::new(&t("subscriptions-title")).tone(Tone::Quiet))))
        (refusal.summary(&t("subscriptions-not-saved")))
        form class="form" method="post" action=(action) {
            div class="fields" { (fields(&inputs)) }
            div class="form-actions" {
                (submit(&Button::new(&t("subscriptions-save")).tone(Tone::Primary)))
                (link(&urls::subscriptions(), &Button::new(&t("form-cancel")).tone(Tone::Quiet)))
                @if let Some(delete) = &delete { button type="submit" class="button danger" formaction=(delete) formnovalidate { (t("subscriptions-delete")) } }
            }
        }
    };
    Ok(visit.page(&Frame::new(&title, Section::Home).status(refusal.status), &body))
}

/// A subscription can still be ended when its dashboard is not theirs to read any more.
async fn name_of(tx: &mut Tx, visit: &Visit, board: i64, may_be_gone: bool) -> actions::Result<String> {
    match dashboard::dashboard(tx, &visit.actor, board).await {
        Ok((found, _)) => Ok(found.name),
        Err(Error::NotFound) if may_be_gone => Ok("–".to_owned()),
        Err(error) => Err(error),
    }
}

fn fields(inputs: &Inputs<'_>) -> Markup {
    let named = |prefix: &str, names: Vec<&str>| -> Vec<Offer> {
        names.into_iter().map(|name| (name.to_owned(), t(&format!("{prefix}-{name}")).into_owned())).collect()
    };
    let frequencies = named("subscription-frequency", Frequency::ALL.iter().map(|(_, name)| *name).collect());
    let days = named("subscription-weekday", weekday_names().collect());
    let number = Control::Line { kind: "number", autocomplete: "off" };
    html! {
        (inputs.any(&Field::new("recipients", &t("subscription-recipients"), Control::Lines { rows: 4, draft: false }).hint(&t("subscription-recipients-hint")).required()))
        (inputs.select("frequency", &t("subscription-frequency"), &frequencies, ""))
        (inputs.choices("weekdays", &t("subscription-weekdays"), &days, true))
        (columns(&[
            inputs.select("weekday", &t("subscription-weekday"), &days, ""),
            inputs.number("every", &t("subscription-every")),
            inputs.number("day", &t("subscription-day")),
        ]))
        (columns(&[
            inputs.any(&Field::new("hour", &t("subscription-hour"), number).hint(&t("subscription-hour-hint"))),
            inputs.number("rows", &t("subscription-rows")),
        ]))
        (inputs.check("suppress_empty", &t("subscription-suppress")))
    }
}
