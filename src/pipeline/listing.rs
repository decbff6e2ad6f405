//! Lists the folders below that of the outputs, each with its documents.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::edgar::Format;
use crate::pipeline::folder;
use crate::pipeline::load::files::slashed;
use crate::pipeline::write::MANIFEST;

/// A folder below that of the outputs, or that folder itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct OutputFolder {
    /// Whether it has a file with the name of a manifest.
    pub(crate) has_manifest: bool,
    /// Its files with the suffix of a document, in any case, and its links to folders, by name.
    pub(crate) documents: Vec<String>,
}

/// The folders with a manifest or a document, by id.
pub(crate) type OutputFolders = BTreeMap<String, OutputFolder>;

/// Lists the folders with a manifest or a document. The folder of all outputs has an empty
/// id. Hidden files and folders are ignored.
///
/// # Errors
/// A folder cannot be read, or the folder of outputs is a symbolic link.
pub(crate) fn folders(dir: &Path) -> anyhow::Result<OutputFolders> {
    if !folder::ensure_usable(dir)? {
        return Ok(OutputFolders::new());
    }
    let unreadable = || format!("cannot read {}", dir.display());
    let entries = fs::read_dir(dir).with_context(unreadable)?;
    let entries: Vec<fs::DirEntry> = entries.collect::<Result<_, _>>().with_context(unreadable)?;
    // Thousands of small folders: several threads walk them.
    let parts: Vec<OutputFolders> = entries
        .into_par_iter()
        .map(|entry| folders_from(dir, &entry.path()))
        .collect::<anyhow::Result<_>>()?;
    let mut all = OutputFolders::new();
    for (id, mut folder) in parts.into_iter().flatten() {
        let known = all.entry(id).or_default();
        known.has_manifest |= folder.has_manifest;
        known.documents.append(&mut folder.documents);
    }
    for folder in all.values_mut() {
        folder.documents.sort();
    }
    Ok(all)
}

/// Returns the folders of one entry of the folder of outputs: its own, or those below it.
fn folders_from(dir: &Path, entry: &Path) -> anyhow::Result<OutputFolders> {
    let mut folders = OutputFolders::new();
    let visible = |entry: &DirEntry| !entry.file_name().as_encoded_bytes().starts_with(b".");
    for entry in WalkDir::new(entry).follow_links(false).into_iter().filter_entry(visible) {
        let entry = entry.map_err(folder::walk_error)?;
        if entry.file_type().is_dir() {
            continue;
        }
        let parent = entry.path().parent().and_then(|parent| parent.strip_prefix(dir).ok());
        let id = parent.map(slashed).unwrap_or_default();
        if entry.file_name() == MANIFEST && entry.file_type().is_file() {
            folders.entry(id).or_default().has_manifest = true;
        } else if is_document(&entry) {
            let name = entry.file_name().to_string_lossy().into_owned();
            folders.entry(id).or_default().documents.push(name);
        }
    }
    Ok(folders)
}

/// Whether a reader could take an entry for a document, or for a folder of documents.
fn is_document(entry: &DirEntry) -> bool {
    // Windows and EDGAR ignore the case of a suffix.
    let name = entry.file_name().to_string_lossy().to_ascii_lowercase();
    Format::of_output(&name).is_some() || (entry.path_is_symlink() && entry.path().is_dir())
}

/// Returns the ids of the folders with a manifest, in order.
pub(crate) fn ids(folders: &OutputFolders) -> impl Iterator<Item = &str> {
    folders.iter().filter(|(_, folder)| folder.has_manifest).map(|(id, _)| id.as_str())
}
