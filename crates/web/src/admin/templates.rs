//! Templates of mails: the list, and each with what it makes of a real ticket (TC-151, TC-157 … TC-159).

mod one;

use actions::setup;
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use domain::{QueueId, TemplateId};
use http_door::text::{t, tr};
use http_door::{App, urls};
use maud::html;

use crate::component::button::{Button, link};
use crate::component::confirm::{Confirm, confirm};
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::table::{Column, Kind, Row, Table, table};
use crate::component::ticket::page_head;
use crate::failure::{Answer, Failure};
use crate::flash;
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::{KeyGroup, Section};
use crate::visit::{Frame, Visit};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/admin/templates", get(show))
        .route("/admin/templates/new", get(one::blank).post(one::create))
        .route("/admin/templates/{id}", get(one::show).post(one::save))
        .route("/admin/templates/{id}/delete", get(ask_delete).merge(post(delete)))
}

async fn show(visit: Visit) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let templates = setup::templates(&mut tx, &visit.actor).await?;
    let catalog = tx.catalog();
    let queue = |id: Option<QueueId>| id.and_then(|id| catalog.queue(id)).map(|queue| queue.name.as_str());
    let keys: Vec<String> = templates.iter().map(|template| template.id.to_string()).collect();
    let addresses: Vec<String> = templates.iter().map(|template| urls::admin_template(template.id, "")).collect();
    let rows = templates.iter().zip(keys.iter().zip(&addresses)).map(|(template, (id, href))| {
        let cells = vec![
            html! { a href=(href) { bdi { (template.name) } } },
            html! { @match queue(template.queue) { Some(name) => bdi { (name) }, None => (t("rules-everywhere")) } },
            html! { (template.description) },
        ];
        Row { id, href, cells, ..Row::default() }
    });
    let titles = ["rules-name", "templates-queue", "templates-description"].map(t);
    let kinds = [Kind::Main, Kind::Text, Kind::Prose];
    let columns = titles.iter().zip(kinds).map(|(title, kind)| Column::new(title, kind)).collect();
    let title = t("admin-templates");
    let new = link(urls::admin_template_new(), &Button::new(&t("templates-new")).icon(Icon::Plus));
    let body = html! {
        (page_head(&title, &t("admin-templates-beneath"), &new))
        (super::sections(urls::admin_templates()))
        (panel(&Panel { id: "templates", title: &title, flush: true, ..Panel::default() },
            &table(&Table { caption: &title, columns, rows: rows.collect(), ..Table::default() })))
    };
    Ok(visit.page(&Frame::new(&title, Section::Admin).keys(&[KeyGroup::List]), &body))
}

async fn ask_delete(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let template = setup::template(&mut tx, &visit.actor, number(&id)?).await?;
    drop(tx);
    Ok(question(&visit, &template, &Refusal::default()))
}

fn question(visit: &Visit, template: &setup::TemplateView, refusal: &Refusal) -> axum::response::Response {
    let title = tr("templates-delete-title", &[("name", template.name.clone().into())]);
    let asked = Confirm {
        title: &title,
        consequence: &t("templates-delete-what"),
        action: &urls::admin_template(template.id, "delete"),
        yes: &t("admin-delete"),
        back: &urls::admin_template(template.id, ""),
    };
    let body = confirm(&asked, &refusal.summary(&t("templates-not-deleted")));
    visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body)
}

async fn delete(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = number(&id)?;
    let mut tx = visit.app.desk.write().await?;
    match setup::delete_template(&mut tx, &visit.actor, id).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(flash::redirect(urls::admin_templates(), "template-deleted", None))
        }
        Err(error) => {
            tx.rollback().await?;
            let refusal = Refusal::of(error, &Submission::default())?;
            let template = setup::template(&mut visit.app.desk.read().await?, &visit.actor, id).await?;
            Ok(question(&visit, &template, &refusal))
        }
    }
}

fn number(text: &str) -> Result<TemplateId, Failure> {
    text.parse().map(TemplateId).map_err(|_| Failure(actions::Error::NotFound))
}
