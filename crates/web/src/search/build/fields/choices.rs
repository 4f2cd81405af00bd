//! The values that a row offers: only what the asker may see exists here.

use actions::{Actor, Tx, access};
use domain::{Right, queue::Queue};
use http_door::text::t;
use maud::{Markup, html};
use query::{Op, Query, Value};

/// More proposals than this help nobody.
const MOST: usize = 200;

pub(super) enum Choices {
    /// These and no others, as stored and as people call them.
    Only(Vec<(String, String)>),
    /// Anything, and what is proposed.
    Any(Vec<String>),
}

impl Choices {
    pub(super) fn of(tx: &Tx, actor: &Actor, key: &str, named: &[Queue]) -> Self {
        let catalog = tx.catalog();
        let same = |names: Vec<String>| Self::Only(names.into_iter().map(|name| (name.clone(), name)).collect());
        match key {
            "queue" => {
                same(access::queues_with(tx, actor, Right::SeeQueue).into_iter().map(|queue| queue.name).take(MOST).collect())
            }
            "lifecycle" => same(lifecycles(&access::queues_with(tx, actor, Right::SeeQueue))),
            "status" => Self::Only(statuses(tx, named)),
            "level" => same(catalog.levels().map(|level| level.name.clone()).collect()),
            "group" => {
                let own = actor.identity.groups.iter().filter_map(|group| catalog.group_name(*group));
                Self::Any(own.map(str::to_owned).take(MOST).collect())
            }
            "date" => Self::Any(["today", "yesterday", "tomorrow", "now", "3 days ago", "in 2 days"].map(str::to_owned).into()),
            "actor" => Self::Any(vec!["__CurrentUser__".to_owned(), "Nobody".to_owned()]),
            "id" => Self::Any(vec!["__Bookmarked__".to_owned()]),
            "priority" => Self::Any(catalog.scale().labels().map(|(name, _)| name.to_owned()).collect()),
            _ => Self::Any(vec![]),
        }
    }

    pub(super) fn input(&self, name: &str, label: &str, value: &str, completed: Option<&str>) -> Markup {
        match self {
            Self::Only(options) => html! {
                select name=(name) aria-label=(label) {
                    option value="" { "–" }
                    @for (stored, words) in options { option value=(stored) selected[stored == value] { (words) } }
                }
            },
            Self::Any(proposals) => {
                let list = format!("{name}-list");
                html! {
                    input type="text" name=(name) value=(value) aria-label=(label) autocomplete="off" list=(list) data-complete=[completed];
                    datalist id=(list) { @for proposal in proposals { option value=(proposal) {} } }
                }
            }
        }
    }
}

fn lifecycles(queues: &[Queue]) -> Vec<String> {
    let mut names: Vec<String> = queues.iter().map(|queue| queue.lifecycle.clone()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Those of the named queues, after the classes that all have (TC-259).
fn statuses(tx: &Tx, named: &[Queue]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = ["Active", "Inactive", "Initial"]
        .map(|class| (format!("__{class}__"), t(&format!("build-status-{}", class.to_lowercase())).into_owned()))
        .into();
    let catalog = tx.catalog();
    for name in lifecycles(named) {
        let Some(lifecycle) = catalog.lifecycles.get(&name) else { continue };
        for status in lifecycle.initial.iter().chain(&lifecycle.active).chain(&lifecycle.inactive) {
            if !all.iter().any(|(known, _)| known == status) {
                all.push((status.clone(), status.clone()));
            }
        }
    }
    all
}

/// Queues that a query asks for by name or lifecycle, of those that the asker may see; all of these when it asks for none.
pub(super) fn queues_named(tx: &Tx, actor: &Actor, query: Option<&Query>) -> Vec<Queue> {
    let mut wanted = Vec::new();
    if let Some(query) = query {
        collect(query, &mut wanted);
    }
    let seen = access::queues_with(tx, actor, Right::SeeQueue);
    let is_wanted = |queue: &Queue| {
        wanted.iter().any(|(field, value)| {
            let own = if *field == "queue" { &queue.name } else { &queue.lifecycle };
            own.eq_ignore_ascii_case(value)
        })
    };
    let named: Vec<Queue> = seen.iter().filter(|queue| is_wanted(queue)).cloned().collect();
    if named.is_empty() { seen } else { named }
}

fn collect<'a>(query: &'a Query, wanted: &mut Vec<(&'static str, &'a str)>) {
    match query {
        Query::And(parts) | Query::Or(parts) => parts.iter().for_each(|part| collect(part, wanted)),
        Query::Not(_) => {}
        Query::Term(term) => {
            let field = ["queue", "lifecycle"].into_iter().find(|name| term.field.is(name));
            if let (Some(field), Op::Eq, Value::Text(value)) = (field, term.op, &term.value) {
                wanted.push((field, value));
            }
        }
    }
}

/// Names of the fields of these queues that the asker may see.
pub(super) fn custom_fields(tx: &Tx, actor: &Actor, named: &[Queue]) -> Vec<String> {
    let fields = named.iter().flat_map(|queue| access::fields_with(tx, actor, queue.id, Right::SeeCustomField));
    let mut names: Vec<String> = fields.map(|field| field.name).collect();
    names.sort_unstable_by_key(|name| name.to_lowercase());
    names.dedup();
    names.truncate(MOST);
    names
}
