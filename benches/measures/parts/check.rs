//! `check`: loading and judging, over reading and parsing the same files and nothing else.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use rayon::prelude::*;

use super::{folder, latefile, thousands};
use crate::process::{Contender, turns};
use crate::results::{Measure, Row};

/// The argument with which this program is itself the other side of the comparison.
pub(crate) const PARSE: &str = "parse";

/// Measures.
///
/// # Errors
/// A contender fails, or a file cannot be written.
pub(crate) fn measure(filings: usize, runs: usize) -> anyhow::Result<Measure> {
    let folder = folder("check", filings)?;
    let mut theirs = Command::new(env::current_exe().context("this program has no path")?);
    theirs.args([PARSE, "filings"]).current_dir(&folder);
    let mut contenders = [latefile(&folder, &["check"]), Contender::process(theirs)];
    let [ours, theirs] =
        turns("check", runs, &mut contenders)?.try_into().ok().context("two contenders")?;
    Ok(Measure {
        title: format!("`latefile check`, {} filings", thousands(filings)),
        rows: vec![
            Row::seconds("time", &ours.seconds),
            Row::seconds("reading and parsing with serde_yaml", &theirs.seconds).detail(),
            Row::ratio("over reading and parsing", ours.over(&theirs)).goal(2.2),
            Row::memory("memory", &ours.peaks),
        ],
        bars: Vec::new(),
    })
}

/// The least that `check` could do: every file read and parsed, on as many threads.
///
/// # Errors
/// A file cannot be read, or is no YAML.
pub(crate) fn parse(folder: &Path) -> anyhow::Result<()> {
    let files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(|entry| {
            entry.ok().filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path)
        })
        .collect();
    let one = |path: &PathBuf| -> anyhow::Result<serde_yaml::Value> {
        let text =
            fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        serde_yaml::from_str(&text).with_context(|| format!("cannot parse {}", path.display()))
    };
    files.par_iter().try_for_each(|path| one(path).map(drop))
}
