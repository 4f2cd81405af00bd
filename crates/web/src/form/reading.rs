//! From the texts of a form to what a verb takes. Everything wrong is collected with its field, so that the form can say all of
//! it at once; what is right for a verb to judge (subjects, statuses, field values) is left to the verb.

use super::{local_time, submission::Submission};
use actions::{
    Actor, Error, FieldError, lists,
    message::NewMessage,
    ticket::{FieldFile, FieldInput},
};
use domain::{
    TicketId,
    custom_field::{CustomField, Render},
    person::{EmailAddress, PersonName},
    priority::Scale,
    ticket::SUBJECT_LIMIT,
    worktime,
};
use http_door::text::{t, tr};
use jiff::{Timestamp, tz::TimeZone};

/// More people than this nobody writes to by hand.
const MOST_PEOPLE: usize = 100;
const MOST_TICKETS: usize = 200;
const LARGEST_NUMBER: i64 = 1_000_000;

pub(crate) struct Reading<'a> {
    form: &'a Submission,
    zone: TimeZone,
    now: Option<Timestamp>,
    errors: Vec<FieldError>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(form: &'a Submission, actor: &Actor) -> Self {
        Self { form, zone: lists::zone_of(actor), now: None, errors: form.problems.clone() }
    }

    /// For forms with dates, which may say "tomorrow" (TC-065).
    pub(crate) fn at(self, now: Timestamp) -> Self {
        Self { now: Some(now), ..self }
    }

    pub(crate) fn wrong(&mut self, field: &str, message: impl Into<String>) {
        self.errors.push(FieldError::new(field, message));
    }

    /// Everything that was wrong, if anything was.
    pub(crate) fn finish(self) -> Result<(), Error> {
        if self.errors.is_empty() { Ok(()) } else { Err(Error::Invalid(self.errors)) }
    }

    pub(crate) fn optional(&self, name: &str) -> Option<String> {
        let text = self.form.text(name).trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The same for verbs that judge what could be read: all that is wrong is told at once (IR-356).
    pub(crate) fn into_errors(self) -> Vec<FieldError> {
        self.errors
    }

    /// A list of addresses and logins.
    pub(crate) fn people(&mut self, name: &str) -> Vec<PersonName> {
        match PersonName::parse_list(self.form.text(name)) {
            Ok(people) if people.len() <= MOST_PEOPLE => people,
            Ok(_) => {
                self.wrong(name, tr("form-too-many-people", &[("most", MOST_PEOPLE.into())]));
                vec![]
            }
            Err(error) => {
                self.wrong(name, format!("{error}."));
                vec![]
            }
        }
    }

    /// A list of addresses alone: those who get one message need not be known to us.
    pub(crate) fn addresses(&mut self, name: &str) -> Vec<EmailAddress> {
        let mut addresses = Vec::new();
        for person in self.people(name) {
            match person {
                PersonName::Address { address, .. } => addresses.push(address),
                PersonName::Login(login) => self.wrong(name, tr("form-not-an-address", &[("text", login.into())])),
            }
        }
        addresses
    }

    /// A whole number; nothing typed is `None`.
    pub(crate) fn number(&mut self, name: &str) -> Option<i64> {
        let text = self.form.text(name).trim();
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok().filter(|number: &i64| number.abs() <= LARGEST_NUMBER);
        if number.is_none() {
            self.wrong(name, tr("form-not-a-number", &[("most", LARGEST_NUMBER.into())]));
        }
        number
    }

    /// Time in minutes, hours or both (TC-069).
    pub(crate) fn minutes(&mut self, name: &str) -> i64 {
        let minutes = self.time_taken(name);
        if minutes < 0 {
            self.wrong(name, t("form-negative-time"));
        }
        minutes
    }

    /// The same where less than nothing corrects what was booked before.
    pub(crate) fn time_taken(&mut self, name: &str) -> i64 {
        let text = self.form.text(name).trim();
        if text.is_empty() {
            return 0;
        }
        let minutes = worktime::read(text, worktime::Unit::Minutes).filter(|minutes| minutes.abs() <= LARGEST_NUMBER);
        if minutes.is_none() {
            self.wrong(name, t("form-not-a-time"));
        }
        minutes.unwrap_or(0)
    }

    /// A number or a name of one (TC-073).
    pub(crate) fn priority(&mut self, name: &str, scale: &Scale) -> Option<i64> {
        let text = self.form.text(name).trim();
        if text.is_empty() {
            return None;
        }
        let number = scale.read(text);
        if number.is_none() {
            self.wrong(name, tr("form-not-a-priority", &[("scale", scale.written().into())]));
        }
        number
    }

    /// A local date and time, in the zone of whoever typed it.
    pub(crate) fn moment(&mut self, name: &str) -> Option<Timestamp> {
        let text = self.form.text(name).trim();
        if text.is_empty() {
            return None;
        }
        let moment = match self.now {
            Some(now) => domain::moment::read(text, now, &self.zone),
            None => local_time::read(text, &self.zone),
        };
        if moment.is_none() {
            self.wrong(name, t("form-not-a-moment"));
        }
        moment
    }

    /// Numbers of tickets, from boxes or typed.
    pub(crate) fn tickets(&mut self, name: &str) -> Vec<TicketId> {
        self.tickets_at(name, name)
    }

    /// The same, with what is wrong told at another input.
    pub(crate) fn tickets_at(&mut self, name: &str, place: &str) -> Vec<TicketId> {
        let (numbers, strange) = ticket_numbers(self.form, name);
        for text in strange {
            self.wrong(place, tr("form-not-a-ticket-number", &[("text", text.into())]));
        }
        numbers
    }

    /// What shall be in the fields that the form had.
    pub(crate) fn fields(&self, fields: &[CustomField]) -> Vec<FieldInput> {
        let sent = fields.iter().filter(|field| self.form.has(&super::custom_field::name(field)));
        let input = |field: &CustomField| {
            let name = super::custom_field::name(field);
            let texts = self.form.all(&name).filter(|text| !text.trim().is_empty());
            // of a box with two values the ticked one comes first
            let texts = texts.take(if field.render == Render::Checkbox && field.is_single() { 1 } else { usize::MAX });
            let values = texts.map(|text| super::custom_field::read(field, text, &self.zone)).collect();
            FieldInput { field: field.id, values }
        };
        sent.map(input).collect()
    }

    /// What was uploaded for fields that hold files.
    pub(crate) fn field_files(&self, fields: &[CustomField]) -> Vec<FieldFile> {
        let of = |field: &CustomField| {
            let name = super::custom_field::name(field);
            let sent: Vec<FieldFile> = self
                .form
                .field_files
                .iter()
                .filter(|(input, _)| *input == name)
                .map(|(_, file)| FieldFile {
                    field: field.id,
                    name: file.name.clone(),
                    media_type: file.media_type.clone(),
                    content: file.content.clone(),
                })
                .collect();
            sent
        };
        fields.iter().filter(|field| field.kind.is_file()).flat_map(of).collect()
    }

    /// The text, the files, and the subject of a message.
    pub(crate) fn message(&mut self, name: &str) -> NewMessage {
        let mut message = NewMessage::text(self.form.text(name));
        for file in &self.form.files {
            message = message.attach(&file.name, &file.media_type, file.content.clone());
        }
        message
    }

    /// A subject for one message; the ticket keeps its own.
    pub(crate) fn message_subject(&mut self, name: &str) -> Option<String> {
        let text = self.form.text(name);
        if text.chars().count() > SUBJECT_LIMIT {
            self.wrong(name, tr("form-subject-too-long", &[("most", SUBJECT_LIMIT.into())]));
        }
        let subject = domain::ticket::clean_subject(text);
        (!subject.is_empty()).then_some(subject)
    }
}

/// What a verb found wrong joins what the reading did; an input that could not be read is not judged twice. `None` tells
/// that nothing came of it: whoever asks must throw the transaction away when there are errors.
pub(crate) fn judged<T>(errors: &mut Vec<FieldError>, outcome: Result<T, Error>) -> Result<Option<T>, Error> {
    match outcome {
        Ok(done) => Ok(Some(done)),
        Err(Error::Invalid(mut found)) => {
            found.retain(|error| error.field.is_empty() || !errors.iter().any(|known| known.field == error.field));
            errors.append(&mut found);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// The numbers sent under a name, and what is none.
pub(crate) fn ticket_numbers<'a>(form: &'a Submission, name: &'a str) -> (Vec<TicketId>, Vec<&'a str>) {
    let mut numbers: Vec<TicketId> = Vec::new();
    let mut strange = Vec::new();
    let words = form.all(name).flat_map(|text| text.split(|c: char| c == ',' || c == ';' || c.is_whitespace()));
    for word in words.filter(|word| !word.is_empty()).take(MOST_TICKETS) {
        match word.trim_start_matches('#').parse::<TicketId>() {
            Ok(id) if numbers.contains(&id) => {}
            Ok(id) => numbers.push(id),
            Err(_) => strange.push(word),
        }
    }
    (numbers, strange)
}
