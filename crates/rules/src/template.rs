//! Templates of mails, edited by administrators and therefore run in a sandbox: no host code, bounded work, unknown names are errors.

use crate::names;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value, escape_formatter};
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
    /// The body is HTML, by the template's own word.
    #[must_use]
    pub fn is_html(&self) -> bool {
        self.headers.iter().any(|(name, value)| is_html(name, value))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("template “{name}”{}: {message}", line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct InvalidTemplate {
    pub name: String,
    pub line: Option<usize>,
    pub message: String,
}

/// Between the head and the body, and before each line of the head, while a template is rendered. What is filled in never holds them,
/// so a line break in it begins no header.
const BORDER: char = '\u{1e}';
const LINE: char = '\u{1f}';

/// Renders `content` with the names in `context`. Text before the first blank line is headers when its first line looks like
/// one (TC-158); only what the template itself says counts for that, not what is filled in. With `Content-Type: text/html`
/// what is filled in is escaped.
pub fn render(name: &str, content: &str, context: &impl Serialize) -> Result<Rendered, InvalidTemplate> {
    let source = Source::of(content);
    let text = environment().render_str(&source.text, minijinja::value::Serde(context)).map_err(|error| invalid(name, &error))?;
    let (head, body) = match text.split_once(BORDER) {
        Some((head, body)) if source.has_head => (head, body.strip_prefix('\n').unwrap_or(body)),
        _ => ("", text.trim_start_matches('\n')),
    };
    let line = |text: &str| header(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    Ok(Rendered { headers: head.split(LINE).filter_map(line).collect(), body: body.to_owned() })
}

/// What keeps a template from being used, with the line: its syntax, a name, filter or test that does not exist, a head that
/// holds more than headers (TC-157). `fields` are the names of the custom fields there are.
pub fn check(name: &str, content: &str, fields: &[&str]) -> Result<(), InvalidTemplate> {
    let source = Source::of(content);
    let environment = environment();
    let template = environment.template_from_str(&source.text).map_err(|error| invalid(name, &error))?;
    let known_to_all: Vec<String> = environment.globals().map(|(global, _)| global.to_owned()).collect();
    let mut unknown: Vec<(Option<usize>, String)> = template
        .undeclared_variables(true)
        .into_iter()
        .filter(|path| !names::is_known(path, fields) && !known_to_all.contains(path))
        .map(|path| (line_of(content, &path), path))
        .collect();
    unknown.sort();
    if let Some((line, path)) = unknown.into_iter().next() {
        let message = format!("there is no name “{path}”");
        return Err(InvalidTemplate { name: name.to_owned(), line, message });
    }
    let wrong = |error: &minijinja::Error| {
        use ErrorKind::{OutOfFuel, UnknownFilter, UnknownFunction, UnknownMethod, UnknownTest};
        matches!(error.kind(), UnknownFilter | UnknownTest | UnknownFunction | UnknownMethod | OutOfFuel)
    };
    match template.render(minijinja::value::Serde(&names::sample(fields))) {
        Err(error) if wrong(&error) => return Err(invalid(name, &error)),
        // other values may be what it was written for
        Err(_) | Ok(_) => {}
    }
    let head = if source.has_head { source.text.split(BORDER).next().unwrap_or_default() } else { "" };
    match (1..)
        .zip(head.split(LINE).skip(1))
        .find(|(_, line)| header(line).is_none() && !line.contains("{%") && !line.contains("{#"))
    {
        Some((line, _)) => {
            let message = "headers end with an empty line, and this is no header".to_owned();
            Err(InvalidTemplate { name: name.to_owned(), line: Some(line), message })
        }
        None => Ok(()),
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_fuel(Some(FUEL));
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if text.contains([BORDER, LINE]) => {
            escape_formatter(out, state, &Value::from(text.replace([BORDER, LINE], " ")))
        }
        _ => escape_formatter(out, state, value),
    });
    environment
}

fn invalid(name: &str, error: &minijinja::Error) -> InvalidTemplate {
    let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    InvalidTemplate { name: name.to_owned(), line: error.line(), message }
}

/// Where a path stands first, as people count lines.
fn line_of(content: &str, path: &str) -> Option<usize> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let stands = |line: &str| {
        line.match_indices(path).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + path.len()..].chars().next();
            !before.is_some_and(|c| is_word(c) || c == '.') && !after.is_some_and(is_word)
        })
    };
    content.lines().position(stands).map(|line| line + 1)
}

/// A template's text with the border in place of the blank line that ends its head: the lines stay what they were.
struct Source {
    text: String,
    has_head: bool,
}

impl Source {
    fn of(content: &str) -> Self {
        let content = content.replace("\r\n", "\n").replace([BORDER, LINE], " ");
        let has_head = content.lines().next().is_some_and(|line| header(line).is_some());
        if !has_head {
            return Self { text: content, has_head };
        }
        let (head, body) = content.split_once("\n\n").unwrap_or((content.trim_end_matches('\n'), ""));
        let is_html = head.lines().filter_map(header).any(|(name, value)| is_html(&name, &value));
        let head = format!("{LINE}{}\n", head.replace('\n', &format!("\n{LINE}")));
        let text = if is_html {
            format!("{head}{BORDER}{{% autoescape 'html' %}}\n{body}{{% endautoescape %}}")
        } else {
            format!("{head}{BORDER}\n{body}")
        };
        Self { text, has_head }
    }
}

fn is_html(name: &str, value: &str) -> bool {
    name.eq_ignore_ascii_case("Content-Type") && value.to_ascii_lowercase().starts_with("text/html")
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
    fn tc158_headers_stand_before_the_first_blank_line() {
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

    // TC-158: what is filled in is data, in HTML as well as in the head
    #[test]
    fn tc158_html_is_escaped_and_nothing_filled_in_becomes_a_header() {
        let html = "Subject: {{ x }}\nContent-Type: text/html\n\n<p>{{ x }}</p>\n";
        let rendered = render("t", html, &json!({ "x": "a <b> & c" })).unwrap();
        assert!(rendered.is_html());
        assert_eq!((rendered.header("Subject"), rendered.body.as_str()), (Some("a <b> & c"), "<p>a &lt;b&gt; &amp; c</p>\n"));
        let broken = json!({ "x": "a\nFrom: evil@x.example\u{1f}Bcc: y\u{1e}\n\nz" });
        let rendered = render("t", "Subject: {{ x }}\nX-Colour: red\n\nbody", &broken).unwrap();
        let headers = [("Subject", "a From: evil@x.example Bcc: y z"), ("X-Colour", "red")];
        assert_eq!(rendered.headers, headers.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let foreign = render("t", "{{ x }}\n\nyours", &json!({ "x": "Content-Type: text/html" })).unwrap();
        assert!(!foreign.is_html() && foreign.headers.is_empty());
        assert_eq!(foreign.body, "Content-Type: text/html\n\nyours");
    }

    #[test]
    fn tc157_mistakes_are_found_before_a_template_is_stored_with_their_line() {
        let line = |content: &str| check("t", content, &["IP"]).map_err(|error| (error.line, error.message));
        let good = "Subject: {{ ticket.subject }}\n{# why #}\n\n{% for one in fields.IP %}{{ one|upper }}{% endfor %}{% if ticket.due %}x{% endif %}{{ fields[\"IP\"]|join(', ') }}{{ range(3)|length }}";
        assert_eq!(line(good), Ok(()));
        assert_eq!(line("a\n{% if x"), Err((Some(2), "unexpected end of input, expected end of block".to_owned())));
        assert_eq!(line("a\n\n{{ ticket.colour }}"), Err((Some(3), "there is no name “ticket.colour”".to_owned())));
        assert_eq!(line("{{ fields.Nope }}"), Err((Some(1), "there is no name “fields.Nope”".to_owned())));
        assert!(matches!(line("a\n{{ ticket.subject|nope }}"), Err((Some(2), _))));
        assert!(matches!(line("Subject: x\nDear all\n\ntext"), Err((Some(2), _))));
        assert!(matches!(line("x\n{% for i in range(90000) %}{{ i }}{% endfor %}"), Err((Some(2), _))));
    }
}
