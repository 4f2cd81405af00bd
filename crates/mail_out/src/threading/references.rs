//! The `References` field (TC-172).

const KEEP_FIRST: usize = 4;
const KEEP_LAST: usize = 6;

/// The ticket's pseudo-reference first, then what the answered message referred to, then that message.
pub fn references(ticket_reference: &str, parents: &[String], answered: Option<&str>) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    let all = std::iter::once(ticket_reference).chain(parents.iter().map(String::as_str)).chain(answered);
    for id in all {
        if !list.iter().any(|known| known == id) {
            list.push(id.to_owned());
        }
    }
    trim_references(list)
}

/// More than ten references: the first four and the last six stay (TC-172).
pub fn trim_references(mut list: Vec<String>) -> Vec<String> {
    if list.len() > KEEP_FIRST + KEEP_LAST {
        list.drain(KEEP_FIRST..list.len() - KEEP_LAST);
    }
    list
}
