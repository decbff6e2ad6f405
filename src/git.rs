//! What version control would do with a file: the one question that a package with a secret in it
//! asks. The only room that starts git.

use std::env;
use std::ffi::OsStr;
use std::io::{Seek as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

/// Makes sure that files about to be written below a folder cannot be committed: no work tree holds
/// them, or it ignores each of them. The paths are relative to the folder.
///
/// # Errors
/// One could be committed, or it cannot be told.
pub fn keeps_out(folder: &Path, files: &[PathBuf]) -> anyhow::Result<()> {
    let (home, rest) = home(folder)?;
    if let Some(file) = files.iter().find(|file| nested(&home.join(&rest), file)) {
        bail!("a git repository of its own stands on the way to {}", folder.join(file).display());
    }
    if files.is_empty() || !home.ancestors().any(|above| above.join(".git").exists()) {
        return Ok(());
    }
    let paths: Vec<PathBuf> = files.iter().map(|file| home.join(&rest).join(file)).collect();
    let ignored = ignored(&home, &paths)?;
    match paths
        .iter()
        .zip(files)
        .find(|(path, _)| !ignored.split(|b| *b == 0).any(|own| own == bytes(path.as_os_str())))
    {
        Some((_, file)) => bail!("git does not ignore {}, where it could be committed", folder.join(file).display()),
        None => Ok(()),
    }
}

/// The nearest folder that is there, without links, and what is below it.
fn home(folder: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    let whole = std::path::absolute(folder).with_context(|| format!("cannot find {}", folder.display()))?;
    let there = whole.ancestors().find(|path| path.is_dir()).unwrap_or(Path::new("/"));
    let rest = whole.strip_prefix(there).unwrap_or(Path::new("")).to_owned();
    if rest.components().any(|part| !matches!(part, Component::Normal(_))) {
        bail!("`{}` goes through a folder that is not there", folder.display());
    }
    Ok((there.canonicalize().with_context(|| format!("cannot find {}", folder.display()))?, rest))
}

/// Whether another repository begins between a folder and a file below it.
fn nested(folder: &Path, file: &Path) -> bool {
    file.ancestors()
        .skip(1)
        .filter(|part| !part.as_os_str().is_empty())
        .any(|part| folder.join(part).join(".git").exists())
}

/// Which of the paths git ignores, each with a NUL behind it. What is committed already is not ignored.
fn ignored(home: &Path, paths: &[PathBuf]) -> anyhow::Result<Vec<u8>> {
    // From a file: with pipes both ways, each side could wait for the other.
    let mut list = tempfile::tempfile().context("cannot make a temporary file")?;
    for path in paths {
        list.write_all(bytes(path.as_os_str()))
            .and_then(|()| list.write_all(b"\0"))
            .context("cannot write a temporary file")?;
    }
    list.rewind().context("cannot read a temporary file")?;
    let mut git = Command::new("git");
    git.arg("-C").arg(home).args(["-c", "core.fsmonitor=false", "check-ignore", "-z", "--stdin"]);
    // GIT_DIR and the like would ask another repository.
    for (key, _) in env::vars_os().filter(|(key, _)| key.as_encoded_bytes().starts_with(b"GIT_")) {
        git.env_remove(key);
    }
    git.env_remove(crate::secret::VARIABLE).env("LC_ALL", "C").stdin(Stdio::from(list));
    let output =
        git.output().context("there is a git repository, and no git to ask whether it ignores the packages")?;
    match output.status.code() {
        Some(0 | 1) => Ok(output.stdout),
        _ => {
            let said =
                String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("it does not say why").to_owned();
            bail!("git cannot tell whether it ignores the packages: {said}")
        }
    }
}

fn bytes(text: &OsStr) -> &[u8] {
    text.as_encoded_bytes()
}
