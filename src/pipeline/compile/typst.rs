//! The typst binary: where it is, and its version. Only `process` and this file start it.

use std::env;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::Context as _;

use super::wait::wait;

/// The version whose output the layouts are made for.
pub const VERSION: &str = "0.15.1";

/// The longest that a run may take; the longest real documents take a second.
const LIMIT: Duration = Duration::from_secs(60);
/// The longest that typst may take to say its version.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);

/// The typst binary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typst {
    pub(super) path: PathBuf,
    /// The longest that a run may take.
    pub(super) limit: Duration,
    /// The version that it answered.
    pub version: String,
}

/// Which typst a run uses, before any is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The one that the user named, of whatever version.
    Named(PathBuf),
    /// The first of PATH and the cache that answers [`VERSION`].
    Found,
}

impl Choice {
    /// From the value of `--typst`.
    pub fn new(named: Option<PathBuf>) -> Choice {
        named.map_or(Choice::Found, Choice::Named)
    }

    /// Finds the binary.
    ///
    /// # Errors
    /// No typst answers; the message says how to install it.
    pub fn find(&self) -> anyhow::Result<Typst> {
        match self {
            Choice::Named(path) => {
                let path = &located(path);
                let version = version_of(path).with_context(|| format!("`{}` does not answer as typst does", path.display()))?;
                Ok(Typst { path: path.clone(), limit: LIMIT, version })
            }
            Choice::Found => candidates()
                .into_iter()
                .find(|path| version_of(path).is_some_and(|version| version == VERSION))
                .map(|path| Typst { path, limit: LIMIT, version: VERSION.to_owned() })
                .with_context(|| {
                    format!(
                        "there is no typst {VERSION}, so no PDF was made; `make` installs it, or name it with --typst, \
                         or run: cargo install typst-cli --version {VERSION} --locked --no-default-features --features embedded-fonts"
                    )
                }),
        }
    }

    /// The version that compiled documents depend on; a named typst is asked for it.
    ///
    /// # Errors
    /// The named typst does not answer.
    pub fn version(&self) -> anyhow::Result<String> {
        match self {
            Choice::Named(_) => Ok(self.find()?.version),
            Choice::Found => Ok(VERSION.to_owned()),
        }
    }
}

/// The absolute path of the program that the user named: typst runs in another folder, without PATH.
fn located(path: &Path) -> PathBuf {
    let is_bare = path.parent().is_some_and(|folder| folder.as_os_str().is_empty());
    let found =
        if is_bare { on_path(path).into_iter().next() } else { std::path::absolute(path).ok() };
    found.unwrap_or_else(|| path.to_owned())
}

/// Every file of this name on PATH.
fn on_path(name: &Path) -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let files = env::split_paths(&path).map(|dir| dir.join(name)).filter(|file| file.is_file());
    files.filter_map(|file| std::path::absolute(file).ok()).collect()
}

/// Every `typst` on PATH, then the one that `make` installs.
fn candidates() -> Vec<PathBuf> {
    let mut all = on_path(Path::new("typst"));
    let cache = env::var_os("XDG_CACHE_HOME")
        .filter(|dir| !dir.is_empty())
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")));
    all.extend(cache.map(|dir| dir.join(format!("latefile/typst-{VERSION}/bin/typst"))));
    all
}

/// The `0.15.1` of `typst 0.15.1 (…)`.
fn version_of(path: &Path) -> Option<String> {
    let mut child = Command::new(path)
        .arg("--version")
        .env_remove(crate::diagnostics::secret::VARIABLE) // another program does not need it
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    wait(&mut child, ANSWER_LIMIT, &AtomicBool::new(false)).ok()??;
    let mut text = String::new();
    child.stdout.take()?.take(1000).read_to_string(&mut text).ok()?;
    let mut words = text.split_whitespace();
    (words.next() == Some("typst")).then(|| words.next().map(str::to_owned)).flatten()
}
