//! `latefile check`: loads and validates filings. It writes nothing, unless `--fix` is given.

use std::io::{self, Read as _};
use std::path::Path;

use anyhow::{Context as _, bail};
use similar::TextDiff;

use super::build::print_notes;
use super::{CLEAN, ERRORS, Terminal, ensure_folders, exit_code, tally};
use crate::cli::{Check, Common};
use crate::diagnostics::count::count;
use crate::diagnostics::deny;
use crate::diagnostics::finding;
use crate::pipeline::fixes::{Fixed, Fixes};
use crate::pipeline::load::files::{Entry, Files};
use crate::pipeline::load::{self, SharedFiles};
use crate::pipeline::{self, Goal, Plan, write};

/// The path that names standard input.
const STANDARD_INPUT: &str = "-";

/// Runs the command.
///
/// # Errors
/// The tool could not go on.
pub fn run(args: &Check, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    ensure_folders(common)?;
    if args.paths.iter().any(|path| path == Path::new(STANDARD_INPUT)) {
        return of_standard_input(args, common, terminal);
    }
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
        tally(&summary.findings, |n| terminal.after_notes(n))
    ));
    print_notes(&summary, terminal);
    Ok(exit_code(&summary, &common.deny))
}

/// Checks a filing from standard input, with the shared files of the repository.
///
/// # Errors
/// It cannot be read, or it is not the only filing.
fn of_standard_input(args: &Check, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    if args.fix || args.paths.len() > 1 {
        bail!("`{STANDARD_INPUT}` is checked alone, and without --fix");
    }
    let mut bytes = Vec::new();
    let most = load::MOST_BYTES as u64 + 1;
    io::stdin().take(most).read_to_end(&mut bytes).context("cannot read standard input")?;
    let files =
        if common.filings.is_dir() { load::find(&common.filings, &[])? } else { Files::default() };
    let (shared, _) = SharedFiles::load(&files);
    let entry = Entry {
        path: STANDARD_INPUT.into(),
        shown: "<stdin>".to_owned(),
        name: STANDARD_INPUT.to_owned(),
        id: STANDARD_INPUT.to_owned(),
    };
    let mut loaded = load::load_bytes(&entry, bytes, &shared);
    let editions = super::new::editions(common)?;
    pipeline::apply_rules(&mut loaded, &editions, &super::plan::calendar(common)?);
    let mut findings = pipeline::place(loaded.findings, &loaded.sources);
    finding::sort(&mut findings);
    terminal.findings(&findings, [])?;
    terminal.say(&format!("<stdin> · {}", tally(&findings, |n| terminal.after_notes(n))));
    let counts = findings.iter().any(|found| deny::counts(found, &common.deny));
    Ok(if counts { ERRORS } else { CLEAN })
}

/// Makes the fixes in the files, or shows them.
///
/// # Errors
/// A folder cannot be read, a file cannot be written, or the templates cannot be read.
fn fix(args: &Check, plan: &Plan, common: &Common, terminal: &Terminal) -> anyhow::Result<()> {
    let editions = super::new::editions(common)?;
    let fixes =
        Fixes { with_unsafe: args.with_unsafe, editions: &editions, calendar: &plan.calendar };
    for fixed in fixes.make(&load::find(&plan.filings, &plan.only)?) {
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
