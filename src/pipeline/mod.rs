//! The stages of a filing: load, validate, render, compile, write. [`process`] shows them; its
//! caller [`run`] adds what concerns all filings of a run.

pub mod compile;
pub mod load;
pub mod manifest;
pub mod render;
pub mod write;

mod batch;
mod draft;
mod duplicates;
mod fresh;
mod frozen;
mod gone;
mod load_all;
mod made_with;
mod outputs;
mod place;
mod plan;
mod progress;
mod rendered;
mod run;
mod stages;
mod summary;
mod timings;

use anyhow::Context as _;

use crate::diagnostics::finding;
use crate::form12b25::rules;
use batch::{Pending, Queue};
use run::Run;
use summary::Outcome;

pub use load_all::load_all;
pub use place::place;
pub use plan::{Goal, Plan, Shard};
pub use progress::Progress;
pub use rendered::RenderedFiling;
pub use stages::apply_rules;
pub use summary::Summary;
pub use timings::{Stage, Timings};

/// The way of each filing of a queue, on one thread. A few filings go through a stage together, so
/// that its code and data stay in the caches, and typst compiles the documents of many in one run.
fn process(run: &Run<'_>, queue: &Queue<'_>, done: &mut Vec<Outcome>) -> anyhow::Result<()> {
    let (mut pending, mut typst) = (Pending::default(), None);
    while let Some(entries) = queue.take() {
        let load = |(number, entry): &(usize, &_)| stages::load(run, *number, entry);
        let mut drafts: Vec<_> = entries.iter().map(load).collect();
        drafts.iter_mut().for_each(|draft| stages::validate(run, draft));
        drafts.iter_mut().for_each(|draft| stages::render(run, draft));
        pending.extend(drafts);
        while let Some(drafts) = pending.next_batch(queue.batch_threshold()) {
            for draft in stages::compile(run, &mut typst, drafts)? {
                done.push(stages::write(run, draft)?);
            }
        }
        if entries.is_empty() {
            break;
        }
    }
    Ok(())
}

/// Runs a plan. The summary has the findings in documents, and also an error that stopped the tool
/// midway.
///
/// # Errors
/// The tool could not begin: a missing directory, templates that cannot be read, a held lock.
pub fn run(plan: &Plan) -> anyhow::Result<Summary> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(plan.jobs.unwrap_or(0));
    let pool = pool.build().context("cannot start threads")?;
    // Meanwhile this thread looks for files and reads templates.
    pool.spawn(load::prepare);
    pool.spawn(rules::prepare);
    let (run, files, findings) = Run::new(plan, &pool)?;
    let filings = files.filings.len();
    plan.progress.begin(filings);
    let mut queue = Queue::new(&files.filings, pool.current_num_threads(), &plan.stop);
    if run.goal.is_of_outputs() {
        queue = queue.largest_first();
    }
    let (mut outcomes, error) =
        batch::on_all_threads(&pool, &queue, |done| process(&run, &queue, done));
    outcomes.sort_by_key(|outcome| outcome.number);
    let interrupted = plan.stopped();
    let mut summary = Summary { findings, filings, error, interrupted, ..Summary::default() };
    if summary.is_complete() {
        summary.findings.extend(pool.install(|| duplicates::duplicates(&run, &files, &outcomes)));
    }
    summary.add(outcomes);
    summary.error = summary.error.or_else(|| run.typst_error());
    if summary.is_complete() {
        summary.error = pool.install(|| gone::remove(&run, &files, &mut summary)).err();
    }
    finding::sort(&mut summary.findings);
    summary.findings.dedup(); // those of a shared registrant come with each filing that uses it
    summary.notes = run.note.into_inner().into_iter().collect();
    summary.timings = run.timings;
    Ok(summary)
}
