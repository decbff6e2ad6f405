//! `latefile check`: loads and validates filings, and writes nothing.

use super::build::print_notes;
use super::{Terminal, ensure_folders, exit_code, tally};
use crate::cli::{Check, Common};
use crate::diagnostics::count::count;
use crate::pipeline::{self, Goal, Plan};

/// Runs the command.
///
/// # Errors
/// The tool could not go on.
pub fn run(args: &Check, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    ensure_folders(common)?;
    let plan = Plan { only: args.paths.clone(), ..super::plan::plan(Goal::Check, common)? };
    let summary = pipeline::run(&plan)?;
    terminal.findings(&summary.findings, summary.reasons())?;
    terminal.no_filings(common, &summary);
    terminal.say(&format!(
        "{} · {}",
        count(summary.filings, "filing"),
        tally(&summary.findings, terminal.after_notes())
    ));
    print_notes(&summary, terminal);
    Ok(exit_code(&summary, &common.deny))
}
