//! Commands become the verbs that pages call, one line after the other.

use actions::ticket::{self, Basics, FieldInput, Link, PeopleInput, Update, update};
use actions::{Error, Tx, access, lists};
use domain::person::PersonName;
use domain::{FieldId, Role, TicketId, moment, worktime};
use jiff::Timestamp;

use super::lines::{Command, Line, Manner};
use super::{Commands, refused};
use crate::process::attempt::Failure;
use crate::process::refusal::Refusal;
use crate::process::sender::Sender;

pub(in crate::process) async fn carry_out(
    tx: &mut Tx,
    sender: &Sender,
    id: TicketId,
    commands: Commands,
    refusal: &Refusal,
) -> Result<(), Failure> {
    for line in in_order(commands.0, sender) {
        one(tx, sender, id, &line).await.map_err(|error| refused(refusal, &line, error))?;
    }
    Ok(())
}

/// Who takes a ticket does so first, and who gives it away does so last: in between they may do what owners may. The values of a
/// field that is set several times belong together.
fn in_order(lines: Vec<Line>, sender: &Sender) -> Vec<Line> {
    let mut all: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        let same = |known: &&mut Line| matches!(known.command, Command::Field(Manner::Set, _)) && known.command == line.command;
        match all.iter_mut().find(same) {
            Some(known) => known.value = format!("{}\n{}", known.value, line.value),
            None => all.push(line),
        }
    }
    all.sort_by_key(|line| match line.command {
        Command::Owner if is_oneself(&line.value, sender) => 0,
        Command::Owner => 2,
        _ => 1,
    });
    all
}

fn is_oneself(value: &str, sender: &Sender) -> bool {
    let user = &sender.actor.user;
    value.eq_ignore_ascii_case("me")
        || value.eq_ignore_ascii_case(&user.name)
        || value.eq_ignore_ascii_case(sender.address.as_str())
}

async fn one(tx: &mut Tx, sender: &Sender, id: TicketId, line: &Line) -> Result<(), Error> {
    let (actor, value) = (&sender.actor, line.value.as_str());
    let changed = match &line.command {
        Command::Link(kind) => {
            let target = value.trim_start_matches('#').parse().map_err(|_| Error::NotFound)?;
            return ticket::link(tx, actor, Link { kind: *kind, base: id, target }).await.map(drop);
        }
        Command::Add(role) => {
            let people = PersonName::parse_list(value).map_err(|error| Error::invalid("who", error.to_string()))?;
            return ticket::add_named(tx, actor, id, PeopleInput { role: *role, people }).await.map(drop);
        }
        Command::Remove(role) => return remove(tx, sender, id, (*role, value)).await,
        Command::Field(manner, name) => {
            let field = field(tx, sender, id, name).await?;
            let values = value.lines().filter(|value| !value.is_empty()).map(str::to_owned).collect();
            match manner {
                Manner::Add => return ticket::add_values(tx, actor, id, FieldInput { field, values }).await.map(drop),
                Manner::Remove => return ticket::remove_value(tx, actor, id, field, value).await.map(drop),
                Manner::Set => Update { fields: vec![FieldInput { field, values }], ..Update::default() },
            }
        }
        Command::Status => Update { status: Some(value.to_owned()), ..Update::default() },
        Command::Owner if is_oneself(value, sender) => Update { owner: Some(actor.user.name.clone()), ..Update::default() },
        Command::Owner => Update { owner: Some(value.to_owned()), ..Update::default() },
        Command::Queue => {
            let queue = tx.catalog().queue_named(value).map(|queue| queue.id).ok_or(Error::NotFound)?;
            Update { queue: Some(queue), ..Update::default() }
        }
        _ => Update { basics: basics(tx, sender, id, line).await?, ..Update::default() },
    };
    update(tx, actor, id, changed).await.map(drop)
}

async fn remove(tx: &mut Tx, sender: &Sender, id: TicketId, (role, value): (Role, &str)) -> Result<(), Error> {
    let people = PersonName::parse_list(value).map_err(|error| Error::invalid("who", error.to_string()))?;
    let view = ticket::show::view(tx, &sender.actor, id).await?;
    for name in people {
        let is = |user: &domain::person::User| match &name {
            PersonName::Address { address, .. } => user.email.as_ref() == Some(address),
            PersonName::Login(login) => user.name.eq_ignore_ascii_case(login),
        };
        let user = view.holders(role).find(|user| is(user)).ok_or(Error::NotFound)?.id;
        ticket::remove_person(tx, &sender.actor, id, role, user).await?;
    }
    Ok(())
}

async fn field(tx: &mut Tx, sender: &Sender, id: TicketId, name: &str) -> Result<FieldId, Error> {
    let queue = access::ticket(tx, &sender.actor, id).await?.queue;
    tx.catalog().field_named(queue, name).map(|field| field.id).ok_or(Error::NotFound)
}

/// Numbers, times and dates, read as forms read them. An empty date unsets it.
async fn basics(tx: &mut Tx, sender: &Sender, id: TicketId, line: &Line) -> Result<Basics, Error> {
    let value = line.value.as_str();
    let queue = access::ticket(tx, &sender.actor, id).await?.queue;
    let (catalog, now) = (tx.catalog(), tx.now());
    let zone = lists::zone_of(&sender.actor);
    let wrong = |what: &str| Error::invalid("value", format!("“{value}” is no {what}"));
    let number = || {
        let scale = catalog.queue(queue).map_or_else(|| catalog.scale(), |queue| catalog.scale_of(queue));
        scale.read(value).map(Some).ok_or_else(|| wrong("priority"))
    };
    let minutes = || worktime::read(value, worktime::Unit::Minutes).map(Some).ok_or_else(|| wrong("time"));
    let date = || -> Result<Option<Option<Timestamp>>, Error> {
        if value.is_empty() {
            return Ok(Some(None));
        }
        moment::read(value, now, &zone).map(|date| Some(Some(date))).ok_or_else(|| wrong("date"))
    };
    Ok(match line.command {
        Command::Subject => Basics { subject: Some(value.to_owned()), ..Basics::default() },
        Command::Priority => Basics { priority: number()?, ..Basics::default() },
        Command::FinalPriority => Basics { final_priority: number()?, ..Basics::default() },
        Command::TimeWorked => Basics { time_worked: minutes()?, ..Basics::default() },
        Command::TimeEstimated => Basics { time_estimated: minutes()?, ..Basics::default() },
        Command::TimeLeft => Basics { time_left: minutes()?, ..Basics::default() },
        Command::Starts => Basics { starts: date()?, ..Basics::default() },
        Command::Started => Basics { started: date()?, ..Basics::default() },
        Command::Due => Basics { due: date()?, ..Basics::default() },
        Command::Told => Basics { told: date()?, ..Basics::default() },
        _ => Basics::default(),
    })
}
