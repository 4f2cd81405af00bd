//! What can be seen in running text: addresses, domain names, CVE identifiers (IR-118 to IR-120, IR-193 to IR-202).
//! Everything runs in time linear in the text. Which entries and parts are scanned, and how many values
//! a field takes, is left to the verbs.

pub(crate) mod address;
pub(crate) mod name;
mod top_level;

use std::{collections::HashSet, hash::Hash, sync::LazyLock};

use regex::Regex;

use crate::ip_range::IpRange;

pub use top_level::TopLevelDomains;

/// Addresses and networks in order, each once; `x`, `x/32` and `x/128` are the same (IR-195 to IR-198).
pub fn find_ips(text: &str) -> Vec<IpRange> {
    let found = address::scan(text, address::Networks::Shortened);
    each_once(found.into_iter().map(|found| found.range))
}

/// Domain names in order, each spelling once (IR-118, IR-119, IR-200).
pub fn find_domains(text: &str, top_level: &TopLevelDomains) -> Vec<String> {
    let found = name::scan(text, |last| top_level.contains(last));
    each_once(found.into_iter().filter_map(|place| text.get(place))).into_iter().map(str::to_owned).collect()
}

/// CVE identifiers as written, each spelling once (IR-120, IR-202). The number has at most the
/// 19 digits that the CVE record format allows.
pub fn find_cves(text: &str) -> Vec<String> {
    static PATTERN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i-u)\bCVE-[0-9]{4}-[0-9]{4,19}\b").expect("the pattern is fixed and tested"));
    each_once(PATTERN.find_iter(text).map(|found| found.as_str())).into_iter().map(str::to_owned).collect()
}

fn each_once<T: Copy + Eq + Hash>(found: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    found.filter(|value| seen.insert(*value)).collect()
}
