//! A filing on its way through the stages.

use crate::pipeline::load::Loaded;
use crate::pipeline::manifest::Manifest;
use crate::pipeline::render::Document;

/// A filing and its documents, as far as they are made.
#[derive(Debug)]
pub(super) struct Draft {
    /// Its number in the order of paths.
    pub(super) number: usize,
    pub(super) loaded: Loaded,
    /// `None` if it has errors, or if its outputs are up to date.
    pub(super) documents: Option<Vec<Document>>,
    /// The manifest of the outputs on disk.
    pub(super) old: Option<Manifest>,
    /// The manifest of the outputs to write, without these; `None` if none are to be written.
    pub(super) new: Option<Manifest>,
    /// The PDF of each document.
    pub(super) pdfs: Vec<Pdf>,
}

impl Draft {
    /// A filing after loading.
    pub(super) fn new(number: usize, loaded: Loaded) -> Draft {
        Draft { number, loaded, documents: None, old: None, new: None, pdfs: Vec::new() }
    }

    /// The number of documents that are to be compiled.
    pub(super) fn to_compile(&self) -> usize {
        self.pdfs.iter().filter(|pdf| matches!(pdf, Pdf::Pending { .. })).count()
    }

    /// The number of documents that were compiled.
    pub(super) fn compiled(&self) -> usize {
        self.pdfs.iter().filter(|pdf| matches!(pdf, Pdf::Compiled { .. })).count()
    }
}

/// The PDF of a document.
#[derive(Debug)]
pub(super) enum Pdf {
    /// The one on disk was made from the same source.
    Kept,
    /// It is to be compiled; the key is a hash of all that its bytes depend on.
    Pending { key: String },
    /// It is compiled.
    Compiled { bytes: Vec<u8>, key: String },
    /// It could not be made.
    Missing,
}

impl Pdf {
    /// The bytes of a PDF that was compiled.
    pub(super) fn into_bytes(self) -> Option<Vec<u8>> {
        if let Pdf::Compiled { bytes, .. } = self { Some(bytes) } else { None }
    }
}
