//! What is known of a person, with their tickets that the reader may see, whatever their queue (IR-497, IR-498, IR-500).

use actions::account::person::{self, Summary};
use actions::account::reachability;
use actions::{Error, Result, Tx, access};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use domain::person::User;
use domain::{Right, TicketKind, UserId};
use http_door::text::t;
use http_door::{App, urls};
use maud::{Markup, html};
use query::Query;

use crate::component::button::{Button, Tone, link, post as post_button, submit};
use crate::component::empty::empty_line;
use crate::component::facts::{fact, facts, none, text_fact};
use crate::component::field::Field;
use crate::component::form::form_actions;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::component::unreachable::unreachable;
use crate::failure::{Answer, Failure};
use crate::flash;
use crate::form::{inputs::Inputs, refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::list::{Loaded, Rows, rows};
use crate::parameters::Parameters;
use crate::query_text::{all, is, status_class};
use crate::visit::{Frame, Visit};

/// Tickets of somebody that are shown at once.
pub(crate) const MOST: i64 = 10;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/people", get(find))
        .route("/people/{id}", get(show))
        .route("/people/{id}/name", post(rename))
        .route("/people/{id}/reachable", post(believe))
}

/// What somebody wrote to us about, of one class of statuses or of all.
pub(crate) fn tickets_of(user: &User, class: Option<&str>) -> Option<Query> {
    let name = user.email.as_ref().map_or(user.name.as_str(), |email| email.as_str());
    let theirs = if user.email.is_some() {
        is("Requestor", name)
    } else {
        crate::query_text::equals(query::Field::keyed("Requestor", "Name"), name)
    };
    all([Some(theirs), class.map(status_class)].into_iter().flatten().collect())
}

fn id_of(text: &str) -> std::result::Result<UserId, Failure> {
    text.parse().map(UserId).map_err(|_| Failure(Error::NotFound))
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    page(&visit, id_of(&id)?, &Submission::default(), &Refusal::default()).await
}

async fn rename(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let id = id_of(&id)?;
    let mut tx = visit.app.desk.write().await?;
    match person::set_real_name(&mut tx, &visit.actor, id, form.text("real_name")).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(flash::redirect(&urls::person(id), "preferences", None))
        }
        Err(error) => {
            tx.rollback().await?;
            let refusal = Refusal::of(error, &form)?;
            page(&visit, id, &form, &refusal).await
        }
    }
}

/// Mail reaches them again, as staff knows.
async fn believe(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = id_of(&id)?;
    let mut tx = visit.app.desk.write().await?;
    reachability::believe(&mut tx, &visit.actor, id).await?;
    tx.commit().await?;
    Ok(flash::redirect(&urls::person(id), "reachable", None))
}

async fn page(visit: &Visit, id: UserId, form: &Submission, refusal: &Refusal) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let summary = person::summary(&mut tx, &visit.actor, id).await?;
    let open = tickets(&mut tx, visit, &summary.user, ("Active", "person-active")).await?;
    let closed = tickets(&mut tx, visit, &summary.user, ("Inactive", "person-inactive")).await?;
    let bounces = reachability::unreachable(&mut tx, &visit.actor, &[id]).await?.pop();
    let user = &summary.user;
    let title = user.display_name().to_owned();
    let body = html! {
        (page_head(&title, &t("person-beneath"), &create_links(&tx, visit, user)))
        (refusal.summary(&t("preferences-not-saved")))
        (panel(&Panel { id: "person", title: &t("person-about"), ..Panel::default() }, &about(&summary)))
        @if let Some(mark) = &bounces {
            div class="notice" { (unreachable(mark)) (post_button(&urls::person_part(id, "reachable"), &Button::new(&t("person-reachable")).tone(Tone::Quiet))) }
        }
        @if summary.editable { (name_form(&summary, form, refusal)) }
        (open) (closed)
    };
    Ok(visit.page(&Frame::new(&title, Section::Elsewhere).status(refusal.status), &body))
}

fn about(summary: &Summary) -> Markup {
    let user = &summary.user;
    let words =
        ["login-name", "preferences-real-name", "preferences-email", "person-organization", "person-groups", "person-comments"]
            .map(t);
    let [login, real_name, email, organization, groups, comments] = &words;
    facts(&[
        text_fact(login, &user.name),
        text_fact(real_name, &user.real_name),
        text_fact(email, user.email.as_ref().map_or("", |email| email.as_str())),
        text_fact(organization, &user.organization),
        fact(
            groups,
            if summary.groups.is_empty() {
                none()
            } else {
                html! { (summary.groups.join(", ")) }
            },
        ),
        text_fact(comments, &summary.comments),
    ])
}

fn name_form(summary: &Summary, form: &Submission, refusal: &Refusal) -> Markup {
    let mut form = form.clone();
    form.preset("real_name", &summary.user.real_name);
    let inputs = Inputs { form: &form, refusal };
    html! {
        form class="form" method="post" action=(urls::person_part(summary.user.id, "name")) {
            (panel(&Panel { id: "name", title: &t("person-rename"), ..Panel::default() }, &html! {
                div class="fields" { (inputs.any(&Field::line("real_name", &t("preferences-real-name")))) }
                (form_actions(&Button::new(&t("preferences-save")), &[], None))
            }))
        }
    }
}

/// A ticket for them, of each kind the reader may make.
fn create_links(tx: &Tx, visit: &Visit, user: &User) -> Markup {
    let queues = access::queues_with(tx, &visit.actor, Right::CreateTicket);
    let kinds = [TicketKind::Report, TicketKind::Investigation];
    let name = user.email.as_ref().map_or(user.name.as_str(), |email| email.as_str());
    html! {
        @for kind in kinds { @if queues.iter().any(|queue| queue.kind() == kind) {
            (link(&urls::with(&urls::create(kind), &[("requestors", name)]), &Button::new(&t(if kind == TicketKind::Report { "create-report" } else { "create-investigation" })).tone(Tone::Quiet)))
        } }
    }
}

/// A list of those the reader may see, the highest priority first.
async fn tickets(tx: &mut Tx, visit: &Visit, user: &User, (class, key): (&str, &str)) -> Result<Markup> {
    let Some(query) = tickets_of(user, Some(class)) else { return Ok(html! {}) };
    let layout = tx.catalog().layout("LookupTool");
    let loaded =
        Loaded::first(tx, &visit.actor, &query, "-Priority", MOST).await?.with(tx, &visit.actor, &layout.columns).await?;
    let clock = visit.list_clock(tx).await?;
    let title = t(key);
    let href = urls::search_ordered(&query.to_string(), "-Priority");
    let frame = Panel { id: key, title: &title, title_href: Some(&href), flush: true, ..Panel::default() };
    Ok(panel(
        &frame,
        &html! {
            @if loaded.tickets.is_empty() { (empty_line(&t("home-nothing"))) }
            @else { (rows(&Rows::new(&title, &layout, &loaded, &clock))) }
        },
    ))
}

async fn find(visit: Visit, parameters: Parameters) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let words = parameters.text("q");
    let found = person::find(&mut tx, &visit.actor, words).await?;
    let title = t("people-search-title");
    let label = t("people-search");
    let body = html! {
        (page_head(&title, "", &html! {}))
        form class="form" method="get" action=(urls::people()) {
            (crate::component::field::field(&Field::line("q", &label).value(words)))
            div class="form-actions" { (submit(&Button::new(&t("nav-search")))) }
        }
        @if !words.is_empty() {
            (panel(&Panel { id: "found", title: &t("people-found"), count: found.len() as u64, ..Panel::default() }, &html! {
                @if found.is_empty() { (empty_line(&t("none"))) }
                ul class="links" { @for user in &found { li {
                    a href=(urls::person(user.id)) { bdi { (user.display_name()) } }
                    @if let Some(email) = &user.email { " " span class="address" { (email.as_str()) } }
                } } }
            }))
        }
    };
    Ok(visit.page(&Frame::new(&title, Section::Elsewhere), &body))
}
