//! Commands of git: how it is called so that nothing of a repository runs, and the folders in which
//! it is called.

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, anyhow};

use crate::diagnostics::secret::VARIABLE;

/// A git command in a folder, which never prompts and runs no program that the repository names.
pub(super) fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    // GIT_DIR and the like would ask another repository.
    for (key, _) in env::vars_os().filter(|(key, _)| key.as_encoded_bytes().starts_with(b"GIT_")) {
        git.env_remove(key);
    }
    git.env_remove(VARIABLE).env("LC_ALL", "C");
    // A partial clone would fetch what it lacks, and the user would be asked for a password.
    git.env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1");
    git.arg("-C").arg(folder).args(["--no-pager", "--no-replace-objects"]);
    // A repository's configuration may name programs; these options override it.
    git.args([
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "protocol.allow=never",
    ]);
    git.stdin(Stdio::null());
    git
}

/// Runs a command of git to its end, which need not be a good one.
///
/// # Errors
/// There is no git.
pub(super) fn run(git: &mut Command) -> anyhow::Result<Output> {
    git.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => anyhow!("git is not installed, or not on PATH"),
        _ => anyhow!(error).context("cannot start git"),
    })
}

/// `git version 2.47.3`, or `None` if git is not installed.
pub(super) fn version() -> Option<String> {
    // Without the options of other commands, which an old git does not know.
    let mut git = Command::new("git");
    let output = run(git.arg("--version").env_remove(VARIABLE)).ok()?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Some(version).filter(|version| !version.is_empty())
}

/// Whether a folder or one above it is the top of a work tree, as far as its files show.
pub(super) fn is_in_work_tree(folder: &Path) -> bool {
    folder.ancestors().any(|above| above.join(".git").exists())
}

/// The name of the object that git printed, or `None` if it printed none.
pub(super) fn object(output: &Output) -> Option<String> {
    let name = std::str::from_utf8(&output.stdout).ok()?.trim();
    (output.status.success() && !name.is_empty() && name.bytes().all(|b| b.is_ascii_hexdigit()))
        .then(|| name.to_owned())
}

/// The absolute path of a folder without links: the nearest existing folder, and the rest of the
/// path below it, which need not exist.
///
/// # Errors
/// The current folder cannot be found.
pub(super) fn canonical(folder: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    let unknown = || format!("cannot find {}", folder.display());
    let whole = std::path::absolute(folder).with_context(unknown)?;
    let there = whole.ancestors().find(|path| path.is_dir()).unwrap_or(Path::new("/"));
    let rest = whole.strip_prefix(there).unwrap_or(Path::new("")).to_owned();
    Ok((there.canonicalize().with_context(unknown)?, rest))
}
