//! Constituencies: their queues, teams and rights, made from the base queues; made again without harm; renamed as a whole
//! (IR-164 … IR-170).

use super::{DUTY_TEAM, Seedling, own_templates, plant_queue, rights};
use crate::{Actor, Catalog, Error, Result, Tx, access};
use domain::{
    ConstituencyId, FieldId, GroupId, Right, TicketKind,
    person::EmailAddress,
    queue::{Constituency, Queue},
    setting::list,
};

const READ_ONLY: &str = "ReadOnly";
const LONGEST_NAME: usize = 80;

/// Somebody's own set of queues, team and addresses. Addresses are those of its Incident Reports queue; `None` leaves what
/// is there.
#[derive(Clone, Debug, Default)]
pub struct NewConstituency {
    pub name: String,
    pub description: String,
    pub correspond_address: Option<String>,
    pub comment_address: Option<String>,
}

/// Creates what is missing of the four queues, the groups *DutyTeam name* and *ReadOnly name*, and their grants; what is there
/// stays, but for addresses that are given. The answer is the team.
pub async fn create_constituency(tx: &mut Tx, actor: &Actor, input: NewConstituency) -> Result<GroupId> {
    access::require_global(tx, actor, Right::AdminQueue)?;
    let name = clean(&input.name)?;
    let addresses =
        [address("correspond_address", input.correspond_address)?, address("comment_address", input.comment_address)?];
    let catalog = tx.catalog();
    let known = named(&catalog, &name);
    let id = match &known {
        Some(known) => known.id,
        None => storage::queue::insert_constituency(&mut tx.db, &name, &input.description).await?,
    };
    // an existing one keeps the way its name is written
    let name = known.map_or(name, |known| known.name);
    let (queues, fields) = queues(tx, &catalog, &name, id).await?;
    if let Some(reports) = queues.iter().find(|queue| queue.kind() == TicketKind::Report) {
        let [correspond, comment] = addresses;
        let correspond = correspond.or(reports.correspond_address.clone());
        let comment = comment.or(reports.comment_address.clone());
        let text = |address: &Option<EmailAddress>| address.as_ref().map(|address| address.as_str().to_owned());
        let (correspond, comment) = (text(&correspond), text(&comment));
        storage::queue::set_addresses(&mut tx.db, reports.id, correspond.as_deref(), comment.as_deref()).await?;
    }
    let team = group(tx, &catalog, &format!("{DUTY_TEAM} {name}")).await?;
    let readers = group(tx, &catalog, &format!("{READ_ONLY} {name}")).await?;
    rights::of_team(tx, team, &queues, &fields).await?;
    // people who work for all constituencies are in DutyTeam itself (IR-170)
    let for_all = catalog.groups().find(|(_, name)| *name == DUTY_TEAM).map(|(id, _)| id);
    if let Some(for_all) = for_all {
        rights::of_team(tx, for_all, &queues, &fields).await?;
    }
    rights::of_readers(tx, readers, &queues, &fields).await?;
    rights::of_everyone(tx, &queues).await?;
    let now = tx.now();
    storage::audit::append(&mut tx.db, actor.id(), "create constituency", &name, now).await?;
    tx.catalog_changed().await?;
    Ok(team)
}

/// Its queues, those that were missing made from the base queue of their lifecycle: service levels, fields, templates (IR-165).
/// Rules apply by lifecycle, so they hold there at once.
async fn queues(tx: &mut Tx, catalog: &Catalog, name: &str, id: ConstituencyId) -> Result<(Vec<Queue>, Vec<FieldId>)> {
    let (mut queues, mut fields) = (Vec::new(), Vec::new());
    for (order, kind) in TicketKind::INCIDENT_RESPONSE.into_iter().enumerate() {
        let bases = catalog.queues().filter(|queue| queue.kind() == kind && queue.constituency.is_none());
        let base = bases.min_by_key(|queue| queue.id).ok_or_else(|| Error::invalid("name", "The base queues are missing."))?;
        fields.extend(catalog.fields_of(base.id).map(|field| field.id));
        let full_name = format!("{} - {name}", base.name);
        if let Some(queue) = catalog.queues().find(|queue| queue.kind() == kind && queue.constituency == Some(id)) {
            queues.push(queue.clone());
            continue;
        }
        let order = 10 + order as i64;
        let seedling = Seedling { name: &full_name, kind, description: &base.description, order, constituency: Some(id) };
        let queue = plant_queue(tx, seedling).await?;
        storage::queue::copy_levels(&mut tx.db, base.id, queue.id).await?;
        for field in catalog.fields_of(base.id) {
            storage::field_definition::apply(&mut tx.db, field.id, queue.id).await?;
        }
        own_templates(tx, &queue).await?;
        queues.push(queue);
    }
    fields.sort_unstable();
    fields.dedup();
    Ok((queues, fields))
}

async fn group(tx: &mut Tx, catalog: &Catalog, name: &str) -> Result<GroupId> {
    match catalog.groups().find(|(_, known)| *known == name) {
        Some((id, _)) => Ok(id),
        None => Ok(storage::group::insert(&mut tx.db, name, "").await?),
    }
}

/// Gives the constituency, every queue that carries its name, and both groups another name, or nothing (IR-167, IR-168).
pub async fn rename_constituency(tx: &mut Tx, actor: &Actor, old: &str, new: &str) -> Result<()> {
    access::require_global(tx, actor, Right::AdminQueue)?;
    let new = clean(new)?;
    let catalog = tx.catalog();
    let old = clean(old)?;
    let known = named(&catalog, &old).ok_or_else(|| Error::invalid("old", format!("There is no constituency “{old}”.")))?;
    let taken = |what: &str, name: &str| Error::invalid("new", format!("There is a {what} “{name}” already."));
    if named(&catalog, &new).is_some_and(|other| other.id != known.id) {
        return Err(taken("constituency", &new));
    }
    let groups: Vec<(GroupId, String)> = [DUTY_TEAM, READ_ONLY]
        .into_iter()
        .filter_map(|kind| {
            let (id, _) = catalog.groups().find(|(_, name)| *name == format!("{kind} {}", known.name))?;
            Some((id, format!("{kind} {new}")))
        })
        .collect();
    for (id, name) in &groups {
        if catalog.groups().any(|(other, taken)| taken == name && other != *id) {
            return Err(taken("group", name));
        }
        storage::group::rename(&mut tx.db, *id, name).await?;
    }
    for queue in catalog.queues().filter(|queue| queue.constituency == Some(known.id)) {
        let name = queue.name.replace(&known.name, &new);
        if catalog.queue_named(&name).is_some_and(|other| other.id != queue.id) {
            return Err(taken("queue", &name));
        }
        storage::queue::rename(&mut tx.db, queue.id, &name).await?;
    }
    if catalog.setting_text(list::DEFAULT_CONSTITUENCY).to_lowercase() == known.name.to_lowercase() {
        storage::setting::put(&mut tx.db, list::DEFAULT_CONSTITUENCY, &new).await?;
    }
    storage::queue::rename_constituency(&mut tx.db, known.id, &new).await?;
    let now = tx.now();
    storage::audit::append(&mut tx.db, actor.id(), "rename constituency", &format!("{} to {new}", known.name), now).await?;
    tx.catalog_changed().await
}

/// A constituency with what belongs to it.
#[derive(Clone, Debug)]
pub struct ConstituencyView {
    pub constituency: Constituency,
    pub queues: Vec<Queue>,
    pub groups: Vec<String>,
}

/// For those who administer them, by name.
pub fn constituencies(tx: &Tx, actor: &Actor) -> Result<Vec<ConstituencyView>> {
    access::require_global(tx, actor, Right::AdminQueue)?;
    let catalog = tx.catalog();
    let view = |constituency: &Constituency| ConstituencyView {
        queues: catalog.queues().filter(|queue| queue.constituency == Some(constituency.id)).cloned().collect(),
        groups: [DUTY_TEAM, READ_ONLY]
            .into_iter()
            .map(|kind| format!("{kind} {}", constituency.name))
            .filter(|name| catalog.groups().any(|(_, known)| known == name))
            .collect(),
        constituency: constituency.clone(),
    };
    let mut views: Vec<ConstituencyView> = catalog.constituencies().map(view).collect();
    views.sort_by(|one, other| one.constituency.name.cmp(&other.constituency.name));
    Ok(views)
}

fn named(catalog: &Catalog, name: &str) -> Option<Constituency> {
    catalog.constituencies().find(|known| known.name.eq_ignore_ascii_case(name)).cloned()
}

/// Trimmed, with single blanks (IR-169).
fn clean(name: &str) -> Result<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(Error::invalid("name", format!("A constituency needs a name of at most {LONGEST_NAME} characters.")));
    }
    Ok(name)
}

fn address(field: &str, text: Option<String>) -> Result<Option<EmailAddress>> {
    let text = text.filter(|text| !text.trim().is_empty());
    text.map(|text| EmailAddress::parse(text.trim()).map_err(|error| Error::invalid(field, error.to_string()))).transpose()
}
