//! The only module that writes, outputs and new files alike. An output whose bytes are the same
//! keeps its mtime; another is written to a temporary file and renamed over it, so that a crash or a
//! full disk leaves the old one. A new file never replaces another.

use std::ffi::OsStr;
use std::fs::{self, DirEntry, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;
use tempfile::NamedTempFile;

use crate::pipeline::manifest::Manifest;

/// The lock of one build, among the outputs; never deleted.
const LOCK: &str = ".lock";
/// The name of a manifest.
pub(crate) const MANIFEST: &str = "manifest.json";
/// More than any output has: a source has at most 1 MiB.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// The prefix of temporary files; the next run removes those of a killed run.
const TEMPORARY: &str = ".latefile-";

/// The folder of all outputs, locked by one build.
#[derive(Debug)]
pub struct OutputDir {
    dir: PathBuf,
    _lock: File,
}

impl OutputDir {
    /// Creates the folder if it does not exist, and locks it. The kernel frees the lock of a killed
    /// run.
    ///
    /// # Errors
    /// The folder cannot be made, or another build holds it.
    pub fn lock(dir: &Path) -> anyhow::Result<OutputDir> {
        fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
        let path = dir.join(LOCK);
        match fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_symlink() => {
                bail!("{} is a symbolic link, which is not followed", path.display())
            }
            Ok(meta) if !meta.is_file() => bail!("{} is no file", path.display()), // to open a pipe would block
            _ => {}
        }
        let open = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = open.with_context(|| format!("cannot open {}", path.display()))?;
        match lock.try_lock() {
            Ok(()) => Ok(OutputDir { dir: dir.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => bail!("another build writes to {} now", dir.display()),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("cannot lock {}", path.display()))
            }
        }
    }

    /// The folder of a filing, which is, or will be, below this one.
    ///
    /// # Errors
    /// A symbolic link, or a file, is in its way.
    pub fn folder(&self, id: &str) -> anyhow::Result<Folder> {
        ensure_no_links(&self.dir, id)?;
        Ok(Folder(self.dir.join(id)))
    }

    /// Removes files of a filing, and the folders that are then empty.
    ///
    /// # Errors
    /// A file exists and cannot be removed.
    pub fn remove<'a>(
        &self,
        id: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) -> anyhow::Result<()> {
        let folder = self.folder(id)?;
        folder.remove(names)?;
        folder.remove_temporaries();
        let Folder(mut folder) = folder;
        while folder != self.dir && fs::remove_dir(&folder).is_ok() {
            folder.pop();
        }
        Ok(())
    }
}

/// The folder of a filing's outputs.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Creates the folder if it does not exist; otherwise removes the temporary files of a killed
    /// run.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn ensure_exists(&self) -> anyhow::Result<()> {
        if self.remove_temporaries() {
            return Ok(());
        }
        fs::create_dir_all(&self.0).with_context(|| format!("cannot make {}", self.0.display()))
    }

    /// Removes the temporary files of a killed run. Returns whether the folder exists.
    fn remove_temporaries(&self) -> bool {
        let Ok(entries) = fs::read_dir(&self.0) else { return false };
        for entry in entries.flatten() {
            if is_temporary(&entry.file_name()) {
                // A leftover does no harm, and the next run tries again.
                let _ = fs::remove_file(entry.path());
            }
        }
        true
    }

    /// Writes a file to the folder, which exists. Returns whether its bytes changed.
    ///
    /// # Errors
    /// The file cannot be written; the old one is then as it was.
    pub fn write_if_changed(&self, name: &str, bytes: &[u8]) -> anyhow::Result<bool> {
        let path = self.0.join(name);
        if contents(&path).is_some_and(|old| old == bytes) {
            return Ok(false);
        }
        let mut temporary = temp_file_in(&self.0)?;
        temporary.write_all(bytes).with_context(|| format!("cannot write {}", path.display()))?;
        temporary
            .persist(&path)
            .map_err(|e| e.error)
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(true)
    }

    /// Removes files from the folder.
    ///
    /// # Errors
    /// A file exists and cannot be removed.
    pub fn remove<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> anyhow::Result<()> {
        for name in names {
            let path = self.0.join(name);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("cannot remove {}", path.display()));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Checks that the folder of a filing, as far as it exists, consists of folders, and not of symbolic
/// links to elsewhere.
fn ensure_no_links(dir: &Path, id: &str) -> anyhow::Result<()> {
    let mut folder = dir.to_owned();
    for segment in id.split('/') {
        folder.push(segment);
        match fs::symlink_metadata(&folder) {
            Ok(meta) if !meta.is_dir() => {
                bail!("{} is in the way of a folder of outputs", folder.display())
            }
            Ok(_) => {}
            Err(_) => return Ok(()),
        }
    }
    Ok(())
}

/// Writes a file that does not exist yet, and the folders to it. Returns `false` if there is a file
/// or a link already, which stays as it is.
///
/// # Errors
/// The file cannot be written; there is none then.
pub fn create(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    if fs::symlink_metadata(path).is_ok() {
        return Ok(false);
    }
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut temporary = temp_file_in(folder)?;
    temporary.write_all(bytes).with_context(|| format!("cannot write {}", path.display()))?;
    match temporary.persist_noclobber(path).map_err(|e| e.error) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(|| format!("cannot write {}", path.display())),
    }
}

/// Writes a file that the user named, and the folders to it. Returns whether it changed. A pipe, or
/// `/dev/null`, is written to and not replaced.
///
/// # Errors
/// The file cannot be written, and the old one is then as it was; or a link is there, which is not
/// followed.
pub fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    let context = || format!("cannot write {}", path.display());
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_symlink() => {
            bail!("{} is a symbolic link, which is not followed", path.display())
        }
        Ok(meta) if !meta.is_file() => {
            let file = File::options().write(true).open(path);
            file.and_then(|mut file| file.write_all(bytes)).with_context(context)?;
            return Ok(true);
        }
        _ => {}
    }
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut temporary = temp_file_in(folder)?;
    temporary.write_all(bytes).with_context(context)?;
    temporary.persist(path).map_err(|e| e.error).with_context(context)?;
    Ok(true)
}

/// Writes a file of a filing that only its owner can read, from its first byte on. Returns whether
/// it changed.
///
/// # Errors
/// A link or another file is in the way, or the file cannot be written; the old one is then as it
/// was.
pub fn write_private(dir: &Path, id: &str, name: &str, bytes: &[u8]) -> anyhow::Result<bool> {
    fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
    ensure_no_links(dir, id)?;
    let path = file(dir, id, name);
    if is_private(&path) && fs::read(&path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    let folder = dir.join(id);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let temporary = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(&folder); // of mode 0600
    let mut temporary =
        temporary.with_context(|| format!("cannot write to {}", folder.display()))?;
    temporary.write_all(bytes).with_context(|| format!("cannot write {}", path.display()))?;
    temporary
        .persist(&path)
        .map_err(|e| e.error)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(true)
}

/// Whether a path is a file that only its owner can read.
fn is_private(path: &Path) -> bool {
    let Ok(meta) = fs::symlink_metadata(path) else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        meta.is_file() && meta.permissions().mode() & 0o077 == 0
    }
    #[cfg(not(unix))]
    meta.is_file()
}

/// A temporary file of ordinary permissions in a folder.
fn temp_file_in(folder: &Path) -> anyhow::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666)); // less the umask, as for any file
    }
    builder.tempfile_in(folder).with_context(|| format!("cannot write to {}", folder.display()))
}

/// The path of a file of a filing.
fn file(dir: &Path, id: &str, name: &str) -> PathBuf {
    dir.join(id).join(name)
}

/// The bytes of a file of a filing, if it exists.
pub fn read(dir: &Path, id: &str, name: &str) -> Option<Vec<u8>> {
    contents(&file(dir, id, name))
}

/// The bytes of a filing's manifest, if it exists.
pub fn read_manifest(dir: &Path, id: &str) -> Option<Vec<u8>> {
    has_no_links(dir, id).then(|| read(dir, id, MANIFEST)).flatten()
}

/// Whether the path to the outputs of a filing consists of folders, as far as it exists: files
/// after a symbolic link are not outputs.
pub fn has_no_links(dir: &Path, id: &str) -> bool {
    ensure_no_links(dir, id).is_ok()
}

/// The bytes of an output. A link could lead anywhere, a pipe would block, and a file larger than
/// any output would fill the memory: none of them is an output.
fn contents(path: &Path) -> Option<Vec<u8>> {
    let meta = fs::symlink_metadata(path).ok()?;
    (meta.is_file() && meta.len() <= MOST_BYTES).then(|| fs::read(path).ok()).flatten()
}

/// Whether there are no temporary files of a killed run among a filing's outputs.
pub fn is_clean(dir: &Path, id: &str) -> bool {
    let Ok(mut entries) = fs::read_dir(dir.join(id)) else { return true };
    !entries.any(|entry| entry.is_ok_and(|entry| is_temporary(&entry.file_name())))
}

/// Whether a file is temporary, left by a killed run.
fn is_temporary(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(TEMPORARY.as_bytes())
}

/// The manifest of a filing's outputs, if it exists and can be read.
pub fn manifest(dir: &Path, id: &str) -> Option<Manifest> {
    manifest_in(&read_manifest(dir, id)?)
}

/// The manifest in the bytes of a file, if it can be read.
pub fn manifest_in(bytes: &[u8]) -> Option<Manifest> {
    serde_json::from_slice(bytes).ok().filter(Manifest::is_sound)
}

/// The ids of all folders with a manifest, in the order of paths. Several folders are read at a
/// time.
///
/// # Errors
/// The folder of outputs cannot be read.
pub fn ids(dir: &Path) -> anyhow::Result<Vec<String>> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let unreadable = || format!("cannot read {}", dir.display());
    let inside = |folder: DirEntry| -> anyhow::Result<Vec<String>> {
        let mut ids = Vec::new();
        for entry in walkdir::WalkDir::new(folder.path()).follow_links(false).sort_by_file_name() {
            let entry = entry.with_context(unreadable)?;
            if entry.file_type().is_file()
                && entry.file_name() == MANIFEST
                && let Some(folder) =
                    entry.path().parent().and_then(|folder| folder.strip_prefix(dir).ok())
            {
                ids.push(folder.to_string_lossy().replace('\\', "/"));
            }
        }
        Ok(ids)
    };
    let entries = fs::read_dir(dir).with_context(unreadable)?;
    let mut entries: Vec<DirEntry> = entries.collect::<Result<_, _>>().with_context(unreadable)?;
    entries.retain(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    entries.sort_by_key(DirEntry::file_name);
    let ids: Vec<Vec<String>> =
        entries.into_par_iter().map(inside).collect::<anyhow::Result<_>>()?;
    Ok(ids.concat())
}
