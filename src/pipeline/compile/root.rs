//! The temporary folders in which typst compiles, which only their owner can read.
//!
//! A notice is confidential until it is filed. A run removes its folders, and the next run those of
//! a run that was killed: a lock on a file in the folder shows that its run still exists.

use std::fs::{self, DirBuilder, DirEntry, File, Permissions};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::{env, io};

use anyhow::Context as _;
use tempfile::TempDir;

use crate::pipeline::folder;

/// The prefix of the folders.
const PREFIX: &str = "latefile-";
/// The file on which a run holds a lock as long as it needs the folder.
const OWNER: &str = ".owner";
/// The permissions of a folder.
const PRIVATE_FOLDER: u32 = 0o700;
/// The permissions of a file.
const PRIVATE_FILE: u32 = 0o600;

/// A temporary folder as the root of typst, removed with its owner.
// Typst follows symbolic links inside its root, so nobody else may write to it.
#[derive(Debug)]
pub(super) struct Root {
    folder: TempDir,
    // Dropped after the folder: the lock protects it to the end.
    _owner: File,
}

impl Root {
    /// Makes an empty folder.
    ///
    /// # Errors
    /// The folder for temporary files does not exist or cannot be written.
    pub(super) fn new() -> anyhow::Result<Root> {
        let place = env::temp_dir();
        let cannot = || format!("cannot make a temporary folder in {}", place.display());
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).permissions(Permissions::from_mode(PRIVATE_FOLDER));
        let folder =
            builder.tempdir_in(&place).map_err(folder::without_path).with_context(cannot)?;
        let owner = own(folder.path()).with_context(cannot)?;
        Ok(Root { folder, _owner: owner })
    }

    /// Writes a file.
    pub(super) fn write(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let path = self.path(name);
        let write = || self.create(name)?.write_all(text.as_bytes());
        write().with_context(|| format!("cannot write {}", path.display()))
    }

    /// Opens a file to write it, and empties it if it exists.
    pub(super) fn create(&self, name: &str) -> io::Result<File> {
        private().create(true).truncate(true).open(self.path(name))
    }

    /// Reads a file.
    pub(super) fn read(&self, name: &str) -> anyhow::Result<Vec<u8>> {
        let path = self.path(name);
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    }

    /// Makes a folder of this name, if there is none.
    pub(super) fn folder(&self, name: &str) -> anyhow::Result<()> {
        let path = self.path(name);
        let made = DirBuilder::new().recursive(true).mode(PRIVATE_FOLDER).create(&path);
        made.with_context(|| format!("cannot make {}", path.display()))
    }

    /// Returns the path of the folder itself.
    pub(super) fn as_path(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the path of a file.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Returns the options for a file that only its owner can read.
fn private() -> fs::OpenOptions {
    let mut options = File::options();
    options.write(true).mode(PRIVATE_FILE);
    options
}

/// Locks a new file in a folder, and returns it.
fn own(folder: &Path) -> io::Result<File> {
    // Locked before it has its name, so that no other run finds it without a lock.
    let before = folder.join(".new-owner");
    let file = private().create_new(true).open(&before)?;
    // Without locks, as on some network drives, the folder is never taken for abandoned.
    let _ = file.try_lock();
    fs::rename(before, folder.join(OWNER))?;
    Ok(file)
}

/// Removes the folders of this user's runs that were killed.
pub(crate) fn sweep() {
    let Ok(entries) = env::temp_dir().read_dir() else { return };
    for entry in entries.flatten() {
        if let Some(_lock) = lock_of_abandoned(&entry) {
            // A typst whose run was killed may still write to it; a later run tries again.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Returns the lock on a folder of this tool whose run was killed, or `None` for others.
fn lock_of_abandoned(entry: &DirEntry) -> Option<File> {
    let name = entry.file_name();
    if !name.as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
        return None;
    }
    // Anybody may make such a folder, with a pipe or a link in it.
    let owner = entry.path().join(OWNER);
    let (folder, file) = (entry.metadata().ok()?, fs::symlink_metadata(&owner).ok()?);
    let user = rustix::process::geteuid().as_raw();
    if !folder.is_dir() || !file.is_file() || folder.uid() != user || file.uid() != user {
        return None;
    }
    let lock = private().open(owner).ok()?;
    lock.try_lock().ok().map(|()| lock)
}
