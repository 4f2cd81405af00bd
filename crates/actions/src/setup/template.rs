//! Templates as administrators see and change them (TC-151, TC-157).

use super::automation::audited;
use crate::{Actor, Error, FieldError, Result, Tx, access};
use domain::{QueueId, Right, TemplateId};
pub use storage::template::Template as TemplateView;

const LONGEST_NAME: usize = 200;
const LONGEST: usize = 200_000;

/// What a form or a file says about a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateInput {
    pub name: String,
    /// None: for every queue that has none of this name for itself.
    pub queue: Option<QueueId>,
    pub description: String,
    pub content: String,
}

/// Every name that a template can use, but those of single custom fields.
pub fn template_names() -> impl Iterator<Item = &'static str> {
    rules::NAMES.iter().map(|(name, _)| *name)
}

/// Every template, by name.
pub async fn templates(tx: &mut Tx, actor: &Actor) -> Result<Vec<TemplateView>> {
    access::require_global(tx, actor, Right::ShowTemplate)?;
    Ok(storage::template::all(&mut tx.db).await?)
}

pub async fn template(tx: &mut Tx, actor: &Actor, id: TemplateId) -> Result<TemplateView> {
    templates(tx, actor).await?.into_iter().find(|template| template.id == id).ok_or(Error::NotFound)
}

/// Writes a new template, or replaces one. What is wrong with it is told with the line.
pub async fn save_template(tx: &mut Tx, actor: &Actor, id: Option<TemplateId>, input: TemplateInput) -> Result<TemplateId> {
    access::require_global(tx, actor, Right::ModifyTemplate)?;
    let all = storage::template::all(&mut tx.db).await?;
    let name = input.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = TemplateView {
        id: id.unwrap_or(TemplateId(0)),
        queue: input.queue,
        name,
        description: input.description.trim().to_owned(),
        content: input.content.replace("\r\n", "\n"),
    };
    Error::unless_empty(check(tx, &wanted, &all))?;
    let id = match id {
        Some(id) => {
            let old = all.iter().find(|template| template.id == id).ok_or(Error::NotFound)?;
            if old.name != wanted.name || old.queue.is_none() && wanted.queue.is_some() {
                not_in_use(tx, old, &all).await?;
            }
            if *old == wanted {
                return Ok(id);
            }
            storage::template::update(&mut tx.db, &wanted).await?;
            id
        }
        None => storage::template::insert(&mut tx.db, wanted.queue, &wanted.name, &wanted.description, &wanted.content).await?,
    };
    audited(tx, actor, "save template", &format!("{}: {}", called(tx, &wanted), wanted.content)).await?;
    Ok(id)
}

fn check(tx: &Tx, wanted: &TemplateView, all: &[TemplateView]) -> Vec<FieldError> {
    let catalog = tx.catalog();
    let mut errors = Vec::new();
    if wanted.name.is_empty() || wanted.name.chars().count() > LONGEST_NAME {
        errors.push(FieldError::new("name", "A template needs a name of at most 200 characters."));
    }
    if all.iter().any(|other| other.id != wanted.id && other.name == wanted.name && other.queue == wanted.queue) {
        errors.push(FieldError::new("name", "There is a template of this name already."));
    }
    if let Some(id) = wanted.queue.filter(|id| catalog.queue(*id).is_none()) {
        errors.push(FieldError::new("queue", format!("There is no queue {id}.")));
    }
    if wanted.content.len() > LONGEST {
        errors.push(FieldError::new("content", "A template holds at most 200 000 bytes."));
    } else if let Some(problem) = problem(tx, &wanted.content) {
        errors.push(FieldError::new("content", problem));
    }
    errors
}

/// What keeps a text from being a template, with its line.
pub(crate) fn problem(tx: &Tx, content: &str) -> Option<String> {
    let catalog = tx.catalog();
    let fields: Vec<&str> = catalog.fields().map(|field| field.name.as_str()).collect();
    rules::check_template("", content, &fields).err().map(|error| told(&error))
}

/// An error beside the text it is about, which needs no name.
pub(crate) fn told(error: &rules::InvalidTemplate) -> String {
    match error.line {
        Some(line) => format!("Line {line}: {}.", error.message),
        None => format!("{}.", error.message),
    }
}

/// Takes a template away that no rule needs.
pub async fn delete_template(tx: &mut Tx, actor: &Actor, id: TemplateId) -> Result<()> {
    access::require_global(tx, actor, Right::ModifyTemplate)?;
    let all = storage::template::all(&mut tx.db).await?;
    let template = all.iter().find(|template| template.id == id).ok_or(Error::NotFound)?;
    not_in_use(tx, template, &all).await?;
    storage::template::delete(&mut tx.db, id).await?;
    audited(tx, actor, "delete template", &called(tx, template)).await
}

/// Where there is one for all queues, a queue's own may go; otherwise no rule may name it, whether it is switched on or not.
async fn not_in_use(tx: &mut Tx, template: &TemplateView, all: &[TemplateView]) -> Result<()> {
    let general = all.iter().any(|other| other.id != template.id && other.name == template.name && other.queue.is_none());
    if template.queue.is_some() && general {
        return Ok(());
    }
    let rows = storage::rule::all(&mut tx.db).await?;
    let uses = |row: &&storage::rule::RuleRow| {
        let definition = serde_json::from_str::<rules::Definition>(&row.definition);
        definition.is_ok_and(|rule| rule.effects.iter().any(|effect| effect.template() == Some(&template.name)))
    };
    let names: Vec<String> = rows.iter().filter(uses).map(|row| format!("“{}”", row.name)).collect();
    if names.is_empty() {
        return Ok(());
    }
    Err(Error::Conflict(format!("Rules use the template “{}”: {}.", template.name, names.join(", "))))
}

fn called(tx: &Tx, template: &TemplateView) -> String {
    let catalog = tx.catalog();
    match template.queue.and_then(|id| catalog.queue(id)) {
        Some(queue) => format!("{} ({})", template.name, queue.name),
        None => template.name.clone(),
    }
}
