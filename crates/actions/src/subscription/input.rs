//! What a form says of a subscription.

use crate::{Error, FieldError, Result, Tx};
use domain::{
    UserId,
    person::EmailAddress,
    subscription::{Frequency, Recipient, Schedule, read_weekdays},
};

/// Lines of recipients.
const MOST_RECIPIENTS: usize = 50;
const MOST_WEEKS: i8 = 52;

#[derive(Clone, Debug, Default)]
pub struct SubscriptionInput {
    pub frequency: String,
    /// For daily ones.
    pub weekdays: Vec<String>,
    /// For weekly ones.
    pub weekday: String,
    pub every: String,
    pub day: String,
    pub hour: String,
    pub rows: String,
    pub suppress_empty: bool,
    /// Logins, addresses of people with an account, names of groups; one a line.
    pub recipients: String,
}

/// Everything that is wrong is told at once.
pub(super) async fn read(tx: &mut Tx, input: &SubscriptionInput) -> Result<(Schedule, i64, Vec<Recipient>)> {
    let mut errors: Vec<FieldError> = Vec::new();
    let mut number = |field: &str, text: &str, least: i8, most: i8| {
        let number = text.trim().parse::<i8>().ok().filter(|number| (least..=most).contains(number));
        number.unwrap_or_else(|| {
            errors.push(FieldError::new(field, format!("A whole number from {least} to {most}, please.")));
            least
        })
    };
    let frequency = Frequency::parse(input.frequency.trim());
    let is = |wanted: Frequency| frequency == Some(wanted);
    let hour = number("hour", &input.hour, 0, 23);
    let rows = number("rows", &input.rows, 1, 100);
    // what another frequency asks for does not matter
    let every = if is(Frequency::Weekly) { number("every", &input.every, 1, MOST_WEEKS) } else { 1 };
    let day = if is(Frequency::Monthly) { number("day", &input.day, 1, 31) } else { 1 };
    let weekdays = match frequency {
        Some(Frequency::Daily) => read_weekdays(&input.weekdays.join(" ")),
        Some(Frequency::Weekly) => read_weekdays(&input.weekday),
        _ => vec![],
    };
    if frequency.is_none() {
        errors.push(FieldError::new("frequency", "One of the list, please."));
    }
    if is(Frequency::Daily) && weekdays.is_empty() {
        errors.push(FieldError::new("weekdays", "One day at least, please."));
    }
    if is(Frequency::Weekly) && weekdays.is_empty() {
        errors.push(FieldError::new("weekday", "Which day, please?"));
    }
    let recipients = recipients(tx, &input.recipients).await?;
    let recipients = recipients.unwrap_or_else(|problem| {
        errors.push(FieldError::new("recipients", problem));
        vec![]
    });
    Error::unless_empty(errors)?;
    let schedule = Schedule { frequency: frequency.unwrap_or_default(), weekdays, every, day, hour };
    Ok((schedule, i64::from(rows), recipients))
}

/// An address that nobody with an account has would get what only Everyone may see, which is nothing: it is refused.
async fn recipients(tx: &mut Tx, text: &str) -> Result<Result<Vec<Recipient>, String>> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() || lines.len() > MOST_RECIPIENTS {
        return Ok(Err(format!("From one to {MOST_RECIPIENTS} recipients, please, one a line.")));
    }
    let catalog = tx.catalog();
    let (mut found, mut unknown): (Vec<Recipient>, Vec<&str>) = (Vec::new(), Vec::new());
    for line in lines {
        let mut user = storage::person::by_name(&mut tx.db, line).await?;
        if let (None, Ok(address)) = (&user, EmailAddress::parse(line)) {
            user = storage::person::by_email(&mut tx.db, &address).await?;
        }
        let user = user.filter(|user| !user.disabled && user.id > UserId::NOBODY).map(|user| Recipient::User(user.id));
        match user.or_else(|| catalog.group_named(line).map(Recipient::Group)) {
            Some(recipient) if found.contains(&recipient) => {}
            Some(recipient) => found.push(recipient),
            None => unknown.push(line),
        }
    }
    if unknown.is_empty() {
        return Ok(Ok(found));
    }
    Ok(Err(format!(
        "Nobody with an account here, and no group: {}. Dashboards show what their readers may see.",
        unknown.join(", ")
    )))
}
