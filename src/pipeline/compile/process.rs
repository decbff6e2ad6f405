//! One run of typst in a folder of its own, as its root.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;

use anyhow::Context as _;
use tempfile::TempDir;

use super::typst::Typst;
use super::wait::wait;

/// The flags that the bytes of a PDF depend on.
const FLAGS: &[&str] = &["--ignore-system-fonts", "--pdf-standard", "a-2a,ua-1"];

/// The layout's file beside the documents, which import it by this name.
const LAYOUT: &str = "layout.typ";
/// Typst says so of every bundle; a test compares the bytes with those of single compiles.
const EXPERIMENT: &str = "warning: bundle export is experimental";

/// How a run of typst ended.
#[derive(Debug)]
pub(super) enum End {
    /// By itself.
    Done {
        /// Whether its exit code is 0.
        success: bool,
        /// Its errors and warnings, a line each.
        faults: Vec<String>,
        /// Its first line.
        said: String,
    },
    /// By a signal: it ran out of stack or memory, or somebody stopped it.
    Killed,
    /// It was stopped, because it took too long or the build was stopped.
    Late,
}

/// A folder of our own: typst follows symbolic links inside its root.
#[derive(Debug)]
pub(super) struct Root(TempDir);

impl Root {
    /// With the layout in it.
    pub(super) fn new(layout: &str) -> anyhow::Result<Root> {
        let folder = tempfile::Builder::new()
            .prefix("latefile-")
            .tempdir()
            .context("cannot make a temporary folder")?;
        let root = Root(folder);
        root.write(LAYOUT, layout)?;
        Ok(root)
    }

    pub(super) fn write(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let path = self.path(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    pub(super) fn read(&self, name: &str) -> anyhow::Result<Vec<u8>> {
        let path = self.path(name);
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    }

    /// Makes an empty folder of this name, if there is none.
    pub(super) fn folder(&self, name: &str) -> anyhow::Result<()> {
        let path = self.path(name);
        fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// What the bytes of a PDF depend on beside its source and the layout.
pub fn settings(version: &str) -> String {
    format!("typst {version} {}", FLAGS.join(" "))
}

impl Typst {
    /// Runs typst over a source of a folder, to a target in it.
    pub(super) fn run(
        &self,
        root: &Root,
        more: &[&str],
        (source, target): (&str, &str),
        stop: &AtomicBool,
    ) -> anyhow::Result<End> {
        // To a file: a pipe that nobody reads until the end could fill.
        let said = root.path("said");
        let stderr =
            File::create(&said).with_context(|| format!("cannot write {}", said.display()))?;
        let mut child = Command::new(&self.path)
            .args(["compile", "--root", ".", "--diagnostic-format", "short", "--jobs", "1"])
            .args(FLAGS)
            .args(more)
            .args([source, target])
            .current_dir(root.0.path())
            .env_clear() // TYPST_* and SOURCE_DATE_EPOCH would change what is made
            .envs(env::vars_os().filter(|(key, _)| kept(key)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(stderr)
            .spawn()
            .with_context(|| format!("cannot start {}", self.path.display()))?;
        let Some(status) = wait(&mut child, self.limit, stop).context("cannot wait for typst")?
        else {
            return Ok(End::Late);
        };
        if status.code().is_none() {
            return Ok(End::Killed);
        }
        let said = root.read("said")?;
        let said = String::from_utf8_lossy(&said);
        let complaint = |line: &&str| {
            line.contains("error:") || (line.contains("warning:") && *line != EXPERIMENT)
        };
        Ok(End::Done {
            success: status.success(),
            faults: said.lines().filter(complaint).map(str::to_owned).collect(),
            said: said.lines().next().unwrap_or_default().to_owned(),
        })
    }
}

/// What typst needs to run at all.
fn kept(key: &OsStr) -> bool {
    ["HOME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "XDG_CACHE_HOME", "XDG_DATA_HOME"]
        .iter()
        .any(|k| key == *k)
}
