//! Arranging dashboards without dragging: choosing one's home, making one's own, adding, moving and removing boxes (IR-285).

pub(crate) mod page;

use actions::{Error, dashboard};
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use domain::dashboard::{Step, Widget, WidgetKind};
use http_door::{App, urls};

use crate::failure::{Answer, Failure};
use crate::flash;
use crate::form::{refusal::Refusal, submission::Submission};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboards", get(list).post(create))
        .route("/dashboards/{id}", get(edit))
        .route("/dashboards/{id}/{act}", post(act))
        .route("/dashboards/{id}/show", get(look))
}

async fn list(visit: Visit) -> Answer {
    page::list(&visit, &Submission::default(), &Refusal::default()).await
}

async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    page::edit(&visit, number(&id)?, &Submission::default(), &Refusal::default()).await
}

async fn look(visit: Visit, Path(id): Path<String>) -> Answer {
    crate::home::look(&visit, number(&id)?).await
}

fn number(text: &str) -> Result<i64, Failure> {
    text.parse().map_err(|_| Failure(Error::NotFound))
}

/// A new one begins with the boxes of the home of today and becomes the home, if it is one's own.
async fn create(visit: Visit, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        let keeper = page::keeper(&tx, &visit, &form)?;
        let like = dashboard::home(&mut tx, &visit.actor).await?.dashboard.map(|one| one.id);
        let id = dashboard::create(&mut tx, &visit.actor, keeper, form.text("name"), like).await?;
        if keeper == domain::dashboard::Keeper::User(visit.actor.id()) {
            dashboard::choose_home(&mut tx, &visit.actor, Some(id)).await?;
        }
        tx.commit().await?;
        Ok::<i64, Error>(id)
    };
    match outcome.await {
        Ok(id) => Ok(Redirect::to(&urls::dashboard(id)).into_response()),
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            page::list(&visit, &form, &refusal).await
        }
    }
}

async fn act(visit: Visit, Path((id, act)): Path<(String, String)>, form: Submission) -> Answer {
    let id = number(&id)?;
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        let actor = &visit.actor;
        let kind = || WidgetKind::parse(form.text("widget")).ok_or_else(|| Error::invalid("widget", "Which box?"));
        let next = match act.as_str() {
            "choose" => {
                dashboard::choose_home(&mut tx, actor, Some(id)).await?;
                urls::home()
            }
            "delete" => {
                dashboard::delete(&mut tx, actor, id).await?;
                urls::dashboards()
            }
            "add" => {
                let widget = Widget { kind: kind()?, aside: form.text("side") == "aside" };
                dashboard::add_widget(&mut tx, actor, id, widget).await?;
                urls::dashboard(id)
            }
            step => {
                let step = Step::parse(step).ok_or(Error::NotFound)?;
                dashboard::rearrange(&mut tx, actor, id, kind()?, step).await?;
                urls::dashboard(id)
            }
        };
        tx.commit().await?;
        Ok::<String, Error>(next)
    };
    match outcome.await {
        Ok(next) => Ok(flash::redirect(&next, "preferences", None)),
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            page::edit(&visit, id, &form, &refusal).await
        }
    }
}
