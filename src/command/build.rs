//! `latefile build`: from sources to outputs, or with `--check` the comparison of the two.

use std::time::Instant;

use super::{INTERRUPTED, Terminal, apart, count, exit_code, stop_on_signal, tally};
use crate::cli::{Build, Common};
use crate::compile::{Choice, VERSION};
use crate::pipeline::{self, Format, Goal, Plan, Stage, Summary};
use crate::watch::Watch;

/// Runs the command.
///
/// # Errors
/// The tool could not go on.
pub fn run(args: &Build, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    apart(&common.filings, &common.out)?;
    let typst = common.typst();
    if let Choice::Named(path) = &typst
        && typst.version()? != VERSION
    {
        terminal.say(&format!("warning: {} is not typst {VERSION}, which the layouts are made for", path.display()));
    }
    let plan = Plan {
        goal: if args.check { Goal::Compare } else { Goal::Build },
        filings: common.filings.clone(),
        out: common.out.clone(),
        only: args.paths.clone(),
        shard: args.shard,
        templates: common.templates.clone(),
        typst,
        formats: args.formats.iter().copied().map(Format::from).collect(),
        force: args.force,
        jobs: args.jobs.map(usize::from),
        stop: stop_on_signal()?,
    };
    let watch = if args.watch {
        Some(Watch::new([plan.filings.as_path()].into_iter().chain(plan.templates.as_deref()))?)
    } else {
        None
    };
    loop {
        let result = once(&plan, args.timings, common, terminal);
        let Some(watch) = &watch else { return result };
        if let Err(error) = result {
            terminal.error(&error); // it may pass: a held lock, a folder that is being replaced
        }
        terminal.say("watching for changes; Ctrl-C ends");
        if !watch.wait(&plan.stop) {
            return Ok(INTERRUPTED);
        }
    }
}

/// One build, from its findings to its closing line.
fn once(plan: &Plan, timings: bool, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    let start = Instant::now();
    let summary = pipeline::run(plan)?;
    terminal.findings(&summary.findings)?;
    terminal.nothing(common, &summary);
    terminal.say(&closing(&summary, plan.goal == Goal::Compare, start));
    if timings {
        terminal.say(&spent(&summary));
    }
    if let Some(error) = &summary.error {
        terminal.error(error);
    }
    Ok(exit_code(&summary, common.deny_warnings()))
}

/// `16 filings · 2 rebuilt · 1 with errors · 0.9 s`
fn closing(summary: &Summary, check: bool, start: Instant) -> String {
    let mut parts = vec![count(summary.filings, "filing")];
    if !check {
        parts.push(format!("{} rebuilt", summary.changed));
        parts.push(format!("{} compiled", count(summary.compiled, "PDF")));
        if summary.removed > 0 {
            parts.push(format!("{} removed", summary.removed));
        }
    }
    if summary.failed > 0 {
        parts.push(format!("{} with errors", summary.failed));
    }
    parts.push(tally(&summary.findings));
    parts.push(format!("{:.1} s", start.elapsed().as_secs_f64()));
    if summary.interrupted {
        parts.push("interrupted".to_owned());
    }
    parts.join(" · ")
}

/// A line for each stage: its time over all threads. Writing waits for compiling, whose time is
/// its own.
fn spent(summary: &Summary) -> String {
    let of = |stage| match stage {
        Stage::Write => summary.timings.of(Stage::Write).saturating_sub(summary.timings.of(Stage::Compile)),
        other => summary.timings.of(other),
    };
    let line = |stage: Stage| format!("{:>10}  {:>9.1} ms", stage.name(), of(stage).as_secs_f64() * 1000.0);
    Stage::ALL.into_iter().map(line).collect::<Vec<_>>().join("\n")
}
