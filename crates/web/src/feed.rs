//! Feeds: the page where one makes and revokes one's own, and what their secret addresses answer (TC-281, TC-282).

mod calendar;
mod news;
mod xml;

use actions::feed::{self, Feed, First};
use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use http_door::text::{t, tr};
use http_door::{App, urls};
use maud::{Markup, html};

use crate::component::button::{Button, Tone, submit};
use crate::component::empty::empty_line;
use crate::component::facts::{fact, facts};
use crate::component::field::{Control, Field};
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::component::time::age;
use crate::failure::{Answer, Failure};
use crate::file::POLICY;
use crate::flash;
use crate::form::{inputs::Inputs, refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::parameters::Parameters;
use crate::visit::{Frame, Visit};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/feeds", get(list).post(create))
        .route("/feeds/{id}/revoke", post(revoke))
        .route("/feed.atom", get(atom))
        .route("/feed.rss", get(rss))
        .route("/feed.ics", get(ics))
}

async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    page(&visit, &Submission::of_query(query.as_deref()), &Refusal::default(), None).await
}

/// The secret is in this answer and nowhere else, so there is no redirect.
async fn create(visit: Visit, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        let secret = feed::create(&mut tx, &visit.actor, form.text("name"), form.text("query")).await?;
        tx.commit().await?;
        Ok::<String, actions::Error>(secret)
    };
    match outcome.await {
        Ok(secret) => page(&visit, &Submission::default(), &Refusal::default(), Some((form.text("name"), &secret))).await,
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            page(&visit, &form, &refusal, None).await
        }
    }
}

async fn revoke(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = id.parse().map_err(|_| Failure(actions::Error::NotFound))?;
    let mut tx = visit.app.desk.write().await?;
    feed::revoke(&mut tx, &visit.actor, id).await?;
    tx.commit().await?;
    Ok(flash::redirect(&urls::feeds(), "preferences", None))
}

async fn page(visit: &Visit, form: &Submission, refusal: &Refusal, made: Option<(&str, &str)>) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let own = feed::feeds(&mut tx, &visit.actor).await?;
    let inputs = Inputs { form, refusal };
    let title = t("feeds-title");
    let body = html! {
        (page_head(&title, &t("feeds-beneath"), &html! {}))
        (refusal.summary(&t("feeds-not-made")))
        @if let Some((name, secret)) = made { (addresses(visit, name.trim(), secret)) }
        (panel(&Panel { id: "own", title: &t("feeds-own"), ..Panel::default() }, &html! {
            @if own.is_empty() { (empty_line(&t("feeds-none"))) }
            ul class="links" { @for one in &own { li { (line(visit, one)) } } }
        }))
        (panel(&Panel { id: "new", title: &t("feeds-new"), ..Panel::default() }, &html! {
            form class="form code-form" method="post" action=(urls::feeds()) {
                div class="fields" {
                    (inputs.any(&Field::line("name", &t("feeds-name")).required()))
                    (inputs.any(&Field::new("query", &t("search-query"), Control::Lines { rows: 2, draft: false }).required().hint(&t("feeds-hint"))))
                }
                div class="form-actions" { (submit(&Button::new(&t("feeds-create")).tone(Tone::Primary))) }
            }
        }))
    };
    Ok(visit.page(&Frame::new(&title, Section::Search).status(refusal.status), &body))
}

fn addresses(visit: &Visit, name: &str, secret: &str) -> Markup {
    let address = |format: &str| format!("{}{}", visit.app.settings.public_url, urls::feed(format, secret));
    let shown = |format: &str| html! { code class="address" { (address(format)) } };
    let (atom, rss, ics) = (t("feeds-atom"), t("feeds-rss"), t("feeds-ics"));
    panel(
        &Panel { id: "made", title: &tr("feeds-made", &[("name", name.into())]), ..Panel::default() },
        &html! {
            p { strong { (t("feeds-made-hint")) } }
            (facts(&[fact(&atom, shown("atom")), fact(&rss, shown("rss")), fact(&ics, shown("ics"))]))
            p class="hint" { (t("feeds-ics-hint")) }
        },
    )
}

fn line(visit: &Visit, feed: &Feed) -> Markup {
    let clock = visit.clock(visit.app.desk.now());
    html! {
        a href=(urls::search(&feed.query)) { bdi { (feed.name) } } " "
        span class="hint" {
            (t("feeds-made-at")) " " (age(&clock, feed.created)) ", "
            @if let Some(used) = feed.used { (t("feeds-read-at")) " " (age(&clock, used)) } @else { (t("feeds-never-read")) }
        } " "
        form method="post" action=(urls::feed_revoke(feed.id)) class="inline" {
            button type="submit" class="button quiet" aria-label=(tr("feeds-revoke-named", &[("name", feed.name.as_str().into())])) { (t("feeds-revoke")) }
        }
    }
}

async fn atom(axum::extract::State(app): axum::extract::State<App>, parameters: Parameters) -> Answer {
    read(&app, &parameters, First::Newest, "application/atom+xml; charset=utf-8", news::atom).await
}

async fn rss(axum::extract::State(app): axum::extract::State<App>, parameters: Parameters) -> Answer {
    read(&app, &parameters, First::Newest, "application/rss+xml; charset=utf-8", news::rss).await
}

async fn ics(axum::extract::State(app): axum::extract::State<App>, parameters: Parameters) -> Answer {
    let how = calendar::How { single: parameters.text("single") == "1", times: parameters.text("time") == "1" };
    read(&app, &parameters, First::Due, "text/calendar; charset=utf-8", |told| calendar::written(told, how)).await
}

/// What a feed is written from.
struct Told<'a> {
    feed: &'a Feed,
    items: &'a [feed::Item],
    /// Where browsers reach us.
    base: &'a str,
    organization: &'a str,
    now: jiff::Timestamp,
    zone: jiff::tz::TimeZone,
}

/// No session is looked at: the secret alone tells whose rights hold.
async fn read(
    app: &App,
    parameters: &Parameters,
    first: First,
    media_type: &'static str,
    write: impl FnOnce(&Told<'_>) -> String,
) -> Answer {
    let mut tx = app.desk.read().await?;
    let (actor, feed, stale) = feed::open(&mut tx, parameters.text("key")).await?;
    let items = feed::items(&mut tx, &actor, &feed, first).await?;
    let catalog = tx.catalog();
    let told = Told {
        feed: &feed,
        items: &items,
        base: &app.settings.public_url,
        organization: catalog.organization(),
        now: tx.now(),
        zone: actions::lists::zone_of(&actor),
    };
    let text = write(&told);
    drop(tx);
    if stale {
        let mut tx = app.desk.write().await?;
        feed::used(&mut tx, &feed).await?;
        tx.commit().await?;
    }
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, text).into_response())
}
