//! Checks the folders of sources and of outputs before they are used: each is a folder that can be
//! reached, and no symbolic link.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};

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
fn link(path: &Path) -> String {
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
