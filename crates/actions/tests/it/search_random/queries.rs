//! Queries made by dice.

use domain::TicketId;
use query::{Field, Op, Query, Term, Value};

use super::{PEOPLE, WORDS};

/// The same throws in every run.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Xorshift, which is random enough here.
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    pub(super) fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn of<T: Clone>(&mut self, some: &[T]) -> T {
        some[self.below(some.len())].clone()
    }
}

const TEXT_OPS: [Op; 8] =
    [Op::Eq, Op::Ne, Op::Like, Op::NotLike, Op::StartsWith, Op::NotStartsWith, Op::EndsWith, Op::NotEndsWith];
const ORDER_OPS: [Op; 6] = [Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge];
const NULL_OPS: [Op; 2] = [Op::Is, Op::IsNot];
const EQUALS: [Op; 2] = [Op::Eq, Op::Ne];
const DATES: [&str; 6] = ["Created", "LastUpdated", "Due", "Starts", "Started", "Resolved"];
const NUMBERS: [&str; 4] = ["Priority", "InitialPriority", "TimeWorked", "TimeLeft"];

pub(super) fn random(dice: &mut Dice, all: &[TicketId], depth: usize) -> Query {
    let parts = |dice: &mut Dice| (0..2 + dice.below(2)).map(|_| random(dice, all, depth + 1)).collect();
    match dice.below(if depth < 3 { 7 } else { 4 }) {
        4 => Query::And(parts(dice)),
        5 => Query::Or(parts(dice)),
        6 => Query::Not(Box::new(random(dice, all, depth + 1))),
        _ => Query::Term(term(dice, all)),
    }
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

fn fragment(dice: &mut Dice) -> Value {
    let word: Vec<char> = dice.of(&WORDS).chars().collect();
    let word: String = word.iter().take(1 + dice.below(word.len())).collect();
    text(&if dice.one_in(2) { word.to_uppercase() } else { word.to_lowercase() })
}

fn moment(dice: &mut Dice) -> Value {
    text(dice.of(&["today", "yesterday", "now", "2 days ago", "in 3 days", "2026-03-02", "2026-03-05 12:00", "1 week ago"]))
}

fn person(dice: &mut Dice) -> Value {
    let address = PEOPLE.map(|person| person.split(['<', '>']).find(|part| part.contains('@')).unwrap_or_default());
    text(&match dice.below(3) {
        0 => dice.of(&address).to_uppercase(),
        1 => dice.of(&["bank", ".example", "noc@", "RAY", "isp"]).to_owned(),
        _ => dice.of(&address).to_owned(),
    })
}

fn sub(name: &str, key: &str) -> Field {
    Field::keyed(name, key)
}

fn term(dice: &mut Dice, all: &[TicketId]) -> Term {
    let number = all[dice.below(all.len())].0;
    let (field, op, value) = match dice.below(16) {
        0 => (Field::named(dice.of(&["Subject", "Description"])), dice.of(&TEXT_OPS), fragment(dice)),
        1 => (Field::named("Status"), dice.of(&EQUALS), text(dice.of(&["new", "OPEN", "resolved", "rejected", "nonsense"]))),
        2 => (Field::named("Status"), dice.of(&EQUALS), Value::Placeholder(dice.of(&["Active", "Inactive"]).to_owned())),
        3 => (Field::named("Queue"), dice.of(&TEXT_OPS), text(dice.of(&["incident reports", "General", "GOVNET", "Inc", "s"]))),
        4 => (Field::named("Lifecycle"), dice.of(&EQUALS), text(dice.of(&["incident_reports", "incidents", "default"]))),
        5 => (Field::named("id"), dice.of(&ORDER_OPS), Value::Number(number)),
        6 => (Field::named(dice.of(&NUMBERS)), dice.of(&ORDER_OPS), Value::Number(dice.of(&[0, 15, 30, 50, 80]))),
        7 => (Field::named(dice.of(&DATES)), dice.of(&ORDER_OPS), moment(dice)),
        8 => (Field::named(dice.of(&DATES)), dice.of(&NULL_OPS), Value::Null),
        9 => {
            let (field, other) = (dice.of(&DATES), dice.of(&DATES));
            (Field::named(field), dice.of(&ORDER_OPS), Value::Column(Field::named(other)))
        }
        10 => {
            let (field, value) = dice.of(&[
                (Field::named("Owner"), text("dana")),
                (Field::named("Owner"), text("Nobody")),
                (Field::named("Owner"), Value::Placeholder("CurrentUser".to_owned())),
                (sub("Owner", "EmailAddress"), text("HANA@csirt-staff.example")),
                (Field::named("Creator"), text("admin")),
                (sub("Creator", "RealName"), text("alma admin")),
            ]);
            (field, dice.of(&EQUALS), value)
        }
        11 => (Field::named(dice.of(&["Requestor", "Cc", "Watcher"])), dice.of(&TEXT_OPS), person(dice)),
        12 => (Field::named(dice.of(&["Requestor", "Cc", "Watcher"])), dice.of(&NULL_OPS), Value::Null),
        13 => {
            let name = dice.of(&["MemberOf", "HasMember", "DependsOn", "DependedOnBy", "RefersTo", "ReferredToBy", "Linked"]);
            if dice.one_in(3) {
                (Field::named(name), dice.of(&NULL_OPS), Value::Null)
            } else {
                (Field::named(name), dice.of(&EQUALS), Value::Number(number))
            }
        }
        14 => {
            let field = Field::keyed("CF", "IP");
            if dice.one_in(4) {
                (field, dice.of(&NULL_OPS), Value::Null)
            } else {
                let value =
                    text(dice.of(&["192.0.2.7", "192.0.2.0/28", "10.0.0.0/8", "0.0.0.0/0", "2001:db8::/32", "203.0.113.6"]));
                (field, dice.of(&EQUALS), value)
            }
        }
        _ => (
            Field::named("Content"),
            dice.of(&[Op::Like, Op::NotLike]),
            text(dice.of(&["scan", "phishing", "ärger", "Zürich", "wurm", "absent"])),
        ),
    };
    Term::new(field, op, value)
}
