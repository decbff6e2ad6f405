//! What `make bench` measures: each measure compares `latefile` with a program that does the least
//! that the task could take, and writes its figures to BENCHMARKS.md. Tests hold no time; these
//! figures are read by people.

mod corpus;
mod process;
mod results;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};
use rayon::prelude::*;

use results::Row;

/// How many times each program runs, unless an argument says otherwise.
const RUNS: usize = 7;
/// How many filings there are.
const FILINGS: usize = 10_000;

/// The argument with which this program is itself the other side of a comparison.
const PARSE: &str = "parse";

fn main() -> anyhow::Result<()> {
    // Cargo adds `--bench`; whatever else begins with a dash is for a harness that is not here.
    let args: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    match args.as_slice() {
        [verb, folder] if verb == PARSE => parse(Path::new(folder)),
        [] => check(RUNS),
        [runs] => check(runs.parse().context("the argument is a number of runs")?),
        _ => bail!("usage: [RUNS]"),
    }
}

/// Checking many filings, over reading and parsing the same files and nothing else.
fn check(runs: usize) -> anyhow::Result<()> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench");
    corpus::write(&folder.join("filings"), FILINGS)?;
    let mut ours = Command::new(env!("CARGO_BIN_EXE_latefile"));
    ours.arg("check").current_dir(&folder);
    let mut theirs = Command::new(env::current_exe().context("this program has no path")?);
    theirs.args([PARSE, "filings"]).current_dir(&folder);
    let compared = process::compare(runs, &mut ours, &mut theirs)?;
    let rows = [
        Row("`latefile check`", compared.ours, "s"),
        Row("read and parse with serde_yaml", compared.theirs, "s"),
        Row("ratio, run by run", compared.ratio, ""),
    ];
    results::record("check", runs, &rows)
}

/// The least that `check` could do: every file read and parsed, on as many threads.
fn parse(folder: &Path) -> anyhow::Result<()> {
    let files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(|entry| entry.ok().filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path))
        .collect();
    let one = |path: &PathBuf| -> anyhow::Result<serde_yaml::Value> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        serde_yaml::from_str(&text).with_context(|| format!("cannot parse {}", path.display()))
    };
    files.par_iter().try_for_each(|path| one(path).map(drop))
}
