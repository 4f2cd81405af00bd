//! What the numbers were measured on: without it they mean nothing.

use anyhow::Result;
use std::{
    fs,
    io::{Seek, Write},
    path::Path,
    time::{Duration, Instant},
};

use crate::statistics::Times;

/// Lines of `name: value`.
pub(crate) fn facts(folder: &Path) -> Result<Vec<String>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = after("/proc/meminfo", "MemTotal").and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    let fsync = fsync(folder)?;
    Ok(vec![
        format!("processor: {}, {cores} cores", after("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned())),
        format!("memory: {:.1} GiB", memory.unwrap_or(0.0) / 1024.0 / 1024.0),
        format!("kernel: {}", fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim()),
        format!("disk: {} ({} for PostgreSQL)", file_system(folder), file_system(&std::env::temp_dir())),
        format!(
            "4 KiB written and synced: p50 {:.2} ms, p99 {:.2} ms, {:.0}/s",
            fsync.percentile(50),
            fsync.percentile(99),
            fsync.a_second()
        ),
        format!("load before: {}", fs::read_to_string("/proc/loadavg").unwrap_or_default().trim()),
    ])
}

fn after(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    text.lines().find_map(|line| line.strip_prefix(name)?.split_once(':').map(|(_, value)| value.trim().to_owned()))
}

fn file_system(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let mut found = ("", "unknown");
    for line in mounts.lines() {
        let mut words = line.split(' ').skip(1);
        let (Some(place), Some(kind)) = (words.next(), words.next()) else { continue };
        if folder.starts_with(place) && place.len() >= found.0.len() {
            found = (place, kind);
        }
    }
    found.1.to_owned()
}

/// What durability costs at least here.
fn fsync(folder: &Path) -> Result<Times> {
    let path = folder.join("fsync");
    let mut file = fs::File::create(&path)?;
    let (began, mut times) = (Instant::now(), Vec::new());
    while times.len() < 300 && began.elapsed() < Duration::from_secs(3) {
        let one = Instant::now();
        file.rewind()?;
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(one.elapsed());
    }
    let elapsed = began.elapsed();
    fs::remove_file(&path)?;
    Ok(Times::new(times, elapsed))
}
