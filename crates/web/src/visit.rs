//! Who is looking at a page and in what clothes: the actor, their preferences, what the last act led to. Every handler of
//! a page takes a [`Visit`]; strangers are sent to sign in before the handler runs.

use actions::{Acted, Actor, Tx, access, account, lists, undo};
use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header, request::Parts};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Right, TicketKind, preference, setting};
use http_door::text::call_fourth_type;
use http_door::{App, actor_of_cookies, actor_of_cookies_unused, cookie_value, urls};
use jiff::Timestamp;
use maud::Markup;

use crate::beside::{Beside, REFRESH, new_rows};
use crate::component::time::Clock;
use crate::constituency::Within;
use crate::failure::Failure;
use crate::form::submission::Submission;
use crate::layout::{Density, KeyGroup, Notice, Section, Shell, Theme, Undo, Viewer, page};
use crate::place::draft_key;
use crate::{flash, neighbours, sign_in};

/// A signed-in person's request.
pub(crate) struct Visit {
    pub(crate) app: App,
    pub(crate) actor: Actor,
    /// This page's own address, query included.
    pub(crate) here: String,
    density: Density,
    sidebar_collapsed: bool,
    administers: bool,
    /// Not where the installation works without them (IR-012).
    countermeasures: bool,
    /// A list was looked at before (IR-283).
    pub(crate) came_from_list: bool,
    flash: Vec<Notice>,
    /// The name of the constituency that they work in; empty for all.
    constituency: String,
    beside: Beside,
    remapped: Vec<(String, String)>,
}

/// What a page tells the frame around it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Frame<'a> {
    pub(crate) title: &'a str,
    pub(crate) section: Section,
    pub(crate) keys: &'a [KeyGroup],
    /// What stands in the search box of the top bar.
    pub(crate) search_text: &'a str,
    pub(crate) notices: &'a [Notice],
    /// Anything but success marks the page as failed, so that browsers keep the drafts that were being sent.
    pub(crate) status: StatusCode,
    /// Minutes until the page is read again by itself; 0 is never (IR-294).
    pub(crate) refresh: i64,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(title: &'a str, section: Section) -> Self {
        Self { title, section, ..Self::default() }
    }
    pub(crate) fn keys(self, keys: &'a [KeyGroup]) -> Self {
        Self { keys, ..self }
    }
    pub(crate) fn notices(self, notices: &'a [Notice]) -> Self {
        Self { notices, ..self }
    }
    pub(crate) fn refresh(self, refresh: i64) -> Self {
        Self { refresh, ..self }
    }
    pub(crate) fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

impl Visit {
    /// `None` for strangers.
    pub(crate) async fn of(app: &App, headers: &HeaderMap, uri: &Uri, within: Option<&Within>) -> actions::Result<Option<Self>> {
        let by_itself = headers.contains_key(REFRESH) || uri.path() == urls::live();
        let actor = if by_itself { actor_of_cookies_unused(app, headers).await? } else { actor_of_cookies(app, headers).await? };
        let Some(mut actor) = actor else { return Ok(None) };
        actor.within = within.map(|within| within.id);
        let mut tx = app.desk.read().await?;
        call_fourth_type(tx.catalog().fourth_type());
        let remapped = account::preferences(&mut tx, &actor).await?;
        let remapped = setting::map_of(remapped.text(preference::KEYS)).into_iter();
        let remapped = remapped.map(|(act, key)| (act.to_owned(), key.to_owned())).collect();
        let mut flash = flash::read(headers);
        if let (Some(notice), Some(act)) = (flash.first_mut(), flash::last_act(headers)) {
            notice.undo = undo::standing(&mut tx, &actor, act).await?.map(|act| Undo { act: act.id, batch: act.batch });
        }
        let density = cookie_value(headers, "density").unwrap_or_default();
        Ok(Some(Self {
            density: Density::ALL.into_iter().find(|one| one.name() == density).unwrap_or_default(),
            sidebar_collapsed: cookie_value(headers, "sidebar") == Some("collapsed"),
            countermeasures: !tx.catalog().countermeasures_disabled(),
            administers: access::require_global(&tx, &actor, Right::ShowConfigTab).is_ok(),
            came_from_list: neighbours::is_known(headers),
            flash,
            constituency: within.map(|within| within.name.clone()).unwrap_or_default(),
            beside: Beside::default(),
            remapped,
            app: app.clone(),
            actor,
            here: here(uri),
        }))
    }

    /// The page as it is sent; a notice of the last act is shown once.
    pub(crate) fn page(&self, frame: &Frame<'_>, body: &Markup) -> Response {
        let notices: Vec<Notice> = self.flash.iter().chain(frame.notices).cloned().collect();
        let shell = Shell {
            title: frame.title,
            section: frame.section,
            viewer: Some(self.viewer()),
            search_text: frame.search_text,
            notices: &notices,
            keys: frame.keys,
            remapped: &self.remapped,
            counts: &[],
            constituency: &self.constituency,
            here: &self.here,
            failed: !frame.status.is_success(),
            refresh: frame.refresh,
        };
        let clock = self.clock(self.app.desk.now());
        let lists = frame.keys.contains(&KeyGroup::List);
        let body = maud::html! { (self.beside.markup(&clock, &self.here)) @if lists { (new_rows()) } (body) };
        let mut response = (frame.status, page(&shell, &body)).into_response();
        if !self.flash.is_empty() {
            for cookie in flash::spent() {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
        }
        response
    }

    /// What a form begins with: the parameters of the link that led to it, or the draft that was asked for.
    pub(crate) fn begun(&self, query: Option<&str>) -> Submission {
        let mut form = Submission::of_query(query);
        form.restore(self.beside.restored());
        form
    }

    /// Where a form that makes something is sent: to the very address it was opened under, so that its draft is found.
    pub(crate) fn form_address(&self) -> String {
        draft_key(&self.here).map_or_else(|| self.here.clone(), |key| urls::scoped(&key))
    }

    /// Now, where this person is.
    pub(crate) fn clock(&self, now: Timestamp) -> Clock {
        Clock { now, zone: lists::zone_of(&self.actor), dates: false }
    }

    /// The same for lists, with dates as this person likes them.
    pub(crate) async fn list_clock(&self, tx: &mut Tx) -> actions::Result<Clock> {
        let preferences = account::preferences(tx, &self.actor).await?;
        Ok(self.clock(tx.now()).dated(preferences.text(preference::DATE_FORMAT) == "date"))
    }

    pub(crate) fn remapped(&self) -> &[(String, String)] {
        &self.remapped
    }

    pub(crate) fn viewer(&self) -> Viewer<'_> {
        let theme = match self.actor.user.theme {
            domain::person::Theme::System => Theme::System,
            domain::person::Theme::Light => Theme::Light,
            domain::person::Theme::Dark => Theme::Dark,
        };
        Viewer {
            name: self.actor.user.display_name(),
            theme,
            density: self.density,
            single_keys: self.actor.user.keys,
            sidebar_collapsed: self.sidebar_collapsed,
            administers: self.administers,
            without: (!self.countermeasures).then_some(TicketKind::Countermeasure),
        }
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match Self::of(app, &parts.headers, &parts.uri, parts.extensions.get()).await {
            Ok(Some(mut visit)) => {
                let request = (&parts.method, &parts.uri, &parts.headers);
                visit.beside = Beside::of(app, &visit.actor, request).await.map_err(|error| Failure(error).into_response())?;
                if let Some(acted) = parts.extensions.get::<Acted>() {
                    visit.actor.acted = acted.clone();
                }
                Ok(visit)
            }
            Ok(None) => Err(stranger(&parts.method, &parts.headers, app, &here(&parts.uri))),
            Err(error) => Err(Failure(error).into_response()),
        }
    }
}

fn here(uri: &Uri) -> String {
    urls::scoped(uri.path_and_query().map_or("/", |path| path.as_str()))
}

/// Reading leads to the sign-in page and back; what was being sent is answered by the sign-in form itself, so that the
/// browser keeps the drafts.
fn stranger(method: &Method, headers: &HeaderMap, app: &App, here: &str) -> Response {
    if matches!(*method, Method::GET | Method::HEAD) {
        return Redirect::to(&urls::sign_in(Some(here))).into_response();
    }
    sign_in::again(&sent_from(headers, app).unwrap_or_else(urls::home), "")
}

/// The page of ours that a form was sent from.
pub(crate) fn sent_from(headers: &HeaderMap, app: &App) -> Option<String> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    let path = referer.strip_prefix(app.origin())?;
    urls::local_path(path).map(str::to_owned)
}
