//! Asks git whether it ignores files, so that a secret cannot be committed.

use std::ffi::OsStr;
use std::io::{Seek as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, bail};

use super::command::{canonical, git, is_in_work_tree, run};
use super::reason::reason;

/// Makes sure that files below a folder, which need not exist, cannot be committed: no work tree
/// holds them, or it ignores each of them. The paths are relative to the folder.
///
/// # Errors
/// A file could be committed, or git cannot answer.
pub fn keeps_out(folder: &Path, files: &[PathBuf]) -> anyhow::Result<()> {
    let (home, rest) = home(folder)?;
    if let Some(file) = files.iter().find(|file| nested(&home.join(&rest), file)) {
        bail!("a git repository of its own stands on the way to {}", folder.join(file).display());
    }
    if files.is_empty() || !is_in_work_tree(&home) {
        return Ok(());
    }
    let paths: Vec<PathBuf> = files.iter().map(|file| home.join(&rest).join(file)).collect();
    let ignored = ignored(&home, &paths)?;
    match paths
        .iter()
        .zip(files)
        .find(|(path, _)| !ignored.split(|b| *b == 0).any(|own| own == bytes(path.as_os_str())))
    {
        Some((_, file)) => bail!(
            "git does not ignore {}, where it could be committed",
            folder.join(file).display()
        ),
        None => Ok(()),
    }
}

/// The nearest existing folder, without links, and the rest of the path below it.
fn home(folder: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    let (home, rest) = canonical(folder)?;
    if rest.components().any(|part| !matches!(part, Component::Normal(_))) {
        bail!("`{}` goes through a folder that is not there", folder.display());
    }
    Ok((home, rest))
}

/// Whether another repository begins between a folder and a file below it.
fn nested(folder: &Path, file: &Path) -> bool {
    file.ancestors()
        .skip(1)
        .filter(|part| !part.as_os_str().is_empty())
        .any(|part| folder.join(part).join(".git").exists())
}

/// The paths that git ignores, each with a NUL after it. A file that is committed already is not
/// ignored.
fn ignored(home: &Path, paths: &[PathBuf]) -> anyhow::Result<Vec<u8>> {
    // From a file: with pipes both ways, both processes could wait for each other.
    let mut list = tempfile::tempfile().context("cannot make a temporary file")?;
    for path in paths {
        list.write_all(bytes(path.as_os_str()))
            .and_then(|()| list.write_all(b"\0"))
            .context("cannot write a temporary file")?;
    }
    list.rewind().context("cannot read a temporary file")?;
    let mut git = git(home);
    git.args(["check-ignore", "-z", "--stdin"]).stdin(Stdio::from(list));
    let output = run(&mut git)
        .context("there is a git repository, and no git to ask whether it ignores the file")?;
    match output.status.code() {
        // 1 says that none is ignored; git reports errors as 128.
        Some(0 | 1) => Ok(output.stdout),
        _ => bail!("git cannot say whether it ignores the file: {}", reason(&output)),
    }
}

fn bytes(text: &OsStr) -> &[u8] {
    text.as_encoded_bytes()
}
