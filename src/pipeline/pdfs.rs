//! The PDFs of filings: which of those that are there were made from the same, and the others
//! compiled, many in a run.

use super::draft::Draft;
use super::{Batch, Goal, Stage};
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Position, sha256};
use crate::pipeline::compile::{Fault, Press};
use crate::pipeline::manifest::Manifest;
use crate::pipeline::render::Document;
use crate::pipeline::write;

/// The PDF of a document.
#[derive(Debug)]
pub(super) enum Pdf {
    /// The one that is there was made from the same.
    Kept,
    /// It is to be compiled; its key is a hash of all that goes into it.
    Wanted { key: String },
    /// It was compiled.
    Made { bytes: Vec<u8>, key: String },
    /// It could not be made.
    Missing,
}

/// How many were compiled.
pub(super) fn compiled(pdfs: &[Pdf]) -> usize {
    pdfs.iter().filter(|pdf| matches!(pdf, Pdf::Made { .. })).count()
}

impl Batch<'_> {
    /// What is to be done for a document's PDF, and what is wrong with the one that stays.
    pub(super) fn pdf(
        &self,
        id: &str,
        document: &Document,
        old: Option<&Manifest>,
    ) -> (Pdf, Option<Finding>) {
        let key = self.made_with.key(document.typst.as_deref().unwrap_or_default());
        let name = format!("{}.pdf", document.stem);
        let kept = |old: &Manifest| {
            let known = old.outputs.get(&name).filter(|known| known.key.as_ref() == Some(&key))?;
            write::read(&self.plan.out, id, &name).filter(|bytes| sha256(bytes) == known.sha256)
        };
        // A comparison trusts no manifest: it comes from the same hand as the documents.
        let trusted = old.filter(|_| self.goal == Goal::Build && !self.plan.force);
        match trusted.and_then(kept) {
            // It was held against the HTML that there was when it was made.
            Some(bytes) => (Pdf::Kept, self.templates.pdf_differs(document, &bytes)),
            None => (Pdf::Wanted { key }, None),
        }
    }

    /// Compiles what is wanted for some filings, on a thread's own press.
    ///
    /// # Errors
    /// Typst cannot go on.
    pub(super) fn compile<'t>(
        &'t self,
        drafts: &mut [Draft],
        press: &mut Option<Press<'t>>,
    ) -> anyhow::Result<()> {
        let Some(typst) = self.typst() else {
            for pdf in drafts.iter_mut().flat_map(|draft| &mut draft.pdfs) {
                if matches!(pdf, Pdf::Wanted { .. }) {
                    *pdf = Pdf::Missing;
                }
            }
            return Ok(());
        };
        let mut sources: Vec<&str> = Vec::new();
        for draft in drafts.iter() {
            let documents = draft.documents.iter().flatten().zip(&draft.pdfs);
            let wanted = documents.filter(|(_, pdf)| matches!(pdf, Pdf::Wanted { .. }));
            sources
                .extend(wanted.map(|(document, _)| document.typst.as_deref().unwrap_or_default()));
        }
        let press = match press {
            Some(press) => press,
            none => none.insert(typst.press(self.templates.layout())?),
        };
        let compile = || press.compile_all(&sources, &self.plan.stop);
        let done = match self.timings.time(Stage::Compile, compile) {
            Err(_) if self.plan.stopped() => return Ok(()),
            done => done?,
        };
        if let Some(note) = done.note {
            self.note.get_or_init(|| note);
        }
        let mut made = done.documents.into_iter();
        for draft in drafts {
            let documents = draft.documents.iter().flatten();
            for (document, pdf) in documents.zip(&mut draft.pdfs) {
                if let Pdf::Wanted { key } = pdf {
                    let key = std::mem::take(key);
                    *pdf = match made.next().flatten() {
                        None => Pdf::Missing, // the run was stopped
                        Some(result) => {
                            self.made(document, key, result, &mut draft.loaded.findings)
                        }
                    };
                }
            }
        }
        Ok(())
    }

    /// A document that typst was done with, if it passes as EDGAR's and says what its HTML says.
    fn made(
        &self,
        document: &Document,
        key: String,
        made: Result<Vec<u8>, Fault>,
        findings: &mut Vec<Finding>,
    ) -> Pdf {
        let bytes = match made {
            Ok(bytes) => bytes,
            Err(fault) => {
                findings.push(self.typesetting(&format!("{}.pdf", document.stem), &fault));
                return Pdf::Missing;
            }
        };
        // Text and HTML were held against EDGAR's rules when they were rendered.
        let refused =
            self.timings.time(Stage::Compare, || self.templates.refuse_pdf(document, &bytes));
        if refused.is_empty() {
            return Pdf::Made { bytes, key };
        }
        findings.extend(refused.into_iter().map(|finding| match finding.hint {
            Some(_) => finding,
            None => finding.hint("nothing was written; the layout is what makes the PDF"),
        }));
        Pdf::Missing
    }

    /// What typst says of a document, at the layout's line if it is about the layout.
    fn typesetting(&self, name: &str, fault: &Fault) -> Finding {
        let first = fault.0.first().map(String::as_str).unwrap_or_default();
        let message = |said: &str| format!("typst on `{name}`: {said}");
        let layout = first.strip_prefix("layout.typ:").and_then(|rest| {
            let mut parts = rest.splitn(3, ':');
            let position =
                Position { line: parts.next()?.parse().ok()?, column: parts.next()?.parse().ok()? };
            Some((position, parts.next()?.trim()))
        });
        match layout {
            Some((position, said)) => {
                rule::TYPESETTING.at(self.templates.in_layout(position), message(said))
            }
            None => rule::TYPESETTING
                .at(Spot::File, message(first))
                .hint("if the built-in templates do this, it is a bug of this tool"),
        }
    }
}
