//! Changes that need one press and no form: owner, status, a due date, a value, seen. What is refused is said on a page with the way back.

use super::{numbered::Numbered, refusal::Refusal, submission::Submission};
use crate::{
    component::{
        button::{Button, link},
        ticket::page_head,
    },
    failure::Answer,
    flash,
    visit::{Frame, Visit},
};
use actions::{
    Error, FieldError, Result, lists,
    ticket::{self, FieldInput, OwnerChange, Update, show},
};
use axum::{Router, routing::post};
use domain::{TicketId, custom_field::CustomField, service_level::classic};
use http_door::{
    App,
    text::{t, tr},
    urls,
};
use jiff::SignedDuration;
use maud::html;

/// Further ahead nobody plans.
const MOST_DAYS: i64 = 3650;

pub(super) fn routes() -> Router<App> {
    let owner = |wish: OwnerChange, key: &'static str| {
        post(move |visit: Visit, Numbered(id): Numbered, form: Submission| change_owner(visit, id, form, wish, key))
    };
    Router::new()
        .route("/tickets/{id}/take", owner(OwnerChange::Take, "taken"))
        .route("/tickets/{id}/steal", owner(OwnerChange::Steal, "stolen"))
        .route("/tickets/{id}/untake", owner(OwnerChange::Untake, "untaken"))
        .route("/tickets/{id}/status", post(status))
        .route("/tickets/{id}/due", post(due))
        .route("/tickets/{id}/add-value", post(add_value))
        .route("/tickets/{id}/correlate", post(correlate))
        .route("/tickets/{id}/seen", post(seen))
}

async fn change_owner(visit: Visit, id: TicketId, form: Submission, wish: OwnerChange, key: &'static str) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        ticket::change_owner(&mut tx, &visit.actor, id, wish).await?;
        tx.commit().await
    };
    answer(&visit, id, &form, key, outcome.await)
}

async fn status(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        let wanted = form.text("status").trim();
        if wanted.is_empty() {
            return Err(Error::invalid("status", t("form-status-needed")));
        }
        let view = show::view(&mut tx, &visit.actor, id).await?;
        // IR-051
        let take_first = view.actions.iter().any(|action| action.take_first && action.to == wanted);
        let input = Update { take_first, status: Some(wanted.to_owned()), ..Update::default() };
        ticket::update(&mut tx, &visit.actor, id, input).await?;
        tx.commit().await
    };
    answer(&visit, id, &form, "updated", outcome.await)
}

/// So far from now: a number of days, or a phrase such as "2 weeks" (IR-243).
async fn due(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        let now = tx.now();
        let horizon = now.checked_add(SignedDuration::from_hours(24 * MOST_DAYS)).unwrap_or(now);
        let ahead = classic::ahead(form.text("days"));
        let due = ahead.and_then(|span| now.to_zoned(lists::zone_of(&visit.actor)).checked_add(span).ok());
        let due = due.map(|zoned| zoned.timestamp()).filter(|due| *due <= horizon);
        let due = due.ok_or_else(|| Error::invalid("days", tr("form-days-needed", &[("most", MOST_DAYS.into())])))?;
        ticket::set_due(&mut tx, &visit.actor, id, Some(due)).await?;
        tx.commit().await
    };
    answer(&visit, id, &form, "updated", outcome.await)
}

/// One more value, as *Add IP* does (IR-377).
async fn add_value(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        let view = show::view(&mut tx, &visit.actor, id).await?;
        let named = |field: &CustomField| {
            field.id.to_string() == form.text("field") || field.name.eq_ignore_ascii_case(form.text("field"))
        };
        let field = view.fields.iter().map(|shown| &shown.field).find(|field| named(field));
        let field = field.ok_or_else(|| Error::invalid("field", t("form-no-such-field")))?;
        let input = FieldInput { field: field.id, values: vec![form.text("value").to_owned()] };
        ticket::add_values(&mut tx, &visit.actor, id, input).await?;
        tx.commit().await
    };
    answer(&visit, id, &form, "updated", outcome.await)
}

/// The directory of institutions is asked again (IR-130).
async fn correlate(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        ticket::correlate(&mut tx, &visit.actor, id).await?;
        tx.commit().await
    };
    answer(&visit, id, &form, "correlated", outcome.await)
}

async fn seen(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let mut form = form;
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        // jump to the first unread and mark seen, both together (IR-319)
        if form.has("jump")
            && let Some((sequence, newest)) = lists::first_unread(&mut tx, &visit.actor, id).await?
        {
            form.set("next", urls::change_in_window(id, sequence, newest));
        }
        lists::mark_seen(&mut tx, &visit.actor, id).await?;
        tx.commit().await
    };
    let outcome = outcome.await;
    answer(&visit, id, &form, "seen", outcome)
}

/// On to the ticket, or to where the form asked for; or back to it with what was wrong.
pub(super) fn answer(visit: &Visit, id: TicketId, form: &Submission, key: &str, outcome: Result<()>) -> Answer {
    let error = match outcome {
        Ok(()) => {
            let next = urls::local_path(form.text("next")).map_or_else(|| urls::ticket(id), str::to_owned);
            return Ok(flash::redirect(&next, key, Some(id)));
        }
        // there is no input on that page that an error could stand beside
        Err(Error::Invalid(errors)) => {
            Error::Invalid(errors.into_iter().map(|error| FieldError::new("", error.message)).collect())
        }
        Err(error) => error,
    };
    let refusal = Refusal::of(error, form)?;
    let title = tr("form-not-changed", &[("ticket", id.to_string().into())]);
    let body = html! {
        (page_head(&title, "", &html! {}))
        (refusal.summary(&t("form-not-changed-why")))
        div class="form-actions" { (link(&urls::ticket(id), &Button::new(&t("form-back-to-ticket")))) }
    };
    Ok(visit.page(&Frame::new(&title, crate::layout::Section::Elsewhere).status(refusal.status), &body))
}
