//! The plan of a command that processes all filings, from the common flags.

use std::sync::Arc;

use super::stop;
use crate::cli::Common;
use crate::form12b25::deadline::Calendar;
use crate::pipeline::{Goal, Plan};
use crate::review::git;

/// Returns a plan for all filings. It has no formats; the command adds its own flags.
///
/// # Errors
/// The handler for Ctrl-C cannot be installed.
pub(super) fn plan(goal: Goal, common: &Common) -> anyhow::Result<Plan> {
    let stop = stop::on_signal()?;
    Ok(Plan {
        goal,
        filings: common.filings.clone(),
        out: common.out.clone(),
        only: Vec::new(),
        shard: None,
        calendar: Arc::new(Calendar::built_in()),
        templates: common.templates.clone(),
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
