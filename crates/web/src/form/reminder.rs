//! Adding, completing and editing reminders (TC-087), and the page of what is at hand: reminders, bookmarks, what was viewed last.

use super::{inputs::Inputs, numbered::Numbered, reading::Reading, refusal::Refusal, submission::Submission};
use crate::{
    component::{button::Button, form::columns, form::form_actions, panel::Panel, panel::panel, ticket::page_head},
    failure::{Answer, Failure},
    flash,
    layout::Section,
    visit::{Frame, Visit},
};
use actions::{
    Error, Result, Tx, account, lists,
    ticket::reminder::{self, NewReminder, Reminder},
};
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use domain::{TicketId, UserId};
use http_door::{App, text::t, urls};
use maud::html;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/tickets/{id}/reminders", post(add))
        .route("/reminders/{id}/done", post(done))
        .route("/reminders/{id}/edit", get(open).post(save))
}

async fn add(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        let mut reading = Reading::new(&form, &visit.actor).at(tx.now());
        let due = reading.moment("due");
        let owner = owner(&mut tx, &mut reading).await?;
        reading.finish()?;
        let input = NewReminder { ticket: id, subject: form.text("reminder").to_owned(), owner, due };
        reminder::add(&mut tx, &visit.actor, input).await?;
        tx.commit().await
    };
    match outcome.await {
        Ok(()) => Ok(flash::redirect(&format!("{}#reminders", urls::ticket(id)), "reminder-added", Some(id))),
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            Ok(page(&visit, &urls::ticket_part(id, "reminders"), id, &form, &refusal))
        }
    }
}

/// Nothing typed is whoever types.
async fn owner(tx: &mut Tx, reading: &mut Reading<'_>) -> Result<Option<UserId>> {
    let Some(name) = reading.optional("owner") else { return Ok(None) };
    match account::user_named(tx, &name).await {
        Ok(user) => Ok(Some(user.id)),
        Err(Error::NotFound) => {
            reading.wrong("owner", t("form-owner-unknown"));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

async fn done(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let id = number(&id)?;
    let is_done = form.text("done") != "0";
    let mut tx = visit.app.desk.write().await?;
    let reminder = reminder::get(&mut tx, &visit.actor, id).await?;
    reminder::complete(&mut tx, &visit.actor, id, is_done).await?;
    tx.commit().await?;
    let back = format!("{}#reminders", urls::ticket(reminder.ticket));
    let next = urls::local_path(form.text("next")).map_or(back, str::to_owned);
    Ok(flash::redirect(&next, if is_done { "reminder-completed" } else { "reminder-opened" }, Some(reminder.ticket)))
}

async fn open(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = number(&id)?;
    let mut tx = visit.app.desk.read().await?;
    let reminder = reminder::get(&mut tx, &visit.actor, id).await?;
    let owner = account::user(&mut tx, reminder.owner).await?;
    let mut form = Submission::default();
    form.put("reminder", &reminder.subject);
    form.put("owner", &owner.name);
    form.put("due", reminder.due.map(|due| domain::moment::written(due, &lists::zone_of(&visit.actor))).unwrap_or_default());
    Ok(page(&visit, &urls::reminder_part(id, "edit"), reminder.ticket, &form, &Refusal::default()))
}

async fn save(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let id = number(&id)?;
    let mut tx = visit.app.desk.write().await?;
    let reminder = reminder::get(&mut tx, &visit.actor, id).await?;
    let outcome = store(&visit, tx, &reminder, &form).await;
    match outcome {
        Ok(()) => Ok(flash::redirect(&format!("{}#reminders", urls::ticket(reminder.ticket)), "reminder-saved", None)),
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            Ok(page(&visit, &urls::reminder_part(id, "edit"), reminder.ticket, &form, &refusal))
        }
    }
}

async fn store(visit: &Visit, mut tx: Tx, reminder: &Reminder, form: &Submission) -> Result<()> {
    let mut reading = Reading::new(form, &visit.actor).at(tx.now());
    let due = reading.moment("due");
    let owner = owner(&mut tx, &mut reading).await?;
    reading.finish()?;
    let input = NewReminder { ticket: reminder.ticket, subject: form.text("reminder").to_owned(), owner, due };
    reminder::edit(&mut tx, &visit.actor, reminder.id, input).await?;
    tx.commit().await
}

fn page(visit: &Visit, action: &str, ticket: TicketId, form: &Submission, refusal: &Refusal) -> axum::response::Response {
    let title = t("reminder-edit");
    let inputs = Inputs { form, refusal };
    let body = html! {
        (page_head(&title, &format!("#{ticket}"), &html! {}))
        (refusal.summary(&t("reminder-not-saved")))
        form class="form" method="post" action=(action) {
            (panel(&Panel { id: "reminder", title: &title, ..Panel::default() }, &html! { div class="fields" {
                (inputs.line("reminder", &t("reminder-new")))
                (columns(&[inputs.line("owner", &t("reminder-owner")), inputs.moment("due", &t("reminder-due"), "")]))
            } }))
            (form_actions(&Button::new(&t("admin-save")), &[], Some(&urls::ticket(ticket))))
        }
    };
    visit.page(&Frame::new(&title, Section::Elsewhere).status(refusal.status), &body)
}

fn number(text: &str) -> std::result::Result<i64, Failure> {
    text.parse().map_err(|_| Failure(Error::NotFound))
}
