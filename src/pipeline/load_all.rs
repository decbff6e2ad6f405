//! Loads all filings, for commands that make no documents.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::place::place;
use crate::diagnostics::finding::{self, Located};
use crate::pipeline::load::{self, Loaded, SharedFiles};

/// Loads all filings below a folder, or those under `only`, in the order of their paths. Also
/// returns the findings in their files.
///
/// # Errors
/// A directory is missing or cannot be read.
pub fn load_all(filings: &Path, only: &[PathBuf]) -> anyhow::Result<(Vec<Loaded>, Vec<Located>)> {
    let mut files = load::find(filings, only)?;
    let (shared, faults) = SharedFiles::load(&files);
    let mut findings = std::mem::take(&mut files.findings);
    findings.extend(faults.into_iter().flat_map(|(sources, findings)| place(findings, &sources)));
    let mut all: Vec<Loaded> =
        files.filings.par_iter().map(|entry| load::load(entry, &shared)).collect();
    for loaded in &mut all {
        findings.extend(place(std::mem::take(&mut loaded.findings), &loaded.sources));
    }
    finding::sort(&mut findings);
    Ok((all, findings))
}
