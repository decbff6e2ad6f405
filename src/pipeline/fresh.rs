//! Decides which outputs on disk are up to date and need not be made again.

use super::draft::Pdf;
use super::plan::Goal;
use super::run::Run;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::source::sha256;
use crate::edgar::Format;
use crate::form12b25::documents::planned;
use crate::form12b25::model::Filing;
use crate::pipeline::manifest::{Manifest, stem_of};
use crate::pipeline::render::Document;
use crate::pipeline::write::{self, OutputDir};

/// Whether the run trusts the manifest on disk.
fn trusts_manifest(run: &Run<'_>) -> bool {
    // A comparison does not: whoever edited the documents may have edited the manifest too.
    run.goal == Goal::Build && !run.plan.force
}

/// Whether the outputs of a filing are up to date, without rendering them: all are listed in the
/// manifest on disk, unchanged, and made from the same sources and templates by this version.
/// `old` is the manifest on disk and the bytes of its file.
pub(super) fn is_fresh(
    run: &Run<'_>,
    id: &str,
    filing: &Filing,
    new: &Manifest,
    old: Option<(&Manifest, &[u8])>,
) -> bool {
    let Some((old, file)) = old.filter(|_| trusts_manifest(run)) else { return false };
    let from = new.from();
    let stems: Vec<String> = planned(filing).into_iter().map(|planned| planned.stem).collect();
    let is_made = |stem: &String, format: &Format| {
        let name = format!("{stem}.{}", format.suffix());
        old.outputs.get(&name).is_some_and(|output| {
            let is_as_listed = |out: &OutputDir| out.has_sha256(id, &name, &output.sha256);
            output.from == from && run.out.as_ref().is_some_and(is_as_listed)
        })
    };
    let is_left_over = |name: &String| !stems.iter().any(|stem| stem == stem_of(name));
    // The bytes too: a manifest with other white space or unknown keys is written anew. The cheap
    // conditions come first, because the last one may hash every output.
    let all = Manifest { outputs: old.outputs.clone(), ..new.clone() };
    all == *old
        && !old.outputs.keys().any(is_left_over)
        && write::is_clean(&run.plan.out, id)
        && all.bytes().is_ok_and(|bytes| bytes == file)
        && stems.iter().all(|stem| run.plan.formats.iter().all(|format| is_made(stem, format)))
}

/// Decides whether the PDF of a document is kept or compiled. Also returns the difference between
/// a kept PDF and the HTML, if there is one.
pub(super) fn pdf(
    run: &Run<'_>,
    id: &str,
    document: &Document,
    old: Option<&Manifest>,
) -> (Pdf, Option<Finding>) {
    let key = run.made_with.key(document.text(Format::PDF));
    let name = document.name(Format::PDF);
    let kept = |old: &Manifest| {
        let known = old.outputs.get(&name).filter(|known| known.key.as_ref() == Some(&key))?;
        write::read(&run.plan.out, id, &name).filter(|bytes| sha256(bytes) == known.sha256)
    };
    match old.filter(|_| trusts_manifest(run)).and_then(kept) {
        // The HTML may have changed since the PDF was compared with it.
        Some(bytes) => (Pdf::Kept, run.templates.pdf_differs(document, &bytes)),
        None => (Pdf::Pending { key }, None),
    }
}
