//! Compares a mail server's alias file with the addresses of queues (TC-199): which address leads nowhere, which into another
//! queue, and which alias hands us mail for an address that is no queue's.

mod file;
mod gate;

use std::fmt;

use actions::Catalog;
use domain::QueueId;
use domain::person::EmailAddress;
use domain::setting::list;

use crate::process::Deed;
use file::{Alias, Target};
use gate::Gate;

/// Aliases of aliases are followed this far.
const DEEPEST: usize = 10;

/// Something about a file that an administrator should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// No alias hands us the mail for it.
    Missing {
        address: String,
        wanted: String,
    },
    Wrong {
        line: usize,
        address: String,
        does: String,
        wanted: String,
    },
    /// It hands us mail, but no queue has such an address.
    Unknown {
        line: usize,
        name: String,
        does: String,
    },
    Unusable {
        line: usize,
        name: String,
        problem: String,
    },
    Unreadable {
        line: usize,
    },
    /// May say more; not looked into.
    Include {
        line: usize,
        name: String,
        file: String,
    },
}

impl Finding {
    /// Something is to be mended.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        !matches!(self, Self::Include { .. })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { address, wanted } => {
                write!(f, "missing: {address} should lead to {wanted}, but no alias hands over its mail")
            }
            Self::Wrong { line, address, does, wanted } => {
                write!(f, "wrong: line {line}: {address} leads to {does}, but should lead to {wanted}")
            }
            Self::Unknown { line, name, does } => {
                write!(f, "unknown: line {line}: {name} leads to {does}, but no queue has such an address")
            }
            Self::Unusable { line, name, problem } => write!(f, "wrong: line {line}: {name}: {problem}"),
            Self::Unreadable { line } => write!(f, "wrong: line {line} is no alias"),
            Self::Include { line, name, file } => {
                write!(f, "note: line {line}: {name} includes {file}, which is not looked into")
            }
        }
    }
}

/// An address of ours, and what its mail is for.
struct Expected {
    address: EmailAddress,
    /// `None` for the installation's address, which may lead into any.
    queue: Option<QueueId>,
    queue_name: String,
    action: &'static str,
}

impl Expected {
    fn local(&self) -> String {
        self.address.as_str().rsplit_once('@').map_or("", |(local, _)| local).to_lowercase()
    }
    fn wanted(&self) -> String {
        said(&self.queue_name, self.action)
    }
    fn fits(&self, catalog: &Catalog, gate: &Gate) -> bool {
        let queue = catalog.queue_named(&gate.queue).map(|queue| queue.id);
        (self.queue.is_none() || self.queue == queue) && gate.action.split('-').any(|action| action == self.action)
    }
}

/// `domains` are those that the file is for; none is all.
#[must_use]
pub fn compare(catalog: &Catalog, text: &str, domains: &[String]) -> Vec<Finding> {
    let (aliases, unreadable) = file::read(text);
    let expected = expected(catalog, domains);
    let mut findings: Vec<Finding> = unreadable.into_iter().map(|line| Finding::Unreadable { line }).collect();
    for alias in &aliases {
        findings.extend(of_alias(catalog, alias, &expected, &aliases));
    }
    for one in &expected {
        let found = aliases.iter().filter(|alias| is_for(&alias.name, one));
        let gates: Vec<(usize, Gate)> = found.flat_map(|alias| reached(alias, &aliases)).collect();
        if gates.is_empty() {
            findings.push(Finding::Missing { address: one.address.to_string(), wanted: one.wanted() });
        }
        for (line, gate) in gates.iter().filter(|(_, gate)| is_usable(catalog, gate) && !one.fits(catalog, gate)) {
            let does = said(&gate.queue, &gate.action);
            findings.push(Finding::Wrong { line: *line, address: one.address.to_string(), does, wanted: one.wanted() });
        }
    }
    findings
}

fn expected(catalog: &Catalog, domains: &[String]) -> Vec<Expected> {
    let mut all: Vec<Expected> = Vec::new();
    for queue in catalog.queues().filter(|queue| !queue.disabled) {
        for (address, action) in [(&queue.correspond_address, "correspond"), (&queue.comment_address, "comment")] {
            let Some(address) = address.clone() else { continue };
            all.push(Expected { address, queue: Some(queue.id), queue_name: queue.name.clone(), action });
        }
    }
    for (setting, action) in [(list::CORRESPOND_ADDRESS, "correspond"), (list::COMMENT_ADDRESS, "comment")] {
        let Ok(address) = EmailAddress::parse(catalog.setting_text(setting)) else { continue };
        if !all.iter().any(|one| one.address == address) {
            all.push(Expected { address, queue: None, queue_name: "any queue".to_owned(), action });
        }
    }
    let is_of = |one: &Expected, domain: &String| {
        one.address.as_str().rsplit_once('@').is_some_and(|(_, own)| own.eq_ignore_ascii_case(domain))
    };
    all.retain(|one| domains.is_empty() || domains.iter().any(|domain| is_of(one, domain)));
    all
}

/// A name alone is one of every domain of the mail server's own.
fn is_for(name: &str, one: &Expected) -> bool {
    if name.contains('@') { one.address.as_str().eq_ignore_ascii_case(name) } else { one.local() == name }
}

/// What can be said of an alias by itself.
fn of_alias(catalog: &Catalog, alias: &Alias, expected: &[Expected], aliases: &[Alias]) -> Vec<Finding> {
    let (line, name) = (alias.line, alias.name.clone());
    // one that others lead to need not be an address of its own
    let is_known = || {
        expected.iter().any(|one| is_for(&alias.name, one))
            || aliases.iter().any(|other| other.targets.contains(&Target::Other(alias.name.clone())))
    };
    let mut findings = Vec::new();
    for target in &alias.targets {
        match target {
            Target::Include(file) => findings.push(Finding::Include { line, name: name.clone(), file: file.clone() }),
            Target::Command(command) => {
                let Some(gate) = gate::read(command) else { continue };
                if let Some(problem) = problem(catalog, &gate) {
                    findings.push(Finding::Unusable { line, name: name.clone(), problem });
                } else if !is_known() {
                    findings.push(Finding::Unknown { line, name: name.clone(), does: said(&gate.queue, &gate.action) });
                }
            }
            Target::Other(_) => {}
        }
    }
    findings
}

fn is_usable(catalog: &Catalog, gate: &Gate) -> bool {
    problem(catalog, gate).is_none()
}

fn problem(catalog: &Catalog, gate: &Gate) -> Option<String> {
    if Deed::list(&gate.action).is_none() {
        return Some(format!("there is no action “{}”", gate.action));
    }
    match catalog.queue_named(&gate.queue) {
        None => Some(format!("there is no queue “{}”", gate.queue)),
        Some(queue) if queue.disabled => Some(format!("the queue “{}” is disabled", queue.name)),
        Some(_) => None,
    }
}

/// The gates that mail for an alias comes to, through other aliases as well, each with its line.
fn reached(alias: &Alias, aliases: &[Alias]) -> Vec<(usize, Gate)> {
    let (mut seen, mut next, mut found): (Vec<&str>, Vec<&Alias>, Vec<(usize, Gate)>) = (vec![], vec![alias], vec![]);
    for _ in 0..DEEPEST {
        let mut further = Vec::new();
        for alias in next {
            seen.push(&alias.name);
            for target in &alias.targets {
                match target {
                    Target::Command(command) => found.extend(gate::read(command).map(|gate| (alias.line, gate))),
                    Target::Other(name) => {
                        further
                            .extend(aliases.iter().filter(|other| other.name == *name && !seen.contains(&other.name.as_str())));
                    }
                    Target::Include(_) => {}
                }
            }
        }
        next = further;
    }
    found
}

fn said(queue: &str, action: &str) -> String {
    format!("“{queue}” ({action})")
}
