//! `latefile build`: from sources to outputs, or with `--check` the comparison of the two, or with
//! `--watch` one build after another.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Instant;

use super::{CLEAN, ERRORS, INTERRUPTED, Terminal, apart, exit_code, progress, tally};
use crate::cli::{Build, Common};
use crate::diagnostics::count::{count, grouped};
use crate::pipeline::compile::{Choice, VERSION};
use crate::pipeline::load::files::Entry;
use crate::pipeline::{self, Goal, Plan, Stage, Summary};
use crate::review::watch::{Change, Watch};

/// A rebuild of no more filings than these names them.
const NAMED: usize = 3;

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
        terminal.say(&format!(
            "warning: {} is not typst {VERSION}, which the layouts are made for",
            path.display()
        ));
    }
    let plan = Plan {
        only: args.paths.clone(),
        shard: args.shard,
        formats: args.formats.clone(),
        force: args.force,
        jobs: args.jobs.map(usize::from),
        ..super::plan(if args.check { Goal::Compare } else { Goal::Build }, common)?
    };
    if args.watch {
        watching(&plan, args.timings, common, terminal)
    } else {
        once(&plan, &[], args.timings, common, terminal)
    }
}

/// Builds everything, and then whatever a change touches, until Ctrl-C.
fn watching(
    plan: &Plan,
    timings: bool,
    common: &Common,
    terminal: &Terminal,
) -> anyhow::Result<u8> {
    let mut watch = Watch::new(&plan.filings, plan.templates.as_deref())?;
    // Whether the last build got through: what it left undone, the next one has to do.
    let mut done = attempt(plan, &[], timings, common, terminal);
    if !plan.stop.load(Ordering::Relaxed) {
        terminal.say(&watched(plan));
    }
    loop {
        let next = match watch.wait(&plan.stop)? {
            Change::Stopped => return Ok(INTERRUPTED),
            Change::Gone(folder) => {
                terminal.say(&format!("{} is gone; waiting for it to come back", folder.display()));
                continue;
            }
            Change::Filings(entries) if done => touched(plan, &entries),
            Change::Filings(_) | Change::Everything => Some((plan.clone(), Vec::new())),
        };
        if let Some((next, ids)) = next {
            done = attempt(&next, &ids, timings, common, terminal);
        }
    }
}

/// One build of many. What stops it may pass: a held lock, a folder that is being replaced.
fn attempt(
    plan: &Plan,
    ids: &[String],
    timings: bool,
    common: &Common,
    terminal: &Terminal,
) -> bool {
    match once(plan, ids, timings, common, terminal) {
        Ok(code) => code == CLEAN || code == ERRORS,
        Err(error) => {
            terminal.error(&error);
            false
        }
    }
}

/// `watching filings and templates; Ctrl-C ends`
fn watched(plan: &Plan) -> String {
    let templates = plan
        .templates
        .as_ref()
        .map(|folder| format!(" and {}", folder.display()))
        .unwrap_or_default();
    format!("watching {}{templates}; Ctrl-C ends", plan.filings.display())
}

/// The plan for some filings, with their ids; none if none of them is among those that were asked
/// for.
fn touched(plan: &Plan, entries: &[Entry]) -> Option<(Plan, Vec<String>)> {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let asked: Vec<PathBuf> = plan.only.iter().map(|path| whole(path)).collect();
    let wanted = |entry: &&Entry| {
        plan.shard.is_none_or(|shard| shard.holds(&entry.id))
            && (asked.is_empty() || asked.iter().any(|path| whole(&entry.path).starts_with(path)))
    };
    let (only, ids): (Vec<PathBuf>, Vec<String>) =
        entries.iter().filter(wanted).map(|entry| (entry.path.clone(), entry.id.clone())).unzip();
    (!only.is_empty()).then(|| (Plan { only, ..plan.clone() }, ids))
}

/// One build, from its findings to its closing line, which names the filings that it is about, if
/// any.
fn once(
    plan: &Plan,
    ids: &[String],
    timings: bool,
    common: &Common,
    terminal: &Terminal,
) -> anyhow::Result<u8> {
    let start = Instant::now();
    let summary = progress::during(&plan.progress, terminal, || pipeline::run(plan))?;
    terminal.findings(&summary.findings)?;
    terminal.nothing(common, &summary);
    terminal.say(&closing(&summary, ids, plan.goal == Goal::Compare, start));
    if timings {
        terminal.say(&spent(&summary));
    }
    asides(&summary, terminal);
    Ok(exit_code(&summary, common.deny_warnings()))
}

/// What is said after the closing line.
pub(super) fn asides(summary: &Summary, terminal: &Terminal) {
    for note in &summary.notes {
        terminal.say(&format!("note: {note}"));
    }
    if let Some(error) = &summary.error {
        terminal.error(error);
    }
}

/// `16 filings · 2 rebuilt · 1 with errors · 0.9 s`; of a few that have names, `acme/2025-10-k ·
/// rebuilt · 0.9 s`
pub(super) fn closing(summary: &Summary, ids: &[String], check: bool, start: Instant) -> String {
    let alone = ids.len() == 1;
    let mut parts = match ids {
        [] => vec![count(summary.filings, "filing")],
        ids if ids.len() <= NAMED => vec![ids.join(", ")],
        ids => vec![count(ids.len(), "filing")],
    };
    if !check {
        parts.push(match summary.changed {
            0 if alone => "not rebuilt".to_owned(),
            1 if alone => "rebuilt".to_owned(),
            changed => format!("{} rebuilt", grouped(changed)),
        });
        parts.push(format!("{} compiled", count(summary.compiled, "PDF")));
        if summary.removed > 0 {
            parts.push(format!("{} removed", grouped(summary.removed)));
        }
    }
    if summary.failed > 0 && !alone {
        parts.push(format!("{} with errors", grouped(summary.failed)));
    }
    parts.push(tally(&summary.findings));
    parts.push(format!("{:.1} s", start.elapsed().as_secs_f64()));
    if summary.interrupted {
        parts.push("interrupted".to_owned());
    }
    parts.join(" · ")
}

/// A line for each stage: its time over all threads, and its share of what all stages took. Several
/// wait for typst at a time.
fn spent(summary: &Summary) -> String {
    let milliseconds = |stage| summary.timings.of(stage).as_secs_f64() * 1000.0;
    let all: f64 = Stage::ALL.into_iter().map(milliseconds).sum();
    let share = |stage| milliseconds(stage) / all.max(f64::MIN_POSITIVE) * 100.0;
    let line = |stage: Stage| {
        format!("{:>10}  {:>9.1} ms  {:>3.0} %", stage.name(), milliseconds(stage), share(stage))
    };
    Stage::ALL.into_iter().map(line).collect::<Vec<_>>().join("\n")
}
