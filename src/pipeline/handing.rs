//! Documents for a side room: a filing, what was rendered of it and all that was found, in memory.

use std::sync::Arc;

use super::Outcome;
use super::pdfs::Pdf;
use crate::diagnostics::finding::Located;
use crate::diagnostics::source::Sources;
use crate::form12b25::model::Filing;
use crate::pipeline::load::Loaded;
use crate::pipeline::render::Document;

/// A filing without errors and its documents.
#[derive(Debug)]
pub struct Made {
    /// Its id.
    pub id: String,
    /// The filing.
    pub filing: Filing,
    /// Its files, for further findings.
    pub sources: Sources,
    /// The form, then the letters.
    pub documents: Vec<Document>,
    /// The PDFs of the documents, in their order, if the filing asks for copies; else none.
    pub pdfs: Vec<Vec<u8>>,
    /// What was found in its files.
    pub findings: Vec<Located>,
}

/// The documents of a filing with the PDFs that it asks for; nothing if one could not be made.
pub(super) fn hand(
    loaded: &Loaded,
    filing: &Filing,
    documents: Vec<Document>,
    pdfs: Vec<Pdf>,
) -> Option<Made> {
    let bytes = |pdf| if let Pdf::Made { bytes, .. } = pdf { Some(bytes) } else { None };
    let pdfs = pdfs.into_iter().map(bytes).collect::<Option<Vec<_>>>()?;
    let (filing, sources) = (filing.clone(), loaded.sources.clone());
    Some(Made { id: loaded.id.clone(), filing, sources, documents, pdfs, findings: Vec::new() })
}

/// What the outcomes made, each with the findings of its files: its own, and those among `others`
/// that are in one of them.
pub(super) fn made(outcomes: &mut [Outcome], others: &[Located]) -> Vec<Made> {
    let with_findings = |outcome: &mut Outcome| {
        let mut made = outcome.made.take()?;
        let shared = made.sources.shared.iter().map(|(_, source)| source);
        let files: Vec<_> =
            std::iter::once(&made.sources.main).chain(shared).map(Arc::clone).collect();
        let concerns =
            |finding: &&Located| files.iter().any(|file| file.path == finding.place.file);
        made.findings =
            outcome.findings.iter().chain(others.iter().filter(concerns)).cloned().collect();
        Some(made)
    };
    outcomes.iter_mut().filter_map(with_findings).collect()
}
