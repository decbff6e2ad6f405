//! A filing on its way: judged, rendered, and waiting for what is to be compiled of it.

use super::pdfs::Pdf;
use super::{Batch, Format, Goal, Stage};
use crate::form12b25::rules;
use crate::pipeline::compile::BUNDLE;
use crate::pipeline::load::Loaded;
use crate::pipeline::manifest::Manifest;
use crate::pipeline::render::{self, Document};
use crate::pipeline::write;

/// The filing and what there is of its documents.
#[derive(Debug)]
pub(super) struct Draft {
    /// Its number in the order of paths.
    pub(super) number: usize,
    pub(super) loaded: Loaded,
    /// None if it has errors, or if its outputs are as they should be without a look at them.
    pub(super) documents: Option<Vec<Document>>,
    /// The manifest of the outputs that are there.
    pub(super) old: Option<Manifest>,
    /// The manifest of those that are to be there, as far as it is known; none if they are not
    /// written.
    pub(super) new: Option<Manifest>,
    /// The PDF of each document.
    pub(super) pdfs: Vec<Pdf>,
}

impl Draft {
    /// How many documents are to be compiled.
    pub(super) fn wanted(&self) -> usize {
        self.pdfs.iter().filter(|pdf| matches!(pdf, Pdf::Wanted { .. })).count()
    }
}

/// The next of the drafts that are to be compiled together: as many as fill a run of typst; none
/// while fewer documents wait than `patience`, the least that is worth one.
pub(super) fn run(waiting: &mut Vec<Draft>, patience: usize) -> Option<Vec<Draft>> {
    let wanted: usize = waiting.iter().map(Draft::wanted).sum();
    if wanted < patience.max(1) {
        return None;
    }
    let mut documents = 0;
    let fits = |draft: &&Draft| {
        documents += draft.wanted();
        documents <= BUNDLE
    };
    let drafts = waiting.iter().take_while(fits).count();
    Some(waiting.drain(..drafts.max(1)).collect())
}

impl Batch<'_> {
    /// A filing that the rules have judged, with its documents if they are asked for and it has no
    /// errors.
    pub(super) fn draft(&self, number: usize, loaded: Loaded) -> Draft {
        let mut draft =
            Draft { number, loaded, documents: None, old: None, new: None, pdfs: Vec::new() };
        let Some(filing) = &draft.loaded.filing else { return draft };
        if self.goal == Goal::Check || !rules::passes(&draft.loaded.findings) {
            return draft;
        }
        if self.goal != Goal::Hand {
            let id = &draft.loaded.id;
            let file =
                self.timings.time(Stage::Compare, || write::read_manifest(&self.plan.out, id));
            draft.old = file.as_deref().and_then(write::manifest_in);
            let new = draft.new.insert(self.manifest(filing, &draft.loaded));
            let old = draft.old.as_ref().zip(file.as_deref());
            if self.timings.time(Stage::Compare, || self.is_fresh(id, filing, new, old)) {
                return draft;
            }
        }
        let hand = self.goal == Goal::Hand;
        let asked =
            if hand { filing.edgar.pdf_copies } else { self.plan.formats.contains(&Format::Pdf) };
        match self.timings.time(Stage::Render, || render::render(filing, &self.templates, asked)) {
            Ok(documents) => {
                if asked {
                    let pdf = |document| self.pdf(&draft.loaded.id, document, draft.old.as_ref());
                    let look = || documents.iter().map(pdf).unzip();
                    let (pdfs, findings): (Vec<_>, Vec<_>) =
                        self.timings.time(Stage::Compare, look);
                    draft.pdfs = pdfs;
                    draft.loaded.findings.extend(findings.into_iter().flatten());
                }
                draft.documents = Some(documents);
            }
            Err(findings) => draft.loaded.findings.extend(findings),
        }
        draft
    }
}
