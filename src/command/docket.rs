//! `latefile docket`: writes one page about all filings from their manifests, with the findings of
//! `latefile check` if there are sources.

use std::path::Path;

use anyhow::Context as _;

use super::{CLEAN, ERRORS, INTERRUPTED, Terminal, ensure_folders, tally};
use crate::cli::{Common, Docket as Args};
use crate::diagnostics::count::count;
use crate::diagnostics::deny;
use crate::pipeline::write;
use crate::pipeline::{self, Goal, Plan};
use crate::review::docket::{Docket, docket_page, from_to};

/// Runs the command. Findings are on the page; only denied ones affect the exit code.
///
/// # Errors
/// The tool could not go on.
pub fn run(args: &Args, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    ensure_folders(common)?;
    let plan = Plan { shard: args.shard, ..super::plan::plan(Goal::Check, common)? };
    let summary = if plan.filings.is_dir() { Some(pipeline::run(&plan)?) } else { None };
    if let Some(error) = summary.as_ref().and_then(|summary| summary.error.as_ref()) {
        anyhow::bail!("{error:#}");
    }
    if summary.as_ref().is_some_and(|summary| summary.interrupted) {
        return Ok(INTERRUPTED);
    }
    let findings = summary.as_ref().map(|summary| summary.findings.as_slice());
    let docket = Docket::gather(&plan, findings)?;
    let filings = count(docket.entries.len(), "filing");
    let page =
        docket_page(&docket, &from_to(&args.output, &common.out)?, None).with_context(|| {
            format!("no page can have {filings}; `--shard K/N` makes pages of parts")
        })?;
    let mut parts = Vec::new();
    if args.output == Path::new("-") {
        terminal.print_document(&page.html)?;
    } else {
        write::replace(&args.output, page.html.as_bytes())?;
        parts.push(args.output.display().to_string());
    }
    parts.push(filings);
    parts.extend(findings.map(|findings| tally(findings, |_| "")));
    terminal.say(&parts.join(" · "));
    let denied = findings.into_iter().flatten().any(|found| deny::is_denied(found, &common.deny));
    Ok(if denied { ERRORS } else { CLEAN })
}
