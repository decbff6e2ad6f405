//! Checks and makes folders, and gives the reasons for which they cannot be used.

use std::env;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};

/// Checks that a folder exists and is no symbolic link. `flag` names another folder.
///
/// # Errors
/// It does not exist or cannot be reached, or it is a symbolic link or a file.
pub(crate) fn ensure_exists(folder: &Path, flag: &str) -> anyhow::Result<()> {
    if ensure_usable(folder)? {
        return Ok(());
    }
    bail!("there is no directory `{}`; name another with {flag}", folder.display())
}

/// Checks that a path is a folder, or that one can be made there. Returns whether it exists.
///
/// # Errors
/// It cannot be reached, or it or a part of its path is a symbolic link that leads nowhere or a
/// file, or it is a symbolic link.
pub(crate) fn ensure_usable(folder: &Path) -> anyhow::Result<bool> {
    // Without a `/` or `/.` at the end, with which the system would follow a link.
    let path: PathBuf = folder.components().collect();
    match fs::symlink_metadata(&path) {
        Ok(meta) if meta.is_dir() => Ok(true),
        Ok(meta) if meta.is_symlink() => bail!("{}", link(&path)),
        Ok(_) => bail!("`{}` is not a directory", path.display()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            ensure_can_be_made(&path)?;
            Ok(false)
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Checks that no part of a path is a symbolic link that is in the work tree of git around the
/// current folder, or without one in the current folder.
///
/// # Errors
/// A part is one, or there is no current folder.
// A commit can bring a link that leads out of the work tree. Links elsewhere, such as `/tmp` or a
// home folder, are the system's or the user's own.
pub(crate) fn ensure_no_links(folder: &Path) -> anyhow::Result<()> {
    let mut whole = env::current_dir().context("cannot find the current folder")?;
    let top = whole.ancestors().find(|above| above.join(".git").exists()).unwrap_or(&whole);
    let (top, mut shown) = (top.to_owned(), PathBuf::new());
    for component in folder.components() {
        shown.push(component);
        match component {
            Component::ParentDir => drop(whole.pop()),
            other => whole.push(other),
        }
        if whole.is_symlink() {
            if whole.starts_with(&top) {
                bail!("{}", link(&shown));
            }
            // The rest of the path is below the target.
            whole = whole.canonicalize().unwrap_or(whole);
        }
    }
    Ok(())
}

/// Checks that the nearest part of a path that exists is a folder.
fn ensure_can_be_made(path: &Path) -> anyhow::Result<()> {
    let above = path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
    for above in above {
        match fs::metadata(above) {
            Ok(meta) if meta.is_dir() => return Ok(()),
            Ok(_) => bail!("`{}` is not a directory", above.display()),
            Err(_) if above.is_symlink() => bail!("{}", link(above)),
            Err(_) => {}
        }
    }
    Ok(())
}

/// `out` is a symbolic link to `/elsewhere`, which is not followed
pub(super) fn link(path: &Path) -> String {
    let target = fs::read_link(path).unwrap_or_default();
    let why = if path.exists() { "which is not followed" } else { "which does not exist" };
    format!("`{}` is a symbolic link to `{}`, {why}", path.display(), target.display())
}

/// Returns the absolute path without links, also of a file that does not exist.
///
/// # Errors
/// There is no current folder.
pub(crate) fn resolve(path: &Path) -> anyhow::Result<PathBuf> {
    let absolute =
        std::path::absolute(path).with_context(|| format!("cannot find `{}`", path.display()))?;
    let mut whole = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => drop(whole.pop()),
            other => whole.push(other),
        }
        // One component after another: `canonicalize` fails for a path that does not exist.
        if let Ok(real) = whole.canonicalize() {
            whole = real;
        }
    }
    Ok(whole)
}

/// Makes a folder and those above it, unless they exist.
///
/// # Errors
/// A part of the path is a file or a symbolic link that leads nowhere, or the system refuses.
pub(crate) fn make(folder: &Path) -> anyhow::Result<()> {
    let Err(error) = fs::create_dir_all(folder) else { return Ok(()) };
    // The system names neither the part of the path nor the target of a link.
    ensure_can_be_made(&folder.join("below"))?;
    Err(error).with_context(|| format!("cannot make {}", folder.display()))
}

/// Returns the error of a walk through a folder, with the one path that could not be read.
pub(crate) fn walk_error(error: walkdir::Error) -> anyhow::Error {
    let path = error.path().unwrap_or(Path::new("")).display().to_string();
    match error.into_io_error() {
        Some(error) => anyhow!(error).context(format!("cannot read {path}")),
        // Only a walk that follows links can come back to a folder.
        None => anyhow!("cannot read {path}"),
    }
}

/// Returns an error about a temporary file without its path, which says nothing to a user.
pub(crate) fn without_path(error: io::Error) -> io::Error {
    let text = error.to_string();
    match text.split_once(" at path ") {
        Some((reason, _)) => io::Error::new(error.kind(), reason),
        None => error,
    }
}
