//! One report that never ends: what a page must open as fast as any other (B6).

use super::{
    chance::Chance,
    place::Place,
    told::{Start, Told},
    words::Matter,
};
use domain::{Role, StatusClass, TicketId, UserId, change::ChangeKind};
use jiff::SignedDuration;
use storage::bulk::{Bulk, Highest};

pub(super) fn tell(place: &Place, bulk: &mut Bulk, numbers: &mut Highest, messages: u64) -> TicketId {
    let mut chance = Chance::new(11);
    let matter = Matter::think_up(&mut chance);
    let (requestor, _) = *chance.pick(&place.correspondents);
    let staff = *chance.pick(&place.staff);
    let start = Start {
        queue: place.report_queue(0),
        subject: "A conversation without end",
        status: "open",
        class: StatusClass::Active,
        owner: staff,
        creator: requestor,
        at: place.now.checked_sub(SignedDuration::from_hours(24 * 365)).unwrap_or(place.now),
        now: place.now,
    };
    let mut told = Told::begin(&start, bulk, numbers);
    told.bulk.member(told.ticket.id, Role::Requestor, requestor);
    for number in 0..messages {
        let text = matter.letter(&mut chance, 1_500);
        let (kind, actor): (ChangeKind, UserId) = match number {
            0 => (ChangeKind::Create, requestor),
            _ if number % 3 == 0 => (ChangeKind::Comment, staff),
            _ if number % 2 == 0 => (ChangeKind::Correspond, requestor),
            _ => (ChangeKind::Correspond, staff),
        };
        told.message(kind, actor, &text, actor == requestor);
        told.wait(60);
    }
    told.end()
}
