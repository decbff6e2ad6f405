//! Asks git for the files that it tracks and did not check out: those outside of a sparse checkout,
//! those that the user marked as skipped, and all of a submodule that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::command::{canonical, git, is_in_work_tree, run};
use super::objects::{Kind, Object};
use super::reason::reason;
use super::repository::Repository;

/// The files and submodules below a folder that git did not check out.
#[derive(Debug, Default)]
pub struct NotCheckedOut {
    /// The files, by their path below the folder.
    pub files: BTreeMap<String, Object>,
    /// The submodules, by their path below the folder; empty for one around the folder.
    submodules: Vec<String>,
}

/// Returns the files and submodules below a folder that git did not check out, by their paths below
/// it; none outside of a work tree.
///
/// # Errors
/// The folder is in a work tree, and git does not answer.
pub fn not_checked_out(folder: &Path) -> anyhow::Result<BTreeSet<PathBuf>> {
    if !is_in_work_tree(&canonical(folder)?.0) {
        return Ok(BTreeSet::new());
    }
    let NotCheckedOut { files, submodules } =
        Repository::around(folder)?.not_checked_out(folder)?;
    Ok(files.into_keys().chain(submodules).map(PathBuf::from).collect())
}

impl Repository {
    /// Returns the files below a folder that git did not check out.
    ///
    /// # Errors
    /// git does not answer.
    pub fn not_checked_out(&self, folder: &Path) -> anyhow::Result<NotCheckedOut> {
        let mut all = NotCheckedOut::default();
        let Ok(folder) = self.inside(folder) else { return Ok(all) };
        // All files: asked for those of a folder in a submodule, git would say nothing.
        let output = run(git(self.folder()).args(["ls-files", "-t", "-s", "-z"]))?;
        if !output.status.success() {
            bail!("git cannot list its files: {}", reason(&output));
        }
        let lines = output.stdout.split(|b| *b == 0);
        for (tag, entry) in lines.filter_map(read) {
            let path = Path::new(&entry.name);
            let submodule =
                entry.kind == Kind::Submodule && !self.folder().join(path).join(".git").exists();
            match path.strip_prefix(&folder).map(|below| below.to_string_lossy().into_owned()) {
                Ok(below) if submodule => all.submodules.push(below),
                Ok(below) if tag == SKIPPED => {
                    all.files.insert(below.clone(), Object { name: below, ..entry });
                }
                Err(_) if submodule && Path::new(&folder).starts_with(path) => {
                    all.submodules.push(String::new());
                }
                _ => {}
            }
        }
        Ok(all)
    }
}

/// The tag of a file that git did not check out.
const SKIPPED: &str = "S";

/// Reads a line of `git ls-files -t -s`: tag, mode, object and stage, then a tabulator and the
/// path.
fn read(line: &[u8]) -> Option<(&str, Object)> {
    let tab = line.iter().position(|b| *b == b'\t')?;
    let mut words = std::str::from_utf8(&line[..tab]).ok()?.split_whitespace();
    let (tag, mode, object) = (words.next()?, words.next()?, words.next()?);
    let kind = match mode {
        "120000" => Kind::Link,
        "160000" => Kind::Submodule,
        _ => Kind::File,
    };
    let name = String::from_utf8_lossy(&line[tab + 1..]).into_owned();
    Some((tag, Object { name, kind, object: object.to_owned(), size: None }))
}
