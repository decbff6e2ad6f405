//! The subcommands, a file for each. Only this room speaks: findings of `build`, `check`, `lint`
//! and `package`, and what other commands are asked for, to standard output, everything else to
//! standard error.

pub mod build;
pub mod check;
pub mod completions;
pub mod docket;
pub mod due;
pub mod init;
pub mod lint;
pub mod new;
pub mod package;
mod progress;
pub mod redline;
pub mod rules;
pub mod schema;
pub mod serve;
pub mod templates;

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, bail};

use crate::cli::{Color, Common};
use crate::diagnostics::count::{count, grouped};
use crate::diagnostics::finding::{Located, Severity};
use crate::diagnostics::report::{self, MessageFormat};
use crate::pipeline::{Goal, Plan, Summary};

/// The exit code when all is well.
pub const CLEAN: u8 = 0;
/// The exit code when documents have errors, or differ.
pub const ERRORS: u8 = 1;
/// The exit code when the tool could not go on.
pub const CANNOT_GO_ON: u8 = 2;
/// The exit code of an interrupted run.
pub const INTERRUPTED: u8 = 130;

/// Where and how this run speaks.
#[derive(Debug)]
pub struct Terminal {
    format: MessageFormat,
    quiet: bool,
    deny_warnings: bool,
    color_out: bool,
    color_err: bool,
}

impl Terminal {
    /// What the flags and the terminal decide.
    pub fn new(common: &Common) -> Terminal {
        let wanted = |on_terminal: bool| match common.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => on_terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        };
        Terminal {
            format: common.message_format,
            quiet: common.quiet,
            deny_warnings: common.deny_warnings(),
            color_out: wanted(io::stdout().is_terminal()),
            color_err: wanted(io::stderr().is_terminal()),
        }
    }

    /// Findings, on standard output: all of them, or with `-q` those that count.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn findings(&self, findings: &[Located]) -> anyhow::Result<()> {
        product(&self.text(findings, self.color_out))
    }

    /// Findings of a command whose product is something else, on standard error.
    pub fn findings_aside(&self, findings: &[Located]) {
        let _ = io::stderr().write_all(self.text(findings, self.color_err).as_bytes()); // as with `say`
    }

    /// The findings that are to be shown, as text.
    fn text(&self, findings: &[Located], color: bool) -> String {
        let shown = |finding: &&Located| !self.quiet || finding.counts(self.deny_warnings);
        let shown: Vec<&Located> = findings.iter().filter(shown).collect();
        report::text(&shown, self.format, color)
    }

    /// Whether progress may be shown, and then whether on a terminal.
    fn progress(&self) -> Option<bool> {
        (!self.quiet).then(|| io::stderr().is_terminal())
    }

    /// A line of progress or closing, on standard error.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr(), "{line}"); // there is nowhere to say that it failed
        }
    }

    /// The closing line of a run over no filings at all.
    pub fn nothing(&self, common: &Common, summary: &Summary) {
        if summary.filings == 0 && summary.findings.is_empty() {
            self.say(&format!("no filings in {}", common.filings.display()));
        }
    }

    /// Why the tool could not go on.
    pub fn error(&self, error: &anyhow::Error) {
        let (on, off) = if self.color_err { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
        let _ = writeln!(io::stderr(), "{on}error{off}: {error:#}");
    }
}

/// A text that was asked for, on standard output. A closed pipe is the reader's choice and no
/// error.
///
/// # Errors
/// Standard output cannot be written.
fn product(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).or_else(broken_pipe)
}

fn broken_pipe(error: io::Error) -> anyhow::Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        Ok(())
    } else {
        Err(error).context("cannot write to standard output")
    }
}

/// Neither of the two folders may contain the other, or outputs would be read as sources.
///
/// # Errors
/// One does.
fn apart(filings: &Path, out: &Path) -> anyhow::Result<()> {
    both_apart(("--filings", filings), ("--out", out))
}

/// The same of any two folders and their flags.
///
/// # Errors
/// One contains the other.
fn both_apart(one: (&str, &Path), other: (&str, &Path)) -> anyhow::Result<()> {
    let whole = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path));
    let (a, b) = (whole(one.1)?, whole(other.1)?);
    if a.starts_with(&b) || b.starts_with(&a) {
        let (one, other) = ((one.0, one.1.display()), (other.0, other.1.display()));
        bail!("{} `{}` and {} `{}` must not contain each other", one.0, one.1, other.0, other.1);
    }
    Ok(())
}

/// What the common flags say of a run over all filings, in no format; the command adds its own.
///
/// # Errors
/// Nothing would stop it on Ctrl-C.
fn plan(goal: Goal, common: &Common) -> anyhow::Result<Plan> {
    Ok(Plan {
        goal,
        filings: common.filings.clone(),
        out: common.out.clone(),
        only: Vec::new(),
        shard: None,
        templates: common.templates.clone(),
        typst: common.typst(),
        formats: Vec::new(),
        force: false,
        jobs: None,
        stop: stop_on_signal()?,
        progress: Arc::default(),
    })
}

/// A flag that Ctrl-C and SIGTERM set.
///
/// # Errors
/// The handler cannot be installed.
fn stop_on_signal() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = stop.clone();
    ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed))
        .context("cannot watch for Ctrl-C")?;
    Ok(stop)
}

/// The exit code of a run: the worst that happened.
fn exit_code(summary: &Summary, deny_warnings: bool) -> u8 {
    if summary.interrupted {
        INTERRUPTED
    } else if summary.error.is_some() {
        CANNOT_GO_ON
    } else if summary.findings.iter().any(|finding| finding.counts(deny_warnings)) {
        ERRORS
    } else {
        CLEAN
    }
}

/// Findings by weight, for the closing line.
fn tally(findings: &[Located]) -> String {
    let number = |severity| {
        findings
            .iter()
            .filter(|f| f.finding.severity == severity && f.finding.waived.is_none())
            .count()
    };
    let waived = findings.iter().filter(|f| f.finding.waived.is_some()).count();
    let mut parts =
        vec![count(number(Severity::Error), "error"), count(number(Severity::Warning), "warning")];
    if number(Severity::Note) > 0 {
        parts.push(count(number(Severity::Note), "note"));
    }
    if waived > 0 {
        parts.push(format!("{} waived", grouped(waived)));
    }
    parts.join(" · ")
}
