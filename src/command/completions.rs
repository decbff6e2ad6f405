//! `latefile completions`: prints a shell's script for completing the command line.

use clap::CommandFactory as _;

use super::CLEAN;
use crate::cli::{Cli, Completions};

/// Runs the command.
///
/// # Errors
/// None.
pub fn run(args: &Completions) -> anyhow::Result<u8> {
    clap_complete::generate(args.shell, &mut Cli::command(), "latefile", &mut std::io::stdout());
    Ok(CLEAN)
}
