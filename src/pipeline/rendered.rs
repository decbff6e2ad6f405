//! A filing rendered in memory for a command: its documents and the findings in its files.

use super::draft::Pdf;
use crate::diagnostics::finding::Located;
use crate::diagnostics::source::Sources;
use crate::form12b25::model::Filing;
use crate::pipeline::load::Loaded;
use crate::pipeline::render::Document;

/// A filing without errors and its documents.
#[derive(Debug)]
pub struct RenderedFiling {
    /// Its id.
    pub id: String,
    /// The filing.
    pub filing: Filing,
    /// Its files, to find the lines of further findings.
    pub sources: Sources,
    /// The form, then the letters.
    pub documents: Vec<Document>,
    /// The PDFs of the documents, in their order; empty unless the filing asks for PDF copies.
    pub pdfs: Vec<Vec<u8>>,
    /// The findings in its files.
    pub findings: Vec<Located>,
}

impl RenderedFiling {
    /// Returns the documents of a filing with their PDFs, or `None` if one of these is missing.
    pub(super) fn new(
        loaded: &Loaded,
        filing: &Filing,
        documents: Vec<Document>,
        pdfs: Vec<Pdf>,
    ) -> Option<RenderedFiling> {
        let pdfs = pdfs.into_iter().map(Pdf::into_bytes).collect::<Option<_>>()?;
        Some(RenderedFiling {
            id: loaded.id.clone(),
            filing: filing.clone(),
            sources: loaded.sources.clone(),
            documents,
            pdfs,
            findings: Vec::new(),
        })
    }

    /// Adds the filing's own findings, and those among `others` that are in one of its files.
    pub(super) fn with_findings(mut self, own: &[Located], others: &[Located]) -> RenderedFiling {
        let is_ours = |finding: &&Located| {
            let shared = self.sources.shared.iter().map(|(_, source)| source);
            let mut files = std::iter::once(&self.sources.main).chain(shared);
            files.any(|file| file.path == finding.place.file)
        };
        self.findings = own.iter().chain(others.iter().filter(is_ours)).cloned().collect();
        self
    }
}
