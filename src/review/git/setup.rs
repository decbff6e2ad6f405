//! Asks git how it is set up for the files of a repository of notices.

use std::path::Path;

use super::command::{self, canonical, git, is_in_work_tree, run};

/// The setup of git for a folder.
#[derive(Debug)]
pub struct Setup {
    /// `git version 2.47.3`
    pub version: String,
    /// Whether the folder is in a work tree.
    pub in_work_tree: bool,
    /// The program that makes PDFs into text for a diff, if one is set.
    pub textconv: Option<String>,
}

/// Returns the setup of git for a folder, or `None` if git is not installed.
pub fn setup(folder: &Path) -> Option<Setup> {
    let version = command::version()?;
    let in_work_tree = canonical(folder).is_ok_and(|(folder, _)| is_in_work_tree(&folder));
    let textconv = answer(folder, &["config", "--get", "diff.pdf.textconv"]);
    Some(Setup { version, in_work_tree, textconv })
}

/// Returns the value of an attribute of a path below a folder, such as `unset`, or `None` if git does
/// not answer. Neither has to be there.
pub fn attribute(folder: &Path, path: &str, name: &str) -> Option<String> {
    // The answer has the path, the name and the value, each with a NUL after it.
    let answer = answer(folder, &["check-attr", "-z", name, "--", path])?;
    answer.split('\0').nth(2).map(str::to_owned)
}

/// Returns the output of a command of git in a folder, or `None` if it fails or prints nothing.
fn answer(folder: &Path, arguments: &[&str]) -> Option<String> {
    let folder = canonical(folder).ok()?.0;
    let output = run(git(&folder).args(arguments)).ok().filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned();
    Some(text).filter(|text| !text.is_empty())
}
