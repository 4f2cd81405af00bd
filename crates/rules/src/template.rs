//! Templates of mails, edited by administrators and therefore run in a sandbox: no host code, bounded work, unknown names are errors.

use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

/// Steps one rendering may take; a page of text takes a few hundred.
const FUEL: u64 = 50_000;

/// A rendered template: header lines it sets itself, and the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Rendered {
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("template “{name}”{}: {message}", line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct InvalidTemplate {
    pub name: String,
    pub line: Option<usize>,
    pub message: String,
}

/// Renders `content` with the names in `context`. Text before the first blank line is headers when its first line looks like
/// one (TC-158).
pub fn render(name: &str, content: &str, context: &impl Serialize) -> Result<Rendered, InvalidTemplate> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_fuel(Some(FUEL));
    let invalid = |error: minijinja::Error| InvalidTemplate {
        name: name.to_owned(),
        line: error.line(),
        message: error.detail().map_or_else(|| error.kind().to_string(), str::to_owned),
    };
    let text = environment.render_str(content, minijinja::value::Serde(context)).map_err(invalid)?;
    Ok(split(&text))
}

fn split(text: &str) -> Rendered {
    let text = text.replace("\r\n", "\n");
    let (head, body) = text.split_once("\n\n").unwrap_or((text.trim_end_matches('\n'), ""));
    let headers: Option<Vec<(String, String)>> = head.lines().map(header).collect();
    match headers {
        Some(headers) if !headers.is_empty() => Rendered { headers, body: body.to_owned() },
        _ => Rendered { headers: vec![], body: text.trim_start_matches('\n').to_owned() },
    }
}

fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    is_name.then(|| (name.to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn headers_stand_before_the_first_blank_line() {
        let rendered =
            render("t", "Subject: About {{ x }}\nRT-Attach-Message: yes\n\nHello {{ x }}\n", &json!({ "x": "you" })).unwrap();
        assert_eq!(rendered.header("subject"), Some("About you"));
        assert_eq!(rendered.body, "Hello you");
        assert_eq!(render("t", "\nDear all: hello\n\nbye", &json!({})).unwrap().body, "Dear all: hello\n\nbye");
    }

    #[test]
    fn mistakes_and_endless_work_are_errors_with_a_line() {
        let error = render("t", "a\n{{ nope.x }}", &json!({})).unwrap_err();
        assert_eq!(error.line, Some(2), "{error}");
        assert!(
            render("t", "{% for i in range(100000) %}{% for j in range(100000) %}x{% endfor %}{% endfor %}", &json!({})).is_err()
        );
    }
}
