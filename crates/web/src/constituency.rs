//! Working with one constituency (IR-159, IR-286): every page is also there under `/c/<name>/`, narrowed to its queues, and
//! leads on to pages that are. Routes, handlers and pages know nothing of it: the prefix is taken off before them, addresses get
//! it back where they are made, and lists and choices are narrowed where they are read, by the actor's choice.

use actions::{Actor, Tx, access};
use axum::extract::{Request, State};
use axum::http::{Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{ConstituencyId, Right};
use http_door::{App, actor_of_cookies_unused, urls};
use query::Query;

use crate::failure::Failure;
use crate::parameters::Parameters;
use crate::query_text::{any, is};

/// The constituency that a request came for; among its extensions.
#[derive(Clone, Debug)]
pub(crate) struct Within {
    pub(crate) id: ConstituencyId,
    pub(crate) name: String,
}

/// Takes the prefix off an address before the routes see it.
pub(crate) async fn enter(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let Some((name, rest)) = urls::unprefixed(address) else { return next.run(request).await };
    let name = Parameters::parse(format!("name={}", name.replace('+', "%2B")).as_bytes()).text("name").to_owned();
    let Ok(rest) = rest.parse::<Uri>() else { return next.run(request).await };
    let found = match actor_of_cookies_unused(&app, request.headers()).await {
        // strangers sign in first, and hear nothing about the name
        Ok(None) => None,
        Ok(Some(actor)) => match within(&app, &actor, &name).await {
            Ok(Some(found)) => Some(found),
            // not there, or not theirs: no route knows it
            Ok(None) => return next.run(request).await,
            Err(error) => return Failure(error).into_response(),
        },
        Err(error) => return Failure(error).into_response(),
    };
    *request.uri_mut() = rest;
    let name = found.as_ref().map_or(name, |within| within.name.clone());
    if let Some(within) = found {
        request.extensions_mut().insert(within);
    }
    urls::within(&name, next.run(request)).await
}

async fn within(app: &App, actor: &Actor, name: &str) -> actions::Result<Option<Within>> {
    let tx = app.desk.read().await?;
    let of_name = |within: &Within| within.name.to_lowercase() == name.to_lowercase();
    Ok(Constituencies::read(&tx, actor).known.into_iter().map(|(within, _)| within).find(of_name))
}

/// Where an address leads that names the constituency in a parameter, as addresses did before.
pub(crate) fn moved(method: &Method, uri: &Uri, tx: &Tx, actor: &Actor) -> Option<Response> {
    let parameters = Parameters::parse(uri.query().unwrap_or_default().as_bytes());
    let wanted = parameters.text("constituency");
    let known = Constituencies::read(tx, actor);
    let name = known.names().find(|name| name.eq_ignore_ascii_case(wanted))?;
    let path = format!("{}{}", urls::constituency(name).trim_end_matches('/'), uri.path());
    (method == Method::GET).then(|| Redirect::to(&path).into_response())
}

/// The constituencies whose tickets somebody may see, and the one chosen.
pub(crate) struct Constituencies {
    /// With their queues' names.
    known: Vec<(Within, Vec<String>)>,
    chosen: Option<ConstituencyId>,
}

impl Constituencies {
    pub(crate) fn read(tx: &Tx, actor: &Actor) -> Self {
        let catalog = tx.catalog();
        let mut known: Vec<(Within, Vec<String>)> = Vec::new();
        for queue in access::queues_with(tx, &actor.everywhere(), Right::ShowTicket) {
            let Some(constituency) = catalog.constituency(&queue) else { continue };
            match known.iter_mut().find(|(within, _)| within.id == constituency.id) {
                Some((_, queues)) => queues.push(queue.name),
                None => {
                    known.push((Within { id: constituency.id, name: constituency.name.clone() }, vec![queue.name]));
                }
            }
        }
        Self { known, chosen: actor.within }
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|(within, _)| within.name.as_str())
    }

    /// The name of the one chosen; empty for all.
    pub(crate) fn chosen(&self) -> &str {
        self.one().map_or("", |(within, _)| within.name.as_str())
    }

    /// The condition for queries that are shown, kept or sent on; `None` when all are wanted.
    pub(crate) fn condition(&self) -> Option<Query> {
        any(self.one()?.1.iter().map(|queue| is("Queue", queue)).collect())
    }

    fn one(&self) -> Option<&(Within, Vec<String>)> {
        self.known.iter().find(|(within, _)| Some(within.id) == self.chosen)
    }
}
