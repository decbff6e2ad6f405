//! The rendered filings of a thread that wait until their documents fill a run of typst.

use crate::pipeline::compile::BUNDLE;
use crate::pipeline::draft::Draft;

/// The rendered filings of one thread.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    /// Filings with nothing to compile.
    ready: Vec<Draft>,
    /// Filings that wait for typst.
    waiting: Vec<Draft>,
}

impl Pending {
    /// Adds filings that are rendered.
    pub(crate) fn extend(&mut self, drafts: Vec<Draft>) {
        let (ready, waiting): (Vec<_>, Vec<_>) =
            drafts.into_iter().partition(|draft| draft.to_compile() == 0);
        self.ready.extend(ready);
        self.waiting.extend(waiting);
    }

    /// Returns the next filings to compile together, or `None` while less than `threshold`
    /// documents are pending.
    pub(crate) fn next_batch(&mut self, threshold: usize) -> Option<Vec<Draft>> {
        // Filings with nothing to compile come first, so that they do not wait for typst.
        if !self.ready.is_empty() {
            return Some(std::mem::take(&mut self.ready));
        }
        let pending: usize = self.waiting.iter().map(Draft::to_compile).sum();
        if pending < threshold.max(1) {
            return None;
        }
        let mut documents = 0;
        let fits = |draft: &&Draft| {
            documents += draft.to_compile();
            documents <= BUNDLE
        };
        // At least one, though a filing with very many letters alone exceeds a run.
        let drafts = self.waiting.iter().take_while(fits).count();
        Some(self.waiting.drain(..drafts.max(1)).collect())
    }
}
