//! Rules and templates as a YAML text: written out whole, and read in again by name. Either everything in a text is good, or nothing of
//! it is taken.

use super::{
    RuleInput, TemplateInput,
    automation::{enable_rule, rules, save_rule},
    template::{save_template, templates},
};
use crate::{Actor, Error, FieldError, Result, Tx, access};
use domain::Right;
use rules::{Definition, Effect, Schedule, Stage};
use serde::{Deserialize, Serialize};
use serde_saphyr::Spanned;

const LONGEST: usize = 5 * 1024 * 1024;

#[derive(Serialize)]
struct Written {
    templates: Vec<TemplateEntry>,
    rules: Vec<RuleEntry>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Read {
    templates: Vec<Spanned<TemplateEntry>>,
    rules: Vec<Spanned<RuleEntry>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateEntry {
    name: String,
    /// By name; none is for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    queue: Option<String>,
    #[serde(default)]
    description: String,
    content: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    name: String,
    #[serde(default = "yes")]
    enabled: bool,
    #[serde(default)]
    on: Vec<String>,
    #[serde(default)]
    lifecycles: Vec<String>,
    /// By name.
    #[serde(default)]
    queues: Vec<String>,
    #[serde(default)]
    when: String,
    #[serde(default)]
    stage: Stage,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    schedule: Option<Schedule>,
    effects: Vec<Effect>,
}

fn yes() -> bool {
    true
}

/// How many were made or changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub templates: usize,
    pub rules: usize,
}

/// Everything, in the order that rules run.
pub async fn export_rules(tx: &mut Tx, actor: &Actor) -> Result<String> {
    access::require_global(tx, actor, Right::ShowScrips)?;
    let catalog = tx.catalog();
    let queue = |id: domain::QueueId| catalog.queue(id).map(|queue| queue.name.clone());
    let all = templates(tx, actor).await?.into_iter().map(|template| TemplateEntry {
        name: template.name,
        queue: template.queue.and_then(queue),
        description: template.description,
        content: template.content,
    });
    let entry = |row: storage::rule::RuleRow| {
        let definition: Definition = serde_json::from_str(&row.definition)
            .inspect_err(|error| tracing::error!(rule = row.name, %error, "a rule that cannot be read is left out"))
            .ok()?;
        Some(RuleEntry {
            name: row.name,
            enabled: row.enabled,
            on: definition.on.iter().map(|kind| kind.as_str().to_owned()).collect(),
            lifecycles: definition.lifecycles,
            queues: definition.queues.into_iter().filter_map(queue).collect(),
            when: definition.when,
            stage: definition.stage,
            schedule: definition.schedule,
            effects: definition.effects,
        })
    };
    let templates = all.collect();
    let rules = storage::rule::all(&mut tx.db).await?.into_iter().filter_map(entry).collect();
    serde_saphyr::to_string(&Written { templates, rules }).map_err(|error| Error::Internal(anyhow::anyhow!("{error}")))
}

/// Makes what is new and changes what is other than written, by name. Every mistake is told with the line; then the caller must take
/// everything back.
pub async fn import_rules(tx: &mut Tx, actor: &Actor, text: &str) -> Result<Imported> {
    access::require_global(tx, actor, Right::ModifyScrips)?;
    access::require_global(tx, actor, Right::ModifyTemplate)?;
    if text.len() > LONGEST {
        return Err(Error::invalid("file", "A file holds at most 5 MB."));
    }
    let read: Read = serde_saphyr::from_str(text).map_err(|error| Error::invalid("file", unreadable(&error)))?;
    let mut imported = Imported::default();
    let mut errors = Vec::new();
    for entry in read.templates {
        let line = line(entry.referenced.line());
        let name = entry.value.name.clone();
        match import_template(tx, actor, entry.value).await {
            Ok(changed) => imported.templates += usize::from(changed),
            Err(error) => told(&mut errors, text, (line, &name), error)?,
        }
    }
    for entry in read.rules {
        let line = line(entry.referenced.line());
        let name = entry.value.name.clone();
        match import_rule(tx, actor, entry.value).await {
            Ok(changed) => imported.rules += usize::from(changed),
            Err(error) => told(&mut errors, text, (line, &name), error)?,
        }
    }
    Error::unless_empty(errors)?;
    Ok(imported)
}

fn line(number: impl TryInto<usize>) -> usize {
    number.try_into().unwrap_or(1)
}

fn unreadable(error: &serde_saphyr::Error) -> String {
    let message = error.to_string();
    let first = message.lines().next().unwrap_or_default().to_owned();
    match error.location() {
        Some(place) if !first.contains("line") => format!("Line {}: {first}", place.line()),
        _ => first,
    }
}

/// Adds what is wrong with an entry, each with the line of the part it is about.
fn told(errors: &mut Vec<FieldError>, text: &str, (start, name): (usize, &str), error: Error) -> Result<()> {
    let found = match error {
        Error::Invalid(found) => found,
        Error::Conflict(message) => vec![FieldError::new("name", message)],
        other => return Err(other),
    };
    for problem in found {
        let key = format!("{}:", problem.field);
        let is_key = |line: &&str| line.trim_start().trim_start_matches("- ").starts_with(&key);
        let within = text.lines().skip(start.saturating_sub(1)).take(1_000).position(|line| is_key(&line)).unwrap_or(0);
        let message = format!("Line {}, {} of “{name}”: {}", start + within, problem.field, problem.message);
        errors.push(FieldError::new("file", message));
    }
    Ok(())
}

async fn import_template(tx: &mut Tx, actor: &Actor, entry: TemplateEntry) -> Result<bool> {
    let catalog = tx.catalog();
    let queue = match &entry.queue {
        None => None,
        Some(name) => Some(queue_of(&catalog, "queue", name)?),
    };
    let known = templates(tx, actor).await?.into_iter().find(|one| one.name == entry.name && one.queue == queue);
    let TemplateEntry { name, description, content, .. } = entry;
    if known.as_ref().is_some_and(|known| known.content == content && known.description == description) {
        return Ok(false);
    }
    save_template(tx, actor, known.map(|known| known.id), TemplateInput { name, queue, description, content }).await?;
    Ok(true)
}

async fn import_rule(tx: &mut Tx, actor: &Actor, entry: RuleEntry) -> Result<bool> {
    let catalog = tx.catalog();
    let queues: Result<Vec<_>> = entry.queues.iter().map(|name| queue_of(&catalog, "queues", name)).collect();
    let effects: Vec<String> = entry.effects.iter().filter_map(|effect| serde_json::to_string(effect).ok()).collect();
    let schedule = entry.schedule.unwrap_or(Schedule { cron: String::new(), search: String::new() });
    let input = RuleInput {
        name: entry.name,
        on: entry.on,
        lifecycles: entry.lifecycles,
        queues: queues?,
        when: entry.when,
        batch: entry.stage == Stage::Batch,
        cron: schedule.cron,
        search: schedule.search,
        effects: effects.join("\n"),
    };
    let known = rules(tx, actor).await?.into_iter().find(|rule| rule.name == input.name);
    let (same, enabled) = known.as_ref().map_or((false, true), |known| (known.input == input, known.enabled));
    let id = match &known {
        Some(known) if same => known.id,
        _ => save_rule(tx, actor, known.as_ref().map(|known| known.id), input).await?,
    };
    enable_rule(tx, actor, id, entry.enabled).await?;
    Ok(!same || enabled != entry.enabled)
}

fn queue_of(catalog: &crate::Catalog, field: &str, name: &str) -> Result<domain::QueueId> {
    let queue = catalog.queue_named(name).ok_or_else(|| Error::invalid(field, format!("There is no queue “{name}”.")))?;
    Ok(queue.id)
}
