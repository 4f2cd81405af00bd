//! What may stand next in a query that is being typed: names of fields, operators, values that the asker may see, people.

use actions::account::person;
use actions::{Actor, Error, Result, Tx, access, lists};
use axum::Json;
use axum::response::IntoResponse;
use domain::{Right, person::User};
use query::{Expected, Wants, expected};
use serde_json::{Value, json};

use super::build::values_of;
use crate::failure::Answer;
use crate::parameters::Parameters;
use crate::visit::Visit;

/// More than this nobody looks through.
const MOST: usize = 12;
/// Letters before people are looked for.
const FEWEST: usize = 2;
const OPERATORS: &[&str] =
    &["=", "!=", "LIKE", "NOT LIKE", "<", "<=", ">", ">=", "STARTSWITH", "ENDSWITH", "IS NULL", "IS NOT NULL"];
const BY_ADDRESS: &[&str] =
    &["requestor", "requestors", "cc", "admincc", "watcher", "watchers", "queuecc", "queueadmincc", "queuewatcher"];
const BY_LOGIN: &[&str] = &["owner", "creator", "lastupdatedby", "updatedby"];
const PERSON_PARTS: [&str; 4] = ["EmailAddress", "Name", "RealName", "Organization"];

/// For the text before the cursor: where the unfinished word begins, in the units that scripts count in, and what it may become.
/// With `field`, the values of that field alone.
pub(super) async fn show(visit: Visit, parameters: Parameters) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let field = parameters.text("field");
    if !field.is_empty() {
        let found = values(&mut tx, &visit.actor, field, parameters.text("value")).await?;
        return Ok(Json(json!({ "from": 0, "found": found })).into_response());
    }
    let before = parameters.exact("before");
    let wanted = expected(before);
    let found = match &wanted.wants {
        Wants::Field => fields(&tx, &visit.actor, &wanted.typed),
        Wants::Operator(_) => fitting(OPERATORS.iter().map(|word| (*word).to_owned()), &wanted.typed),
        Wants::Join => fitting(["AND", "OR", "AND NOT"].map(str::to_owned).into_iter(), &wanted.typed),
        Wants::Value(field) => values(&mut tx, &visit.actor, field, &wanted.typed).await?.into_iter().map(quoted).collect(),
    };
    Ok(Json(answer(before, &wanted, &found)).into_response())
}

fn answer(before: &str, wanted: &Expected, found: &[String]) -> Value {
    let from = before.get(..wanted.start).map_or(0, |text| text.encode_utf16().count());
    json!({ "from": from, "found": found })
}

/// As the printer of queries writes it.
fn quoted(value: String) -> String {
    let is_placeholder = value.starts_with("__") && value.ends_with("__");
    if is_placeholder { value } else { query::Value::Text(value).to_string() }
}

/// Those that begin with what was typed before those that hold it, in any case.
fn fitting(words: impl Iterator<Item = String>, typed: &str) -> Vec<String> {
    let typed = typed.to_lowercase();
    let (begin, hold): (Vec<String>, Vec<String>) =
        words.filter(|word| word.to_lowercase().contains(&typed)).partition(|word| word.to_lowercase().starts_with(&typed));
    begin.into_iter().chain(hold).take(MOST).collect()
}

fn fields(tx: &Tx, actor: &Actor, typed: &str) -> Vec<String> {
    let person =
        typed.split_once('.').map(|(name, _)| name).filter(|name| is_one_of(name, BY_ADDRESS) || is_one_of(name, BY_LOGIN));
    if let Some(name) = person {
        return fitting(PERSON_PARTS.iter().map(|part| format!("{name}.{part}")), typed);
    }
    let own = own_fields(tx, actor).into_iter().map(|name| format!("CF.{{{name}}}"));
    fitting(lists::FIELDS.iter().filter(|name| **name != "CF").map(|name| (*name).to_owned()).chain(own), typed)
}

fn own_fields(tx: &Tx, actor: &Actor) -> Vec<String> {
    let queues = access::queues_with(tx, actor, Right::SeeQueue);
    let fields = queues.iter().flat_map(|queue| access::fields_with(tx, actor, queue.id, Right::SeeCustomField));
    let mut names: Vec<String> = fields.map(|field| field.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

async fn values(tx: &mut Tx, actor: &Actor, field: &str, typed: &str) -> Result<Vec<String>> {
    let name = field.split('.').next().unwrap_or(field);
    if is_one_of(name, BY_ADDRESS) {
        let by_name = field.to_ascii_lowercase().ends_with(".name");
        return people(tx, actor, typed, |user| {
            user.email.as_ref().filter(|_| !by_name).map_or(user.name.clone(), ToString::to_string)
        })
        .await;
    }
    if is_one_of(name, BY_LOGIN) {
        let always = fitting(["__CurrentUser__", "Nobody"].map(str::to_owned).into_iter(), typed);
        let found = people(tx, actor, typed, |user| user.name.clone()).await?;
        return Ok(always.into_iter().chain(found).take(MOST).collect());
    }
    if let Some(custom) = field.strip_prefix("CF.{").and_then(|rest| rest.split_once('}')).map(|(name, _)| name) {
        return Ok(fitting(options(tx, actor, custom).into_iter(), typed));
    }
    Ok(fitting(values_of(tx, actor, name).into_iter(), typed))
}

/// Whoever may not look for people is proposed none.
async fn people(tx: &mut Tx, actor: &Actor, typed: &str, called: impl Fn(&User) -> String) -> Result<Vec<String>> {
    if typed.chars().count() < FEWEST {
        return Ok(vec![]);
    }
    match person::find(tx, actor, typed).await {
        Ok(found) => Ok(found.iter().filter(|user| !user.disabled).map(called).take(MOST).collect()),
        Err(Error::NotFound) => Ok(vec![]),
        Err(error) => Err(error),
    }
}

fn options(tx: &Tx, actor: &Actor, name: &str) -> Vec<String> {
    let queues = access::queues_with(tx, actor, Right::SeeQueue);
    let fields = queues.iter().flat_map(|queue| access::fields_with(tx, actor, queue.id, Right::SeeCustomField));
    let mut names: Vec<String> = fields
        .filter(|field| field.name.eq_ignore_ascii_case(name))
        .flat_map(|field| field.options.into_iter().map(|option| option.name))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}
