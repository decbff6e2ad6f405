//! A filing between two stages, and the PDFs of its documents.

use crate::pipeline::load::Loaded;
use crate::pipeline::manifest::Manifest;
use crate::pipeline::render::Document;

/// A filing and the results of the stages so far.
#[derive(Debug)]
pub(super) struct Draft {
    /// Its number in the order of paths.
    pub(super) number: usize,
    pub(super) loaded: Loaded,
    /// `None` if the filing has errors, or if its outputs are up to date.
    pub(super) documents: Option<Vec<Document>>,
    /// The manifest of the outputs on disk.
    pub(super) old: Option<Manifest>,
    /// The manifest to write, whose outputs are added last; `None` if nothing is to be written.
    pub(super) new: Option<Manifest>,
    /// The PDF of each document, in their order; empty if no PDFs are requested.
    pub(super) pdfs: Vec<Pdf>,
}

impl Draft {
    /// Wraps a filing after loading.
    pub(super) fn new(number: usize, loaded: Loaded) -> Draft {
        Draft { number, loaded, documents: None, old: None, new: None, pdfs: Vec::new() }
    }

    /// The number of documents to compile.
    pub(super) fn to_compile(&self) -> usize {
        self.pdfs.iter().filter(|pdf| matches!(pdf, Pdf::Pending { .. })).count()
    }

    /// The number of compiled documents.
    pub(super) fn compiled(&self) -> usize {
        self.pdfs.iter().filter(|pdf| matches!(pdf, Pdf::Compiled { .. })).count()
    }
}

/// The PDF of a document.
#[derive(Debug)]
pub(super) enum Pdf {
    /// The PDF on disk was made from the same source.
    Kept,
    /// Not compiled yet; the key is a hash of all that its bytes depend on.
    Pending { key: String },
    /// Compiled, and accepted by EDGAR's rules.
    Compiled { bytes: Vec<u8>, key: String },
    /// Could not be made; a finding or the run's error says why.
    Missing,
}

impl Pdf {
    /// Returns the bytes, or `None` if the PDF was not compiled.
    pub(super) fn into_bytes(self) -> Option<Vec<u8>> {
        if let Pdf::Compiled { bytes, .. } = self { Some(bytes) } else { None }
    }
}
