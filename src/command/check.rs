//! `latefile check`: load and validate; nothing is rendered or written.

use std::sync::Arc;

use super::{Terminal, apart, count, exit_code, stop_on_signal, tally};
use crate::cli::{Check, Common};
use crate::pipeline::{self, Goal, Plan};

/// Runs the command.
///
/// # Errors
/// The tool could not go on.
pub fn run(args: &Check, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    apart(&common.filings, &common.out)?;
    let plan = Plan {
        goal: Goal::Check,
        filings: common.filings.clone(),
        out: common.out.clone(),
        only: args.paths.clone(),
        shard: None,
        templates: common.templates.clone(),
        typst: common.typst(),
        formats: Vec::new(),
        force: false,
        jobs: None,
        stop: stop_on_signal()?,
        progress: Arc::default(),
    };
    let summary = pipeline::run(&plan)?;
    terminal.findings(&summary.findings)?;
    terminal.nothing(common, &summary);
    terminal.say(&format!("{} · {}", count(summary.filings, "filing"), tally(&summary.findings)));
    Ok(exit_code(&summary, common.deny_warnings()))
}
