//! How large a run is, and where its things are.

use anyhow::{Context, Result};
use std::{path::PathBuf, time::Duration};

/// Where the program to measure is, if not beside this one.
const BINARY_VARIABLE: &str = "WATCHBELL_BINARY";
/// A folder on the disk to measure; its default is in the target folder.
const FOLDER_VARIABLE: &str = "BENCH_FOLDER";
/// A small run that shows that everything works.
const QUICK_VARIABLE: &str = "BENCH_QUICK";
/// Only these parts, by name: `mail`, `outbox`, `bulk`, `pages`, with commas between.
const PARTS_VARIABLE: &str = "BENCH_PARTS";
/// Leaves the databases with tickets behind, to look into.
const KEEP_VARIABLE: &str = "BENCH_KEEP";

const PARTS: [&str; 4] = ["mail", "outbox", "bulk", "pages"];

pub struct Setting {
    pub(crate) binary: PathBuf,
    pub(crate) folder: PathBuf,
    pub(crate) quick: bool,
    pub(crate) keep: bool,
    /// None: all of them.
    parts: Vec<String>,
    /// Tickets of the smaller and of the larger installation.
    pub(crate) tickets: [i64; 2],
    /// Mails sent over one connection, and over eight.
    pub(crate) mails: [usize; 2],
    /// Sizes of mails with files in bytes, and how many of each.
    pub(crate) files: [(usize, usize); 2],
    /// Letters that wait in the outbox.
    pub(crate) letters: usize,
    /// How long one page is asked for.
    pub(crate) time_a_page: Duration,
    /// How long rows are inserted bare.
    pub(crate) time_a_floor: Duration,
    pub(crate) rest: Duration,
}

impl Setting {
    pub fn read() -> Result<Self> {
        let own = std::env::current_exe().context("where this program is")?;
        let beside = own.parent().context("this program is in no folder")?.to_owned();
        let path = |variable: &str| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
        let binary = path(BINARY_VARIABLE).unwrap_or_else(|| beside.join("watchbell"));
        anyhow::ensure!(binary.is_file(), "{} is missing: run scripts/bench, which builds it", binary.display());
        let folder = path(FOLDER_VARIABLE).unwrap_or_else(|| beside.join("bench"));
        let is_set = |variable: &str| std::env::var_os(variable).is_some_and(|value| !value.is_empty() && value != "0");
        let size = if is_set(QUICK_VARIABLE) { Self::quick(binary, folder) } else { Self::full(binary, folder) };
        let parts: Vec<String> = std::env::var(PARTS_VARIABLE).unwrap_or_default().split(',').map(str::to_owned).collect();
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        for part in &parts {
            anyhow::ensure!(PARTS.contains(&part.as_str()), "{PARTS_VARIABLE}: “{part}” is none of {}", PARTS.join(", "));
        }
        Ok(Self { keep: is_set(KEEP_VARIABLE), parts, ..size })
    }

    pub(crate) fn measures(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|wanted| wanted == part)
    }

    fn full(binary: PathBuf, folder: PathBuf) -> Self {
        Self {
            binary,
            folder,
            quick: false,
            keep: false,
            parts: vec![],
            tickets: [10_000, 100_000],
            mails: [500, 3_000],
            files: [(200_000, 200), (20_000_000, 16)],
            letters: 100_000,
            time_a_page: Duration::from_millis(2_500),
            time_a_floor: Duration::from_secs(3),
            rest: Duration::from_secs(5),
        }
    }

    fn quick(binary: PathBuf, folder: PathBuf) -> Self {
        Self {
            quick: true,
            tickets: [1_000, 5_000],
            mails: [50, 200],
            files: [(200_000, 16), (20_000_000, 8)],
            letters: 500,
            time_a_page: Duration::from_millis(200),
            time_a_floor: Duration::from_millis(300),
            rest: Duration::from_secs(1),
            ..Self::full(binary, folder)
        }
    }
}
