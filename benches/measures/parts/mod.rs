//! The parts of the measures, a file for each, and what they share: folders with filings, and the
//! program that is measured.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod first;
pub(crate) mod peers;
pub(crate) mod text;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use rayon::prelude::*;

use crate::corpus;
use crate::floor::Bare;
use crate::peers::Peer;
use crate::process::{Contender, Measured};
use crate::results::Row;

/// A new folder of a part, with so many filings below `filings/`.
///
/// # Errors
/// It cannot be written.
fn folder(part: &str, filings: usize) -> anyhow::Result<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("bench/{part}-{filings}"));
    remove(&folder)?;
    corpus::write(&folder.join("filings"), filings)?;
    // A repository of its own: else `latefile` would build the one around `target/`.
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let project = folder.join("latefile.toml");
    fs::write(&project, "").with_context(|| format!("cannot write {}", project.display()))?;
    Ok(folder)
}

/// Removes a folder, if it is there; what is in it on all threads, for there may be ten thousand
/// others.
///
/// # Errors
/// It cannot be removed.
fn remove(folder: &Path) -> anyhow::Result<()> {
    let cannot = || format!("cannot remove {}", folder.display());
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    let folders = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir());
    let folders: Vec<PathBuf> = folders.collect();
    folders.par_iter().try_for_each(fs::remove_dir_all).with_context(cannot)?;
    fs::remove_dir_all(folder).with_context(cannot)
}

/// `latefile` with some arguments, in a folder.
fn latefile(folder: &Path, args: &[&str]) -> Contender<'static> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latefile"));
    command.args(args).current_dir(folder);
    Contender::process(command)
}

/// `latefile` with some arguments, in a folder, of which a folder of outputs is removed before.
fn cold<'a>(folder: &'a Path, args: &[&str], out: &'a str) -> Contender<'a> {
    latefile(folder, &[args, &["--out", out]].concat()).after(move || remove(&folder.join(out)))
}

/// Adds a contender, and answers its place.
fn add<'a>(all: &mut Vec<Contender<'a>>, contender: Contender<'a>) -> usize {
    all.push(contender);
    all.len() - 1
}

/// Adds a peer, which reads `from` and writes to a folder of its own in `folder`; else says why it
/// cannot run.
fn add_peer<'a>(
    all: &mut Vec<Contender<'a>>,
    peer: &Peer,
    from: &Path,
    folder: &Path,
    typst: &Bare,
) -> Result<usize, String> {
    let out = folder.join(peer.out());
    let contender = peer.contender(from, &out, typst.path())?;
    Ok(add(all, contender.after(move || remove(&out))))
}

/// A peer's seconds, and ours over them.
fn against(
    peer: &Peer,
    place: &Result<usize, String>,
    measured: &[Measured],
    ours: &Measured,
    goal: Option<f64>,
) -> [Row; 2] {
    let over = format!("over {}", peer.name);
    let [seconds, ratio] = match place {
        Ok(index) => {
            let theirs = &measured[*index];
            [Row::seconds(peer.name, &theirs.seconds), Row::ratio(over, ours.over(theirs))]
        }
        Err(why) => [Row::missing(peer.name, why), Row::missing(over, why)],
    };
    [seconds.detail(), goal.into_iter().fold(ratio, Row::goal)]
}

/// A number as people write it: `10,000`.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let grouped = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    grouped.collect::<Vec<_>>().join(",")
}
