//! The least that making text and HTML could take: the sources are read, and the same bytes are
//! written the same way, beside their place and renamed over it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rayon::prelude::*;
use walkdir::WalkDir;

/// Sources to be read and outputs to be written, one folder at a time.
pub(crate) struct Writing {
    sources: Vec<PathBuf>,
    outputs: Vec<Folder>,
}

/// A folder of outputs: its path, and the names and bytes of its files.
struct Folder(PathBuf, Vec<(String, Vec<u8>)>);

impl Writing {
    /// Takes the names of sources, and the outputs that were made of them, which go to memory.
    ///
    /// # Errors
    /// A folder or file cannot be read.
    pub(crate) fn new(filings: &Path, out: &Path) -> anyhow::Result<Writing> {
        let sources = files(filings)?;
        let mut outputs: Vec<Folder> = Vec::new();
        for path in files(out)? {
            let bytes =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let inside = path.strip_prefix(out).unwrap_or(&path);
            let name = inside
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            let folder = inside.parent().unwrap_or(inside);
            match outputs.last_mut().filter(|Folder(last, _)| last == folder) {
                Some(Folder(_, names)) => names.push((name, bytes)),
                None => outputs.push(Folder(folder.to_owned(), vec![(name, bytes)])),
            }
        }
        Ok(Writing { sources, outputs })
    }

    /// Reads the sources and writes the outputs to a folder, on as many threads as there are
    /// processors.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub(crate) fn run(&self, out: &Path) -> anyhow::Result<()> {
        let read = |path: &PathBuf| {
            fs::read(path).with_context(|| format!("cannot read {}", path.display()))
        };
        self.sources.par_iter().try_for_each(|path| read(path).map(drop))?;
        self.outputs.par_iter().try_for_each(|Folder(folder, names)| {
            let folder = out.join(folder);
            fs::create_dir_all(&folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
            names.iter().try_for_each(|(name, bytes)| put(&folder, name, bytes))
        })
    }
}

/// As `src/write.rs` does.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".latefile-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let path = folder.join(name);
    let mut temporary = builder
        .tempfile_in(folder)
        .with_context(|| format!("cannot write to {}", folder.display()))?;
    temporary.write_all(bytes).with_context(|| format!("cannot write {}", path.display()))?;
    temporary
        .persist(&path)
        .map_err(|e| e.error)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

/// All files below a folder, those of one folder together.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}
