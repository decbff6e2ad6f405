//! The last stage: writes or compares the outputs of a filing, and sums up its outcome. The module
//! `write` does the work.

use crate::form12b25::rules;
use crate::pipeline::draft::Draft;
use crate::pipeline::outputs;
use crate::pipeline::place::place;
use crate::pipeline::rendered::RenderedFiling;
use crate::pipeline::run::Run;
use crate::pipeline::summary::Outcome;
use crate::pipeline::timings::Stage;

/// Finishes a filing: writes or compares its outputs, or keeps its documents for a command.
///
/// # Errors
/// A file cannot be written or removed.
pub(crate) fn write(run: &Run<'_>, draft: Draft) -> anyhow::Result<Outcome> {
    let compiled = draft.compiled();
    let Draft { number, mut loaded, documents, old, new, pdfs } = draft;
    let mut outcome = Outcome { number, compiled, ..Outcome::default() };
    match (&loaded.filing, new, documents) {
        // Without a new manifest the goal is to render for a command, which has no outputs.
        (Some(filing), None, Some(documents)) => {
            outcome.rendered = RenderedFiling::new(&loaded, filing, documents, pdfs);
        }
        // A PDF may have failed since the documents were rendered: then nothing is written.
        (_, Some(new), Some(documents)) if rules::passes(&loaded.findings) => {
            let update = || outputs::update(run, &loaded.id, &documents, pdfs, (old.as_ref(), new));
            let update = run.time(Stage::Write, update)?;
            outcome.changed = update.changed;
            loaded.findings.extend(update.findings);
        }
        _ => {}
    }
    if let Some(filing) = &loaded.filing {
        outcome.notice = rules::OriginalNotice::of(filing);
        outcome.waives_duplicate = rules::waives_duplicate(filing);
    }
    outcome.failed = !rules::passes(&loaded.findings);
    outcome.findings = place(loaded.findings, &loaded.sources);
    run.plan.progress.filing();
    Ok(outcome)
}
