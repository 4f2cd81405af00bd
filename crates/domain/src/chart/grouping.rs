//! By what tickets can be grouped, named as the search language names it, so that a group is a condition, too.

use crate::moment;

/// Fields that hold one word or number.
pub const PLAIN: [&str; 7] = ["Status", "StatusClass", "Queue", "SLA", "Priority", "InitialPriority", "FinalPriority"];
pub const PEOPLE: [&str; 7] = ["Owner", "Creator", "LastUpdatedBy", "Requestor", "Cc", "AdminCc", "Watcher"];
pub const PARTS_OF_PEOPLE: [&str; 4] = ["Name", "RealName", "EmailAddress", "Organization"];
pub const DATES: [&str; 7] = ["Created", "Starts", "Started", "Due", "Told", "Resolved", "LastUpdated"];
/// Buckets of time first, then what comes again and again.
pub const DATE_PARTS: [&str; 11] =
    ["Hourly", "Daily", "Weekly", "Monthly", "Annually", "Hour", "DayOfWeek", "DayOfMonth", "DayOfYear", "WeekOfYear", "Month"];

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grouping {
    Plain(&'static str),
    /// Somebody on the ticket, by a part of what is known of them.
    Person(&'static str, &'static str),
    /// A date, by a part of it.
    Date(&'static str, &'static str),
    /// The values of a custom field, by its name.
    Field(String),
}

fn named(names: &[&'static str], wanted: &str) -> Option<&'static str> {
    names.iter().find(|name| name.eq_ignore_ascii_case(wanted)).copied()
}

impl Grouping {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(field) = text.strip_prefix("CF.{").and_then(|rest| rest.strip_suffix('}')).map(str::trim) {
            let sound =
                !field.is_empty() && field.len() <= 255 && !field.contains(['{', '}']) && !field.contains(char::is_control);
            return sound.then(|| Self::Field(field.to_owned()));
        }
        let Some((name, part)) = text.split_once('.') else {
            // people are known by their login, those who write to us by their address
            let person = |name: &'static str| {
                Self::Person(name, if PEOPLE.iter().take(3).any(|one| *one == name) { "Name" } else { "EmailAddress" })
            };
            return named(&PLAIN, text).map(Self::Plain).or_else(|| named(&PEOPLE, text).map(person));
        };
        let person = named(&PEOPLE, name).zip(named(&PARTS_OF_PEOPLE, part)).map(|(name, part)| Self::Person(name, part));
        person.or_else(|| named(&DATES, name).zip(named(&DATE_PARTS, part)).map(|(name, part)| Self::Date(name, part)))
    }

    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Plain(name) => (*name).to_owned(),
            Self::Person(name, part) | Self::Date(name, part) => format!("{name}.{part}"),
            Self::Field(name) => format!("CF.{{{name}}}"),
        }
    }

    /// Whether a ticket can be in several groups.
    #[must_use]
    pub fn is_many(&self) -> bool {
        matches!(self, Self::Field(_)) || matches!(self, Self::Person(name, _) if PEOPLE.iter().skip(3).any(|one| one == name))
    }

    /// What a group is called: days of a week and months by the names that the search language reads.
    #[must_use]
    pub fn label(&self, key: &str) -> String {
        let number: Option<usize> = key.parse().ok();
        let name = match (self, number) {
            (Self::Date(_, "DayOfWeek"), Some(day)) => moment::WEEKDAYS.get((day + 6) % 7).map(|(name, _)| *name),
            (Self::Date(_, "Month"), Some(month)) => moment::MONTHS.get(month.wrapping_sub(1)).copied(),
            (Self::Date(_, "Hour"), Some(hour)) => return format!("{hour:02}:00"),
            _ => None,
        };
        name.map_or_else(|| key.to_owned(), capitalised)
    }

    /// Where a group stands when they stand by their labels: weeks begin on Monday, numbers go by their size.
    #[must_use]
    pub fn place(&self, key: &str) -> (i64, String) {
        let number = key.parse::<i64>().ok();
        match (self, number) {
            (Self::Date(_, "DayOfWeek"), Some(day)) => ((day + 6) % 7, String::new()),
            (Self::Plain("Queue"), _) | (_, None) => (i64::MAX, key.to_lowercase()),
            (_, Some(number)) => (number, String::new()),
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_grouping_reads_as_it_is_written() {
        let people = PEOPLE.iter().flat_map(|name| PARTS_OF_PEOPLE.iter().map(move |part| format!("{name}.{part}")));
        let dates = DATES.iter().flat_map(|name| DATE_PARTS.iter().map(move |part| format!("{name}.{part}")));
        for text in PLAIN.iter().map(|name| (*name).to_owned()).chain(people).chain(dates).chain(["CF.{IP}".to_owned()]) {
            assert_eq!(Grouping::parse(&text).unwrap().written(), text);
        }
        assert_eq!(Grouping::parse("requestor"), Some(Grouping::Person("Requestor", "EmailAddress")));
        assert_eq!(Grouping::parse("owner"), Some(Grouping::Person("Owner", "Name")));
        for nonsense in ["", "Created", "Created.Name", "Owner.Daily", "CF.{}", "CF.{a}b}", "Subject", "Status.Name"] {
            assert_eq!(Grouping::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn groups_are_called_and_placed_as_people_do() {
        let day = Grouping::Date("Created", "DayOfWeek");
        assert_eq!((day.label("0"), day.label("1")), ("Sunday".to_owned(), "Monday".to_owned()));
        assert!(day.place("1") < day.place("0"), "Monday comes first");
        assert_eq!(Grouping::Date("Due", "Month").label("3"), "March");
        let priority = Grouping::Plain("Priority");
        assert!(priority.place("9") < priority.place("10"));
        assert_eq!(Grouping::Date("Due", "Month").label("13"), "13", "what is no month stays what it is");
    }
}
