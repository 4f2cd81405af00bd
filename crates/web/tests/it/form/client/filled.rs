//! A form as a person fills it in: starts with what the page has, sends what a browser would send.

use scraper::{ElementRef, Html, Selector};

#[derive(Clone, Debug)]
pub(in crate::form) struct Form {
    pub(in crate::form) action: String,
    pub(in crate::form) is_multipart: bool,
    pub(in crate::form) inputs: Vec<(String, String)>,
    /// Name and content.
    pub(in crate::form) files: Vec<(String, Vec<u8>)>,
}

impl Form {
    pub(in crate::form) fn read(document: &Html, form: ElementRef<'_>) -> Self {
        let id = form.value().attr("id").unwrap_or_default();
        let mut inputs = Vec::new();
        for control in document.select(&Selector::parse("input, textarea, select").unwrap()) {
            let inside = control.ancestors().any(|ancestor| ancestor.id() == form.id());
            let belongs = control.value().attr("form").map_or(inside, |owner| !id.is_empty() && owner == id);
            if let (true, Some(name)) = (belongs, control.value().attr("name")) {
                inputs.extend(values(control).into_iter().map(|value| (name.to_owned(), value)));
            }
        }
        Self {
            action: form.value().attr("action").unwrap_or_default().to_owned(),
            is_multipart: form.value().attr("enctype") == Some("multipart/form-data"),
            inputs,
            files: vec![],
        }
    }

    pub(in crate::form) fn value(&self, name: &str) -> &str {
        self.inputs.iter().find(|(input, _)| input == name).map_or("", |(_, value)| value)
    }

    pub(in crate::form) fn values(&self, name: &str) -> Vec<&str> {
        self.inputs.iter().filter(|(input, _)| input == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Types into an input, ticks a box, chooses an option; takes what was there away.
    pub(in crate::form) fn set(mut self, name: &str, value: &str) -> Self {
        self = self.clear(name);
        self.add(name, value)
    }

    pub(in crate::form) fn add(mut self, name: &str, value: &str) -> Self {
        self.inputs.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(in crate::form) fn clear(mut self, name: &str) -> Self {
        self.inputs.retain(|(input, _)| input != name);
        self
    }

    pub(in crate::form) fn attach(mut self, name: &str, content: &[u8]) -> Self {
        self.files.push((name.to_owned(), content.to_vec()));
        self
    }

    /// Media type and body.
    pub(in crate::form) fn multipart(&self) -> (String, Vec<u8>) {
        const BOUNDARY: &str = "----watchbell-test-boundary";
        let mut body = Vec::new();
        for (name, value) in &self.inputs {
            let value = value.replace('\n', "\r\n");
            body.extend_from_slice(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
            );
        }
        for (name, content) in &self.files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }
}

/// What a control sends when nobody touches it.
fn values(control: ElementRef<'_>) -> Vec<String> {
    let element = control.value();
    let value = || element.attr("value").unwrap_or_default().to_owned();
    match (element.name(), element.attr("type")) {
        ("textarea", _) => vec![control.text().collect()],
        ("select", _) => {
            let options: Vec<ElementRef<'_>> = control.select(&Selector::parse("option").unwrap()).collect();
            let chosen = options.iter().find(|option| option.value().attr("selected").is_some()).or(options.first());
            chosen.map(|option| option.value().attr("value").unwrap_or_default().to_owned()).into_iter().collect()
        }
        (_, Some("checkbox" | "radio")) => element.attr("checked").map(|_| value()).into_iter().collect(),
        (_, Some("file" | "submit" | "button")) => vec![],
        _ => vec![value()],
    }
}
