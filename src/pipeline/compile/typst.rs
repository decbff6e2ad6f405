//! Finds the typst binary and asks for its version.

use std::env;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::Context as _;

use super::wait::wait;
use crate::diagnostics::secret;

/// The version that the layouts are made for.
pub const VERSION: &str = "0.15.1";
/// The oldest Rust that compiles the typst-cli of [`VERSION`]: its `rust-version`.
pub const RUST_FOR_TYPST: &str = "1.92";

/// The time limit of a run. The longest real documents take a second.
const LIMIT: Duration = Duration::from_secs(60);
/// The time limit for typst to print its version.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);

/// The typst binary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typst {
    pub(super) path: PathBuf,
    /// The time limit of a run.
    pub(super) limit: Duration,
    /// The version that it printed.
    pub version: String,
}

impl Typst {
    /// Returns the absolute path of the program.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The choice of a typst binary, before it is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The program that the user named, of any version.
    Named(PathBuf),
    /// The first program beside this one, on PATH or in the cache that has [`VERSION`].
    Found,
}

impl Choice {
    /// Makes the choice from the value of `--typst`.
    pub fn new(named: Option<PathBuf>) -> Choice {
        named.map_or(Choice::Found, Choice::Named)
    }

    /// Finds the binary.
    ///
    /// # Errors
    /// No typst answers, or `stop` is set meanwhile; the message says how to install it.
    pub fn find(&self, stop: &AtomicBool) -> anyhow::Result<Typst> {
        match self {
            Choice::Named(path) => {
                let path = &located(path);
                let version = version_of(path, stop).with_context(|| {
                    format!("`{}` does not answer as typst does", path.display())
                })?;
                Ok(Typst { path: path.clone(), limit: LIMIT, version })
            }
            Choice::Found => candidates()
                .into_iter()
                .find(|path| version_of(path, stop).is_some_and(|version| version == VERSION))
                .map(|path| Typst { path, limit: LIMIT, version: VERSION.to_owned() })
                .with_context(|| {
                    format!(
                        "there is no typst {VERSION}, so no PDF was made; name it with --typst, or \
                         run, with Rust {RUST_FOR_TYPST} or newer: cargo install typst-cli --version {VERSION} --locked \
                         --no-default-features --features embedded-fonts"
                    )
                }),
        }
    }

    /// Returns the version that compiled documents depend on.
    ///
    /// # Errors
    /// The named typst does not answer, or `stop` is set meanwhile.
    pub fn version(&self, stop: &AtomicBool) -> anyhow::Result<String> {
        match self {
            Choice::Named(_) => Ok(self.find(stop)?.version),
            // Known without a search, so that a run that compiles nothing starts no program.
            Choice::Found => Ok(VERSION.to_owned()),
        }
    }
}

/// Returns the absolute path of the program that the user named.
fn located(path: &Path) -> PathBuf {
    // Typst is started in another folder and without PATH.
    let is_bare = path.parent().is_some_and(|folder| folder.as_os_str().is_empty());
    let found =
        if is_bare { on_path(path).into_iter().next() } else { std::path::absolute(path).ok() };
    found.unwrap_or_else(|| path.to_owned())
}

/// Returns all files of this name on PATH.
fn on_path(name: &Path) -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let files = env::split_paths(&path).map(|dir| dir.join(name)).filter(|file| file.is_file());
    files.filter_map(|file| std::path::absolute(file).ok()).collect()
}

/// Returns the `typst` beside this program, as the release archive has it, then every one on PATH,
/// then the one that the Makefile of a repository installs.
fn candidates() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        own_path().map(|own| own.with_file_name("typst")).into_iter().collect();
    all.extend(on_path(Path::new("typst")));
    let cache = env::var_os("XDG_CACHE_HOME")
        .filter(|dir| !dir.is_empty())
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")));
    all.extend(cache.map(|dir| dir.join(format!("latefile/typst-{VERSION}/bin/typst"))));
    all
}

/// Returns the path of this program, and not of a link to it: typst is in the folder of the program.
fn own_path() -> Option<PathBuf> {
    // Linux has the path in `/proc`, which an environment such as a bare chroot may lack.
    let as_called = || env::args_os().next().map(PathBuf::from);
    let with_folder = |path: &PathBuf| path.components().count() > 1;
    let path = env::current_exe().ok().or_else(|| as_called().filter(with_folder))?;
    fs::canonicalize(path).ok()
}

/// Runs a program to get its version: the `0.15.1` of `typst 0.15.1 (…)`. Returns `None` if it is
/// not a typst.
fn version_of(path: &Path, stop: &AtomicBool) -> Option<String> {
    let mut child = Command::new(path)
        .arg("--version")
        .env_remove(secret::VARIABLE) // no other program may see the user's code
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    wait(&mut child, ANSWER_LIMIT, stop).ok()??;
    // Bounded: a program that is not typst may print anything.
    let mut text = String::new();
    child.stdout.take()?.take(1000).read_to_string(&mut text).ok()?;
    let mut words = text.split_whitespace();
    (words.next() == Some("typst")).then(|| words.next().map(str::to_owned)).flatten()
}
