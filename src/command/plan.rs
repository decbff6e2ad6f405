//! The plan of a command that processes all filings, from the common settings.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};

use super::stop;
use crate::cli::Common;
use crate::form12b25::deadline::Calendar;
use crate::pipeline::{Goal, Plan};
use crate::review::git;

/// Returns a plan for all filings. It has no formats; the command adds its own flags.
///
/// # Errors
/// The handler for Ctrl-C cannot be installed, or the file of closed days cannot be read.
pub(super) fn plan(goal: Goal, common: &Common) -> anyhow::Result<Plan> {
    let stop = stop::on_signal()?;
    Ok(Plan {
        goal,
        filings: common.filings.clone(),
        out: common.out.clone(),
        build: common.command_line("build"),
        only: Vec::new(),
        shard: None,
        calendar: Arc::new(calendar(common)?),
        templates: common.templates.clone(),
        unnamed_templates: common.unnamed_templates(),
        typst: common.typst(),
        formats: Vec::new(),
        force: false,
        jobs: None,
        not_checked_out: git::not_checked_out,
        renderings: stop::if_late(common, &stop)?,
        stop,
        progress: Arc::default(),
    })
}

/// Returns the built-in calendar, with the days of `closed_days` if there are any.
///
/// # Errors
/// The file cannot be read, or a line is wrong.
pub(super) fn calendar(common: &Common) -> anyhow::Result<Calendar> {
    common.closed_days.as_deref().map_or_else(|| Ok(Calendar::built_in()), calendar_of)
}

/// Returns the built-in calendar with the days of a file.
///
/// # Errors
/// The file cannot be read, or a line is wrong.
pub(super) fn calendar_of(path: &Path) -> anyhow::Result<Calendar> {
    let shown = path.display();
    let text = read(path).with_context(|| format!("cannot read {shown}"))?;
    if text.len() as u64 > MOST_BYTES {
        bail!("`{shown}` is larger than {} KiB", MOST_BYTES / 1024);
    }
    extended(path, &text)
}

/// Returns the built-in calendar with the days of a text; `path` is shown in errors.
///
/// # Errors
/// A line is wrong.
pub(super) fn extended(path: &Path, text: &str) -> anyhow::Result<Calendar> {
    let mut calendar = Calendar::built_in();
    let wrong = |(line, message)| anyhow!("{}:{line}: {message}", path.display());
    calendar.extend(text).map_err(wrong)?;
    Ok(calendar)
}

/// The most bytes of a file of closed days, of many thousand lines.
const MOST_BYTES: u64 = 256 * 1024;

/// Reads a file, up to a byte more than it may have.
fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    fs::File::open(path)?.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    Ok(text)
}
