//! The stages of a filing: load, validate, render, compile, write.
//!
//! `process` takes filings through the stages. [`run()`] calls it on every thread, and does the
//! work that concerns all filings of a run: duplicates, outputs without a source, the summary.
//! Each stage is a file in `stages/`; the modules `load`, `render`, `compile` and `write` do the
//! work of the stages and can be used without a run.

pub mod compile;
pub mod fixes;
pub mod lfs;
pub mod load;
pub mod manifest;
pub mod render;
pub mod write;

mod batch;
mod draft;
mod duplicates;
pub(crate) mod folder;
mod fresh;
mod frozen;
mod gone;
pub(crate) mod listing;
mod load_all;
mod made_with;
mod outputs;
pub(crate) mod place;
mod plan;
mod progress;
mod rendered;
mod run;
mod seen;
mod stages;
mod summary;
mod timings;
mod unlisted;

use anyhow::Context as _;

use crate::diagnostics::finding;
use crate::form12b25::rules;
use batch::{Pending, Queue};
use load::files::Files;
use run::Run;
use summary::Outcome;

pub use gone::is_source_among;
pub use load_all::load_all;
pub use place::place;
pub use plan::{Goal, NotCheckedOut, Plan, Shard};
pub use progress::Progress;
pub use rendered::RenderedFiling;
pub use stages::apply_rules;
pub use summary::Summary;
pub use timings::{Stage, Timings};

/// Takes the filings of a queue through the stages, on one thread.
///
/// A [`Draft`](draft::Draft) carries a filing from stage to stage, and collects its findings. An
/// error in one filing does not stop the others: the later stages skip a draft with errors.
///
/// # Errors
/// The tool cannot go on: typst does not start or breaks off, or an output cannot be written.
fn process(run: &Run<'_>, queue: &Queue<'_>, done: &mut Vec<Outcome>) -> anyhow::Result<()> {
    // A thread that compiles nothing never starts a session of typst.
    let (mut pending, mut typst) = (Pending::default(), None);
    // Several filings go through a stage together, so that its code and data stay in the caches.
    while let Some(entries) = queue.take() {
        let load = |(number, entry): &(usize, &_)| stages::load(run, *number, entry);
        let mut drafts: Vec<_> = entries.iter().map(load).collect();
        drafts.iter_mut().for_each(|draft| stages::validate(run, draft));
        drafts.iter_mut().for_each(|draft| stages::render(run, draft));
        // Rendered filings wait here, so that one run of typst compiles the documents of many.
        pending.extend(drafts);
        while let Some(drafts) = pending.next_batch(queue.batch_threshold()) {
            for draft in stages::compile(run, &mut typst, drafts)? {
                done.push(stages::write(run, draft)?);
            }
        }
        // The queue is empty; its threshold was 0 already, so that no filing is pending.
        if entries.is_empty() {
            break;
        }
    }
    Ok(())
}

/// Runs a plan. The summary has the findings, and also the error that stopped the run midway, if
/// one did.
///
/// # Errors
/// The run cannot begin: a directory is missing, the templates cannot be read, or another build
/// holds the lock.
pub fn run(plan: &Plan) -> anyhow::Result<Summary> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(plan.jobs.unwrap_or(0));
    let pool = pool.build().context("cannot start threads")?;
    // Build the schema and the rules' patterns while this thread finds files and reads templates.
    pool.spawn(load::prepare);
    pool.spawn(rules::prepare);
    let (run, files, findings) = match Run::new(plan, &pool) {
        // Typst was asked for its version, and was stopped.
        Err(_) if plan.stopped() => {
            return Ok(Summary { interrupted: true, ..Summary::default() });
        }
        new => new?,
    };
    let filings = files.filings.len();
    plan.progress.begin(filings);
    let mut queue = Queue::new(&files.filings, pool.current_num_threads(), &plan.stop);
    if run.goal.is_of_outputs() {
        queue = queue.largest_first();
    }
    let (mut outcomes, error) =
        batch::on_all_threads(&pool, &queue, |done| process(&run, &queue, done));
    // Threads finish in any order; a summary must not depend on it.
    outcomes.sort_by_key(|outcome| outcome.number);
    let interrupted = plan.stopped();
    let mut summary = Summary { findings, filings, error, interrupted, ..Summary::default() };
    if summary.is_complete() {
        summary.findings.extend(pool.install(|| duplicates::duplicates(&run, &files, &outcomes)));
    }
    summary.add(outcomes);
    // A stopped run may not have waited for typst to answer.
    summary.error = summary.error.or_else(|| run.typst_error().filter(|_| !interrupted));
    // Removes files, and so only after a run without errors.
    if summary.is_complete() {
        summary.error = pool.install(|| compare_folders(&run, &files, &mut summary)).err();
    }
    if let Some(mut out) = run.out {
        out.keep_seen();
    }
    finding::sort(&mut summary.findings);
    // The findings of a shared registrant come with each filing that uses it.
    summary.findings.dedup();
    summary.notes = run.note.into_inner().into_iter().collect();
    summary.timings = run.timings;
    Ok(summary)
}

/// Reports documents that no manifest names, and removes the outputs of filings whose source is
/// gone, or reports them.
///
/// # Errors
/// The outputs cannot be read, or a file cannot be removed.
fn compare_folders(run: &Run<'_>, files: &Files, summary: &mut Summary) -> anyhow::Result<()> {
    if !run.goal.is_of_outputs() {
        return Ok(());
    }
    let folders = listing::folders(&run.plan.out)?;
    // First, while the folders are as they were listed.
    summary.findings.extend(unlisted::find(run, files, &folders));
    gone::remove(run, files, &folders, summary)
}
