//! Conditions on custom fields; ranges of addresses match by overlap (IR-113, TC-144).

use super::{Answer, refused, text, unknown, words};
use crate::{
    Tx,
    db::{Number, in_list},
    search::{Context, FieldScope, Sql},
};
use domain::{custom_field::FieldKind, ip_range::IpRange};
use jiff::Timestamp;
use query::{Op, Query, Term, Value};

pub(super) fn condition(sql: &mut Sql, term: &Term, context: &Context) -> Answer {
    let name = term.field.key.as_deref().ok_or_else(|| unknown(term))?;
    let named: Vec<_> =
        context.fields.iter().filter(|field| field.name.eq_ignore_ascii_case(name) || field.id.0.to_string() == name).collect();
    if named.is_empty() {
        return Err(unknown(term));
    }
    let ids = in_list(named.iter().map(|field| field.id.0));
    let values = format!("SELECT 1 FROM custom_field_values v WHERE v.ticket_id = t.id AND v.field_id IN ({ids})");
    if term.value == Value::Null {
        return Ok(format!("{}EXISTS ({values})", if term.op == Op::Is { "NOT " } else { "" }));
    }
    let not = if term.op.is_negative() { "NOT " } else { "" };
    let ip =
        named.iter().all(|field| field.kind.is_ip()) && !matches!(term.op.positive(), Op::Like | Op::StartsWith | Op::EndsWith);
    if ip {
        return Ok(format!("{not}({})", range(sql, term, &ids)?));
    }
    let positive = Term { op: term.op.positive(), ..term.clone() };
    if let Some(condition) = ordered(sql, &positive, &named, context)? {
        return Ok(format!("{not}EXISTS ({values} AND {condition})"));
    }
    if positive.op != Op::Eq {
        let condition = text(sql, "v.content", &positive)?;
        return Ok(format!("{not}EXISTS ({values} AND {condition})"));
    }
    let place = sql.bind(words(term)?.to_lowercase());
    if named.iter().any(|field| field.kind == FieldKind::Select) {
        // one of few options is on many tickets: a page of them is found sooner by asking one ticket after the other
        return Ok(format!("{not}EXISTS ({values} AND {LINE} AND lower(v.content) = {place})"));
    }
    Ok(format!(
        "t.id {not}IN (SELECT v.ticket_id FROM custom_field_values v WHERE v.field_id IN ({ids}) AND {LINE} AND lower(v.content) = {place})"
    ))
}

/// `CustomFieldValue`: a value of any field that the asker may see (TC-255).
pub(super) fn any(sql: &mut Sql, term: &Term, context: &Context) -> Answer {
    let ids = in_list(context.fields.iter().map(|field| field.id.0));
    let values = format!("SELECT 1 FROM custom_field_values v WHERE v.ticket_id = t.id AND v.field_id IN ({ids})");
    if term.value == Value::Null {
        return Ok(format!("{}EXISTS ({values})", if term.op == Op::Is { "NOT " } else { "" }));
    }
    let not = if term.op.is_negative() { "NOT " } else { "" };
    let condition = text(sql, "v.content", &Term { op: term.op.positive(), ..term.clone() })?;
    Ok(format!("{not}EXISTS ({values} AND {condition})"))
}

/// What the index of contents holds.
const LINE: &str = "length(v.content) <= 255";

/// Dates and moments by the calendar, whole numbers by their size (TC-145); `None` for what is compared as text.
fn ordered(sql: &mut Sql, term: &Term, named: &[&FieldScope], context: &Context) -> Result<Option<String>, super::Unanswerable> {
    let sign = match term.op {
        Op::Eq => "=",
        Op::Lt => "<",
        Op::Le => "<=",
        Op::Gt => ">",
        Op::Ge => ">=",
        _ => return Ok(None),
    };
    let all = |wanted: &dyn Fn(&FieldScope) -> bool| named.iter().all(|field| wanted(field));
    if all(&|field| field.kind == FieldKind::Date) {
        let text = words(term)?;
        let (day, _) = domain::moment::day(&text, context.now, &context.zone).ok_or_else(|| no_date(term, &text))?;
        let place = sql.bind(day.to_zoned(context.zone.clone()).date().to_string());
        return Ok(Some(format!("v.content {sign} {place}")));
    }
    if all(&|field| field.kind == FieldKind::DateTime) {
        return Ok(Some(moment(sql, term, sign, context)?));
    }
    let text = words(term)?;
    if term.op != Op::Eq && all(&|field| field.numeric) && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // among whole numbers without leading zeros the longer one is the larger one
        let digits = text.trim_start_matches('0').to_owned();
        let (length, place) = (sql.bind(digits.len() as i64), sql.bind(digits));
        return Ok(Some(format!("(length(ltrim(v.content, '0')), ltrim(v.content, '0')) {sign} ({length}, {place})")));
    }
    Ok(None)
}

/// A day stands for all of it, as with the ticket's own dates.
fn moment(sql: &mut Sql, term: &Term, sign: &str, context: &Context) -> Answer {
    let text = words(term)?;
    if term.op == Op::Eq {
        let (from, until) = domain::moment::day(&text, context.now, &context.zone).ok_or_else(|| no_date(term, &text))?;
        let (from, until) = (sql.bind(from.to_string()), sql.bind(until.to_string()));
        return Ok(format!("v.content >= {from} AND v.content < {until}"));
    }
    let at = domain::moment::read(&text, context.now, &context.zone).ok_or_else(|| no_date(term, &text))?;
    let at = Timestamp::from_second(at.as_second()).unwrap_or(at);
    let place = sql.bind(at.to_string());
    Ok(format!("v.content {sign} {place}"))
}

fn no_date(term: &Term, text: &str) -> super::Unanswerable {
    refused(term, format!("“{text}” is not a date that this field can be compared with"))
}

fn wanted(term: &Term) -> Result<IpRange, super::Unanswerable> {
    let text = words(term)?;
    IpRange::parse(text.trim()).map_err(|_| refused(term, format!("“{text}” is not an IP address or a range of them")))
}

/// Fixed-width keys make the order of texts that of addresses; keys of the two families differ in length, and never match.
fn range(sql: &mut Sql, term: &Term, ids: &str) -> Answer {
    let Ok(range) = wanted(term) else {
        // IR-113: what cannot be read matches nothing
        tracing::warn!(field = term.field.key, value = words(term)?, "not an address or a range; it matches nothing");
        return Ok("FALSE".to_owned());
    };
    let (low, high) = range.key();
    let of_ticket = |condition: &str| {
        format!("EXISTS (SELECT 1 FROM custom_field_values v WHERE v.ticket_id = t.id AND v.field_id IN ({ids}) AND {condition})")
    };
    let same_family = format!("length(v.ip_low) = {}", low.len());
    let compared =
        |sql: &mut Sql, sign: &str, key: String| of_ticket(&format!("{same_family} AND v.ip_low {sign} {}", sql.bind(key)));
    Ok(match term.op.positive() {
        Op::Lt => compared(sql, "<", low),
        Op::Le => compared(sql, "<=", low),
        Op::Gt => compared(sql, ">", high),
        Op::Ge => compared(sql, ">=", high),
        _ if sql.frequent.contains(&range.to_string()) => {
            let (low, high) = (sql.bind(low), sql.bind(high));
            // a value, not EXISTS: PostgreSQL would make a join of that and look at all matches before the first ticket
            format!(
                "(SELECT 1 FROM custom_field_values v WHERE v.ticket_id = t.id AND v.field_id IN ({ids}) AND {same_family} \
                 AND v.ip_high >= {low} AND v.ip_low <= {high} LIMIT 1) IS NOT NULL"
            )
        }
        _ => format!("t.id IN ({})", overlapping(sql, ids, &range)),
    })
}

/// Tickets with an overlapping value, each part by its own index: what begins within the wanted range, and what begins before
/// it and reaches into it. Only real ranges can do the latter.
fn overlapping(sql: &mut Sql, ids: &str, range: &IpRange) -> String {
    let (low, high) = range.key();
    let same_family = format!("length(v.ip_low) = {}", low.len());
    let (low, high) = (sql.bind(low), sql.bind(high));
    format!(
        "SELECT v.ticket_id FROM custom_field_values v WHERE v.field_id IN ({ids}) AND v.ip_low >= {low} AND v.ip_low <= {high} AND {same_family} \
         UNION ALL SELECT v.ticket_id FROM custom_field_values v \
         WHERE v.field_id IN ({ids}) AND v.ip_low <> v.ip_high AND v.ip_high >= {low} AND v.ip_low < {low} AND {same_family}"
    )
}

/// More matches than this, and a page is found sooner by looking through the tickets in the order asked for.
const FREQUENT: i64 = 2_000;

/// The ranges of a query that match often; costs a look at no more than [`FREQUENT`] rows each.
pub(in crate::search) async fn frequent(tx: &mut Tx, query: &Query, context: &Context) -> crate::Result<Vec<String>> {
    let ids = in_list(context.fields.iter().filter(|field| field.kind.is_ip()).map(|field| field.id.0));
    let mut frequent = Vec::new();
    for range in ranges(query) {
        let mut sql = Sql::default();
        let some = overlapping(&mut sql, &ids, &range);
        let text = format!("SELECT COUNT(*) AS n FROM (SELECT 1 FROM ({some}) matching LIMIT {FREQUENT}) counted");
        let rows: Vec<Number> = tx.all_built(text, sql.values).await?;
        if rows.first().is_some_and(|row| row.n >= FREQUENT) {
            frequent.push(range.to_string());
        }
    }
    Ok(frequent)
}

/// What reads as a range of addresses and is compared with a custom field.
fn ranges(query: &Query) -> Vec<IpRange> {
    match query {
        Query::And(parts) | Query::Or(parts) => parts.iter().flat_map(ranges).collect(),
        Query::Not(inner) => ranges(inner),
        Query::Term(term) => {
            let is_field = term.field.is("CF") || term.field.is("CustomField");
            let is_equal = matches!(term.op.positive(), Op::Eq | Op::Is);
            wanted(term).ok().filter(|_| is_field && is_equal).into_iter().collect()
        }
    }
}
