//! Which browser this is: the cookie, and who is behind it.

use crate::App;
use actions::{Actor, Error, account};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use std::convert::Infallible;

/// A session unused for this long is over; pages warn before.
pub const SESSION_IDLE_MINUTES: i64 = 12 * 60;

fn cookie_name(app: &App) -> &'static str {
    // the prefix makes browsers refuse the cookie from anything but this very host, encrypted
    if app.is_https() { "__Host-watchbell" } else { "watchbell" }
}

/// The value of a cookie by name.
#[must_use]
pub fn cookie_value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies =
        headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    cookies.filter_map(|cookie| cookie.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The session's secret, if the browser sent one.
#[must_use]
pub fn session_secret<'a>(app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie_value(headers, cookie_name(app)).filter(|secret| !secret.is_empty())
}

/// `Set-Cookie` for a new session.
#[must_use]
pub fn session_cookie(app: &App, secret: &str) -> String {
    let secure = if app.is_https() { "; Secure" } else { "" };
    format!("{}={secret}; Path=/; HttpOnly; SameSite=Lax{secure}", cookie_name(app))
}

/// `Set-Cookie` that ends it.
#[must_use]
pub fn clear_cookie(app: &App) -> String {
    let secure = if app.is_https() { "; Secure" } else { "" };
    format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}", cookie_name(app))
}

/// Who is signed in, if anybody. Writes down the use of the session now and then.
pub async fn actor_of_cookies(app: &App, headers: &HeaderMap) -> Result<Option<Actor>, Error> {
    let Some(secret) = session_secret(app, headers) else { return Ok(None) };
    let mut tx = app.desk.read().await?;
    let Some((actor, stale)) = account::actor_of_session(&mut tx, secret, false).await? else { return Ok(None) };
    drop(tx);
    if stale {
        let mut tx = app.desk.write().await?;
        account::actor_of_session(&mut tx, secret, true).await?;
        tx.commit().await?;
    }
    Ok(Some(actor))
}

/// The same without counting as a use: open pages ask by themselves, and must not keep a session alive that nobody uses.
pub async fn actor_of_cookies_unused(app: &App, headers: &HeaderMap) -> Result<Option<Actor>, Error> {
    let Some(secret) = session_secret(app, headers) else { return Ok(None) };
    let mut tx = app.desk.read().await?;
    Ok(account::actor_of_session(&mut tx, secret, false).await?.map(|(actor, _)| actor))
}

/// For handlers that serve strangers too. A session that cannot be looked up counts as an error, not as nobody.
pub struct MaybeActor(pub Result<Option<Actor>, Error>);

impl FromRequestParts<App> for MaybeActor {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self(actor_of_cookies(app, &parts.headers).await))
    }
}
