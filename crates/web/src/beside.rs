//! What stands at the head of every page of a ticket and of every form: who else is there, who holds the lock (IR-507), the
//! draft that waits. Loaded with the visit, before the page's own handler.

mod offer;
mod strip;

use actions::presence::{self, Around, Doing};
use actions::{Actor, Result, draft, lock};
use axum::http::{HeaderMap, Method, Uri};
use http_door::App;
use http_door::text::{t, tr};
use jiff::Timestamp;

use crate::component::icon::{Icon, icon};
use crate::component::time::Clock;
use crate::parameters::Parameters;
use crate::place::{DRAFT, Place, draft_key};
pub(crate) use strip::{fragment, kind_key};

/// Sent by a script that brings an open page up to date: nobody came anew.
pub(crate) const REFRESH: &str = "x-watchbell-refresh";

#[derive(Default)]
pub(crate) struct Beside {
    around: Around,
    draft: Waiting,
}

/// What somebody typed into this form before.
#[derive(Default)]
pub(crate) enum Waiting {
    #[default]
    Nothing,
    Offered {
        key: String,
        saved: Timestamp,
    },
    Restored {
        key: String,
        saved: Timestamp,
        inputs: Vec<(String, String)>,
    },
}

impl Beside {
    pub(crate) async fn of(app: &App, actor: &Actor, request: (&Method, &Uri, &HeaderMap)) -> Result<Self> {
        let (method, uri, headers) = request;
        let place = Place::of(uri.path());
        if place == Place::Elsewhere {
            return Ok(Self::default());
        }
        let comes = *method == Method::GET && !headers.contains_key(REFRESH);
        if let Some(id) = Place::locked_by(uri).filter(|_| comes) {
            let mut tx = app.desk.write().await?;
            // whoever may not see it hears so from the page itself
            if lock::lock_for_form(&mut tx, actor, id).await.is_ok() {
                tx.commit().await?;
            }
        }
        let mut tx = app.desk.read().await?;
        let around = match (place, place.ticket()) {
            (_, None) => Around::default(),
            (Place::Ticket(id), _) if comes => presence::arrive(&mut tx, actor, id, Doing::Looking).await?,
            (_, Some(id)) if comes && place.locks().is_some() => presence::arrive(&mut tx, actor, id, Doing::Writing).await?,
            (_, Some(id)) => presence::around(&mut tx, actor, id).await?,
        };
        let mut draft = Waiting::Nothing;
        if let Some(key) = draft_key(&uri.to_string()).filter(|_| *method == Method::GET)
            && let Some(kept) = draft::of_form(&mut tx, actor, &key).await?
        {
            let asked = Parameters::parse(uri.query().unwrap_or_default().as_bytes());
            draft = if asked.text(DRAFT).is_empty() {
                Waiting::Offered { key, saved: kept.saved }
            } else {
                let inputs = serde_urlencoded::from_str(&kept.content).unwrap_or_default();
                Waiting::Restored { key, saved: kept.saved, inputs }
            };
        }
        Ok(Self { around, draft })
    }

    /// What the form shall hold, when the draft was asked for.
    pub(crate) fn restored(&self) -> &[(String, String)] {
        match &self.draft {
            Waiting::Restored { inputs, .. } => inputs,
            _ => &[],
        }
    }

    pub(crate) fn markup(&self, clock: &Clock, here: &str) -> maud::Markup {
        maud::html! { (strip::strip(&self.around, clock)) (offer::offer(&self.draft, clock, here)) }
    }
}

/// Hidden until the script finds rows that are not shown yet; it fills in how many.
pub(crate) fn new_rows() -> maud::Markup {
    maud::html! {
        div class="notice hint" id="new-rows" role="status" hidden data-one=(tr("live-new-rows", &[("count", 1.into())]))
            data-many=(tr("live-new-rows", &[("count", "#".into())])) {
            (icon(Icon::Bell))
            span {} " "
            button type="button" class="link" { (t("live-show-rows")) }
        }
    }
}
