//! Finds files among the outputs that no manifest names, once all filings of a run are done.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::run::Run;
use crate::diagnostics::finding::{Located, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Source, Sources};
use crate::pipeline::listing::{OutputFolder, OutputFolders};
use crate::pipeline::load::files::{self, Files};
use crate::pipeline::write;

/// The most files that a finding names.
const NAMED: usize = 3;

/// Returns findings on files that no manifest names. They are not removed, because this tool did not
/// write them.
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

/// Returns the findings on the files in a folder that its manifest does not name.
fn unlisted(out: &Path, id: &str, folder: &OutputFolder, has_source: bool) -> Vec<Located> {
    let files = &folder.files;
    let file = |name: &String| {
        let path = out.join(id).join(name);
        on(&path, format!("no manifest names this {}", kind(&path)))
    };
    match write::manifest(out, id) {
        Some(manifest) => {
            files.iter().filter(|name| !manifest.outputs.contains_key(*name)).map(file).collect()
        }
        None if id.is_empty() => files.iter().map(file).collect(),
        // A manifest that is missing or unreadable is a finding already.
        None if has_source || folder.has_manifest => Vec::new(),
        None => {
            let is_link = |name: &&String| out.join(id).join(name).is_symlink();
            let (links, files): (Vec<&String>, Vec<&String>) = files.iter().partition(is_link);
            let message = format!("this folder has files and no manifest: {}", named(&files));
            let folder = (!files.is_empty()).then(|| on(&out.join(id), message));
            folder.into_iter().chain(links.into_iter().map(file)).collect()
        }
    }
}

/// `file`, or ``symbolic link to `../elsewhere` ``
fn kind(path: &Path) -> String {
    match fs::read_link(path) {
        Ok(target) => format!("symbolic link to `{}`", target.display()),
        Err(_) => "file".to_owned(),
    }
}

/// Names some files, and counts the others.
fn named(files: &[&String]) -> String {
    let first: Vec<String> = files.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    match files.len().saturating_sub(NAMED) {
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
