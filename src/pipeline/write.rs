//! The only room that writes, outputs and new files alike. An output whose bytes are the same keeps
//! its mtime; another is written beside its place and renamed over it, so that a crash or a full
//! disk leaves the old one. A new file takes no other's place.

use std::ffi::OsStr;
use std::fs::{self, DirEntry, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;
use tempfile::NamedTempFile;

use crate::pipeline::manifest::Manifest;

/// The lock of one build, inside the outputs; never deleted.
const LOCK: &str = ".lock";
/// The name of a manifest.
pub(crate) const MANIFEST: &str = "manifest.json";
/// More than any output has: a source has 1 MiB at most.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// Temporary files begin so; what a killed run left of them is removed by the next.
const TEMPORARY: &str = ".latefile-";

/// The folder of outputs, held by one build.
#[derive(Debug)]
pub struct Out {
    dir: PathBuf,
    _lock: File,
}

impl Out {
    /// Makes the folder if it is not there, and locks it. The kernel frees the lock of a killed
    /// run.
    ///
    /// # Errors
    /// The folder cannot be made, or another build holds it.
    pub fn lock(dir: &Path) -> anyhow::Result<Out> {
        fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
        let path = dir.join(LOCK);
        match fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_symlink() => {
                bail!("{} is a symbolic link, which is not followed", path.display())
            }
            Ok(meta) if !meta.is_file() => bail!("{} is no file", path.display()), // a pipe would be waited for
            _ => {}
        }
        let open = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = open.with_context(|| format!("cannot open {}", path.display()))?;
        match lock.try_lock() {
            Ok(()) => Ok(Out { dir: dir.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => bail!("another build writes to {} now", dir.display()),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("cannot lock {}", path.display()))
            }
        }
    }

    /// The folder of a filing, once it is certain that it is, or will be, one below this one.
    ///
    /// # Errors
    /// A symbolic link, or a file, is in its way.
    pub fn folder(&self, id: &str) -> anyhow::Result<Folder> {
        below(&self.dir, id)?;
        Ok(Folder(self.dir.join(id)))
    }

    /// Removes files of a filing, and what folders that empties.
    ///
    /// # Errors
    /// A file that is there and cannot be removed.
    pub fn remove<'a>(
        &self,
        id: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) -> anyhow::Result<()> {
        let folder = self.folder(id)?;
        folder.remove(names)?;
        folder.sweep();
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
    /// Makes the folder if it is not there; if it is, removes what a killed run left half-written.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn ready(&self) -> anyhow::Result<()> {
        if self.sweep() {
            return Ok(());
        }
        fs::create_dir_all(&self.0).with_context(|| format!("cannot make {}", self.0.display()))
    }

    /// Removes what a killed run left half-written; answers whether the folder is there.
    fn sweep(&self) -> bool {
        let Ok(entries) = fs::read_dir(&self.0) else { return false };
        for entry in entries.flatten() {
            if is_temporary(&entry.file_name()) {
                // A leftover that stays is no harm; the next run tries again.
                let _ = fs::remove_file(entry.path());
            }
        }
        true
    }

    /// Writes a file to the folder, which is ready; answers whether its bytes changed.
    ///
    /// # Errors
    /// The file cannot be written; the old one is then as it was.
    pub fn put(&self, name: &str, bytes: &[u8]) -> anyhow::Result<bool> {
        let path = self.0.join(name);
        if contents(&path).is_some_and(|old| old == bytes) {
            return Ok(false);
        }
        let mut temporary = beside(&self.0)?;
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
    /// A file that is there and cannot be removed.
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

/// Makes sure that the folder of a filing, if it is there, is a folder below another and not a
/// symbolic link to elsewhere.
fn below(dir: &Path, id: &str) -> anyhow::Result<()> {
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

/// Writes a file that is not there yet, and the folders to it; answers whether it was not. What is
/// there, file or link, stays as it is.
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
    let mut temporary = beside(folder)?;
    temporary.write_all(bytes).with_context(|| format!("cannot write {}", path.display()))?;
    match temporary.persist_noclobber(path).map_err(|e| e.error) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(|| format!("cannot write {}", path.display())),
    }
}

/// Writes a file that was asked for by its path, and the folders to it; answers whether it changed.
/// What is there and no file, such as a pipe or `/dev/null`, is written to and stays.
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
    let mut temporary = beside(folder)?;
    temporary.write_all(bytes).with_context(context)?;
    temporary.persist(path).map_err(|e| e.error).with_context(context)?;
    Ok(true)
}

/// Writes a file of a filing that nobody else may read, from its first byte on; answers whether it
/// changed.
///
/// # Errors
/// A link or another file is in the way, or the file cannot be written; the old one is then as it
/// was.
pub fn private(dir: &Path, id: &str, name: &str, bytes: &[u8]) -> anyhow::Result<bool> {
    fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
    below(dir, id)?;
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
fn beside(folder: &Path) -> anyhow::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666)); // the umask takes away, as for any file
    }
    builder.tempfile_in(folder).with_context(|| format!("cannot write to {}", folder.display()))
}

/// The path of a file of a filing.
fn file(dir: &Path, id: &str, name: &str) -> PathBuf {
    dir.join(id).join(name)
}

/// The bytes of a file of a filing, if it is there.
pub fn read(dir: &Path, id: &str, name: &str) -> Option<Vec<u8>> {
    contents(&file(dir, id, name))
}

/// The same of its manifest, which is not there if nothing of the filing is.
pub fn read_manifest(dir: &Path, id: &str) -> Option<Vec<u8>> {
    is_below(dir, id).then(|| read(dir, id, MANIFEST)).flatten()
}

/// Whether nothing but folders is on the way to the outputs of a filing, as far as there is
/// something: what is behind a link is none of them.
pub fn is_below(dir: &Path, id: &str) -> bool {
    below(dir, id).is_ok()
}

/// The bytes of an output. A link may lead to anything, a pipe would be waited for, and what is
/// larger than any output would fill the memory: none of them is one.
fn contents(path: &Path) -> Option<Vec<u8>> {
    let meta = fs::symlink_metadata(path).ok()?;
    (meta.is_file() && meta.len() <= MOST_BYTES).then(|| fs::read(path).ok()).flatten()
}

/// Whether no killed run left something half-written for a filing.
pub fn is_clean(dir: &Path, id: &str) -> bool {
    let Ok(mut entries) = fs::read_dir(dir.join(id)) else { return true };
    !entries.any(|entry| entry.is_ok_and(|entry| is_temporary(&entry.file_name())))
}

/// Whether a file is one that a killed run left.
fn is_temporary(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(TEMPORARY.as_bytes())
}

/// The manifest of a filing's outputs, if there is one that can be read.
pub fn manifest(dir: &Path, id: &str) -> Option<Manifest> {
    manifest_in(&read_manifest(dir, id)?)
}

/// The manifest that a file holds, if it can be read.
pub fn manifest_in(bytes: &[u8]) -> Option<Manifest> {
    serde_json::from_slice(bytes).ok().filter(Manifest::is_sound)
}

/// The ids of all folders with a manifest, in the order of paths; folders side by side are looked
/// at at once.
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
