//! One family: an Incident with its children, or a report that came to nothing.

use super::{
    chance::Chance,
    place::Place,
    told::{Start, Told},
    words::{CLASSIFICATIONS, Matter},
};
use domain::{
    Role, StatusClass, TicketId, TicketKind, UserId,
    change::{ChangeKind, NewChange},
    link::LinkKind,
    queue::Queue,
};
use jiff::{SignedDuration, Timestamp};
use storage::bulk::{Bulk, Highest};

const YEARS: f64 = 3.0;

pub(super) struct Teller<'a> {
    pub(super) place: &'a Place,
    pub(super) chance: &'a mut Chance,
    pub(super) bulk: &'a mut Bulk,
    pub(super) numbers: &'a mut Highest,
}

/// What the tickets of one family share.
struct Family<'a> {
    reports: &'a Queue,
    matter: Matter,
    owner: UserId,
    at: Timestamp,
    open: bool,
}

/// Tells at most `most` tickets; `age` is 1 for the oldest and 0 for today's.
pub(super) fn tell(teller: &mut Teller<'_>, age: f64, most: i64) {
    let place = teller.place;
    let chance = &mut *teller.chance;
    let back = SignedDuration::from_secs((age * YEARS * 365.0 * 86_400.0) as i64 + chance.number(3_600) as i64);
    // what is left of long ago is little; most of what came last month is being worked on
    let open = if age < 0.04 { 750 } else { 15 };
    let family = Family {
        reports: place.report_queue(chance.number(1_000)),
        matter: Matter::think_up(chance),
        owner: *chance.pick(&place.staff),
        at: place.now.checked_sub(back).unwrap_or(place.now),
        open: chance.permille(open),
    };
    if most < 2 || chance.permille(350) {
        report(teller, &family, None);
        return;
    }
    let reports = if chance.permille(5) { 30 } else { 1 + chance.number(3) as i64 };
    let investigations = chance.number(3) as i64;
    let measures = i64::from(chance.permille(300));
    // its number is known before its children are told, and its history after
    let incident = TicketId(teller.numbers.ticket + 1);
    let mut children = Vec::new();
    let kinds =
        [(TicketKind::Report, reports), (TicketKind::Investigation, investigations), (TicketKind::Countermeasure, measures)];
    let kinds = kinds.into_iter().flat_map(|(kind, count)| (0..count).map(move |_| kind)).take(most as usize - 1);
    teller.numbers.ticket = incident.0;
    for kind in kinds {
        children.push(match kind {
            TicketKind::Investigation => investigation(teller, &family, incident),
            TicketKind::Countermeasure => countermeasure(teller, &family, incident),
            _ => report(teller, &family, Some(incident)),
        });
    }
    let last = teller.numbers.ticket;
    teller.numbers.ticket = incident.0 - 1;
    tell_incident(teller, &family, &children);
    teller.numbers.ticket = last;
}

fn begin<'a>(
    teller: &'a mut Teller<'_>,
    family: &Family<'_>,
    kind: TicketKind,
    (status, class): (&str, StatusClass),
    people: (UserId, UserId),
) -> Told<'a> {
    let start = Start {
        queue: teller.place.queue(kind, family.reports),
        subject: &family.matter.subject,
        status,
        class,
        owner: people.0,
        creator: people.1,
        at: family.at,
        now: teller.place.now,
    };
    Told::begin(&start, teller.bulk, teller.numbers)
}

fn fields(told: &mut Told<'_>, place: &Place, values: &[(&str, &str)]) {
    for (name, text) in values {
        if let Some((field, value)) = place.value(told.queue(), name, text) {
            let what = NewChange::moved(ChangeKind::CustomField, &field.id.to_string(), None, Some(value.content.clone()));
            told.bulk.field_value(told.id(), field.id, &value);
            told.record(UserId::SYSTEM, what, None);
        }
    }
}

fn observables(matter: &Matter, domain: bool) -> Vec<(&str, &str)> {
    let addresses = matter.addresses.iter().map(|address| ("IP", address.as_str()));
    addresses.chain(domain.then_some(("Domain", matter.domain.as_str()))).collect()
}

fn join(told: &mut Told<'_>, incident: TicketId, by: UserId) {
    let what = NewChange::moved(ChangeKind::AddLink, LinkKind::MemberOf.as_str(), None, Some(incident.to_string()));
    let (id, at) = (told.id(), told.at);
    told.bulk.link(LinkKind::MemberOf, (id, incident), by, at);
    told.record(by, what, None);
}

fn report(teller: &mut Teller<'_>, family: &Family<'_>, incident: Option<TicketId>) -> TicketId {
    let place = teller.place;
    let (requestor, address) = teller.chance.pick(&place.correspondents);
    let (letter, answer) = (family.matter.letter(teller.chance, 2_000), family.matter.letter(teller.chance, 500));
    let (minutes, writes_again, is_new) = (teller.chance.number(600), teller.chance.permille(400), teller.chance.permille(600));
    let mut told = begin(teller, family, TicketKind::Report, ("new", StatusClass::Initial), (UserId::NOBODY, *requestor));
    told.bulk.member(told.ticket.id, Role::Requestor, *requestor);
    told.message(ChangeKind::Create, *requestor, &letter, true);
    fields(&mut told, place, &observables(&family.matter, true));
    fields(&mut told, place, &[("How Reported", "Email")]);
    told.mailed("Autoreply", address);
    if incident.is_none() && family.open && is_new {
        return told.end();
    }
    told.wait(minutes);
    told.ticket.owner = family.owner;
    told.record(family.owner, NewChange::set("Owner", Some(UserId::NOBODY.to_string()), Some(family.owner.to_string())), None);
    if let Some(incident) = incident {
        join(&mut told, incident, family.owner);
    }
    told.status(family.owner, "open", StatusClass::Active);
    told.message(ChangeKind::Correspond, family.owner, &answer, false);
    told.mailed("Correspondence", address);
    if writes_again {
        told.wait(minutes);
        told.message(ChangeKind::Correspond, *requestor, "Thank you, we see no more of it.\n", true);
    }
    if !family.open {
        told.wait(minutes * 4);
        told.status(family.owner, if incident.is_some() { "resolved" } else { "rejected" }, StatusClass::Inactive);
    }
    told.end()
}

fn investigation(teller: &mut Teller<'_>, family: &Family<'_>, incident: TicketId) -> TicketId {
    let place = teller.place;
    let (correspondent, address) = teller.chance.pick(&place.correspondents);
    let (letter, answer) = (family.matter.letter(teller.chance, 2_000), family.matter.letter(teller.chance, 700));
    let minutes = teller.chance.number(3_000);
    let mut told = begin(teller, family, TicketKind::Investigation, ("open", StatusClass::Active), (family.owner, family.owner));
    told.wait(minutes / 10);
    told.bulk.member(told.ticket.id, Role::Requestor, *correspondent);
    told.message(ChangeKind::Create, family.owner, &letter, false);
    join(&mut told, incident, family.owner);
    fields(&mut told, place, &observables(&family.matter, false));
    told.mailed("Correspondence", address);
    told.wait(minutes);
    told.message(ChangeKind::Correspond, *correspondent, &answer, true);
    if !family.open {
        told.status(family.owner, "resolved", StatusClass::Inactive);
    }
    told.end()
}

fn countermeasure(teller: &mut Teller<'_>, family: &Family<'_>, incident: TicketId) -> TicketId {
    let place = teller.place;
    let first = ("pending activation", StatusClass::Initial);
    let mut told = begin(teller, family, TicketKind::Countermeasure, first, (family.owner, family.owner));
    told.message(ChangeKind::Create, family.owner, "Block the addresses at the border, please.\n", false);
    join(&mut told, incident, family.owner);
    fields(&mut told, place, &observables(&family.matter, false));
    told.wait(60);
    told.status(family.owner, "active", StatusClass::Active);
    if !family.open {
        told.wait(20_000);
        told.status(family.owner, "removed", StatusClass::Inactive);
    }
    told.end()
}

fn tell_incident(teller: &mut Teller<'_>, family: &Family<'_>, children: &[TicketId]) {
    let place = teller.place;
    let letter = family.matter.letter(teller.chance, 2_000);
    let classification = *teller.chance.pick(&CLASSIFICATIONS);
    let owner = if family.open && teller.chance.permille(300) { UserId::NOBODY } else { family.owner };
    let mut told = begin(teller, family, TicketKind::Incident, ("open", StatusClass::Active), (owner, family.owner));
    told.message(ChangeKind::Create, family.owner, &letter, false);
    fields(&mut told, place, &observables(&family.matter, true));
    fields(&mut told, place, &[("Classification", classification)]);
    for child in children {
        told.record(
            family.owner,
            NewChange::moved(ChangeKind::AddLink, LinkKind::MemberOf.reverse(), None, Some(child.to_string())),
            None,
        );
    }
    told.wait(40);
    told.record(family.owner, NewChange::new(ChangeKind::Comment), Some("Called the site; they are on it.\n"));
    if !family.open {
        told.wait(5_000);
        fields(&mut told, place, &[("Resolution", "successfully resolved")]);
        told.status(family.owner, "resolved", StatusClass::Inactive);
    }
    told.end();
}
