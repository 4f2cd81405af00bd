//! Reading the file: JSON (`[{"name", "networks", "contact", "description"}]`) or CSV with a first line of these names.

use super::Institution;
use domain::{ip_range::IpRange, person::EmailAddress};
use serde_json::Value;

pub(super) fn institutions(text: &str) -> Result<Vec<Institution>, String> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('[') { json(text) } else { csv(text) }
}

fn json(text: &str) -> Result<Vec<Institution>, String> {
    let all: Vec<Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let word = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let networks = |value: &Value| match value.get("networks") {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        Some(Value::String(text)) => text.clone(),
        _ => String::new(),
    };
    let one =
        |value: &Value| institution(&word(value, "name"), &networks(value), &word(value, "contact"), &word(value, "description"));
    all.iter().map(one).collect()
}

fn csv(text: &str) -> Result<Vec<Institution>, String> {
    let mut rows = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(cells);
    let heads: Vec<String> = rows.next().unwrap_or_default().iter().map(|head| head.to_lowercase()).collect();
    if !heads.iter().any(|head| head == "name") || !heads.iter().any(|head| head == "networks") {
        return Err("the first line does not name the columns “name” and “networks”".to_owned());
    }
    let cell = |row: &[String], name: &str| {
        heads.iter().position(|head| head == name).and_then(|at| row.get(at)).cloned().unwrap_or_default()
    };
    rows.map(|row| institution(&cell(&row, "name"), &cell(&row, "networks"), &cell(&row, "contact"), &cell(&row, "description")))
        .collect()
}

/// One line; quoted cells may hold commas, and `""` is a quote.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => {
                rest.next();
                push(&mut cells, '"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => push(&mut cells, other),
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

fn push(cells: &mut [String], c: char) {
    if let Some(cell) = cells.last_mut() {
        cell.push(c);
    }
}

fn institution(name: &str, networks: &str, contact: &str, description: &str) -> Result<Institution, String> {
    if name.is_empty() {
        return Err("an institution has no name".to_owned());
    }
    let pieces = networks.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|piece| !piece.is_empty());
    let networks: Result<Vec<IpRange>, String> =
        pieces.map(|piece| IpRange::parse(piece).map_err(|error| format!("{name}: {error}"))).collect();
    let contact = match contact {
        "" => None,
        text => Some(EmailAddress::parse(text).map_err(|error| format!("{name}: {error}"))?),
    };
    Ok(Institution { name: name.to_owned(), description: description.to_owned(), contact, networks: networks? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ir124_the_directory_is_csv_or_json() {
        let csv = "name,networks,contact,description\n# ours\n\"Uni, North\",192.0.2.0/24 2001:db8::/32,noc@north.example,\"The \"\"old\"\" one\"\nCollege,198.51.100.0/25;198.51.100.200,,\n";
        let json = r#"[{"name": "Uni, North", "networks": ["192.0.2.0/24", "2001:db8::/32"], "contact": "noc@north.example", "description": "The \"old\" one"},
            {"name": "College", "networks": "198.51.100.0/25 198.51.100.200"}]"#;
        let read = institutions(csv).expect("csv");
        assert_eq!(read, institutions(json).expect("json"));
        assert_eq!((read.len(), read[0].networks.len(), read[1].contact.is_none()), (2, 2, true));
        for broken in ["name\nx", "name,networks\nx,nonsense", "[{}]", "[", "name,networks,contact\nx,,not an address"] {
            assert!(institutions(broken).is_err(), "{broken}");
        }
    }
}
