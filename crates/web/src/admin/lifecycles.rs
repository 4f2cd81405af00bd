//! Lifecycles: the list, a page for each that shows it as tables, and its definition to edit, to clone, to delete (TC-045).

mod view;

use actions::{Error, Result, access, setup};
use axum::extract::{Path, RawQuery};
use domain::{Right, lifecycle::Lifecycle};
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use crate::component::button::{Button, Tone, link};
use crate::component::confirm::{Confirm, confirm};
use crate::component::field::{Control, Field};
use crate::component::form::form_actions;
use crate::component::panel::{Panel, panel};
use crate::component::table::{Column, Kind, Row, Table, table};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::flash;
use crate::form::{inputs::Inputs, refusal::Refusal, submission::Submission};
use crate::layout::{KeyGroup, Section};
use crate::visit::{Frame, Visit};

pub(super) async fn list(visit: Visit) -> Answer {
    let tx = visit.app.desk.read().await?;
    access::require_global(&tx, &visit.actor, Right::ShowConfigTab)?;
    let catalog = tx.catalog();
    let all: Vec<&Lifecycle> = catalog.lifecycles.iter().collect();
    let keys: Vec<String> = all.iter().map(|one| urls::admin_lifecycle(&one.name, "")).collect();
    let lines = all.iter().zip(&keys).map(|(one, href)| {
        let queues: Vec<&str> =
            catalog.queues().filter(|queue| queue.lifecycle == one.name).map(|queue| queue.name.as_str()).collect();
        let statuses: Vec<&str> = one.statuses().map(|status| one.shown(status)).collect();
        let cells =
            vec![html! { a href=(href) { bdi { (one.name) } } }, html! { (statuses.join(", ")) }, html! { (queues.join(", ")) }];
        Row { id: &one.name, href, cells, ..Row::default() }
    });
    let titles = ["admin-lifecycles", "admin-lifecycle-statuses", "admin-lifecycle-queues"].map(t);
    let kinds = [Kind::Main, Kind::Text, Kind::Extra];
    let columns = titles.iter().zip(kinds).map(|(title, kind)| Column::new(title, kind)).collect();
    let title = t("admin-lifecycles");
    let body = html! {
        (page_head(&title, &t("admin-lifecycles-beneath"), &html! {}))
        (super::sections(urls::admin_lifecycles()))
        (panel(&Panel { id: "lifecycles", title: &title, flush: true, ..Panel::default() },
            &table(&Table { caption: &title, columns, rows: lines.collect(), ..Table::default() })))
    };
    Ok(visit.page(&Frame::new(&title, Section::Admin).keys(&[KeyGroup::List]), &body))
}

pub(super) async fn show(visit: Visit, Path(name): Path<String>) -> Answer {
    let tx = visit.app.desk.read().await?;
    access::require_global(&tx, &visit.actor, Right::ShowConfigTab)?;
    let catalog = tx.catalog();
    let lifecycle = catalog.lifecycles.get(&name).ok_or(Error::NotFound)?;
    let is_used = catalog.queues().any(|queue| queue.lifecycle == name);
    let title = tr("admin-lifecycle-title", &[("name", name.clone().into())]);
    let clone = urls::with(&urls::admin_lifecycle(&name, "edit"), &[("clone", "1")]);
    let buttons = html! {
        (link(&urls::admin_lifecycle(&name, "edit"), &Button::new(&t("admin-lifecycle-edit")).tone(Tone::Primary)))
        (link(&clone, &Button::new(&t("admin-lifecycle-clone"))))
        @if !is_used { (link(&urls::admin_lifecycle(&name, "delete"), &Button::new(&t("admin-delete")).tone(Tone::Danger))) }
    };
    let body = html! {
        (page_head(&title, "", &buttons))
        (super::sections(urls::admin_lifecycles()))
        (view::view(lifecycle, &catalog.lifecycles))
    };
    Ok(visit.page(&Frame::new(&title, Section::Admin), &body))
}

pub(super) async fn edit(visit: Visit, Path(name): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let tx = visit.app.desk.read().await?;
    access::require_global(&tx, &visit.actor, Right::SuperUser)?;
    let mut lifecycle = tx.catalog().lifecycles.get(&name).cloned().ok_or(Error::NotFound)?;
    if Submission::of_query(query.as_deref()).is_ticked("clone") {
        lifecycle.name = format!("{name} 2");
    }
    let mut form = Submission::default();
    form.put("definition", serde_json::to_string_pretty(&lifecycle).map_err(|error| Error::Internal(error.into()))?);
    Ok(form_page(&visit, &name, &form, &Refusal::default()))
}

pub(super) async fn save(visit: Visit, Path(name): Path<String>, form: Submission) -> Answer {
    let outcome: Result<String> = async {
        let mut tx = visit.app.desk.write().await?;
        let saved = setup::save_lifecycle(&mut tx, &visit.actor, form.text("definition")).await?;
        tx.commit().await?;
        Ok(saved)
    }
    .await;
    match outcome {
        Ok(saved) => Ok(flash::redirect(&urls::admin_lifecycle(&saved, ""), "lifecycle-saved", None)),
        Err(error) => Ok(form_page(&visit, &name, &form, &Refusal::of(error, &form)?)),
    }
}

fn form_page(visit: &Visit, name: &str, form: &Submission, refusal: &Refusal) -> axum::response::Response {
    let title = tr("admin-lifecycle-title", &[("name", name.to_owned().into())]);
    let inputs = Inputs { form, refusal };
    let label = t("admin-lifecycle-definition");
    let field = Field::new("definition", &label, Control::Lines { rows: 30, draft: true });
    let hint = t("admin-lifecycle-definition-hint");
    let body: Markup = html! {
        (page_head(&title, "", &html! {}))
        (super::sections(urls::admin_lifecycles()))
        (refusal.summary(&t("admin-lifecycle-not-saved")))
        form class="form" method="post" action=(urls::admin_lifecycle(name, "edit")) {
            (panel(&Panel { id: "definition", title: &label, ..Panel::default() }, &html! { div class="fields code" { (inputs.any(&field.hint(&hint))) } }))
            (form_actions(&Button::new(&t("admin-save")), &[], Some(&urls::admin_lifecycle(name, ""))))
        }
    };
    visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body)
}

pub(super) async fn ask_delete(visit: Visit, Path(name): Path<String>) -> Answer {
    let tx = visit.app.desk.read().await?;
    access::require_global(&tx, &visit.actor, Right::SuperUser)?;
    tx.catalog().lifecycles.get(&name).ok_or(Error::NotFound)?;
    Ok(question(&visit, &name, &Refusal::default()))
}

fn question(visit: &Visit, name: &str, refusal: &Refusal) -> axum::response::Response {
    let title = tr("admin-lifecycle-delete-title", &[("name", name.to_owned().into())]);
    let body = confirm(
        &Confirm {
            title: &title,
            consequence: &t("admin-lifecycle-delete-what"),
            action: &urls::admin_lifecycle(name, "delete"),
            yes: &t("admin-delete"),
            back: &urls::admin_lifecycle(name, ""),
        },
        &refusal.summary(&t("admin-lifecycle-not-saved")),
    );
    visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body)
}

pub(super) async fn delete(visit: Visit, Path(name): Path<String>) -> Answer {
    let outcome: Result<()> = async {
        let mut tx = visit.app.desk.write().await?;
        setup::delete_lifecycle(&mut tx, &visit.actor, &name).await?;
        tx.commit().await
    }
    .await;
    match outcome {
        Ok(()) => Ok(flash::redirect(urls::admin_lifecycles(), "lifecycle-deleted", None)),
        Err(error) => Ok(question(&visit, &name, &Refusal::of(error, &Submission::default())?)),
    }
}
