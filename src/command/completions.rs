//! `latefile completions`: prints a shell's script for completing the command line.

use clap::CommandFactory as _;

use super::{CLEAN, Terminal};
use crate::cli::{Cli, Completions};

/// Runs the command.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(args: &Completions, terminal: &Terminal) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    // Not to standard output: clap_complete panics if that cannot be written.
    clap_complete::generate(args.shell, &mut Cli::command(), "latefile", &mut script);
    terminal.print_document(&String::from_utf8_lossy(&script))?;
    Ok(CLEAN)
}
