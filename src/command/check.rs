//! `latefile check`: loads and validates filings. It writes nothing, unless `--fix` is given.

use similar::TextDiff;

use super::build::print_notes;
use super::{Terminal, ensure_folders, exit_code, tally};
use crate::cli::{Check, Common};
use crate::diagnostics::count::count;
use crate::pipeline::fixes::{Fixed, Fixes};
use crate::pipeline::load::files;
use crate::pipeline::{self, Goal, Plan, write};

/// Runs the command.
///
/// # Errors
/// The tool could not go on.
pub fn run(args: &Check, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    ensure_folders(common)?;
    let plan = Plan { only: args.paths.clone(), ..super::plan::plan(Goal::Check, common)? };
    if args.fix {
        fix(args, &plan, common, terminal)?;
    }
    let summary = pipeline::run(&plan)?;
    if args.diff {
        // The diff is the product of the command.
        terminal.findings_on_stderr(&summary.findings);
    } else {
        terminal.findings(&summary.findings, summary.reasons())?;
    }
    terminal.no_filings(common, &summary);
    terminal.say(&format!(
        "{} · {}",
        count(summary.filings, "filing"),
        tally(&summary.findings, terminal.after_notes())
    ));
    print_notes(&summary, terminal);
    Ok(exit_code(&summary, &common.deny))
}

/// Makes the fixes in the files, or shows them.
///
/// # Errors
/// A folder cannot be read, a file cannot be written, or the templates cannot be read.
fn fix(args: &Check, plan: &Plan, common: &Common, terminal: &Terminal) -> anyhow::Result<()> {
    let editions = super::new::editions(common)?;
    let fixes =
        Fixes { with_unsafe: args.with_unsafe, editions: &editions, calendar: &plan.calendar };
    for fixed in fixes.make(&files::find(&plan.filings, &plan.only)?) {
        if args.diff {
            terminal.print_document(&diff(&fixed))?;
        } else {
            write::replace(&fixed.path, fixed.after.as_bytes())?;
            terminal.say(&format!("{}: {} fixed", fixed.shown, count(fixed.made, "finding")));
        }
    }
    Ok(())
}

/// Returns the changes of a file as a patch that `git apply` takes.
fn diff(fixed: &Fixed) -> String {
    let (old, new) = (format!("a/{}", fixed.shown), format!("b/{}", fixed.shown));
    let diff = TextDiff::from_lines(&fixed.before, &fixed.after);
    diff.unified_diff().header(&old, &new).to_string()
}
