//! `GET` and `POST /tickets`: a query, its page, and the fields that were asked for (API-086 … API-090).

use crate::{
    answer,
    ask::{Fields, Sorting, simple},
    body::{self, Kind},
    call::Call,
    failure::Outcome,
    shape::{Look, TicketRecord, item},
};
use actions::{
    Tx,
    lists::{self, Order, OrderBy, Page},
    ticket::show,
};
use axum::http::Method;
use domain::Ticket;
use query::Query;
use serde_json::Value;

pub(crate) async fn list(mut call: Call) -> Outcome {
    if *call.method() == Method::POST {
        read_body(&mut call).await?;
    }
    let paging = call.paging();
    let fields = call.fields();
    let _turn = call.app.desk.search_turn(call.actor.id()).await?;
    let mut tx = call.look().await?;
    let Some(query) = wanted(&call, &tx)? else { return Ok(answer::ok(&paging.list(&call, 0, vec![]))) };
    let total = lists::count(&mut tx, &call.actor, &query).await?;
    let page = Page { limit: paging.limit(), offset: paging.offset() };
    let found =
        if page.offset < total { lists::search(&mut tx, &call.actor, &query, &order(&call), page).await? } else { vec![] };
    let items = items(&mut tx, &call, &fields, found).await?;
    Ok(answer::ok(&paging.list(&call, total, items)))
}

/// Parameters may come in the body too: as a form of either kind, or as a JSON object.
async fn read_body(call: &mut Call) -> Outcome<()> {
    match call.kind() {
        Kind::Multipart => {
            for (name, value) in body::form_fields(call).await? {
                call.parameters.push(&name, value);
            }
        }
        Kind::Json if !call.body.is_empty() => {
            if let Value::Object(object) = call.json()? {
                for (name, value) in &object {
                    for value in crate::ask::list(value) {
                        call.parameters.push(name, value);
                    }
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// No query means no tickets, not all of them.
fn wanted(call: &Call, tx: &Tx) -> Outcome<Option<Query>> {
    let Some(text) = call.parameters.get("query").filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    if call.parameters.get("simple") == Some("1") {
        return Ok(simple(tx, text));
    }
    let query = lists::parse(text)?;
    lists::check(tx, &call.actor, &query, text)?;
    Ok(Some(query))
}

fn order(call: &Call) -> Vec<OrderBy> {
    let named = Sorting::read(&call.parameters).0;
    named.into_iter().filter_map(|(name, descending)| Order::parse(&name).map(|column| OrderBy { column, descending })).collect()
}

async fn items(tx: &mut Tx, call: &Call, fields: &Fields, tickets: Vec<Ticket>) -> Outcome<Vec<Value>> {
    let records: Vec<TicketRecord> = if fields.asks("_hyperlinks") {
        let mut records = Vec::with_capacity(tickets.len());
        for ticket in tickets {
            records.push(TicketRecord::of_view(show::view(tx, &call.actor, ticket.id).await?));
        }
        records
    } else {
        lists::detailed(tx, &call.actor, tickets).await?.into_iter().map(TicketRecord::of_list).collect()
    };
    let catalog = tx.catalog();
    let look = Look { site: &call.site, catalog: &catalog, actor: &call.actor, people: &[], whole: false };
    Ok(records.iter().map(|record| item(record, fields, &look)).collect())
}
