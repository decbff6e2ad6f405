//! Writes all files, outputs and others, and reads outputs.
//!
//! An output whose bytes stay the same keeps its time of change. Any other is written to a
//! temporary file that is renamed over it, so that a crash or a full disk leaves the old one.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, Permissions, TryLockError};
use std::io::{ErrorKind, Read as _, Write};
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use tempfile::NamedTempFile;

use super::seen::{Seen, Stamp};
use crate::diagnostics::source;
use crate::pipeline::folder;
use crate::pipeline::manifest::{self, Manifest};

/// The name of the lock file in the folder of outputs.
// Never deleted: another build could hold a lock on the deleted file.
pub(super) const LOCK: &str = ".lock";
/// The name of a manifest.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The most bytes of an output that is read. A source has at most 1 MiB, so no output has as many.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// The prefix of temporary files; the next run removes those of a killed run.
const TEMPORARY: &str = ".latefile-";
/// The permissions of a folder of packages.
const PRIVATE_FOLDER: u32 = 0o700;
/// The permissions of a package.
const PRIVATE_FILE: u32 = 0o600;

/// The folder of all outputs, locked by this build.
#[derive(Debug)]
pub struct OutputDir {
    dir: PathBuf,
    lock: File,
    seen: Seen,
}

impl OutputDir {
    /// Creates the folder if it does not exist, and locks it.
    ///
    /// # Errors
    /// The folder is a symbolic link or cannot be made, or another build holds the lock.
    pub fn lock(dir: &Path) -> anyhow::Result<OutputDir> {
        folder::ensure_usable(dir)?;
        folder::make(dir)?;
        let path = dir.join(LOCK);
        match fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_symlink() => {
                bail!("{} is a symbolic link, which is not followed", path.display())
            }
            // To open a pipe would block.
            Ok(meta) if !meta.is_file() => bail!("{} is not a file", path.display()),
            _ => {}
        }
        // A lock of the kernel, which frees it when a run is killed.
        let open = File::options().create(true).truncate(false).read(true).write(true).open(&path);
        let lock = open.with_context(|| format!("cannot open {}", path.display()))?;
        match lock.try_lock() {
            Ok(()) => {
                let seen = seen_in(&lock).unwrap_or_default();
                Ok(OutputDir { dir: dir.to_owned(), lock, seen })
            }
            Err(TryLockError::WouldBlock) => bail!("another build writes to {} now", dir.display()),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("cannot lock {}", path.display()))
            }
        }
    }

    /// Returns the folder of a filing, which need not exist.
    ///
    /// # Errors
    /// A part of its path is a symbolic link or a file.
    pub fn folder(&self, id: &str) -> anyhow::Result<Folder> {
        ensure_no_links(&self.dir, id)?;
        Ok(Folder(self.dir.join(id)))
    }

    /// Whether an output has a SHA-256. Its file is read unless an earlier build recorded it.
    pub(super) fn has_sha256(&self, id: &str, name: &str, sha256: &str) -> bool {
        let path = file(&self.dir, id, name);
        let Ok(meta) = fs::symlink_metadata(&path) else { return false };
        let (key, stamp) = (format!("{id}/{name}"), Stamp::of(&meta));
        if self.seen.sha256(&key, stamp) == Some(sha256) {
            return true;
        }
        let has = contents(&path).is_some_and(|bytes| source::sha256(&bytes) == sha256);
        if has {
            self.seen.record(key, stamp, sha256.to_owned());
        }
        has
    }

    /// Records an output that this build wrote.
    pub(super) fn wrote(&self, id: &str, name: &str, sha256: &str) {
        if let Ok(meta) = fs::symlink_metadata(file(&self.dir, id, name)) {
            self.seen.record(format!("{id}/{name}"), Stamp::of(&meta), sha256.to_owned());
        }
    }

    /// Keeps a record of the outputs for the next build.
    pub(super) fn keep_seen(&mut self) {
        let is_there = |path: &str| self.dir.join(path).exists();
        let bytes = std::mem::take(&mut self.seen).bytes(is_there);
        if let Some(bytes) = bytes.filter(|bytes| bytes.len() as u64 <= MOST_BYTES) {
            // The next build reads the outputs if this fails.
            let _ = self.lock.set_len(0).and_then(|()| self.lock.write_all_at(&bytes, 0));
        }
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
        // A folder that is not empty, with a file of the user, cannot be removed and stays.
        while folder != self.dir && fs::remove_dir(&folder).is_ok() {
            folder.pop();
        }
        Ok(())
    }
}

/// Returns the outputs that earlier builds recorded in a lock file.
fn seen_in(mut lock: &File) -> Option<Seen> {
    let meta = lock.metadata().ok().filter(|meta| meta.len() <= MOST_BYTES)?;
    let mut bytes = Vec::new();
    lock.read_to_end(&mut bytes).ok()?;
    Some(Seen::read(&bytes, &meta))
}

/// The folder of a filing's outputs.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Creates the folder, or, if it exists, removes the temporary files of a killed run.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn ensure_exists(&self) -> anyhow::Result<()> {
        if self.remove_temporaries() {
            return Ok(());
        }
        folder::make(&self.0)
    }

    /// Removes the temporary files of a killed run. Returns whether the folder exists.
    fn remove_temporaries(&self) -> bool {
        let Ok(entries) = fs::read_dir(&self.0) else { return false };
        for entry in entries.flatten() {
            if is_temporary(&entry.file_name()) {
                // A temporary file does no harm, and the next run tries again.
                let _ = fs::remove_file(entry.path());
            }
        }
        true
    }

    /// Writes a file to the folder, which must exist. Returns whether its bytes changed.
    ///
    /// # Errors
    /// The file cannot be written; the old one then stays.
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
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("cannot remove {}", path.display()));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Checks that every part of the path to a filing's folder, as far as it exists, is a folder and
/// not a symbolic link.
fn ensure_no_links(dir: &Path, id: &str) -> anyhow::Result<()> {
    let mut folder = dir.to_owned();
    for segment in id.split('/') {
        folder.push(segment);
        match fs::symlink_metadata(&folder) {
            Ok(meta) if meta.is_symlink() => bail!("{}", folder::link(&folder)),
            Ok(meta) if !meta.is_dir() => {
                bail!("{} is in the way of a folder of outputs", folder.display())
            }
            Ok(_) => {}
            Err(_) => return Ok(()),
        }
    }
    Ok(())
}

/// Writes a file that does not exist yet, and its parent folders. Returns `false` if there is
/// already a file or a link, which stays.
///
/// # Errors
/// The file cannot be written; then there is none.
pub fn create(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    if fs::symlink_metadata(path).is_ok() {
        return Ok(false);
    }
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    folder::make(folder)?;
    let mut temporary = temp_file_in(folder)?;
    temporary.write_all(bytes).with_context(|| format!("cannot write {}", path.display()))?;
    // Another program may have made the file since the first check.
    match temporary.persist_noclobber(path).map_err(|e| e.error) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(|| format!("cannot write {}", path.display())),
    }
}

/// Writes a file that the user named, and its parent folders. Returns whether its bytes changed.
/// A file that is there keeps its permissions.
///
/// # Errors
/// The file cannot be written, and the old one then stays; or the path is a symbolic link.
pub fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    let context = || format!("cannot write {}", path.display());
    let metadata = fs::symlink_metadata(path);
    match &metadata {
        Ok(meta) if meta.is_symlink() => {
            bail!("{} is a symbolic link, which is not followed", path.display())
        }
        // A pipe or `/dev/null` is written to; a rename would replace it by a file.
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
    folder::make(folder)?;
    let mut temporary = temp_file_in(folder)?;
    temporary.write_all(bytes).with_context(context)?;
    if let Ok(meta) = metadata {
        fs::set_permissions(temporary.path(), meta.permissions()).with_context(context)?;
    }
    temporary.persist(path).map_err(|e| e.error).with_context(context)?;
    Ok(true)
}

/// Writes a file of a filing that only its owner can read, from its first byte on. Returns whether
/// it changed. Folders are private, too: the one of the filing, and those that did not exist.
///
/// # Errors
/// A part of its path is a symbolic link or a file, or the file cannot be written; the old one
/// then stays.
pub fn write_private(dir: &Path, id: &str, name: &str, bytes: &[u8]) -> anyhow::Result<bool> {
    make_private(dir)?;
    ensure_no_links(dir, id)?;
    let mut folder = dir.to_owned();
    for segment in id.split('/') {
        folder.push(segment);
        make_private(&folder)?;
        let cannot = || format!("cannot make {} private", folder.display());
        set_mode_if_other(&folder, PRIVATE_FOLDER).with_context(cannot)?;
    }
    let folder = Folder(folder);
    folder.remove_temporaries();
    let path = folder.0.join(name);
    if is_private(&path) && fs::read(&path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    // tempfile creates files of mode 0600, and a rename keeps the mode.
    let mut temporary = new_in(&folder.0, tempfile::Builder::new().prefix(TEMPORARY))?;
    let cannot = || format!("cannot write {}", path.display());
    set_mode_if_other(temporary.path(), PRIVATE_FILE).with_context(cannot)?;
    temporary.write_all(bytes).with_context(cannot)?;
    temporary.persist(&path).map_err(|e| e.error).with_context(cannot)?;
    Ok(true)
}

/// Makes a folder that only its owner can use, and so those above it, unless they exist.
fn make_private(folder: &Path) -> anyhow::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    make_private(folder.parent().unwrap_or(Path::new("")))?;
    let make = || {
        DirBuilder::new().mode(PRIVATE_FOLDER).create(folder)?;
        // An unusual umask takes permissions from the owner, too.
        set_mode_if_other(folder, PRIVATE_FOLDER)
    };
    make().with_context(|| format!("cannot make {}", folder.display()))
}

/// Sets the mode of a path, if it has another.
fn set_mode_if_other(path: &Path, mode: u32) -> std::io::Result<()> {
    if fs::metadata(path)?.permissions().mode() & 0o777 == mode {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(mode))
}

/// Whether a path is a file that only its owner can read.
fn is_private(path: &Path) -> bool {
    let Ok(meta) = fs::symlink_metadata(path) else { return false };
    meta.is_file() && meta.permissions().mode() & 0o077 == 0
}

/// Creates a temporary file of ordinary permissions in a folder.
// In the same folder: a rename works only within a file system.
fn temp_file_in(folder: &Path) -> anyhow::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    // The umask applies, as for any new file. The default of tempfile is 0600.
    builder.permissions(Permissions::from_mode(0o666));
    new_in(folder, &builder)
}

/// Creates a temporary file in a folder.
fn new_in(folder: &Path, builder: &tempfile::Builder<'_, '_>) -> anyhow::Result<NamedTempFile> {
    let made = builder.tempfile_in(folder).map_err(folder::without_path);
    made.with_context(|| format!("cannot write to {}", folder.display()))
}

/// Returns the path of a file of a filing.
fn file(dir: &Path, id: &str, name: &str) -> PathBuf {
    dir.join(id).join(name)
}

/// Returns the bytes of a file of a filing, or `None` if it cannot be read as an output.
pub fn read(dir: &Path, id: &str, name: &str) -> Option<Vec<u8>> {
    contents(&file(dir, id, name))
}

/// Whether a file of a filing exists as an output: no part of its path is a symbolic link.
pub fn exists(dir: &Path, id: &str, name: &str) -> bool {
    let meta = || fs::symlink_metadata(file(dir, id, name));
    has_no_links(dir, id) && meta().is_ok_and(|meta| meta.is_file())
}

/// Returns the bytes of a filing's manifest, or `None` if there is none.
pub fn read_manifest(dir: &Path, id: &str) -> Option<Vec<u8>> {
    has_no_links(dir, id).then(|| read(dir, id, MANIFEST)).flatten()
}

/// Whether every part of the path to a filing's outputs, as far as it exists, is a folder. Files
/// below a symbolic link are not outputs.
pub fn has_no_links(dir: &Path, id: &str) -> bool {
    ensure_no_links(dir, id).is_ok()
}

/// Returns the bytes of an output, or `None` if there is none.
fn contents(path: &Path) -> Option<Vec<u8>> {
    // A link could lead anywhere, a pipe would block, and a huge file would fill the memory.
    let meta = fs::symlink_metadata(path).ok()?;
    (meta.is_file() && meta.len() <= most_bytes(path)).then(|| fs::read(path).ok()).flatten()
}

/// Returns the most bytes of an output that are read.
fn most_bytes(path: &Path) -> u64 {
    if path.file_name() == Some(OsStr::new(MANIFEST)) { manifest::MOST_BYTES } else { MOST_BYTES }
}

/// Returns the reason why a file of a filing cannot be read as an output, such as `is missing`.
pub fn fault(dir: &Path, id: &str, name: &str) -> String {
    let path = file(dir, id, name);
    if !has_no_links(dir, id) {
        return "is missing".to_owned();
    }
    let reason = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => "is missing".to_owned(),
        kind => format!("cannot be read: {kind}"),
    };
    match fs::symlink_metadata(&path) {
        Err(error) => reason(error),
        Ok(meta) if !meta.is_file() => "is not a file".to_owned(),
        Ok(meta) if meta.len() > most_bytes(&path) => {
            format!("has more than {} MiB", most_bytes(&path) / 1024 / 1024)
        }
        Ok(_) => File::open(&path).err().map_or_else(|| "cannot be read".to_owned(), reason),
    }
}

/// Whether a filing's folder has no temporary files of a killed run.
pub fn is_clean(dir: &Path, id: &str) -> bool {
    let Ok(mut entries) = fs::read_dir(dir.join(id)) else { return true };
    !entries.any(|entry| entry.is_ok_and(|entry| is_temporary(&entry.file_name())))
}

/// Whether a file name is that of a temporary file.
pub(super) fn is_temporary(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(TEMPORARY.as_bytes())
}

/// Returns the manifest of a filing's outputs, or `None` if there is none that can be trusted.
pub fn manifest(dir: &Path, id: &str) -> Option<Manifest> {
    manifest_in(&read_manifest(dir, id)?)
}

/// Parses a manifest. Returns `None` if it cannot be read, or names files that are not outputs.
pub fn manifest_in(bytes: &[u8]) -> Option<Manifest> {
    serde_json::from_slice(bytes).ok().filter(Manifest::is_sound)
}
