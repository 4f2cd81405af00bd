//! From a request to its handler: who asks, which resource, whether method and media types fit, then the body.

use crate::{
    ask::Parameters,
    attachment, auth,
    body::{self, Kind},
    call::Call,
    custom_field,
    failure::{Failure, Outcome},
    queue,
    resource::{Accepts, Resource},
    site::{PREFIX, Site},
    ticket, transaction, user, version,
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    response::{IntoResponse, Response},
};
use http_door::App;

/// Forms are small; the one that carries a token is read before anybody is known.
const FORM_LIMIT: usize = 1024 * 1024;

pub(crate) async fn handle(State(app): State<App>, request: Request) -> Response {
    respond(app, request).await.unwrap_or_else(Failure::into_response)
}

async fn respond(app: App, request: Request) -> Outcome {
    let (parts, body) = request.into_parts();
    let mut parameters = Parameters::parse(parts.uri.query().unwrap_or_default());
    let mut body = Some(body);
    let mut bytes = Bytes::new();
    let is_form = body::kind(&parts.headers) == Kind::Form && parts.method == Method::POST;
    if is_form {
        bytes = read(body.take(), FORM_LIMIT.min(app.settings.max_upload)).await?;
        parameters.extend(&String::from_utf8_lossy(&bytes));
    }
    let actor = auth::actor(&app, &parts, parameters.get("token")).await?.ok_or_else(Failure::unauthorized)?;
    let resource = Resource::at(parts.uri.path().strip_prefix(PREFIX).unwrap_or_default()).ok_or_else(Failure::not_found)?;
    check(&resource, &parts)?;
    if body.is_some() && parts.method != Method::GET && parts.method != Method::HEAD {
        bytes = read(body.take(), app.settings.max_upload).await?;
    }
    let site = Site::of(&app);
    route(Call { app, site, actor, parts, parameters, body: bytes }, resource).await
}

async fn read(body: Option<Body>, limit: usize) -> Outcome<Bytes> {
    to_bytes(body.unwrap_or_default(), limit).await.map_err(|_| Failure::too_large())
}

/// Method, `Accept` and `Content-Type`, in this order (API-021, API-030).
fn check(resource: &Resource, parts: &Parts) -> Outcome<()> {
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE];
    let method = if parts.method == Method::HEAD { &Method::GET } else { &parts.method };
    if !known.contains(&parts.method) && parts.method != Method::OPTIONS {
        return Err(Failure::not_implemented());
    }
    if !resource.methods().split(',').any(|offered| offered == method.as_str()) {
        return Err(Failure::method(resource.methods()));
    }
    if !accepts_json(&parts.headers) {
        return Err(Failure::not_acceptable());
    }
    if *method != Method::POST && *method != Method::PUT {
        return Ok(());
    }
    let kind = body::kind(&parts.headers);
    let fits = match resource.accepts() {
        Accepts::Anything => true,
        Accepts::Object => matches!(kind, Kind::Json | Kind::Multipart),
        Accepts::Message => matches!(kind, Kind::Json | Kind::Multipart | Kind::Plain | Kind::Html),
    };
    if fits { Ok(()) } else { Err(Failure::media_type()) }
}

fn accepts_json(headers: &HeaderMap) -> bool {
    let mut accepted = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .peekable();
    if accepted.peek().is_none() {
        return true;
    }
    accepted.any(|range| {
        let mut pieces = range.split(';').map(str::trim);
        let media = pieces.next().unwrap_or_default().to_ascii_lowercase();
        let refused = pieces.any(|piece| {
            piece.strip_prefix("q=").is_some_and(|weight| weight.trim().parse::<f32>().is_ok_and(|weight| weight <= 0.0))
        });
        matches!(media.as_str(), "*/*" | "application/*" | "application/json") && !refused
    })
}

async fn route(call: Call, resource: Resource) -> Outcome {
    match resource {
        Resource::Version => version::show(&call).await,
        Resource::Tickets => ticket::search::list(call).await,
        Resource::TicketCreation => ticket::create::create(call).await,
        Resource::Ticket(id) => match *call.method() {
            Method::PUT => ticket::update::update(call, &id).await,
            Method::DELETE => ticket::delete::delete(&call, &id).await,
            Method::POST => ticket::already(&call, &id).await,
            _ => ticket::show::show(&call, &id).await,
        },
        Resource::Ownership(id, wish) => ticket::owner::change(&call, &id, wish).await,
        Resource::Message(id, kind) => ticket::message::add(call, &id, kind).await,
        Resource::History(id) => ticket::history::list(call, &id).await,
        Resource::TicketAttachments(id) => attachment::of_ticket(call, &id).await,
        Resource::Transaction(id) => transaction::show(&call, &id).await,
        Resource::TransactionAttachments(id) => attachment::of_transaction(call, &id).await,
        Resource::Attachment(id) => attachment::show(&call, &id).await,
        Resource::Queues { all } => queue::list(call, all).await,
        Resource::Queue(name) => queue::show(&call, &name).await,
        Resource::QueueFields(id) => custom_field::of_queue(call, &id).await,
        Resource::User(name) => user::show(&call, &name).await,
        Resource::CustomFields => custom_field::list(call).await,
        Resource::CustomField(id) => custom_field::show(&call, &id).await,
    }
}
