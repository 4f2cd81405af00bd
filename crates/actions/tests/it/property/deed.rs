//! What people do in the property test.

use super::Family;
use actions::{
    Actor, Result, Tx, incident,
    message::NewMessage,
    ticket::{self, Basics, FieldInput, OwnerChange, PeopleInput, Reply, SetStatus, Update},
};
use domain::{Role, TicketId, link::LinkKind, person::PersonName};
use jiff::SignedDuration;
use proptest::{collection::vec, prelude::*, sample::select};

const PEOPLE: [&str; 3] = ["dana", "tariq", "hana"];
const STATUSES: [&str; 6] = ["new", "open", "resolved", "rejected", "abandoned", "active"];

#[derive(Clone, Debug)]
pub(crate) struct Deed {
    who: &'static str,
    what: What,
}

/// Numbers of tickets count within the family: any, an Incident, a child.
#[derive(Clone, Debug)]
enum What {
    Status(usize, &'static str),
    Own(usize, bool),
    Give(usize, &'static str),
    Link(usize, usize),
    Unlink(usize, usize),
    Refer(usize, usize),
    Close(usize, bool, bool),
    Reply(usize),
    Comment(usize),
    Basics(usize, i64),
    Due(usize, i64),
    Address(usize, u8),
    Copied(usize, bool),
    Merge(usize, usize),
    Unmerge(usize),
    Everything(usize, &'static str),
}

pub(crate) fn deeds() -> impl Strategy<Value = Vec<(Deed, bool)>> {
    let (number, incident, child) = (0_usize..7, 0_usize..2, 0_usize..5);
    let report = || 0_usize..3;
    let what = prop_oneof![
        3 => (number.clone(), select(&STATUSES[..])).prop_map(|(ticket, status)| What::Status(ticket, status)),
        2 => (number.clone(), any::<bool>()).prop_map(|(ticket, take)| What::Own(ticket, take)),
        1 => (number.clone(), select(&PEOPLE[..])).prop_map(|(ticket, who)| What::Give(ticket, who)),
        4 => (child.clone(), incident.clone()).prop_map(|(child, incident)| What::Link(child, incident)),
        2 => (child, incident.clone()).prop_map(|(child, incident)| What::Unlink(child, incident)),
        1 => (number.clone(), number.clone()).prop_map(|(one, other)| What::Refer(one, other)),
        3 => (incident, any::<bool>(), any::<bool>()).prop_map(|(incident, abandon, all)| What::Close(incident, abandon, all)),
        1 => number.clone().prop_map(What::Reply),
        1 => number.clone().prop_map(What::Comment),
        1 => (number.clone(), 0_i64..5).prop_map(|(ticket, number)| What::Basics(ticket, number)),
        // an Incident takes its Due from its children
        2 => (2_usize..7, 0_i64..9).prop_map(|(ticket, days)| What::Due(ticket, days)),
        1 => (number.clone(), 0_u8..4).prop_map(|(ticket, last)| What::Address(ticket, last)),
        1 => (number.clone(), any::<bool>()).prop_map(|(ticket, there)| What::Copied(ticket, there)),
        1 => (report(), report()).prop_map(|(one, other)| What::Merge(one, other)),
        1 => report().prop_map(What::Unmerge),
        2 => (number, select(&STATUSES[..])).prop_map(|(ticket, status)| What::Everything(ticket, status)),
    ];
    vec(((select(&PEOPLE[..]), what).prop_map(|(who, what)| Deed { who, what }), any::<bool>()), 1..14)
}

impl Deed {
    pub(crate) fn who(&self) -> &'static str {
        self.who
    }

    pub(crate) async fn perform(&self, tx: &mut Tx, actor: &Actor, family: &Family) -> Result<()> {
        let all = family.all();
        let incident = |number: usize| family.incidents[number];
        let child = |number: usize| family.children[number];
        match &self.what {
            What::Status(ticket, status) => {
                ticket::set_status(tx, actor, SetStatus { ticket: all[*ticket], status: (*status).to_owned() }).await.map(drop)
            }
            What::Own(ticket, take) => {
                let wish = if *take { OwnerChange::TakeOrSteal } else { OwnerChange::Untake };
                ticket::change_owner(tx, actor, all[*ticket], wish).await.map(drop)
            }
            What::Give(ticket, who) => {
                ticket::update(tx, actor, all[*ticket], Update { owner: Some((*who).to_owned()), ..Update::default() })
                    .await
                    .map(drop)
            }
            What::Link(one, other) => incident::link_to_incident(tx, actor, child(*one), incident(*other)).await.map(drop),
            What::Unlink(one, other) => incident::unlink_from_incident(tx, actor, child(*one), incident(*other)).await.map(drop),
            What::Refer(one, other) => {
                ticket::link(tx, actor, ticket::Link { kind: LinkKind::RefersTo, base: all[*one], target: all[*other] })
                    .await
                    .map(drop)
            }
            What::Close(number, abandon, all_children) => close(tx, actor, family, (*number, *abandon, *all_children)).await,
            What::Reply(ticket) => ticket::reply(tx, actor, message(all[*ticket])).await.map(drop),
            What::Comment(ticket) => ticket::comment(tx, actor, message(all[*ticket])).await.map(drop),
            What::Basics(..) | What::Due(..) => self.basics(tx, actor, &all).await,
            What::Address(ticket, last) => {
                let input = addresses(tx, actor, all[*ticket], *last).await?;
                ticket::set_values(tx, actor, all[*ticket], input).await.map(drop)
            }
            What::Copied(ticket, there) => {
                let people = if *there { vec![PersonName::parse("copied@example.org").unwrap()] } else { vec![] };
                ticket::set_people(tx, actor, all[*ticket], PeopleInput { role: Role::Cc, people }).await.map(drop)
            }
            What::Merge(one, other) => incident::merge(tx, actor, child(*one), child(*other)).await.map(drop),
            What::Unmerge(one) => ticket::unmerge(tx, actor, child(*one)).await.map(drop),
            What::Everything(ticket, status) => {
                let input = Update {
                    take_first: true,
                    reply: Some(NewMessage::text("See 192.0.2.200 at host.example.")),
                    time_taken: 5,
                    status: Some((*status).to_owned()),
                    ..Update::default()
                };
                ticket::update(tx, actor, all[*ticket], input).await.map(drop)
            }
        }
    }

    async fn basics(&self, tx: &mut Tx, actor: &Actor, all: &[TicketId]) -> Result<()> {
        let (ticket, basics) = match self.what {
            What::Basics(ticket, number) => {
                let subject = Some(format!("subject {number}"));
                (ticket, Basics { subject, priority: Some(number), time_worked: Some(number), ..Basics::default() })
            }
            What::Due(ticket, days) => {
                let due = (days > 0).then(|| tx.now().checked_add(SignedDuration::from_hours(24 * days)).unwrap());
                (ticket, Basics { due: Some(due), ..Basics::default() })
            }
            _ => return Ok(()),
        };
        ticket::set_basics(tx, actor, all[ticket], basics).await.map(drop)
    }
}

fn message(ticket: TicketId) -> Reply {
    Reply { ticket, message: NewMessage::text("Look at 192.0.2.99, please."), time_taken: 3 }
}

async fn addresses(tx: &mut Tx, actor: &Actor, id: TicketId, last: u8) -> Result<FieldInput> {
    let view = ticket::show::view(tx, actor, id).await?;
    let field = view.fields.iter().find(|field| field.field.name == "IP").ok_or(actions::Error::NotFound)?.field.id;
    Ok(FieldInput { field, values: (0..last).map(|last| format!("192.0.2.{}", last + 40)).collect() })
}

async fn close(tx: &mut Tx, actor: &Actor, family: &Family, (number, abandon, all_children): (usize, bool, bool)) -> Result<()> {
    let input = incident::Close {
        incident: family.incidents[number],
        status: Some(if abandon { "abandoned" } else { "resolved" }.to_owned()),
        children: if all_children { family.children.clone() } else { family.children[..2].to_vec() },
        message: NewMessage::text("Over."),
        as_reply: all_children,
        on_incident: true,
        resolution: None,
        owner: None,
        time_taken: 2,
    };
    incident::close(tx, actor, input).await.map(drop)
}
