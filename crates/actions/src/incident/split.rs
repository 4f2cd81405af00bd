//! A Report about several addresses or names made into one Report for each (IR-421, IR-598).

use super::texts;
use crate::{
    Actor, Error, Result, Tx, access,
    message::NewMessage,
    ticket::{Create, FieldInput, create, show},
};
use domain::{FieldId, Right, Role, TicketId, TicketKind, person::PersonName};

/// Fields whose values a Report can be split by.
const FIELDS: [&str; 2] = ["IP", "Domain"];
/// More at once are a list, not matters of their own.
pub const MOST_PARTS: usize = 150;

/// One matter of a Report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    pub field: FieldId,
    pub name: String,
    pub value: String,
}

/// What the Report could be split by. Needs `ModifyTicket`, as splitting does.
pub async fn matters(tx: &mut Tx, actor: &Actor, report: TicketId) -> Result<Vec<Matter>> {
    let ticket = access::ticket_for(tx, actor, report, Right::ModifyTicket).await?;
    if ticket.kind != TicketKind::Report {
        return Err(Error::NotFound);
    }
    let view = show::view(tx, actor, ticket.id).await?;
    let fields = view.fields.iter().filter(|shown| FIELDS.contains(&shown.field.name.as_str()));
    let one = |shown: &show::FieldView, value: &String| Matter {
        field: shown.field.id,
        name: shown.field.name.clone(),
        value: value.clone(),
    };
    Ok(fields.flat_map(|shown| shown.values.iter().map(move |value| one(shown, value))).collect())
}

/// A Report for each of the values: same queue, people and Incidents, the value and the lines about it, and a link to the
/// original, which stays. Nobody is mailed: the reporter heard of the original.
pub async fn split_by(tx: &mut Tx, actor: &Actor, report: TicketId, values: &[String]) -> Result<Vec<TicketId>> {
    let all = matters(tx, actor, report).await?;
    let wanted: Vec<&Matter> = all.iter().filter(|matter| values.contains(&matter.value)).collect();
    let strange = values.iter().find(|value| !all.iter().any(|matter| matter.value == **value));
    if let Some(value) = strange {
        return Err(Error::invalid("values", format!("#{report} does not hold “{value}”.")));
    }
    if wanted.is_empty() || wanted.len() > MOST_PARTS {
        return Err(Error::invalid("values", format!("Choose at least one, at most {MOST_PARTS}.")));
    }
    let view = show::view(tx, actor, report).await?;
    let text = texts(tx, actor, &view.ticket).await?;
    let people = |role| view.holders(role).map(|user| PersonName::Login(user.name.clone())).collect::<Vec<_>>();
    let mut made = Vec::with_capacity(wanted.len());
    for matter in wanted {
        let mut message = NewMessage::text(excerpt(&text, matter, &all));
        message.squelched = view.people.iter().filter_map(|(_, user)| user.email.clone()).collect();
        let input = Create {
            owner: Some(actor.user.name.clone()),
            requestors: people(Role::Requestor),
            ccs: people(Role::Cc),
            admin_ccs: people(Role::AdminCc),
            fields: vec![FieldInput { field: matter.field, values: vec![matter.value.clone()] }],
            incidents: view.incidents().map(|parent| parent.ticket.id).collect(),
            refers_to: vec![view.ticket.id.to_string()],
            ..Create::new(view.ticket.queue, format!("{} ({})", view.ticket.subject, matter.value), message)
        };
        made.push(create(tx, actor, input).await?.ticket);
    }
    Ok(made)
}

/// The lines that speak of this matter and of no other.
fn excerpt(text: &str, matter: &Matter, all: &[Matter]) -> String {
    let speaks_of = |line: &str, value: &str| line.to_lowercase().contains(&value.to_lowercase());
    let is_other = |other: &&Matter| other.value != matter.value && !speaks_of(&matter.value, &other.value);
    let about = text
        .lines()
        .filter(|line| speaks_of(line, &matter.value) && !all.iter().filter(is_other).any(|other| speaks_of(line, &other.value)));
    let lines: Vec<&str> = about.collect();
    if lines.is_empty() { matter.value.clone() } else { lines.join("\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_holds_what_is_said_of_one_matter_alone() {
        let matter = |value: &str| Matter { field: FieldId(1), name: "IP".into(), value: value.into() };
        let all = [matter("192.0.2.7"), matter("198.51.100.4")];
        let text = "Scans from 192.0.2.7 all day\n198.51.100.4 and 192.0.2.7 together\nfrom 192.0.2.7 again";
        assert_eq!(excerpt(text, &all[0], &all), "Scans from 192.0.2.7 all day\nfrom 192.0.2.7 again");
        assert_eq!(excerpt(text, &all[1], &all), "198.51.100.4");
    }
}
