//! Conditions on custom fields; ranges of addresses match by overlap (IR-113, TC-144).

use super::{Answer, refused, text, unknown, words};
use crate::{
    db::in_list,
    search::{Context, Sql},
};
use domain::ip_range::IpRange;
use query::{Op, Term, Value};

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
        let condition = range(sql, term)?;
        return Ok(format!(
            "{not}t.id IN (SELECT v.ticket_id FROM custom_field_values v WHERE v.field_id IN ({ids}) AND {condition})"
        ));
    }
    let positive = Term { op: term.op.positive(), ..term.clone() };
    let condition = if positive.op == Op::Eq {
        let place = sql.bind(words(term)?.to_lowercase());
        format!("lower(v.content) = {place}")
    } else {
        text(sql, "v.content", &positive)?
    };
    Ok(format!("{not}EXISTS ({values} AND {condition})"))
}

/// Fixed-width keys make the order of texts that of addresses. The families differ in length and in their fifth character,
/// so a comparison never crosses them; the bounds below say so to the index.
fn range(sql: &mut Sql, term: &Term) -> Answer {
    let wanted = words(term)?;
    let Ok(range) = IpRange::parse(wanted.trim()) else {
        return Err(refused(term, format!("“{wanted}” is not an IP address or a range of them")));
    };
    let (low, high) = range.key();
    let family = sql.bind(low.len() as i64);
    let same_family = format!("length(v.ip_low) = {family}");
    Ok(match term.op.positive() {
        Op::Lt => format!("{same_family} AND v.ip_low < {}", sql.bind(low)),
        Op::Le => format!("{same_family} AND v.ip_low <= {}", sql.bind(low)),
        Op::Gt => format!("{same_family} AND v.ip_low > {}", sql.bind(high)),
        Op::Ge => format!("{same_family} AND v.ip_low >= {}", sql.bind(high)),
        _ => {
            let (low, high) = (sql.bind(low), sql.bind(high));
            format!("{same_family} AND v.ip_high >= {low} AND v.ip_low <= {high}")
        }
    })
}
