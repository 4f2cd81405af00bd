//! Who asks: a session's cookie, a token, or a login with its password; the first that is somebody wins (API-010 … API-018).

use crate::failure::{Failure, Outcome};
use actions::{Actor, Door, Error, account};
use axum::http::{HeaderMap, Method, StatusCode, header, request::Parts};
use http_door::App;

pub(crate) async fn actor(app: &App, parts: &Parts, token: Option<&str>) -> Outcome<Option<Actor>> {
    if let Some(actor) = http_door::actor_of_cookies(app, &parts.headers).await? {
        if is_change(&parts.method) && is_foreign(app, &parts.headers) {
            return Err(Failure::new(StatusCode::FORBIDDEN, "This request came from another site"));
        }
        return Ok(Some(Actor { door: Door::Rest2, ..actor }));
    }
    if let Some(token) = http_door::bearer(&parts.headers).or(token)
        && let Some(actor) = of_token(app, token).await?
    {
        return Ok(Some(actor));
    }
    match http_door::basic(&parts.headers) {
        Some((login, password)) => of_password(app, &login, &password).await,
        None => Ok(None),
    }
}

async fn of_token(app: &App, token: &str) -> Outcome<Option<Actor>> {
    let mut tx = app.desk.read().await?;
    let Some((actor, stale)) = account::actor_of_token(&mut tx, token, false).await? else { return Ok(None) };
    drop(tx);
    if stale {
        let mut tx = app.desk.write().await?;
        account::actor_of_token(&mut tx, token, true).await?;
        tx.commit().await?;
    }
    Ok(Some(actor))
}

async fn of_password(app: &App, login: &str, password: &str) -> Outcome<Option<Actor>> {
    if !app.sign_ins.allows(login, app.desk.now()) {
        return Ok(None);
    }
    let mut tx = app.desk.read().await?;
    let user = match account::user_named(&mut tx, login).await {
        Ok(user) => Some(user).filter(|user| !user.disabled),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let fits = account::check_password(&mut tx, user.as_ref().map(|user| user.id), password).await?;
    let actor = user.filter(|_| fits).and_then(|user| Actor::of(&tx, user, Door::Rest2));
    match actor {
        Some(_) => app.sign_ins.succeeded(login),
        None => app.sign_ins.failed(login, app.desk.now()),
    }
    Ok(actor)
}

fn is_change(method: &Method) -> bool {
    *method != Method::GET && *method != Method::HEAD
}

/// Clients that are no browsers send neither header.
fn is_foreign(app: &App, headers: &HeaderMap) -> bool {
    let ours = app.origin();
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let foreign_origin = text(header::ORIGIN).is_some_and(|origin| origin != ours);
    let is_ours = |referer: &str| referer.strip_prefix(ours).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    foreign_origin || text(header::REFERER).is_some_and(|referer| !is_ours(referer))
}
