//! `fields=A,B` and `fields[A]=C`: keys to add to each item, and to what items refer to (API-070, API-071).

use super::Parameters;
use std::collections::BTreeMap;

/// References within references that are followed.
const DEEPEST: usize = 5;
const MOST: usize = 200;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    pub(crate) names: Vec<String>,
    inside: BTreeMap<String, Fields>,
}

static NONE: Fields = Fields { names: Vec::new(), inside: BTreeMap::new() };

impl Fields {
    pub(crate) fn read(parameters: &Parameters) -> Self {
        let mut fields = Self::default();
        for (name, value) in parameters.iter() {
            let Some(place) = name.strip_prefix("fields") else { continue };
            let Some(path) = path(place) else { continue };
            let target = path.into_iter().fold(&mut fields, |fields, step| fields.inside.entry(step).or_default());
            let asked = value.split(',').map(str::trim).filter(|name| !name.is_empty());
            for name in asked {
                if target.names.len() < MOST && !target.names.iter().any(|known| known == name) {
                    target.names.push(name.to_owned());
                }
            }
        }
        fields
    }

    pub(crate) fn of(&self, name: &str) -> &Self {
        self.inside.get(name).unwrap_or(&NONE)
    }
    pub(crate) fn asks(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }
}

/// `[A][B]` as its steps.
fn path(text: &str) -> Option<Vec<String>> {
    if text.is_empty() {
        return Some(vec![]);
    }
    let inside = text.strip_prefix('[')?.strip_suffix(']')?;
    let steps: Vec<String> = inside.split("][").map(str::to_owned).collect();
    (steps.len() <= DEEPEST).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_nest_and_what_is_no_field_is_ignored() {
        let fields = Fields::read(&Parameters::parse(
            "fields=A,B,A&fields[B]=C&fields[B][C]=D,E&fieldsx=F&fields[=G&fields[a][b][c][d][e][f]=g",
        ));
        assert_eq!(fields.names, ["A", "B"]);
        assert_eq!(fields.of("B").of("C").names, ["D", "E"]);
        assert!(fields.of("X").of("Y").names.is_empty());
        assert!(fields.of("B").asks("C"));
    }
}
