//! `make bench`: measures, prints, and fails when a target is missed. With `BENCH_QUICK=1` it is small and judges nothing.

use bench::Setting;
use std::{io::Write, process::ExitCode};

fn main() -> ExitCode {
    match Setting::read().and_then(|setting| bench::everything(&setting)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "watchbell-bench: {error:#}");
            ExitCode::from(2)
        }
    }
}
