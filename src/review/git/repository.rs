//! A repository of git, with a work tree or bare: its revisions, and the paths of folders in it.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};

use super::command::{canonical, git, object, run};
use super::reason::reason;

/// A repository of git.
#[derive(Debug, Clone)]
pub struct Repository {
    /// The top of the work tree, or of a bare repository the repository itself.
    folder: PathBuf,
    bare: bool,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its full name.
    pub hash: String,
    /// The day on which it was made, by its committer's clock, as `2026-03-16`.
    pub date: String,
}

impl Repository {
    /// The repository that a folder is in; the folder need not be there.
    ///
    /// # Errors
    /// The folder is not in a repository, or git is not installed or does not read it.
    pub fn around(folder: &Path) -> anyhow::Result<Repository> {
        let (folder, _) = canonical(folder)?;
        let asked = |question: &str| -> anyhow::Result<String> {
            let output = run(git(&folder).args(["rev-parse", question]))?;
            if !output.status.success() {
                bail!("{}", reason(&output));
            }
            Ok(String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned())
        };
        let bare = asked("--is-inside-work-tree")? != "true";
        let folder = if bare { folder } else { PathBuf::from(asked("--show-toplevel")?) };
        Ok(Repository { folder, bare })
    }

    /// The folder in which git runs: the top of the work tree, or the bare repository.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether there is no work tree.
    pub fn is_bare(&self) -> bool {
        self.bare
    }

    /// The path of a folder below the top, with `/`; the folder need not be there. In a bare
    /// repository, paths begin at the top.
    ///
    /// # Errors
    /// The folder is outside the repository.
    pub fn inside(&self, folder: &Path) -> anyhow::Result<String> {
        let shown = folder.display();
        let whole = if self.bare && folder.is_relative() {
            self.folder.join(folder)
        } else {
            std::path::absolute(folder).with_context(|| format!("cannot find {shown}"))?
        };
        // By hand, since `canonicalize` fails for a folder that does not exist.
        let mut plain = PathBuf::new();
        for part in whole.components() {
            if part == Component::ParentDir {
                plain.pop();
            } else {
                plain.push(part);
            }
        }
        let whole = if self.bare {
            plain
        } else {
            let (there, rest) = canonical(&plain)?;
            there.join(rest)
        };
        let below = whole
            .strip_prefix(&self.folder)
            .map_err(|_| anyhow!("{shown} is not in {}", self.folder.display()))?;
        below.to_str().map(str::to_owned).with_context(|| format!("{shown} is not UTF-8"))
    }

    /// The commit that a revision names.
    ///
    /// # Errors
    /// There is no such revision.
    pub fn commit(&self, revision: &str) -> anyhow::Result<String> {
        // git would read a leading `-` as an option.
        if revision.is_empty()
            || revision.starts_with('-')
            || revision.chars().any(char::is_control)
        {
            bail!("`{}` is no revision", revision.escape_debug());
        }
        let mut git = git(&self.folder);
        git.args(["rev-parse", "--verify", "--quiet"]).arg(format!("{revision}^{{commit}}"));
        object(&run(&mut git)?).with_context(|| {
            format!("there is no revision `{revision}`, and no such directory{}", self.shallow())
        })
    }

    /// A commit with its date, or `None` if git cannot read it.
    pub fn committed(&self, commit: &str) -> Option<Commit> {
        let mut git = git(&self.folder);
        // A signature would be checked by a program that the configuration names.
        git.args(["show", "-s", "--no-show-signature", "--format=%cs", commit]);
        let output = run(&mut git).ok().filter(|output| output.status.success())?;
        let date = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Some(Commit { hash: commit.to_owned(), date })
    }

    /// The hint for a message that a revision is missing, if the clone is shallow.
    fn shallow(&self) -> &'static str {
        let output = git(&self.folder).args(["rev-parse", "--is-shallow-repository"]).output();
        let shallow = output.is_ok_and(|output| output.stdout.trim_ascii() == b"true");
        if shallow {
            " (this clone is shallow: `git fetch --unshallow` brings the rest)"
        } else {
            ""
        }
    }

    /// The last commit that the histories of two commits have in common.
    ///
    /// # Errors
    /// They have no commit in common.
    pub fn merge_base(&self, one: &str, other: &str) -> anyhow::Result<String> {
        let output = run(git(&self.folder).args(["merge-base", one, other]))?;
        object(&output).with_context(|| {
            format!("the two revisions have no commit in common{}", self.shallow())
        })
    }
}
