//! `latefile build`: builds the outputs, compares them with the sources (`--check`), or builds
//! again after each change (`--watch`).

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Instant;

use super::watched::{self, Watched};
use super::{CLEAN, ERRORS, INTERRUPTED, Terminal, ensure_folders, exit_code, progress, tally};
use crate::cli::{Build, Common};
use crate::diagnostics::count::{count, grouped};
use crate::pipeline::compile::{Choice, VERSION};
use crate::pipeline::load::files::Entry;
use crate::pipeline::{self, Goal, Plan, Stage, Summary};
use crate::review::watch::Change;

/// The most filings that the closing line of a rebuild names; it counts more.
const NAMED: usize = 3;

/// Runs the command.
///
/// # Errors
/// The tool could not go on.
pub fn run(args: &Build, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    ensure_folders(common)?;
    let plan = Plan {
        only: args.paths.clone(),
        shard: args.shard,
        formats: args.formats.clone(),
        force: args.force,
        jobs: args.jobs.map(usize::from),
        ..super::plan::plan(if args.check { Goal::Compare } else { Goal::Build }, common)?
    };
    match warn_of_version(&plan, terminal) {
        Err(_) if plan.stop.load(Ordering::Relaxed) => return Ok(INTERRUPTED),
        warned => warned?,
    }
    if args.watch {
        build_and_watch(Watched::new(plan, common.clone())?, args.timings)
    } else {
        build_once(&plan, &[], args.timings, common, terminal)
    }
}

/// Warns of a named typst of another version.
///
/// # Errors
/// It does not answer.
fn warn_of_version(plan: &Plan, terminal: &Terminal) -> anyhow::Result<()> {
    if let Choice::Named(path) = &plan.typst
        && plan.typst.version(&plan.stop)? != VERSION
    {
        terminal.say(&format!(
            "warning: {} is not typst {VERSION}, which the layouts are made for",
            path.display()
        ));
    }
    Ok(())
}

/// Builds everything, and then the filings that a change affects, until Ctrl-C.
fn build_and_watch(mut run: Watched, timings: bool) -> anyhow::Result<u8> {
    // If the last build did not finish, the next one builds everything again.
    let mut done = attempt(&run, &run.plan, &[], timings);
    if !run.plan.stop.load(Ordering::Relaxed) {
        run.terminal.say(&watching(&run.plan));
    }
    loop {
        let next = match run.watch.wait(&run.plan.stop)? {
            Change::Stopped => return Ok(INTERRUPTED),
            Change::Gone(folder) => {
                run.terminal.say(&watched::gone(&folder));
                continue;
            }
            Change::Settings => match run.again() {
                Ok(again) => {
                    run = again;
                    Some((run.plan.clone(), Vec::new()))
                }
                Err(error) => {
                    run.terminal.stop(&error);
                    done = false;
                    None
                }
            },
            Change::Filings(entries) if done => plan_for(&run.plan, &entries),
            Change::Filings(_) | Change::Everything => Some((run.plan.clone(), Vec::new())),
        };
        if let Some((next, ids)) = next {
            done = attempt(&run, &next, &ids, timings);
        }
    }
}

/// Builds under `--watch` and returns whether the build finished.
fn attempt(run: &Watched, plan: &Plan, ids: &[String], timings: bool) -> bool {
    match build_once(plan, ids, timings, &run.common, &run.terminal) {
        Ok(code) => code == CLEAN || code == ERRORS,
        // The reason may be temporary: a held lock, a folder that is being replaced.
        Err(error) => {
            run.terminal.stop(&error);
            false
        }
    }
}

/// `watching filings and templates; Ctrl-C ends`
fn watching(plan: &Plan) -> String {
    let templates = plan
        .templates
        .as_ref()
        .map(|folder| format!(" and {}", folder.display()))
        .unwrap_or_default();
    format!("watching {}{templates}; Ctrl-C ends", plan.filings.display())
}

/// Returns the plan for some filings, with their ids, or `None` if the command line selects none of
/// them.
fn plan_for(plan: &Plan, entries: &[Entry]) -> Option<(Plan, Vec<String>)> {
    // The watch reports canonical paths, the user may type others.
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let selected: Vec<PathBuf> = plan.only.iter().map(|path| whole(path)).collect();
    let is_selected = |entry: &&Entry| {
        plan.shard.is_none_or(|shard| shard.holds(&entry.id))
            && (selected.is_empty()
                || selected.iter().any(|path| whole(&entry.path).starts_with(path)))
    };
    let (only, ids): (Vec<PathBuf>, Vec<String>) = entries
        .iter()
        .filter(is_selected)
        .map(|entry| (entry.path.clone(), entry.id.clone()))
        .unzip();
    (!only.is_empty()).then(|| (Plan { only, ..plan.clone() }, ids))
}

/// Builds once, and prints the findings and the closing line, which names the given filings.
fn build_once(
    plan: &Plan,
    ids: &[String],
    timings: bool,
    common: &Common,
    terminal: &Terminal,
) -> anyhow::Result<u8> {
    let start = Instant::now();
    let summary = progress::during(&plan.progress, terminal, || pipeline::run(plan))?;
    terminal.findings(&summary.findings, summary.reasons())?;
    terminal.no_filings(common, &summary);
    terminal.say(&closing(&summary, ids, plan.goal == Goal::Compare, terminal, start));
    if timings {
        terminal.say(&timings_table(&summary));
    }
    print_notes(&summary, terminal);
    Ok(exit_code(&summary, &common.deny))
}

/// Prints the removals, the notes and the error of a run, after its closing line.
pub(super) fn print_notes(summary: &Summary, terminal: &Terminal) {
    for id in &summary.removed {
        terminal.say(&format!("removed the outputs of {id}, whose source is gone"));
    }
    for note in &summary.notes {
        terminal.say(&format!("note: {note}"));
    }
    if let Some(error) = &summary.error {
        terminal.error(error);
    }
}

/// `16 filings · 2 rebuilt · 1 with errors · 0.9 s`, or with an id `acme/2025-10-k · rebuilt · 0.9
/// s`
pub(super) fn closing(
    summary: &Summary,
    ids: &[String],
    check: bool,
    terminal: &Terminal,
    start: Instant,
) -> String {
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
        if !summary.removed.is_empty() {
            parts.push(format!("{} removed", grouped(summary.removed.len())));
        }
    }
    if summary.failed > 0 && !alone {
        parts.push(format!("{} with errors", grouped(summary.failed)));
    }
    parts.push(tally(&summary.findings, |n| terminal.after_notes(n)));
    parts.push(format!("{:.1} s", start.elapsed().as_secs_f64()));
    if summary.interrupted {
        parts.push("interrupted".to_owned());
    }
    parts.join(" · ")
}

/// Returns a line for each stage: its time over all threads, and its share of the time of all
/// stages.
fn timings_table(summary: &Summary) -> String {
    // Over all threads: several wait for typst at once, so the sum exceeds the elapsed time.
    let milliseconds = |stage| summary.timings.of(stage).as_secs_f64() * 1000.0;
    let all: f64 = Stage::ALL.into_iter().map(milliseconds).sum();
    // `max`: a run over no filings takes no time, and 0 / 0 is not a number.
    let share = |stage| milliseconds(stage) / all.max(f64::MIN_POSITIVE) * 100.0;
    let line = |stage: Stage| {
        format!("{:>10}  {:>9.1} ms  {:>3.0} %", stage.name(), milliseconds(stage), share(stage))
    };
    Stage::ALL.into_iter().map(line).collect::<Vec<_>>().join("\n")
}
