//! The directory of institutions: which networks belong to whom, and whom to ask about them (IR-122 … IR-125). It is a file that a
//! setting names; whoever cannot be asked stops nothing (IR-130).

mod read;

use domain::{custom_field::FieldOption, ip_range::IpRange, person::EmailAddress};
use std::{path::PathBuf, time::SystemTime};

/// Larger than this is not a directory of institutions.
const LARGEST: u64 = 16 * 1024 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Institution {
    pub name: String,
    pub description: String,
    pub contact: Option<EmailAddress>,
    pub networks: Vec<IpRange>,
}

/// What the file said when it was read.
#[derive(Clone, Debug)]
pub struct Directory {
    path: PathBuf,
    stamp: Option<(SystemTime, u64)>,
    content: Result<Vec<Institution>, String>,
}

impl Directory {
    pub(crate) fn load(path: &str) -> Self {
        let path = PathBuf::from(path);
        let stamp = stamp(&path);
        let content = content(&path, stamp);
        if let Err(error) = &content {
            tracing::error!(%error, "the directory of institutions cannot be read");
        }
        Self { path, stamp, content }
    }
    /// Whether the file is still the one that was read; one that is missing is not looked for again and again.
    pub(crate) fn is_current(&self) -> bool {
        self.stamp == stamp(&self.path)
    }
    /// What it is, in words (IR-122).
    #[must_use]
    pub fn description(&self) -> String {
        format!("institutions in {}", self.path.display())
    }
    /// Every institution as a value of a select.
    #[must_use]
    pub fn options(&self) -> Vec<FieldOption> {
        let option = |one: &Institution| FieldOption { description: one.description.clone(), ..FieldOption::named(&one.name) };
        self.content.as_deref().unwrap_or_default().iter().map(option).collect()
    }
    /// Whose addresses these are: nobody's, one's or several's. An error when the directory could not be asked.
    pub fn of(&self, range: &IpRange) -> Result<Vec<&Institution>, &str> {
        let all = self.content.as_deref().map_err(String::as_str)?;
        Ok(all.iter().filter(|one| one.networks.iter().any(|network| network.overlaps(range))).collect())
    }
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Institution> {
        self.content.as_deref().unwrap_or_default().iter().find(|one| one.name.eq_ignore_ascii_case(name))
    }
}

fn stamp(path: &std::path::Path) -> Option<(SystemTime, u64)> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

fn content(path: &std::path::Path, stamp: Option<(SystemTime, u64)>) -> Result<Vec<Institution>, String> {
    let (_, size) = stamp.ok_or_else(|| "the file is not there".to_owned())?;
    if size > LARGEST {
        return Err("the file is too large".to_owned());
    }
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    read::institutions(&text)
}
