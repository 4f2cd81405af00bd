//! The list of a field's values, as a text of lines: `name | description | category`.

use super::{record, require};
use crate::{Actor, Error, Result, Tx};
use domain::{
    FieldId, Right,
    custom_field::{CustomField, FieldOption},
};

const MOST: usize = 5_000;
const LONGEST: usize = 255;

/// As the page shows them, one a line.
#[must_use]
pub fn option_lines(field: &CustomField) -> String {
    let line = |option: &FieldOption| {
        let parts = [option.name.as_str(), &option.description, &option.category];
        parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
    };
    field.options.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Replaces the list; what tickets hold already stays there.
pub async fn set_options(tx: &mut Tx, actor: &Actor, id: FieldId, lines: &str) -> Result<()> {
    require(tx, actor, Right::AdminCustomFieldValues, id).or_else(|_| require(tx, actor, Right::AdminCustomField, id))?;
    let field = tx.catalog().field(id).cloned().ok_or(Error::NotFound)?;
    if !field.kind.has_options() || !field.source.is_empty() {
        return Err(Error::invalid("options", "The values of this field are not a list of its own."));
    }
    let options = read(lines)?;
    storage::field_definition::set_options(&mut tx.db, id, &options).await?;
    record(tx, actor, "set values of custom field", &field.name).await
}

fn read(lines: &str) -> Result<Vec<FieldOption>> {
    let mut options: Vec<FieldOption> = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut parts = line.splitn(3, '|').map(|part| part.trim().to_owned());
        let option = FieldOption {
            name: parts.next().unwrap_or_default(),
            description: parts.next().unwrap_or_default(),
            category: parts.next().unwrap_or_default(),
        };
        if option.name.is_empty() || option.name.chars().count() > LONGEST {
            return Err(Error::invalid("options", format!("“{}” is not a value.", line.chars().take(60).collect::<String>())));
        }
        if options.iter().any(|known| known.name.eq_ignore_ascii_case(&option.name)) {
            return Err(Error::invalid("options", format!("“{}” is there twice.", option.name)));
        }
        options.push(option);
    }
    if options.len() > MOST { Err(Error::invalid("options", format!("At most {MOST} values."))) } else { Ok(options) }
}
