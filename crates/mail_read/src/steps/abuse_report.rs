//! Recognises complaints in a form for machines: ARF (RFC 5965, with the types of RFC 6591 and 6650) and X-ARF.

use std::net::IpAddr;

use super::report;
use crate::incoming::Incoming;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbuseReport {
    /// `abuse`, `fraud`, `virus`, `auth-failure` …; of X-ARF the report type.
    pub kind: String,
    /// Where what is complained about came from.
    pub sources: Vec<IpAddr>,
    /// Who sent the mail complained about, and its subject, when it is attached.
    pub original_from: Option<String>,
    pub original_subject: Option<String>,
}

const MOST_SOURCES: usize = 100;

pub fn abuse_report(incoming: &Incoming) -> Option<AbuseReport> {
    let (text, kind, source) = match report::fields(incoming, &["message/feedback-report"]) {
        Some(text) => (text, "feedback-type", "source-ip"),
        None => (xarf(incoming)?, "report-type", "source"),
    };
    let bare = |value: String| value.trim_matches(['"', '\'', '[', ']', ' ']).to_owned();
    let kind = report::value(text, kind).map(bare).unwrap_or_default();
    let sources = report::values(text, source).into_iter().filter_map(|value| bare(value).parse().ok());
    Some(AbuseReport {
        kind: kind.chars().filter(char::is_ascii_graphic).take(40).collect::<String>().to_ascii_lowercase(),
        sources: sources.take(MOST_SOURCES).collect(),
        original_from: report::original(incoming, "from"),
        original_subject: report::original(incoming, "subject"),
    })
}

/// The report of an X-ARF mail is its second part, a file of YAML.
fn xarf(incoming: &Incoming) -> Option<&str> {
    let marked = ["X-XARF", "X-ARF"].iter().any(|name| incoming.header(name).is_some());
    let named = |name: &str| matches!(name.to_ascii_lowercase().as_str(), "report.txt" | "report.yaml" | "xarf.yaml");
    let mut files = incoming.parts.iter().filter(|part| part.file_name.as_deref().is_some_and(named));
    if marked { files.find_map(|part| part.text()) } else { None }
}
