//! The results of a run: the outcome of each filing, and the summary of all.

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
    /// The ids whose outputs were removed because their source is gone.
    pub removed: Vec<String>,
    /// Documents compiled.
    pub compiled: usize,
    /// The filings of a run whose goal is to render, in the order of their paths.
    pub rendered: Vec<RenderedFiling>,
    /// Remarks about the run that concern no document, such as a run of typst that broke off.
    pub notes: Vec<String>,
    /// The error that stopped the run, if one did.
    pub error: Option<anyhow::Error>,
    /// Whether the user stopped the run.
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
    /// Whether it waives the finding that it duplicates another notice.
    pub(super) waives_duplicate: bool,
}

impl Summary {
    /// Returns the reasons why the run did not finish.
    pub fn reasons(&self) -> impl Iterator<Item = String> {
        let interrupted = self.interrupted.then(|| "the run was interrupted".to_owned());
        self.error.iter().map(|error| format!("{error:#}")).chain(interrupted)
    }

    /// Whether all filings went through the stages.
    pub(super) fn is_complete(&self) -> bool {
        self.error.is_none() && !self.interrupted
    }

    /// Adds the outcomes of all filings, in the order of their paths.
    pub(super) fn add(&mut self, outcomes: Vec<Outcome>) {
        // The findings so far are those in shared files, and those of duplicates. A rendered filing
        // gets its share of them.
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
