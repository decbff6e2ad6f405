//! Lists the folders below that of the outputs, each with its files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::pipeline::folder;
use crate::pipeline::load::files::slashed;
use crate::pipeline::write::{self, MANIFEST};

/// The files that git, or the Finder of macOS, keeps in any folder.
const OF_SYSTEMS: [&str; 4] = [".gitattributes", ".gitignore", ".gitkeep", ".DS_Store"];
/// The folder of git, or in a submodule the file, which git itself never commits.
const GIT: &str = ".git";

/// A folder below that of the outputs, or that folder itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct OutputFolder {
    /// Whether it has a file with the name of a manifest. The folder of all outputs has none.
    pub(crate) has_manifest: bool,
    /// Its other files, and its links, by name.
    pub(crate) files: Vec<String>,
}

/// The folders with files, by id.
pub(crate) type OutputFolders = BTreeMap<String, OutputFolder>;

/// Lists the folders with files. The folder of all outputs has an empty id. The files of this tool
/// that are no outputs are left out, and so are those of git and of the Finder.
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
        known.files.append(&mut folder.files);
    }
    for folder in all.values_mut() {
        folder.files.sort();
    }
    Ok(all)
}

/// Returns the folders of one entry of the folder of outputs: its own, or those below it.
fn folders_from(dir: &Path, entry: &Path) -> anyhow::Result<OutputFolders> {
    let mut folders = OutputFolders::new();
    // A link is listed, wherever it leads.
    let walk = WalkDir::new(entry).follow_links(false).follow_root_links(false).into_iter();
    for entry in walk.filter_entry(|entry| entry.file_name() != GIT) {
        let entry = entry.map_err(folder::walk_error)?;
        if entry.file_type().is_dir() {
            continue;
        }
        let parent = entry.path().parent().and_then(|parent| parent.strip_prefix(dir).ok());
        let id = parent.map(slashed).unwrap_or_default();
        let is_file = entry.file_type().is_file();
        if is_file && is_kept(&entry, &id) {
            continue;
        }
        let folder = folders.entry(id.clone()).or_default();
        if is_file && entry.file_name() == MANIFEST && !id.is_empty() {
            folder.has_manifest = true;
        } else {
            folder.files.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(folders)
}

/// Whether a file in the folder of an id may be there without a manifest that names it.
fn is_kept(entry: &DirEntry, id: &str) -> bool {
    let name = entry.file_name();
    OF_SYSTEMS.iter().any(|own| name == *own)
        || write::is_temporary(name)
        || (id.is_empty() && name == write::LOCK)
}

/// Returns the ids of the folders with a manifest, in order.
pub(crate) fn ids(folders: &OutputFolders) -> impl Iterator<Item = &str> {
    folders.iter().filter(|(_, folder)| folder.has_manifest).map(|(id, _)| id.as_str())
}
