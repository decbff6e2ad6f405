//! Runs the subcommands, one file for each. Only this layer prints: the findings of `build`,
//! `check`, `lint` and `package` and the products of the other commands go to standard output,
//! everything else to standard error.

pub mod build;
pub mod check;
pub mod completions;
pub mod docket;
pub mod doctor;
pub mod due;
pub mod guide;
pub mod import;
pub mod init;
pub mod lint;
pub mod manual;
pub mod new;
pub mod package;
mod plan;
mod progress;
pub mod redline;
pub mod rules;
pub mod schema;
pub mod serve;
mod stop;
pub mod templates;
mod terminal;
pub mod usage;
mod version;
mod watched;

use std::io;
use std::path::Path;

use anyhow::bail;

use crate::cli::Common;
use crate::diagnostics::count::{count, grouped};
use crate::diagnostics::deny::{self, Deny};
use crate::diagnostics::finding::{Located, Severity};
use crate::pipeline::{Summary, folder};

pub use terminal::Terminal;

/// The exit code if no finding counts as an error.
pub const CLEAN: u8 = 0;
/// The exit code if documents have errors, or differ under `--check`.
pub const ERRORS: u8 = 1;
/// The exit code if the tool cannot go on.
pub const CANNOT_GO_ON: u8 = 2;
/// The exit code of an interrupted run: 128 and the number of SIGINT, as shells have it.
pub const INTERRUPTED: u8 = 130;

/// Checks that the current folder exists. Otherwise each relative path fails, with no reason.
///
/// # Errors
/// It was deleted.
pub fn ensure_current_folder() -> anyhow::Result<()> {
    match std::env::current_dir() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            bail!("the current folder was deleted")
        }
        _ => Ok(()),
    }
}

/// Checks the folders of sources and outputs: none is a symbolic link or a file or, in the work tree,
/// below a link; and they do not contain each other.
///
/// # Errors
/// A folder cannot be used.
fn ensure_folders(common: &Common) -> anyhow::Result<()> {
    ensure_own(&common.filings)?;
    ensure_own(&common.out)?;
    ensure_disjoint(("--filings", &common.filings), ("--out", &common.out))
}

/// Checks a folder of sources or outputs, which need not exist: it is no symbolic link or file and, in
/// the work tree, not below a link.
///
/// # Errors
/// It cannot be used.
fn ensure_own(folder: &Path) -> anyhow::Result<()> {
    folder::ensure_no_links(folder)?;
    folder::ensure_usable(folder)?;
    Ok(())
}

/// Checks that two folders, each with its flag, do not contain each other.
///
/// # Errors
/// One contains the other.
fn ensure_disjoint(one: (&str, &Path), other: (&str, &Path)) -> anyhow::Result<()> {
    // Or outputs would be read as sources.
    let (a, b) = (folder::resolve(one.1)?, folder::resolve(other.1)?);
    if a.starts_with(&b) || b.starts_with(&a) {
        let (one, other) = ((one.0, one.1.display()), (other.0, other.1.display()));
        bail!("{} `{}` and {} `{}` must not contain each other", one.0, one.1, other.0, other.1);
    }
    Ok(())
}

/// Returns the exit code of a run, by the most severe outcome.
fn exit_code(summary: &Summary, denied: &[Deny]) -> u8 {
    if summary.interrupted {
        INTERRUPTED
    } else if summary.error.is_some() {
        CANNOT_GO_ON
    } else if summary.findings.iter().any(|finding| deny::counts(finding, denied)) {
        ERRORS
    } else {
        CLEAN
    }
}

/// Counts findings by severity, for the closing line. `after_notes` returns the
/// words after the number of notes.
fn tally(findings: &[Located], after_notes: impl Fn(usize) -> &'static str) -> String {
    let number = |severity| {
        findings
            .iter()
            .filter(|f| f.finding.severity == severity && f.finding.waived.is_none())
            .count()
    };
    let waived = findings.iter().filter(|f| f.finding.waived.is_some()).count();
    let mut parts =
        vec![count(number(Severity::Error), "error"), count(number(Severity::Warning), "warning")];
    match number(Severity::Note) {
        0 => {}
        notes => parts.push(count(notes, "note") + after_notes(notes)),
    }
    if waived > 0 {
        parts.push(format!("{} waived", grouped(waived)));
    }
    parts.join(" · ")
}
