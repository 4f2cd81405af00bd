//! The one binary: reads the command line and the configuration, wires the crates together, and nothing else.

mod command;
mod config;
mod demo_world;
mod operations;
mod server;
mod terminal;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = command::Arguments::parse();
    match command::run(arguments) {
        Ok(code) => code,
        Err(error) => {
            terminal::complain(&format!("watchbell: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
