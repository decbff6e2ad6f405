//! Finds documents among the outputs that no manifest names, once all filings of a run are done.

use std::collections::HashSet;
use std::path::Path;

use rayon::prelude::*;

use super::run::Run;
use crate::diagnostics::finding::{Located, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Source, Sources};
use crate::form12b25::documents;
use crate::pipeline::listing::{OutputFolder, OutputFolders};
use crate::pipeline::load::files::{self, Files};
use crate::pipeline::manifest::stem_of;
use crate::pipeline::write;

/// The most documents that a finding names.
const NAMED: usize = 3;

/// Returns findings on documents that no manifest names. They are not removed, because this tool
/// did not write them.
pub(super) fn find(run: &Run<'_>, files: &Files, folders: &OutputFolders) -> Vec<Located> {
    let requested: HashSet<&str> = files.filings.iter().map(|entry| entry.id.as_str()).collect();
    let known: HashSet<&str> = files.all_ids.iter().map(String::as_str).collect();
    let of_run = |id: &str| match run.plan.only.as_slice() {
        [] => run.plan.holds(id),
        _ => requested.contains(id),
    };
    let found: Vec<Vec<Located>> = folders
        .par_iter()
        .filter(|(id, _)| of_run(id))
        .map(|(id, folder)| unlisted(&run.plan.out, id, folder, known.contains(id.as_str())))
        .collect();
    found.concat()
}

/// Returns the findings on the documents in a folder that its manifest does not name.
fn unlisted(out: &Path, id: &str, folder: &OutputFolder, has_source: bool) -> Vec<Located> {
    let documents = &folder.documents;
    let file = |name: &String| on(&out.join(id).join(name), "no manifest names this file");
    match write::manifest(out, id) {
        Some(manifest) => {
            let outputs = manifest.outputs;
            documents.iter().filter(|name| !outputs.contains_key(*name)).map(file).collect()
        }
        // A manifest that is missing or unreadable is a finding already, if there is a source, or a
        // form beside it.
        None if has_source => Vec::new(),
        None if folder.has_manifest && documents.iter().any(|n| stem_of(n) == documents::FORM) => {
            Vec::new()
        }
        None if id.is_empty() || folder.has_manifest => documents.iter().map(file).collect(),
        None if documents.is_empty() => Vec::new(),
        None => {
            let message =
                format!("this folder has documents and no manifest: {}", named(documents));
            vec![on(&out.join(id), message)]
        }
    }
}

/// Names some documents, and counts the others.
fn named(documents: &[String]) -> String {
    let first: Vec<String> = documents.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    match documents.len().saturating_sub(NAMED) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// Makes a finding on a file or a folder among the outputs.
fn on(path: &Path, message: impl Into<String>) -> Located {
    let finding = rule::STALE.at(Spot::File, message);
    let finding = finding.hint("it was not built from a source; remove it by hand");
    finding.locate(&Sources::single(Source::named(files::shown(path))))
}
