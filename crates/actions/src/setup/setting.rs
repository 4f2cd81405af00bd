//! Choosing the options of the installation (IR section 19).

use crate::{Actor, Door, Error, FieldError, Result, Tx, access};
use domain::{
    Right, TicketKind,
    fourth_type::FourthType,
    setting::{self, Kind, Setting, list},
};

/// An option as a page or a command shows it.
#[derive(Clone, Debug)]
pub struct SettingView {
    pub setting: &'static Setting,
    /// What holds; nothing for a secret (IR-555).
    pub value: String,
    pub is_chosen: bool,
    /// Why the stored value cannot be used, if so.
    pub problem: Option<String>,
}

pub fn settings(tx: &Tx, actor: &Actor) -> Result<Vec<SettingView>> {
    access::require_global(tx, actor, Right::ShowConfigTab)?;
    Ok(setting::all().map(|setting| view(tx, setting)).collect())
}

fn view(tx: &Tx, setting: &'static Setting) -> SettingView {
    let catalog = tx.catalog();
    let problems = catalog.setting_problems();
    SettingView {
        setting,
        value: setting.kind.shown(catalog.setting_text(setting.name)).to_owned(),
        is_chosen: catalog.setting_is_chosen(setting.name),
        problem: problems.iter().find(|(name, _)| *name == setting.name).map(|(_, problem)| problem.clone()),
    }
}

/// By our name or RTIR's.
pub fn setting_named(name: &str) -> Result<&'static Setting> {
    setting::named(name).ok_or_else(|| Error::invalid("name", format!("There is no setting “{name}”.")))
}

/// Sets several at once, all or none; everything wrong is told with the setting's name. `None` goes back to the default.
/// What holds already leaves no trace. Returns how many changed.
pub async fn set_settings(tx: &mut Tx, actor: &Actor, wishes: &[(&str, Option<&str>)]) -> Result<usize> {
    access::require_global(tx, actor, Right::SuperUser)?;
    let catalog = tx.catalog();
    let mut errors = Vec::new();
    let mut steps: Vec<(&Setting, Option<String>)> = Vec::new();
    for (name, wish) in wishes {
        let setting = setting_named(name)?;
        let value = wish.map(|text| catalog.check_setting(setting, text)).transpose();
        match value {
            Err(problem) => errors.push(FieldError::new(setting.name, problem)),
            Ok(value) if is_news(tx, setting, value.as_deref()) => {
                if setting.fixed && matches!(actor.door, Door::Web | Door::Rest2) {
                    errors
                        .push(FieldError::new(setting.name, "This setting is changed on the machine: `watchbell setting set`."));
                }
                steps.push((setting, value));
            }
            Ok(_) => {}
        }
    }
    Error::unless_empty(errors)?;
    for (setting, value) in &steps {
        store(tx, actor, setting, value.as_deref()).await?;
        if setting.name == list::FOURTH_TYPE {
            let called = FourthType::parse(value.as_deref().unwrap_or(setting.default)).unwrap_or_default();
            rename_queues(tx, actor, called).await?;
        }
    }
    if !steps.is_empty() {
        tx.catalog_changed().await?;
    }
    Ok(steps.len())
}

/// Queues that bear the other name, alone or before a constituency's, follow the setting (IR-011); those of a site's own naming stay. Both names go on
/// finding them, so nothing that speaks of them has to be changed.
async fn rename_queues(tx: &mut Tx, actor: &Actor, called: FourthType) -> Result<()> {
    let (catalog, now) = (tx.catalog(), tx.now());
    for queue in catalog.queues().filter(|queue| queue.kind() == TicketKind::Countermeasure) {
        let Some(name) = called.queue_name(&queue.name) else { continue };
        if catalog.queues().any(|other| other.name.eq_ignore_ascii_case(&name)) {
            let problem = format!("There is a queue “{name}” already; give it another name first.");
            return Err(Error::invalid(list::FOURTH_TYPE, problem));
        }
        storage::queue::rename(&mut tx.db, queue.id, &name).await?;
        storage::audit::append(&mut tx.db, actor.id(), "rename queue", &format!("{} to {name}", queue.name), now).await?;
    }
    Ok(())
}

fn is_news(tx: &Tx, setting: &Setting, value: Option<&str>) -> bool {
    let catalog = tx.catalog();
    let broken = catalog.setting_problems().iter().any(|(name, _)| *name == setting.name);
    match value {
        None => broken || catalog.setting_is_chosen(setting.name),
        // a form sends an empty text for a secret that it could not show
        Some("") if setting.kind == Kind::Secret => false,
        Some(value) => broken || value != catalog.setting_text(setting.name),
    }
}

async fn store(tx: &mut Tx, actor: &Actor, setting: &Setting, value: Option<&str>) -> Result<()> {
    let old = tx.catalog().setting_text(setting.name).to_owned();
    match value {
        Some(value) => storage::setting::put(&mut tx.db, setting.name, value).await?,
        None => drop(storage::setting::remove(&mut tx.db, setting.name).await?),
    }
    let shown = |text: &str| if setting.kind == Kind::Secret { "(secret)".to_owned() } else { format!("“{text}”") };
    let new = value.map_or_else(|| format!("{} (default)", shown(setting.default)), shown);
    let data = format!("{}: {} to {new}", setting.name, shown(&old));
    let now = tx.now();
    Ok(storage::audit::append(&mut tx.db, actor.id(), "set setting", &data, now).await?)
}
