//! Queues: the list, and a page for each with what it gives its tickets and who watches it (TC-121 … TC-126).

mod page;

use actions::setup::{self, QueueInput, Watcher};
use actions::{Error, Result, Tx, access, account};
use axum::extract::{Path, RawQuery};
use domain::person::PersonName;
use domain::{QueueId, Right, Role, queue::Queue};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use crate::component::button::{Button, submit};
use crate::component::chip::chip;
use crate::component::field::{Control, Field};
use crate::component::form::columns;
use crate::component::panel::{Panel, panel};
use crate::component::table::{Column, Kind, Row, Table, table};
use crate::component::ticket::page_head;
use crate::failure::{Answer, Failure};
use crate::flash;
use crate::form::{inputs::Inputs, reading::Reading, refusal::Refusal, submission::Submission};
use crate::layout::{KeyGroup, Section};
use crate::visit::{Frame, Visit};

/// Every queue, or those whose name or description holds some words; disabled ones when asked for (TC-126).
pub(super) async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let form = Submission::of_query(query.as_deref());
    let tx = visit.app.desk.read().await?;
    access::require_global(&tx, &visit.actor, Right::ShowConfigTab)?;
    let catalog = tx.catalog();
    let words = form.text("words").trim().to_lowercase();
    let is_asked = |queue: &&Queue| {
        let named = queue.name.to_lowercase().contains(&words) || queue.description.to_lowercase().contains(&words);
        named && (!queue.disabled || form.is_ticked("disabled"))
    };
    let queues: Vec<Queue> = catalog.queues().filter(is_asked).cloned().collect();
    let title = t("admin-queues");
    let refusal = Refusal::default();
    let inputs = Inputs { form: &form, refusal: &refusal };
    let body = html! {
        (page_head(&title, &t("admin-queues-beneath"), &html! {}))
        (super::sections(urls::admin_queues()))
        form class="form" method="get" action=(urls::admin_queues()) {
            (columns(&[
                inputs.line("words", &t("admin-queue-search")),
                inputs.any(&Field::new("disabled", &t("admin-queue-with-disabled"), Control::Check { checked: form.is_ticked("disabled") })),
            ]))
            div class="form-actions" { (submit(&Button::new(&t("admin-queue-narrow")))) }
        }
        (panel(&Panel { id: "queues", title: &title, flush: true, ..Panel::default() }, &rows(&queues)))
    };
    Ok(visit.page(&Frame::new(&title, Section::Admin).keys(&[KeyGroup::List]), &body))
}

fn rows(queues: &[Queue]) -> Markup {
    let keys: Vec<(String, String)> =
        queues.iter().map(|queue| (queue.id.to_string(), urls::admin_queue(queue.id, ""))).collect();
    let lines = queues.iter().zip(&keys).map(|(queue, (id, href))| {
        let address = queue.correspond_address.as_ref().map(ToString::to_string).unwrap_or_default();
        let cells = vec![
            html! { (id) },
            html! { a href=(href) { bdi { (queue.name) } } " " span class="beside" { (queue.description) } },
            html! { (queue.lifecycle) },
            html! { (address) },
            html! { @if queue.disabled { (chip(&t("admin-queue-disabled"))) } },
        ];
        Row { id, href, cells, ..Row::default() }
    });
    let titles = ["#", "admin-queue-name", "admin-queue-lifecycle", "admin-queue-correspond", "column-status"].map(t);
    let kinds = [Kind::Number, Kind::Main, Kind::Text, Kind::Extra, Kind::Text];
    let columns = titles.iter().zip(kinds).map(|(title, kind)| Column::new(title, kind)).collect();
    table(&Table { caption: &t("admin-queues"), columns, rows: lines.collect(), ..Table::default() })
}

fn number(text: &str) -> std::result::Result<QueueId, Failure> {
    text.parse().map(QueueId).map_err(|_| Failure(Error::NotFound))
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = number(&id)?;
    let mut tx = visit.app.desk.read().await?;
    let page = page::Page::load(&mut tx, &visit.actor, id).await?;
    let mut form = Submission::default();
    page.fill(&mut form);
    Ok(page.show(&visit, &form, &Refusal::default()))
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let id = number(&id)?;
    match store(&visit, id, &form).await {
        Ok(()) => Ok(flash::redirect(&urls::admin_queue(id, ""), "queue-saved", None)),
        Err(error) => again(&visit, id, &form, error).await,
    }
}

async fn again(visit: &Visit, id: QueueId, form: &Submission, error: Error) -> Answer {
    let refusal = Refusal::of(error, form)?;
    let mut tx = visit.app.desk.read().await?;
    let page = page::Page::load(&mut tx, &visit.actor, id).await?;
    let mut form = form.clone();
    page.fill(&mut form);
    Ok(page.show(visit, &form, &refusal))
}

async fn store(visit: &Visit, id: QueueId, form: &Submission) -> Result<()> {
    let mut tx = visit.app.desk.write().await?;
    let mut reading = Reading::new(form, &visit.actor);
    let text = |name: &str| form.text(name).trim().to_owned();
    let input = QueueInput {
        name: text("name"),
        description: text("description"),
        correspond_address: text("correspond_address"),
        comment_address: text("comment_address"),
        lifecycle: text("lifecycle"),
        subject_tag: text("subject_tag"),
        sort_order: reading.number("sort_order").unwrap_or(0),
        initial_priority: reading.number("initial_priority").unwrap_or(0),
        final_priority: reading.number("final_priority").unwrap_or(0),
        priorities: text("priorities"),
        default_due: text("default_due"),
        default_starts: text("default_starts"),
        levels: form.is_ticked("levels"),
        default_level: text("default_level"),
        time_zone: text("time_zone"),
        disabled: form.is_ticked("disabled"),
    };
    reading.finish()?;
    setup::edit_queue(&mut tx, &visit.actor, id, &input).await?;
    tx.commit().await
}

/// Adds somebody, or takes away the one whose button was pressed.
pub(super) async fn watchers(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let id = number(&id)?;
    let outcome: Result<()> = async {
        let mut tx = visit.app.desk.write().await?;
        let (role, who, add) = watcher(&mut tx, &form).await?;
        setup::watch_queue(&mut tx, &visit.actor, id, (role, who), add).await?;
        tx.commit().await
    }
    .await;
    match outcome {
        Ok(()) => Ok(flash::redirect(&urls::admin_queue(id, ""), "queue-watchers", None)),
        Err(error) => again(&visit, id, &form, error).await,
    }
}

async fn watcher(tx: &mut Tx, form: &Submission) -> Result<(Role, Watcher, bool)> {
    if let [role, kind, number] = form.text("remove").split(':').collect::<Vec<_>>()[..] {
        let role = Role::parse(role).ok_or(Error::NotFound)?;
        let number: i64 = number.parse().map_err(|_| Error::NotFound)?;
        let who = if kind == "group" { Watcher::Group(domain::GroupId(number)) } else { Watcher::Person(domain::UserId(number)) };
        return Ok((role, who, false));
    }
    let role = Role::parse(form.text("role")).unwrap_or(Role::Cc);
    let text = form.text("who").trim();
    let group = text.strip_prefix(actions::ticket::GROUP);
    if let Some(name) = group {
        let group = tx.catalog().group_named(name);
        let group = group.ok_or_else(|| Error::invalid("who", format!("There is no group called “{}”.", name.trim())))?;
        return Ok((role, Watcher::Group(group), true));
    }
    let name = PersonName::parse(text).map_err(|error| Error::invalid("who", format!("{error}.")))?;
    let user = match &name {
        PersonName::Login(login) => {
            account::user_named(tx, login).await.map_err(|_| Error::invalid("who", t("form-owner-unknown")))?
        }
        PersonName::Address { .. } => actions::ticket::load_or_create(tx, &name, "who").await?,
    };
    Ok((role, Watcher::Person(user.id), true))
}
