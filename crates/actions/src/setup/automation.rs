//! Automation rules as administrators see and change them (IR-171, TC-148, TC-161).

use crate::{Actor, Error, FieldError, Result, Tx, access, lists};
pub use ::rules::{FORMS as EFFECT_FORMS, Part as EffectPart, ToAuthor};
use domain::{QueueId, Right, RuleId, change::ChangeKind, link::direction};
use jiff::Timestamp;
use rules::{CONDITIONS, Definition, Effect, Rule, Schedule, Stage};
use storage::rule::RuleRow;
pub use storage::rule::Run;

/// A rule as a page shows it.
#[derive(Clone, Debug)]
pub struct RuleView {
    pub id: RuleId,
    pub name: String,
    pub enabled: bool,
    /// What it is made of; empty where the stored text cannot be read.
    pub input: RuleInput,
    /// Why it cannot be used, if so.
    pub problem: Option<String>,
    pub last_run: Option<Timestamp>,
    /// One of the runs that are still known failed.
    pub failed: bool,
}

/// What a form or a script says about a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleInput {
    pub name: String,
    /// Names of the kinds of change it answers.
    pub on: Vec<String>,
    /// None means all.
    pub lifecycles: Vec<String>,
    pub queues: Vec<QueueId>,
    pub when: String,
    /// At the end of the whole update, once a ticket.
    pub batch: bool,
    /// A pattern as in a crontab, for a rule by the clock, and the tickets that it runs on then; both empty for others.
    pub cron: String,
    pub search: String,
    /// One a line, as JSON.
    pub effects: String,
}

/// A condition ready to be taken over.
#[derive(Clone, Copy, Debug)]
pub struct ReadyCondition {
    pub name: &'static str,
    pub on: &'static [ChangeKind],
    pub when: &'static str,
}

pub fn ready_conditions() -> impl Iterator<Item = ReadyCondition> {
    CONDITIONS.iter().map(|condition| ReadyCondition { name: condition.name, on: condition.on, when: condition.when })
}

/// Every rule, in the order they run.
pub async fn rules(tx: &mut Tx, actor: &Actor) -> Result<Vec<RuleView>> {
    access::require_global(tx, actor, Right::ShowScrips)?;
    let records = storage::rule::records(&mut tx.db).await?;
    let view = |row: RuleRow| {
        let record = records.iter().find(|record| record.rule.0 == row.id);
        view(&row, record.and_then(|record| record.last), record.is_some_and(|record| record.failures))
    };
    Ok(storage::rule::all(&mut tx.db).await?.into_iter().map(view).collect())
}

pub async fn rule(tx: &mut Tx, actor: &Actor, id: RuleId) -> Result<RuleView> {
    rules(tx, actor).await?.into_iter().find(|rule| rule.id == id).ok_or(Error::NotFound)
}

/// The newest runs of a rule, or the newest that failed.
pub async fn rule_runs(tx: &mut Tx, actor: &Actor, id: RuleId, only_failed: bool, limit: i64) -> Result<Vec<Run>> {
    access::require_global(tx, actor, Right::ShowScrips)?;
    Ok(storage::rule::runs(&mut tx.db, id, only_failed, limit).await?)
}

fn view(row: &RuleRow, last_run: Option<Timestamp>, failed: bool) -> RuleView {
    let read = Rule::read(RuleId(row.id), &row.name, &row.definition);
    let problem = read.as_ref().err().map(ToString::to_string);
    let input = serde_json::from_str::<Definition>(&row.definition).map(|definition| input(&row.name, &definition));
    let input = input.unwrap_or_else(|_| RuleInput { name: row.name.clone(), ..RuleInput::default() });
    RuleView { id: RuleId(row.id), name: row.name.clone(), enabled: row.enabled, input, problem, last_run, failed }
}

fn input(name: &str, definition: &Definition) -> RuleInput {
    let effects: Vec<String> = definition.effects.iter().filter_map(|effect| serde_json::to_string(effect).ok()).collect();
    RuleInput {
        name: name.to_owned(),
        on: definition.on.iter().map(|kind| kind.as_str().to_owned()).collect(),
        lifecycles: definition.lifecycles.clone(),
        queues: definition.queues.clone(),
        when: definition.when.clone(),
        batch: definition.stage == Stage::Batch,
        cron: definition.schedule.as_ref().map(|schedule| schedule.cron.clone()).unwrap_or_default(),
        search: definition.schedule.as_ref().map(|schedule| schedule.search.clone()).unwrap_or_default(),
        effects: effects.join("\n"),
    }
}

/// Writes a new rule, which is switched on and runs last, or replaces one.
pub async fn save_rule(tx: &mut Tx, actor: &Actor, id: Option<RuleId>, input: RuleInput) -> Result<RuleId> {
    access::require_global(tx, actor, Right::ModifyScrips)?;
    let rows = storage::rule::all(&mut tx.db).await?;
    let name = input.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut errors = check_name(&name, id, &rows);
    let definition = definition(tx, actor, &input, &mut errors);
    Error::unless_empty(errors)?;
    let text = serde_json::to_string(&definition).map_err(|error| Error::Internal(error.into()))?;
    let id = match id {
        Some(id) => {
            let row = rows.into_iter().find(|row| row.id == id.0).ok_or(Error::NotFound)?;
            storage::rule::update(&mut tx.db, &RuleRow { name: name.clone(), definition: text.clone(), ..row }).await?;
            id
        }
        None => storage::rule::append(&mut tx.db, &name, &text, true).await?,
    };
    audited(tx, actor, "save rule", &format!("{name}: {text}")).await?;
    Ok(id)
}

fn check_name(name: &str, id: Option<RuleId>, rows: &[RuleRow]) -> Vec<FieldError> {
    let wrong = |message: &str| vec![FieldError::new("name", message)];
    if name.is_empty() || name.chars().count() > 200 {
        return wrong("A rule needs a name of at most 200 characters.");
    }
    if rows.iter().any(|row| row.name == name && Some(row.id) != id.map(|id| id.0)) {
        return wrong("There is a rule of this name already.");
    }
    vec![]
}

pub(super) fn definition(tx: &Tx, actor: &Actor, input: &RuleInput, errors: &mut Vec<FieldError>) -> Definition {
    let catalog = tx.catalog();
    let schedule = schedule(tx, actor, input, errors);
    let on: Vec<ChangeKind> = input.on.iter().filter_map(|kind| ChangeKind::parse(kind)).collect();
    if schedule.is_some() != on.is_empty() || on.len() != input.on.len() {
        errors.push(FieldError::new("on", "Choose what the rule answers: changes, or the clock."));
    }
    for name in input.lifecycles.iter().filter(|name| catalog.lifecycles.get(name).is_none()) {
        errors.push(FieldError::new("lifecycles", format!("There is no lifecycle “{name}”.")));
    }
    for id in input.queues.iter().filter(|id| catalog.queue(**id).is_none()) {
        errors.push(FieldError::new("queues", format!("There is no queue {id}.")));
    }
    if let Err(problem) = rules::check_condition(&input.when) {
        errors.push(FieldError::new("when", problem));
    }
    Definition {
        on,
        lifecycles: input.lifecycles.clone(),
        queues: input.queues.clone(),
        when: input.when.trim().to_owned(),
        stage: if input.batch { Stage::Batch } else { Stage::Immediate },
        schedule,
        effects: effects(tx, &input.effects, errors),
    }
}

/// A rule by the clock answers no change, and its search says everything.
fn schedule(tx: &Tx, actor: &Actor, input: &RuleInput, errors: &mut Vec<FieldError>) -> Option<Schedule> {
    let (cron, search) = (input.cron.trim(), input.search.trim());
    if cron.is_empty() && search.is_empty() {
        return None;
    }
    if let Err(problem) = rules::check_cron(cron) {
        errors.push(FieldError::new("cron", problem));
    }
    let checked = match query::parse(search) {
        Ok(query) => lists::check(tx, actor, &query, search).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    if let Err(problem) = checked {
        errors.push(FieldError::new("search", problem));
    }
    if !input.when.trim().is_empty() || input.batch {
        errors.push(FieldError::new("when", "A rule by the clock has a search in place of a condition and a stage."));
    }
    Some(Schedule { cron: cron.to_owned(), search: search.to_owned() })
}

fn effects(tx: &Tx, text: &str, errors: &mut Vec<FieldError>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match serde_json::from_str::<Effect>(line) {
            Ok(effect) => {
                errors.extend(missing(tx, &effect).map(|problem| FieldError::new("effects", problem)));
                effects.push(effect);
            }
            Err(error) => errors.push(FieldError::new("effects", format!("“{line}” is no effect: {error}."))),
        }
    }
    if effects.is_empty() && !errors.iter().any(|error| error.field == "effects") {
        errors.push(FieldError::new("effects", "A rule without an effect does nothing."));
    }
    effects
}

/// What an effect names that there is not.
fn missing(tx: &Tx, effect: &Effect) -> Option<String> {
    let catalog = tx.catalog();
    if let Some(name) = effect.template().filter(|name| !catalog.has_template(name)) {
        return Some(format!("There is no template “{name}”."));
    }
    if let Some(name) = effect.field().filter(|name| !catalog.fields().any(|field| field.name.eq_ignore_ascii_case(name))) {
        return Some(format!("There is no custom field “{name}”."));
    }
    let relation = |word: &str| direction(word).is_none().then(|| format!("There is no relation “{word}”."));
    match effect {
        Effect::Call { receiver } if !tx.desk().receivers().contains(receiver) => {
            Some(format!("The configuration of this machine names no receiver “{receiver}”."))
        }
        Effect::CreateTicket { queue, .. } if catalog.queue_named(queue).is_none() => {
            Some(format!("There is no queue “{queue}”."))
        }
        Effect::CreateTicket { relation: Some(word), .. } => relation(word),
        Effect::Link { relation: word, target } => relation(word).or_else(|| unusable_target(target)),
        Effect::SetStatus { status } if !catalog.lifecycles.iter().any(|lifecycle| lifecycle.class(status).is_some()) => {
            Some(format!("There is no status “{status}”."))
        }
        _ => None,
    }
}

/// A number, or an address that a browser can safely be sent to.
fn unusable_target(target: &str) -> Option<String> {
    let is_number = target.trim_start_matches('#').parse::<domain::TicketId>().is_ok();
    let is_address = ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
    (!is_number && !is_address).then(|| format!("“{target}” is neither a ticket’s number nor an address outside."))
}

/// Switches a rule on or off.
pub async fn enable_rule(tx: &mut Tx, actor: &Actor, id: RuleId, enabled: bool) -> Result<()> {
    access::require_global(tx, actor, Right::ModifyScrips)?;
    let row = storage::rule::all(&mut tx.db).await?.into_iter().find(|row| row.id == id.0).ok_or(Error::NotFound)?;
    if row.enabled == enabled {
        return Ok(());
    }
    let name = row.name.clone();
    storage::rule::update(&mut tx.db, &RuleRow { enabled, ..row }).await?;
    audited(tx, actor, if enabled { "enable rule" } else { "disable rule" }, &name).await
}

/// One place up or down in the order they run.
pub async fn move_rule(tx: &mut Tx, actor: &Actor, id: RuleId, up: bool) -> Result<()> {
    access::require_global(tx, actor, Right::ModifyScrips)?;
    let mut rows = storage::rule::all(&mut tx.db).await?;
    let place = rows.iter().position(|row| row.id == id.0).ok_or(Error::NotFound)?;
    let other = if up { place.checked_sub(1) } else { Some(place + 1).filter(|next| *next < rows.len()) };
    let Some(other) = other else { return Ok(()) };
    rows.swap(place, other);
    let mut name = String::new();
    for (position, row) in (1..).zip(rows) {
        if row.id == id.0 {
            name.clone_from(&row.name);
        }
        if row.position != position {
            storage::rule::update(&mut tx.db, &RuleRow { position, ..row }).await?;
        }
    }
    audited(tx, actor, "move rule", &format!("{name}: {}", if up { "up" } else { "down" })).await
}

pub(super) async fn audited(tx: &mut Tx, actor: &Actor, kind: &str, data: &str) -> Result<()> {
    let now = tx.now();
    storage::audit::append(&mut tx.db, actor.id(), kind, data, now).await?;
    tx.catalog_changed().await
}

/// So many runs are remembered.
const RUNS_KEPT: i64 = 100_000;

/// Forgets old runs of rules.
pub async fn prune_rule_runs(desk: &crate::Desk) -> Result<u64> {
    let mut tx = desk.write().await?;
    let gone = storage::rule::prune(&mut tx.db, RUNS_KEPT).await?;
    tx.commit().await?;
    Ok(gone)
}
