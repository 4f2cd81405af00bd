//! Parameters of the address, and of a form's body beside them.

use serde_json::Value;

#[derive(Clone, Debug, Default)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(crate) fn parse(text: &str) -> Self {
        Self(serde_urlencoded::from_str(text).unwrap_or_default())
    }
    pub(crate) fn extend(&mut self, text: &str) {
        self.0.extend(Self::parse(text).0);
    }
    pub(crate) fn push(&mut self, name: &str, value: String) {
        self.0.push((name.to_owned(), value));
    }
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// As keys of a JSON object; what is repeated becomes a list.
    pub(crate) fn merged(&self) -> Vec<(String, Value)> {
        let mut merged: Vec<(String, Value)> = Vec::new();
        for (name, value) in self.0.iter().filter(|(name, _)| name != "token") {
            let value = Value::String(value.clone());
            match merged.iter_mut().find(|(known, _)| known == name) {
                Some((_, Value::Array(values))) => values.push(value),
                Some((_, single)) => *single = Value::Array(vec![single.take(), value]),
                None => merged.push((name.clone(), value)),
            }
        }
        merged
    }
}
