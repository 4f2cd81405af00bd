//! What people set for themselves: theme, single keys and choices on their account, density per browser.

mod bindings;
mod choices;

use actions::account;
use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use domain::preference;
use http_door::text::t;
use http_door::{App, urls};
use maud::{Markup, html};

use crate::component::facts::{facts, text_fact};
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::{Answer, Failure};
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::{Density, Section, Theme};
use crate::parameters::Form;
use crate::visit::{Frame, Visit};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/preferences", get(show).post(choices::save))
        .route("/preferences/{name}", post(set))
        .route("/preferences/bindings", get(bindings::show).post(bindings::save))
}

async fn show(visit: Visit) -> Answer {
    page(&visit, &Submission::default(), &Refusal::default()).await
}

async fn page(visit: &Visit, form: &Submission, refusal: &Refusal) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let preferences = account::preferences(&mut tx, &visit.actor).await?;
    let queues = choices::queue_names(&tx, visit);
    let shown = choices::shown_queues(&tx, visit, &preferences);
    drop(tx);
    let filled = choices::Filled { preferences: &preferences, queues: &queues, form, refusal };
    let title = t("preferences");
    let viewer = visit.viewer();
    let user = &visit.actor.user;
    let keys = if viewer.single_keys { "on" } else { "off" };
    let body = html! {
        (page_head(&title, "", &html! {}))
        (refusal.summary(&t("preferences-not-saved")))
        (panel(&Panel { id: "looks", title: &t("preferences-looks"), ..Panel::default() }, &html! {
            (choice("theme", &t("theme"), viewer.theme.name(), &Theme::ALL.map(Theme::name)))
            (choice("density", &t("density"), viewer.density.name(), &Density::ALL.map(Density::name)))
        }))
        (panel(&Panel { id: "keys", title: &t("help-keys"), ..Panel::default() }, &html! {
            (choice("keys", &t("preferences-keys"), keys, &["on", "off"]))
            p class="hint" { (t("preferences-keys-hint")) " " a href=(urls::key_bindings()) { (t("help-remap")) } }
        }))
        (choices::boxes(&filled))
        (choices::queue_box(&shown))
        (panel(&Panel { id: "account", title: &t("preferences-account"), ..Panel::default() }, &facts(&[
            text_fact(&t("login-name"), &user.name),
            text_fact(&t("preferences-real-name"), &user.real_name),
            text_fact(&t("preferences-email"), user.email.as_ref().map_or("", |email| email.as_str())),
            text_fact(&t("preferences-zone"), user.time_zone.as_deref().unwrap_or("UTC")),
        ])))
    };
    Ok(visit.page(&Frame::new(&title, Section::Elsewhere).status(refusal.status), &body))
}

/// Buttons that take effect at once; the one in force is pressed.
fn choice(name: &str, label: &str, current: &str, values: &[&str]) -> Markup {
    html! {
        form class="segments" method="post" action=(urls::preference(name)) {
            input type="hidden" name="return" value=(urls::preferences());
            span class="label" id={ "preference-" (name) } { (label) }
            div role="group" aria-labelledby={ "preference-" (name) } {
                @for value in values {
                    button type="submit" name=(name) value=(value) aria-pressed=(*value == current) { (t(&format!("{name}-{value}"))) }
                }
            }
        }
    }
}

async fn set(visit: Visit, Path(name): Path<String>, Form(input): Form) -> Answer {
    let value = input.text(&name);
    let back = urls::local_path(input.text("return")).unwrap_or("/");
    match name.as_str() {
        "density" => return Ok(remember_density(value, back)),
        "theme" => remember(&visit, domain::person::Theme::parse(value), None).await?,
        "home-refresh" => {
            let mut tx = visit.app.desk.write().await?;
            account::choose(&mut tx, &visit.actor, &[(preference::HOME_REFRESH, Some(value))]).await?;
            tx.commit().await?;
        }
        "keys" => remember(&visit, None, Some(value == "on")).await?,
        _ => return Err(Failure(actions::Error::NotFound)),
    }
    Ok(Redirect::to(back).into_response())
}

async fn remember(visit: &Visit, theme: Option<domain::person::Theme>, keys: Option<bool>) -> actions::Result<()> {
    let mut tx = visit.app.desk.write().await?;
    account::set_preferences(&mut tx, &visit.actor, theme, keys).await?;
    tx.commit().await
}

fn remember_density(value: &str, back: &str) -> Response {
    let density = Density::ALL.into_iter().find(|one| one.name() == value).unwrap_or_default();
    let cookie = format!("density={}; Path=/; Max-Age=31536000; SameSite=Lax", density.name());
    (StatusCode::SEE_OTHER, [(header::LOCATION, back.to_owned()), (header::SET_COOKIE, cookie)]).into_response()
}
