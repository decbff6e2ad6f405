//! The result of a run: what each filing came to, and all of them together.

use super::rendered::RenderedFiling;
use super::timings::Timings;
use crate::diagnostics::finding::Located;
use crate::form12b25::rules::OriginalNotice;

/// The result of a run.
#[derive(Debug, Default)]
pub struct Summary {
    /// All findings, in the order of printing.
    pub findings: Vec<Located>,
    /// The number of filings.
    pub filings: usize,
    /// Filings of which an output changed.
    pub changed: usize,
    /// Filings with errors.
    pub failed: usize,
    /// Folders of outputs that were removed because their source is gone.
    pub removed: usize,
    /// Documents compiled.
    pub compiled: usize,
    /// The filings of a run whose goal is to render, in the order of their paths.
    pub rendered: Vec<RenderedFiling>,
    /// Deviations from the usual course that are no fault of a document.
    pub notes: Vec<String>,
    /// Why the tool could not go on, if it could not.
    pub error: Option<anyhow::Error>,
    /// Whether the run was stopped from outside.
    pub interrupted: bool,
    /// The time spent in each stage.
    pub timings: Timings,
}

/// The result of one filing.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Its number in the order of paths.
    pub(super) number: usize,
    pub(super) findings: Vec<Located>,
    pub(super) changed: bool,
    pub(super) failed: bool,
    pub(super) compiled: usize,
    /// Its documents, if the goal is to render them for a command.
    pub(super) rendered: Option<RenderedFiling>,
    /// The report that it gives notice of, or `None` if the filing could not be read.
    pub(super) notice: Option<OriginalNotice>,
    /// Whether it has a waiver for giving notice a second time.
    pub(super) waives_duplicate: bool,
}

impl Summary {
    /// Whether all filings went through the stages.
    pub(super) fn is_complete(&self) -> bool {
        self.error.is_none() && !self.interrupted
    }

    /// Adds the outcomes of all filings, in the order of their paths. The findings so far are those
    /// of other files, and of the filings compared with one another.
    pub(super) fn add(&mut self, outcomes: Vec<Outcome>) {
        let others = self.findings.len();
        for mut outcome in outcomes {
            let rendered = outcome.rendered.take();
            let rendered =
                rendered.map(|r| r.with_findings(&outcome.findings, &self.findings[..others]));
            self.rendered.extend(rendered);
            self.findings.extend(outcome.findings);
            self.changed += usize::from(outcome.changed);
            self.failed += usize::from(outcome.failed);
            self.compiled += outcome.compiled;
        }
    }
}
